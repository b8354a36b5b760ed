"""What each form of writing a date means: the words of its parts become the first and last day, or a reason why not."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from flows.program.years import months_after

Precision: TypeAlias = Literal["day", "month", "season", "year"]

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MISSPELT = {"febuary": 2, "feburary": 2, "janurary": 1, "januray": 1, "agust": 8, "septmber": 9, "setember": 9,
             "ocotber": 10, "novemeber": 11, "decemeber": 12, "sept": 9, "febr": 2, "apirl": 4, "mrch": 3}  # fmt: skip
MONTH = (
    {name: at for at, name in enumerate(MONTHS, 1)} | {name[:3]: at for at, name in enumerate(MONTHS, 1)} | _MISSPELT
)
_SEASON = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_PART = {"early": (0, 3), "mid": (4, 7), "middle": (4, 7), "late": (8, 11)}


@dataclass(frozen=True)
class When:
    """A date as far as it was told, as its first and last day; `given_year` is False when the year was concluded."""

    first: date
    last: date
    precision: Precision
    given_year: bool = True


@dataclass(frozen=True)
class NoDate:
    """Why some words that look like a date are none, as a sentence to the person."""

    reason: str
    kind: Literal["ambiguous", "impossible", "none"]


Parts: TypeAlias = dict[str, str | None]
Reader: TypeAlias = Callable[[Parts, date], When | NoDate]


def in_words(day: date) -> str:
    """`3 May 2024`: a form no one reads as another day."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


def numeric(parts: Parts, today: date) -> When | NoDate:
    one, two, year = int(parts["one"] or 0), int(parts["two"] or 0), _year(parts["year"] or "", today)
    short = len(parts["year"] or "") == 2
    if short and int(parts["year"] or 0) <= 12:
        return NoDate(
            f"{parts['all']} can be read in several ways. Please write the year in full, such as 3 May 2024.",
            "ambiguous",
        )
    if one > 12 >= two or (parts["mark"] == "." and one == two):
        return _day(year, two, one)
    if parts["mark"] == "." and two <= 12:
        return NoDate(
            f"{parts['all']} can be {_name(one, two, year)} or {_name(two, one, year)}. Which one is it?", "ambiguous"
        )
    return _day(year, one, two)


def iso(parts: Parts, today: date) -> When | NoDate:
    return _day(_year(parts["year"] or "", today), int(parts["one"] or 0), int(parts["two"] or 0))


def iso_month(parts: Parts, today: date) -> When | NoDate:
    return _month(_year(parts["year"] or "", today), int(parts["one"] or 0))


def named_day(parts: Parts, today: date) -> When | NoDate:
    return _day(_year(parts["year"] or "", today), MONTH[parts["month"] or ""], int(parts["day"] or 0))


def named_month(parts: Parts, today: date) -> When | NoDate:
    return _month(_year(parts["year"] or "", today), MONTH[parts["month"] or ""])


def yearless_day(parts: Parts, today: date) -> When | NoDate:
    """ "March 22" is a day or a year; "March 5" can only be a day, the latest one."""
    number, month = int(parts["day"] or 0), MONTH[parts["month"] or ""]
    if number > 31:
        return _month(1900 + number if number > today.year % 100 else 2000 + number, month)
    if today.year - 15 <= 2000 + number <= today.year + 2 and number > 12:
        name = MONTHS[month - 1].title()
        return NoDate(f"Is {name} {number} the day, or {name} of the year {2000 + number}?", "ambiguous")
    value = _day(today.year, month, number)
    if isinstance(value, When) and value.first > today:
        value = _day(today.year - 1, month, number)
    return When(value.first, value.last, "day", given_year=False) if isinstance(value, When) else value


def bare_month(parts: Parts, today: date) -> When | NoDate:
    """The latest such month: this one when it has begun, unless "last" is said."""
    month = MONTH[parts["month"] or ""]
    before = month < today.month or (month == today.month and not parts.get("last"))
    value = _month(today.year if before else today.year - 1, month)
    guessed = not parts.get("last") and not parts.get("this")
    return When(value.first, value.last, "month", given_year=not guessed) if isinstance(value, When) else value


def month_of_year(parts: Parts, today: date) -> When | NoDate:
    return _month(today.year - (parts["which"] in ("last", "previous")), MONTH[parts["month"] or ""])


def season(parts: Parts, today: date) -> When | NoDate:
    season = parts["season"] or ""
    if not parts.get("year"):
        return _latest_season(season, today)
    year = _year(parts["year"] or "", today)
    if season == "winter":
        return NoDate(
            f"Winter {year} may mean its beginning or its end. Which month of which year was it?", "ambiguous"
        )
    return When(date(year, _SEASON[season], 1), _last(year, _SEASON[season] + 2), "season")


def _latest_season(season: str, today: date) -> When | NoDate:
    if season == "winter":
        return NoDate("A winter has two years. Which month of which year was it?", "ambiguous")
    start = date(today.year, _SEASON[season], 1)
    while months_after(start, 3) > today:
        start = months_after(start, -12)
    return When(start, months_after(start, 3) - timedelta(days=1), "season")


def part_of_year(parts: Parts, today: date) -> When | NoDate:
    year, part = _year_named(parts, today), parts["part"] or ""
    if part in ("beginning", "start"):
        return When(date(year, 1, 1), date(year, 1, 1), "day")
    if part == "end":
        return When(date(year, 12, 31), date(year, 12, 31), "day")
    first, last = _PART[part]
    return When(date(year, first + 1, 1), _last(year, last + 1), "season")


def part_of_month(parts: Parts, today: date) -> When | NoDate:
    value = named_month(parts, today) if parts.get("year") else bare_month(parts, today)
    if isinstance(value, NoDate):
        return value
    days = {"early": 1, "beginning": 1, "start": 1, "mid": 15, "middle": 15, "late": 25, "end": value.last.day}
    day = value.first.replace(day=days[parts["part"] or ""])
    return When(day, day, "day", value.given_year)


def half_year(parts: Parts, today: date) -> When | NoDate:
    year, first = _year_named(parts, today), parts["half"] == "first"
    return When(date(year, 1 if first else 7, 1), _last(year, 6 if first else 12), "season")


def bare_year(parts: Parts, today: date) -> When | NoDate:
    year = _year_named(parts, today)
    return When(date(year, 1, 1), date(year, 12, 31), "year")


def ago(parts: Parts, today: date) -> When | NoDate:
    count = 1.0 if parts["count"] in ("a", "an") else float(parts["count"] or 0)
    if count > 1500:
        return NoDate("That is longer ago than I can count.", "impossible")
    day = before(today, count, (parts["unit"] or "")[0])
    return When(day, day, "day")


def relative(parts: Parts, today: date) -> When | NoDate:
    word = re.sub(r"^(?:the )?(?:previous|past)", "last", parts["all"] or "")
    day = {"today": today, "yesterday": today - timedelta(1), "last week": today - timedelta(7)}.get(word)
    if day:
        return When(day, day, "day")
    if word == "this week":
        return When(today - timedelta(today.weekday()), today, "day")
    first = today.replace(day=1)
    month = first if word == "this month" else months_after(first, -1)
    return When(month, _last(month.year, month.month), "month")


def before(day: date, count: float, unit: str) -> date:
    """The day `count` d(ays), w(eeks), m(onths) or y(ears) earlier; halves of a month by their share of days."""
    if unit in "dw":
        return day - timedelta(days=round(count * (7 if unit == "w" else 1)))
    months = count * (12 if unit == "y" else 1)
    return months_after(day, -int(months)) - timedelta(days=round((months - int(months)) * 30.4375))


def _year_named(parts: Parts, today: date) -> int:
    if parts.get("year"):
        return _year(parts["year"] or "", today)
    return today.year - (parts.get("which") in ("last", "previous"))


def _year(text: str, today: date) -> int:
    number = int(text.lstrip("'"))
    if number >= 100:
        return number
    return number + (2000 if number <= today.year % 100 + 10 else 1900)


def _month(year: int, month: int) -> When | NoDate:
    if not 1 <= month <= 12:
        return NoDate(f"There is no month {month}. Please write the date like 3 May 2024.", "impossible")
    return When(date(year, month, 1), _last(year, month), "month")


def _day(year: int, month: int, day: int) -> When | NoDate:
    if not 1 <= month <= 12:
        return NoDate(f"There is no month {month}. Please write the date like 3 May 2024.", "impossible")
    if not 1 <= day <= monthrange(year, month)[1]:
        name = f"{MONTHS[month - 1].title()} {year}"
        return NoDate(f"{name} has {monthrange(year, month)[1]} days, not {day}. Which day is it?", "impossible")
    return When(date(year, month, day), date(year, month, day), "day")


def _name(month: int, day: int, year: int) -> str:
    return f"{day} {MONTHS[month - 1].title()} {year}"


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
