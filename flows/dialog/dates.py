"""Dates as people write them: a day, a month, a season or a year, in US and ISO forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flows.dialog import dates_readers as read
from flows.dialog.dates_readers import MONTH, MONTHS, NoDate, Reader, When, before, in_words
from flows.dialog.numbers import digits
from flows.dialog.unclear import Unclear

__all__ = ["MONTHS", "Found", "NoDate", "When", "before", "find_dates", "in_words", "read_date", "read_day"]

_M = "(?P<month>" + "|".join(sorted(MONTH, key=len, reverse=True)) + r")\b\.?"
_Y = r"(?P<year>(?:19|20)\d\d|'\d\d)\b(?!,?\d)"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_HOURS = r"(?! ?(?:(?:paid|volunteer|total|work|working|credit|library|contact) )?h(?:ou)?rs?\b)"
_LONGEST = 200


@dataclass(frozen=True)
class Found:
    """A date within a text, and where: from `at` up to `to`, which is not included."""

    at: int
    to: int
    value: When | NoDate


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


def find_dates(words: str, today: date) -> Iterator[Found]:
    """Every date in the words, first to last. `words` come from `numbers.digits`."""
    for match in _ANY.finditer(words):
        name = match.lastgroup or ""
        parts = _FORMS[name][0].fullmatch(match[0])
        if parts is not None:
            yield Found(match.start(), match.end(), _FORMS[name][1](parts.groupdict(), today))


_YEAR_NAMED = rf"(?:{_Y}|(?P<which>this|last|previous|the) year)"
_PARTS = r"(?P<part>early|mid|middle|late|beginning|start|end)(?: of| in)?[ -](?:the )?"
_CLOSE = r"(?![\d/])(?!-\d)"
_FORMS: dict[str, tuple[re.Pattern[str], Reader]] = {
    name: (re.compile(f"(?P<all>{pattern})"), reader)
    for name, pattern, reader in (
        ("iso", rf"(?P<year>(?:19|20)\d\d)[-/.](?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}}){_CLOSE}", read.iso),
        (
            "numeric",
            rf"(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d){_CLOSE}",
            read.numeric,
        ),
        ("month_number", rf"(?P<one>\d{{1,2}})[-/.](?P<year>(?:19|20)\d\d){_CLOSE}", read.iso_month),
        ("iso_month", rf"(?P<year>(?:19|20)\d\d)[-/](?P<one>0[1-9]|1[0-2]){_CLOSE}", read.iso_month),
        ("part_month", rf"{_PARTS}{_M},?(?: of)? ?{_Y}", read.part_of_month),
        ("us_day", rf"{_M} ?(?:the )?{_D},?(?: of)? ?{_Y}", read.named_day),
        ("day_first", rf"{_D}(?: of)?[ -]?{_M}[,-]?(?: of)? ?{_Y}", read.named_day),
        ("month_of", rf"{_M},?(?: of)? (?P<which>this|last|previous) year\b", read.month_of_year),
        ("month_year", rf"{_M}[,-]?(?: of| in)? ?{_Y}{_HOURS}", read.named_month),
        ("season_year", rf"(?P<season>spring|summer|fall|autumn|winter),?(?: of| in)? {_Y}", read.season),
        (
            "season_last",
            r"(?:last|this past|this|the past) (?P<season>spring|summer|fall|autumn|winter)\b",
            read.season,
        ),
        ("half_year", rf"(?P<half>first|second|last|1st|2nd) half (?:of )?{_YEAR_NAMED}", read.half_year),
        ("part_year", rf"{_PARTS}{_YEAR_NAMED}", read.part_of_year),
        ("part_bare", rf"{_PARTS}{_M}(?! ?\d)", read.part_of_month),
        ("last_month", rf"(?:(?P<last>last|this past)|(?P<this>this)) {_M}(?! ?\d)", read.bare_month),
        ("day_month", rf"{_D}(?: of)? {_M}(?! ?\d)", read.yearless_day),
        ("month_day", rf"{_M} {_D}(?![\d:/.-]){_HOURS}", read.yearless_day),
        (
            "bare_month",
            rf"(?<!\bi )(?<!\bwe )(?<!\bit )(?<!\byou )(?<!\bthey ){_M}(?! i\b| be\b| have\b)",
            read.bare_month,
        ),
        ("year_word", r"(?P<which>this|last|previous) (?:calendar )?year\b", read.bare_year),
        (
            "ago",
            r"(?P<count>an?|\d{1,4}(?:\.\d{1,4})?) (?P<unit>years?|months?|weeks?|days?) (?:ago|back)\b",
            read.ago,
        ),
        ("relative", r"(?:today|yesterday|(?:last|previous|this) (?:week|month))\b(?!ly)", read.relative),
        ("bare_year", rf"(?:the year )?{_Y}(?![.]\d){_HOURS}", read.bare_year),
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
