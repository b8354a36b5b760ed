"""Dates as people write them: a day, a month, a season or a year, in US and ISO forms."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from flows.dialog.numbers import digits
from flows.dialog.unclear import Unclear
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
_MONTH = (
    {name: at for at, name in enumerate(MONTHS, 1)} | {name[:3]: at for at, name in enumerate(MONTHS, 1)} | _MISSPELT
)
_SEASON = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_PART = {"early": (0, 3), "mid": (4, 7), "middle": (4, 7), "late": (8, 11)}
_M = "(?P<month>" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\b\.?"
_Y = r"(?P<year>(?:19|20)\d\d|'\d\d)\b(?!,?\d)"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_HOURS = r"(?! ?(?:(?:paid|volunteer|total|work|working|credit|library|contact) )?h(?:ou)?rs?\b)"
_LONGEST = 200


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


@dataclass(frozen=True)
class Found:
    """A date within a text, and where: from `at` up to `to`, which is not included."""

    at: int
    to: int
    value: When | NoDate


_Parts: TypeAlias = dict[str, str | None]
_Reader: TypeAlias = Callable[[_Parts, date], When | NoDate]


def read_date(text: str, today: date) -> When | NoDate:
    """The one date in a short answer, or the reason why there is none."""
    found = list(find_dates(digits(text[:_LONGEST]), today))
    refused = [one.value for one in found if isinstance(one.value, NoDate)]
    if refused:
        return refused[0]
    if len(found) == 1:
        return found[0].value
    if found:
        return NoDate("I see more than one date there. Which one is it?", "ambiguous")
    return NoDate("I could not read a date there. An example: 3 May 2024, or 2024-05-03.", "none")


def read_day(words: str, today: date, earliest: date | None = None, latest: date | None = None) -> date:
    """The one day meant, or Unclear with the reason: no day, only a month, ambiguous, impossible, or out of bounds."""
    value = read_date(words, today)
    if isinstance(value, NoDate):
        raise Unclear(value.reason)
    if value.precision != "day":
        raise Unclear("Please give the day too, such as 3 May 2024 or 2024-05-03.")
    if earliest and value.first < earliest:
        raise Unclear(f"That is too early: it should be {in_words(earliest)} or later.")
    if latest and value.first > latest:
        raise Unclear(f"That is too late: it should be {in_words(latest)} or earlier.")
    return value.first


def in_words(day: date) -> str:
    """`3 May 2024`: a form no one reads as another day."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


def find_dates(words: str, today: date) -> Iterator[Found]:
    """Every date in the words, first to last. `words` come from `numbers.digits`."""
    for match in _ANY.finditer(words):
        name = match.lastgroup or ""
        parts = _FORMS[name][0].fullmatch(match[0])
        if parts is not None:
            yield Found(match.start(), match.end(), _FORMS[name][1](parts.groupdict(), today))


def _numeric(parts: _Parts, today: date) -> When | NoDate:
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


def _iso(parts: _Parts, today: date) -> When | NoDate:
    return _day(_year(parts["year"] or "", today), int(parts["one"] or 0), int(parts["two"] or 0))


def _iso_month(parts: _Parts, today: date) -> When | NoDate:
    return _month(_year(parts["year"] or "", today), int(parts["one"] or 0))


def _named_day(parts: _Parts, today: date) -> When | NoDate:
    return _day(_year(parts["year"] or "", today), _MONTH[parts["month"] or ""], int(parts["day"] or 0))


def _named_month(parts: _Parts, today: date) -> When | NoDate:
    return _month(_year(parts["year"] or "", today), _MONTH[parts["month"] or ""])


def _yearless_day(parts: _Parts, today: date) -> When | NoDate:
    """ "March 22" is a day or a year; "March 5" can only be a day, the latest one."""
    number, month = int(parts["day"] or 0), _MONTH[parts["month"] or ""]
    if number > 31:
        return _month(1900 + number if number > today.year % 100 else 2000 + number, month)
    if today.year - 15 <= 2000 + number <= today.year + 2 and number > 12:
        name = MONTHS[month - 1].title()
        return NoDate(f"Is {name} {number} the day, or {name} of the year {2000 + number}?", "ambiguous")
    value = _day(today.year, month, number)
    if isinstance(value, When) and value.first > today:
        value = _day(today.year - 1, month, number)
    return When(value.first, value.last, "day", given_year=False) if isinstance(value, When) else value


def _bare_month(parts: _Parts, today: date) -> When | NoDate:
    """The latest such month: this one when it has begun, unless "last" is said."""
    month = _MONTH[parts["month"] or ""]
    before = month < today.month or (month == today.month and not parts.get("last"))
    value = _month(today.year if before else today.year - 1, month)
    guessed = not parts.get("last") and not parts.get("this")
    return When(value.first, value.last, "month", given_year=not guessed) if isinstance(value, When) else value


def _month_of_year(parts: _Parts, today: date) -> When | NoDate:
    return _month(today.year - (parts["which"] in ("last", "previous")), _MONTH[parts["month"] or ""])


def _season(parts: _Parts, today: date) -> When | NoDate:
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


def _part_of_year(parts: _Parts, today: date) -> When | NoDate:
    year, part = _year_named(parts, today), parts["part"] or ""
    if part in ("beginning", "start"):
        return When(date(year, 1, 1), date(year, 1, 1), "day")
    if part == "end":
        return When(date(year, 12, 31), date(year, 12, 31), "day")
    first, last = _PART[part]
    return When(date(year, first + 1, 1), _last(year, last + 1), "season")


def _part_of_month(parts: _Parts, today: date) -> When | NoDate:
    value = _named_month(parts, today) if parts.get("year") else _bare_month(parts, today)
    if isinstance(value, NoDate):
        return value
    days = {"early": 1, "beginning": 1, "start": 1, "mid": 15, "middle": 15, "late": 25, "end": value.last.day}
    day = value.first.replace(day=days[parts["part"] or ""])
    return When(day, day, "day", value.given_year)


def _half_year(parts: _Parts, today: date) -> When | NoDate:
    year, first = _year_named(parts, today), parts["half"] == "first"
    return When(date(year, 1 if first else 7, 1), _last(year, 6 if first else 12), "season")


def _bare_year(parts: _Parts, today: date) -> When | NoDate:
    year = _year_named(parts, today)
    return When(date(year, 1, 1), date(year, 12, 31), "year")


def _ago(parts: _Parts, today: date) -> When | NoDate:
    count = 1.0 if parts["count"] in ("a", "an") else float(parts["count"] or 0)
    if count > 1500:
        return NoDate("That is longer ago than I can count.", "impossible")
    day = before(today, count, (parts["unit"] or "")[0])
    return When(day, day, "day")


def _relative(parts: _Parts, today: date) -> When | NoDate:
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


def _year_named(parts: _Parts, today: date) -> int:
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


_YEAR_NAMED = rf"(?:{_Y}|(?P<which>this|last|previous|the) year)"
_PARTS = r"(?P<part>early|mid|middle|late|beginning|start|end)(?: of| in)?[ -](?:the )?"
_CLOSE = r"(?![\d/])(?!-\d)"
_FORMS: dict[str, tuple[re.Pattern[str], _Reader]] = {
    name: (re.compile(f"(?P<all>{pattern})"), reader)
    for name, pattern, reader in (
        ("iso", rf"(?P<year>(?:19|20)\d\d)[-/.](?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}}){_CLOSE}", _iso),
        (
            "numeric",
            rf"(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d){_CLOSE}",
            _numeric,
        ),
        ("month_number", rf"(?P<one>\d{{1,2}})[-/.](?P<year>(?:19|20)\d\d){_CLOSE}", _iso_month),
        ("iso_month", rf"(?P<year>(?:19|20)\d\d)[-/](?P<one>0[1-9]|1[0-2]){_CLOSE}", _iso_month),
        ("part_month", rf"{_PARTS}{_M},?(?: of)? ?{_Y}", _part_of_month),
        ("us_day", rf"{_M} ?(?:the )?{_D},?(?: of)? ?{_Y}", _named_day),
        ("day_first", rf"{_D}(?: of)?[ -]?{_M}[,-]?(?: of)? ?{_Y}", _named_day),
        ("month_of", rf"{_M},?(?: of)? (?P<which>this|last|previous) year\b", _month_of_year),
        ("month_year", rf"{_M}[,-]?(?: of| in)? ?{_Y}{_HOURS}", _named_month),
        ("season_year", rf"(?P<season>spring|summer|fall|autumn|winter),?(?: of| in)? {_Y}", _season),
        ("season_last", r"(?:last|this past|this|the past) (?P<season>spring|summer|fall|autumn|winter)\b", _season),
        ("half_year", rf"(?P<half>first|second|last|1st|2nd) half (?:of )?{_YEAR_NAMED}", _half_year),
        ("part_year", rf"{_PARTS}{_YEAR_NAMED}", _part_of_year),
        ("part_bare", rf"{_PARTS}{_M}(?! ?\d)", _part_of_month),
        ("last_month", rf"(?:(?P<last>last|this past)|(?P<this>this)) {_M}(?! ?\d)", _bare_month),
        ("day_month", rf"{_D}(?: of)? {_M}(?! ?\d)", _yearless_day),
        ("month_day", rf"{_M} {_D}(?![\d:/.-]){_HOURS}", _yearless_day),
        ("bare_month", rf"(?<!\bi )(?<!\bwe )(?<!\bit )(?<!\byou )(?<!\bthey ){_M}(?! i\b| be\b| have\b)", _bare_month),
        ("year_word", r"(?P<which>this|last|previous) (?:calendar )?year\b", _bare_year),
        ("ago", r"(?P<count>an?|\d{1,4}(?:\.\d{1,4})?) (?P<unit>years?|months?|weeks?|days?) (?:ago|back)\b", _ago),
        ("relative", r"(?:today|yesterday|(?:last|previous|this) (?:week|month))\b(?!ly)", _relative),
        ("bare_year", rf"(?:the year )?{_Y}(?![.]\d){_HOURS}", _bare_year),
    )
}


def _anonymous(pattern: str) -> str:
    """The pattern without group names, for the one that finds every form; the back reference to the mark is dropped."""
    return re.sub(r"\(\?P<[a-z]+>", "(?:", pattern).replace("(?P=mark)", "[-/.]")


_ANY = re.compile(
    r"(?<![\w./'-])(?<!\d-)(?:"
    + "|".join(f"(?P<{name}>{_anonymous(form.pattern)})" for name, (form, _) in _FORMS.items())
    + ")"
)
