"""May this person apply, and if not yet, when?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Protocol, TypeAlias

from flows.program.positions import Position, stand
from flows.program.rules import Rules
from flows.program.years import years_after, years_before

Hours: TypeAlias = Fraction | int | float


class Outcome(StrEnum):
    """What the check can come to."""

    ELIGIBLE = "eligible"
    LIKELY = "likely"
    PERSON_DECIDES = "person decides"
    NOT_YET = "not yet"
    NOT_THIS_PROGRAM = "not this program"


@dataclass(frozen=True)
class Verdict:
    """The outcome, why in short sentences to the person, and the hours still missing (0 when none are)."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()
    shortfall: Fraction = Fraction(0)

    @property
    def needs_a_person(self) -> bool:
        """Somebody at the office has to look at this before it is settled."""
        return self.outcome in (Outcome.LIKELY, Outcome.PERSON_DECIDES)


class Worked(Protocol):
    """A time of steady library work, first and last day included; `weekly` is hours a week."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def weekly(self) -> Hours: ...


@dataclass(frozen=True)
class Forecast:
    """The first day on which the hours suffice (None: never at this pace).

    `leaving` are the hours that leave the window until then (without a day: in the years to come); `most` is all that
    this pace can ever bring together within the window.
    """

    day: date | None
    leaving: Fraction
    most: Fraction


def judge(
    *,
    position: Position,
    diploma: bool | None,
    abroad: bool,
    hours: Hours,
    rules: Rules,
    holds_mlis: bool = False,
) -> Verdict:
    """May this person apply? `hours`: those inside the window; `diploma`: None means unsure; `abroad`: the schooling.

    "Likely": all that was said suffices and a person only confirms it. "Person decides": the rules do not say.
    Sources: candidate FAQ 3 and 4; briefing, appendices A and D (schooling abroad case by case, never an automatic no).
    """
    standing = stand(position, holds_mlis, rules)
    if not standing.admitted:
        return Verdict(Outcome.NOT_THIS_PROGRAM, (standing.reason,))
    schooling = _schooling(diploma, abroad, rules)
    shortfall = max(Fraction(0), rules.hours_needed - exact(hours))
    reasons = tuple(reason for reason in (_missing(shortfall, rules), schooling.reason, standing.reason) if reason)
    outcome = Outcome.NOT_YET if shortfall else schooling.outcome
    if outcome is Outcome.ELIGIBLE and standing.person:
        outcome = Outcome.LIKELY
    return Verdict(outcome, reasons, shortfall)


def window(today: date, rules: Rules) -> tuple[date, date]:
    """First and last day of the years that count, both included. Source: candidate FAQ 4.

    Seen from a 29 February the window opens on 28 February when its year has no 29th.
    """
    return years_before(today, rules.window_years), today


def weekly_pace(ledger: Sequence[Worked], today: date) -> Fraction:
    """Hours a week at present: all work in the ledger that goes on today."""
    return sum((exact(span.weekly) for span in ledger if span.start <= today <= span.end), Fraction(0))


def qualifying_date(
    shortfall: Hours, weekly: Hours, today: date, rules: Rules, ledger: Sequence[Worked] = ()
) -> Forecast:
    """When a shortfall of today will be met at `weekly` hours a week, work of long ago leaving the window meanwhile.

    Hours without dates cannot be seen leaving: give only dated work in `ledger` and say so to the person.
    """
    short, rate = exact(shortfall), exact(weekly) / 7
    most = rate * ((today - window(today, rules)[0]).days + 1)
    day, horizon = today, years_after(today, rules.window_years)
    while day <= horizon:
        leaving = _leaving(ledger, today, day, rules)
        missing = short + leaving - rate * (day - today).days
        if missing <= 0:
            return Forecast(day, leaving, most)
        if not rate:
            break
        day += timedelta(days=ceil(missing / rate))  # no day before this one can suffice: hours only leave
    return Forecast(None, _leaving(ledger, today, horizon, rules), most)


def exact(hours: Hours) -> Fraction:
    """Hours as an exact fraction, so that 1,819.9999 of a sum of floats is the 1,820 that was meant."""
    return Fraction(hours).limit_denominator(1000) if isinstance(hours, float) else Fraction(hours)


def in_words(hours: Hours) -> str:
    """Hours as people write them, `1,820` or `37.5`; rounded up to a tenth, so nothing missing shows as 0."""
    tenths = ceil(exact(hours) * 10)
    return f"{tenths // 10:,}.{tenths % 10}" if tenths % 10 else f"{tenths // 10:,}"


@dataclass(frozen=True)
class _Schooling:
    outcome: Outcome
    reason: str = ""


def _schooling(diploma: bool | None, abroad: bool, rules: Rules) -> _Schooling:
    if abroad and rules.schooling_abroad_person_decides:
        outcome = Outcome.LIKELY if diploma else Outcome.PERSON_DECIDES
        return _Schooling(outcome, "Schooling outside the United States is no bar: a person looks at each case.")
    if diploma is None:
        return _Schooling(
            Outcome.PERSON_DECIDES, "Whether your schooling equals a high school diploma, a person decides."
        )
    if not diploma:
        return _Schooling(Outcome.NOT_YET, "A high school diploma, a GED or the equivalent is needed first.")
    return _Schooling(Outcome.ELIGIBLE)


def _missing(shortfall: Fraction, rules: Rules) -> str:
    if not shortfall:
        return ""
    hours = in_words(shortfall)
    unit = "hour is" if hours == "1" else "hours are"
    return f"{hours} more {unit} needed: {rules.hours_needed:,} within the last {rules.window_years} years count."


def _leaving(ledger: Sequence[Worked], today: date, day: date, rules: Rules) -> Fraction:
    """Hours of the ledger that count today and no longer on `day`."""
    first, last = window(today, rules)[0], window(day, rules)[0] - timedelta(days=1)
    return sum((_hours(span, first, last) for span in ledger), Fraction(0))


def _hours(span: Worked, first: date, last: date) -> Fraction:
    days = (min(span.end, last) - max(span.start, first)).days + 1
    return exact(span.weekly) * max(0, days) / 7
