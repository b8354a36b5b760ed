"""The reminder rules read once more, by other means than the program's, to count what should have come."""

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

UNITS = {"day": 1, "week": 7}
RULES: dict[str, dict[str, Any]] = tomllib.loads(files("notifications").joinpath("reminders.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Due:
    """A step of a rule for one anchor, and when it comes due: at the beginning of its day."""

    rule: str
    step: int
    words: str
    at: datetime


def due(audience: str, anchor: date, zone: ZoneInfo) -> list[Due]:
    """Every step of every rule of an audience, where days begin in that zone."""
    return [
        Due(name, number, words, datetime.combine(day(words, anchor), time(), zone))
        for name, rule in RULES.items()
        if rule["audience"] == audience
        for number, words in enumerate(rule["steps"])
    ]


def day(words: str, anchor: date) -> date:
    """`3 months before`, `2 weeks after`, `the day`, `the day after`."""
    if words.startswith("the day"):
        return anchor + timedelta(days=words == "the day after")
    many, unit, side = words.split()
    count = int(many) * (1 if side == "after" else -1)
    if unit.startswith("month"):
        months = anchor.year * 12 + anchor.month - 1 + count
        year, month = divmod(months, 12)
        return date(year, month + 1, min(anchor.day, calendar.monthrange(year, month + 1)[1]))
    return anchor + timedelta(days=count * UNITS[unit.rstrip("s")])
