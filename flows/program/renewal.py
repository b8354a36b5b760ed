"""How long a certificate lasts, and what renewing it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from flows.program.rules import Rules
from flows.program.years import months_after, years_after


@dataclass(frozen=True)
class Term:
    """The time a certificate is valid: from the day the sixth set was completed to the last day, both included."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        """The certificate is valid on that day."""
        return self.start <= day <= self.end


@dataclass(frozen=True)
class RenewalWindow:
    """The first and the last day on which a renewal can be asked for."""

    opens: date
    closes: date


class Opening(StrEnum):
    """How the day stands to the window in which a renewal can be asked for."""

    NOT_YET = "not yet"
    OPEN = "open"
    GRACE = "grace"  # the term has ended, and the window has not
    OVER = "over"


class Unit(StrEnum):
    """What continuing education is told in."""

    HOUR = "contact hour"
    SEMESTER_CREDIT = "semester credit"
    QUARTER_CREDIT = "quarter credit"
    CONFERENCE_DAY = "conference day"


@dataclass(frozen=True)
class Learning:
    """Contact hours of continuing education on a day, and the id of the set they relate to (None: to none)."""

    day: date
    hours: Fraction
    set: str | None


class LeftOut(StrEnum):
    """Why contact hours do not count toward the renewal of a term."""

    BEFORE = "before the term"
    AFTER = "after the term"
    NO_SET = "no current set"


@dataclass(frozen=True)
class Tally:
    """Hours that count toward a renewal, those of them in technology, and what is missing of either."""

    hours: Fraction
    technology: Fraction
    missing: Fraction
    technology_missing: Fraction

    @property
    def enough(self) -> bool:
        """The hours suffice for the renewal."""
        return not self.missing and not self.technology_missing


def term(completed: date, rules: Rules) -> Term:
    """The term that begins on the day the last needed set was completed, whenever the award is confirmed.

    Source: candidate FAQ 16. From a 29 February it runs to 28 February where the last year has no 29th.
    """
    return Term(completed, years_after(completed, _years(rules)))


def next_term(ended: Term, rules: Rules) -> Term:
    """The term of a renewed certificate: it follows the old one, whether the renewal was early or late."""
    return Term(ended.end + timedelta(days=1), years_after(ended.end, _years(rules)))


def window(ending: Term, rules: Rules) -> RenewalWindow:
    """When the renewal of this term can be asked for: at any time within it, unless the later policy is on."""
    later = rules.optional.four_year_renewal
    if not later.on:
        return RenewalWindow(ending.start, ending.end)
    return RenewalWindow(months_after(ending.end, -later.months_before), months_after(ending.end, later.months_after))


def opening(ending: Term, day: date, rules: Rules) -> Opening:
    """Whether the renewal of this term can be asked for on a day; all first and last days are included."""
    when = window(ending, rules)
    if day < when.opens:
        return Opening.NOT_YET
    if day > when.closes:
        return Opening.OVER
    return Opening.OPEN if day <= ending.end else Opening.GRACE


def is_adopted(rules: Rules) -> bool:
    """Whether the committee has adopted a renewal policy. Source: FY11 overview (it was still being adopted)."""
    return rules.renewal_adopted or rules.optional.four_year_renewal.on


def in_hours(hours: Fraction) -> str:
    """`6`, `1.5` or `0.33`: hours to two places."""
    return f"{float(hours):.2f}".rstrip("0").rstrip(".")


def in_contact_hours(hours: Fraction) -> str:
    """`1 contact hour`, `6.5 contact hours`."""
    return f"{in_hours(hours)} contact hour{'' if hours == 1 else 's'}"


def needed(rules: Rules) -> tuple[int, int]:
    """The contact hours that a renewal takes, and how many of them in technology."""
    later = rules.optional.four_year_renewal
    return (later.hours, later.technology_hours) if later.on else (rules.renewal_hours, 0)


def contact_hours(amount: Fraction, unit: Unit, rules: Rules) -> Fraction | None:
    """Contact hours in so many credits or conference days; None when the rules do not say and a person decides."""
    worth = rules.optional.contact_hours
    if unit is Unit.HOUR:
        return amount
    if not worth.on:
        return None
    each = {
        Unit.SEMESTER_CREDIT: worth.semester_credit,
        Unit.QUARTER_CREDIT: worth.quarter_credit,
        Unit.CONFERENCE_DAY: worth.conference_day,
    }
    return amount * each[unit]


def left_out(day: date, set_id: str | None, of: Term, rules: Rules) -> LeftOut | None:
    """Why hours of that day and set do not count toward the renewal of a term; None for those that do.

    Source: FY11 overview (continuing education related to the sets).
    """
    if day < of.start:
        return LeftOut.BEFORE
    if day > of.end:
        return LeftOut.AFTER
    return None if set_id in rules.sets else LeftOut.NO_SET


def tally(learned: Iterable[Learning], of: Term, rules: Rules) -> Tally:
    """What was learned within the term and relates to a current set. Source: FY11 overview (32 contact hours)."""
    counted = [one for one in learned if left_out(one.day, one.set, of, rules) is None]
    hours = sum((one.hours for one in counted), Fraction(0))
    technology = sum((one.hours for one in counted if one.set == "technology"), Fraction(0))
    in_all, in_technology = needed(rules)
    nothing = Fraction(0)
    return Tally(hours, technology, max(nothing, in_all - hours), max(nothing, in_technology - technology))


def _years(rules: Rules) -> int:
    later = rules.optional.four_year_renewal
    return later.term_years if later.on else rules.term_years
