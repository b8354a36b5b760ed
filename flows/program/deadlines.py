"""The four years a candidate has: the last day, what still counts, and whether the pace will do."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from flows.program.rules import Rules
from flows.program.years import years_after


class PaceWord(StrEnum):
    """How a candidate stands against the four years."""

    COMPLETE = "complete"
    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    OVER = "time over"


@dataclass(frozen=True)
class Pace:
    """Sets completed against those an even pace would have completed by today.

    `next_due` is the day by which an even pace completes the next set; `days_left` is 0 on the last day and negative
    once the time is over.
    """

    word: PaceWord
    expected: Fraction
    actual: int
    days_left: int
    next_due: date | None


def last_day(admitted: date, rules: Rules, extended_until: date | None = None) -> date:
    """The last day of the candidacy; it ends at midnight at its end, in the candidate's own time zone.

    Somebody admitted on a 29 February has until 28 February when the last year has no 29th. An extension by the desk
    only ever lengthens. Source: candidate FAQ 15; FY11 overview.
    """
    end = years_after(admitted, rules.limit_years)
    return max(end, extended_until) if extended_until else end


def is_over(last: date, today: date) -> bool:
    """The last day has passed: work is frozen, and the desk decides. `today` is the candidate's own date."""
    return today > last


def counts(submitted: date, completed: date, last: date, rules: Rules) -> bool:
    """A set counts when it was submitted by the last day (the default), or else when its review ended by then.

    All dates are in the candidate's own time zone. Source: program setting `last_day_submission_counts`.
    """
    return (submitted if rules.last_day_submission_counts else completed) <= last


def pace(admitted: date, last: date, complete: int, today: date, rules: Rules) -> Pace:
    """Where a candidate with so many sets complete stands today; less than one set short of even is still on pace."""
    whole, gone = max(1, (last - admitted).days), (today - admitted).days
    expected = Fraction(rules.sets_needed * min(max(gone, 0), whole), whole)
    next_due = _even_date(admitted, last, complete + 1, rules) if complete < rules.sets_needed else None
    return Pace(
        _word(complete, expected, is_over(last, today), rules), expected, complete, (last - today).days, next_due
    )


def _even_date(admitted: date, last: date, number: int, rules: Rules) -> date:
    return admitted + timedelta(days=ceil(Fraction((last - admitted).days * number, rules.sets_needed)))


def _word(complete: int, expected: Fraction, over: bool, rules: Rules) -> PaceWord:
    if complete >= rules.sets_needed:
        return PaceWord.COMPLETE
    if over:
        return PaceWord.OVER
    if complete >= expected + 1:
        return PaceWord.AHEAD
    return PaceWord.ON_PACE if complete > expected - 1 else PaceWord.BEHIND
