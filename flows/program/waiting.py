"""Until which day reminders wait, as people say it: `until 1 June`, `in 10 days`, `next month`, `Christmas`.

Raises Unclear, with the reason, for a day that is over or that there is not, and for words that tell none.
"""

import re
from datetime import date, timedelta

from flows.dialog import dates, kinds
from flows.dialog.dates_readers import NoDate
from flows.dialog.numbers import digits
from flows.dialog.unclear import Unclear
from flows.program import answering
from flows.program.years import months_after, years_after

EXAMPLE = "Until which day? For example: `snooze until 1 June`."
OVER = "That day is not still to come; please name one that is, for example: `snooze until 1 June`."
BEFORE = re.compile(r"(?:(?:until|'?till?|in|on|to|for|the)\b ?)+")
NAMED = re.compile(r"[a-z]{3,9}\.?(?: \d{4})?|\d{4}")  # a month or a year
FEASTS = {"christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1)}
FEAST = re.compile(r"(christmas|xmas|new year)(?:'?s)?(?: day)?")


def until(words: str, today: date) -> date:
    """The day on which reminders come again."""
    said = BEFORE.sub("", kinds.tidy(words).lower().replace("’", "'").strip(" .!"), count=1)
    day = _plain(said, today) or _beginning(said, today) or answering.pause(digits(said), today)
    if day is None:
        raise Unclear(_why(said, today))
    if day <= today:
        raise Unclear(OVER)
    return day


def _plain(said: str, today: date) -> date | None:
    if feast := FEAST.fullmatch(said):
        month, day = FEASTS[feast[1]]
        this_year = date(today.year, month, day)
        return this_year if this_year > today else years_after(this_year, 1)
    first = today.replace(day=1)
    return {
        "tomorrow": today + timedelta(days=1),
        "day after tomorrow": today + timedelta(days=2),
        "a fortnight": today + timedelta(days=14),
        "next week": today + timedelta(days=7 - today.weekday()),
        "next month": months_after(first, 1),
        "next year": date(today.year + 1, 1, 1),
    }.get(said)


def _beginning(said: str, today: date) -> date | None:
    """The first day of a month, the coming one of that name, or of a year."""
    if not NAMED.fullmatch(said):
        return None
    tried = (said, f"{said} {today.year}", f"{said} {today.year + 1}")
    found = [each for words in tried if not isinstance(each := dates.read_date(words, today), NoDate)]
    kind = "year" if said.isdecimal() else "month"
    return next((each.first for each in found if each.precision == kind and each.first > today), None)


def _why(said: str, today: date) -> str:
    """Why no day is meant: it is over, or there is no such day."""
    found = dates.read_date(said, today)
    ahead = found if re.search(r"\d{4}", said) else dates.read_date(f"{said} {today.year + 1}", today)
    impossible = next((each for each in (ahead, found) if isinstance(each, NoDate) and each.kind == "impossible"), None)
    if impossible is not None:
        return impossible.reason
    return EXAMPLE if isinstance(found, NoDate) else OVER
