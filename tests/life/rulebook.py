"""The reminder rules read once more, by other means than the program's, to count what should have come."""

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

UNITS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
RULES: dict[str, dict[str, Any]] = tomllib.loads(files("notifications").joinpath("reminders.toml").read_text("utf-8"))
HALF_YEARLY = {("behind-pace", step) for step in range(2, 5)}  # these end with the last year


@dataclass(frozen=True)
class Due:
    """A step of a rule for one anchor, and when it comes due."""

    rule: str
    step: int
    words: str
    at: datetime


def due(audience: str, anchor: date | datetime, zone: ZoneInfo, ends: date | None = None) -> list[Due]:
    """Every step of every rule of an audience, where days begin in that zone; `ends` is the last day of a candidacy."""
    steps = [
        Due(name, number, words, begins(words, anchor, zone))
        for name, rule in RULES.items()
        if rule["audience"] == audience
        for number, words in enumerate(rule["steps"])
    ]
    last_year = datetime.combine(day("12 months before", ends), time(), zone) if ends is not None else None
    return [
        each for each in steps if last_year is None or each.at < last_year or (each.rule, each.step) not in HALF_YEARLY
    ]


def begins(words: str, anchor: date | datetime, zone: ZoneInfo) -> datetime:
    """A step counted from a day comes due when its day begins, one counted from an instant at its own instant."""
    if isinstance(anchor, datetime):
        count, unit = _count(words)
        return anchor + count * UNITS[unit]
    return datetime.combine(day(words, anchor), time(), zone)


def day(words: str, anchor: date) -> date:
    """`3 months before`, `2 weeks after`, `the day`, `the day after`."""
    if words.startswith("the day"):
        return anchor + timedelta(days=words == "the day after")
    count, unit = _count(words)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + count
        year, month = divmod(months, 12)
        return date(year, month + 1, min(anchor.day, calendar.monthrange(year, month + 1)[1]))
    return anchor + count * UNITS[unit]


def _count(words: str) -> tuple[int, str]:
    many, unit, side = words.split()
    return int(many) * (1 if side == "after" else -1), unit.rstrip("s")
