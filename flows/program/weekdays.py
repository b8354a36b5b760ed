"""The days of the week, as people name them."""

from datetime import date, timedelta

SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONG_NAME = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"  # patterns, for words in any case
NAME = rf"{LONG_NAME}|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"


def last(name: str, today: date) -> date:
    """The last day of that name, which today is not."""
    return today - timedelta(days=(today.weekday() - _number(name) - 1) % 7 + 1)


def coming(name: str, today: date) -> date:
    """The next day of that name, which today is not."""
    return today + timedelta(days=(_number(name) - today.weekday() - 1) % 7 + 1)


def _number(name: str) -> int:
    return SHORT.index(name[:3].lower())
