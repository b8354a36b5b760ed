"""The ledger of hours: what it holds, its sum within the window, and its lines for people."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from flows.dialog.dates import MONTHS
from flows.program.years import years_before

What: TypeAlias = Literal[
    "rate", "period", "weeks", "end", "start", "check_rate", "unit", "date", "gap", "within", "rest"
]
WEEKS_A_YEAR = 52.18


@dataclass(frozen=True)
class Span:
    """Steady work, first and last day included; `weekly` hours are averaged over the year."""

    start: date
    end: date
    weekly: float
    note: str = ""


@dataclass(frozen=True)
class Lump:
    """Hours told as a sum, perhaps with the dates between which they were worked."""

    hours: float
    start: date | None = None
    end: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Missing:
    """What must be asked back; `key` names the answer for `complete` (the second question of a kind is "rate 2")."""

    what: What
    question: str
    key: str = ""


@dataclass(frozen=True)
class Statement:
    """What was read so far, and what is still missing; the lines are the whole truth only when nothing is missing."""

    lines: tuple[Span | Lump, ...]
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of the ledger for people; `clipped` when part of it lies outside the window.

    `hours` are those shown: whole ones for steady work, tenths for a sum that was told.
    """

    text: str
    hours: float
    clipped: bool


def total(lines: Sequence[Span | Lump], today: date, window_years: int = 5) -> float:
    """Hours within the window, which ends with `today`; a dated sum counts by the share of its days inside."""
    return sum(_counted(line, today, window_years) for line in lines)


def ledger(lines: Sequence[Span | Lump], today: date, window_years: int = 5) -> tuple[Line, ...]:
    """One line for each, with its hours: "Jan 2023 to today, 20 h a week: 3,901 hours"."""
    return tuple(_line(line, today, window_years) for line in lines)


def peak(lines: Sequence[Span | Lump]) -> float:
    """The most hours a week that work at the same time adds up to."""
    spans = [line for line in lines if isinstance(line, Span)]
    return max((sum(s.weekly for s in spans if s.start <= at.start <= s.end) for at in spans), default=0.0)


def _counted(line: Span | Lump, today: date, window_years: int) -> float:
    whole, inside = _days(line, today, window_years)
    if isinstance(line, Span):
        return line.weekly * inside / 7
    return line.hours * inside / whole if whole else line.hours


def _days(line: Span | Lump, today: date, window_years: int) -> tuple[int, int]:
    if line.start is None or line.end is None:
        return 0, 0
    first, last = max(line.start, years_before(today, window_years)), min(line.end, today)
    return (line.end - line.start).days + 1, max(0, (last - first).days + 1)


def _line(line: Span | Lump, today: date, window_years: int) -> Line:
    whole, inside = _days(line, today, window_years)
    hours = round(_counted(line, today, window_years), 0 if isinstance(line, Span) else 1)
    clipped = inside < whole
    text = f"{_when(line, today)}{_what(line)}"
    if clipped and inside:
        text += f", counted from {in_short(max(years_before(today, window_years), line.start or today))}"
    elif clipped:
        text += f", outside the last {window_years} years"
    return Line(f"{text}: {in_words(hours)} {'hour' if hours == 1 else 'hours'}", hours, clipped)


def in_words(hours: float) -> str:
    """`1,820`, `37.5`: to a tenth."""
    return f"{hours:,.1f}".removesuffix(".0")


def _what(line: Span | Lump) -> str:
    if isinstance(line, Span):
        return ", " + (line.note or f"{line.weekly:.4g} h a week")
    return ("" if line.start is None else ", ") + (line.note or f"{in_words(line.hours)} hours told as a sum")


def _when(line: Span | Lump, today: date) -> str:
    if line.start is None or line.end is None:
        return ""
    start = _month(line.start) if line.start.day == 1 else in_short(line.start)
    if line.end == today:
        return f"{start} to today"
    if line.start == line.end:
        return in_short(line.start)
    whole = (line.end + timedelta(1)).day == 1
    end = _month(line.end) if whole else in_short(line.end)
    return start if start == end else f"{start} to {end}"


def in_short(day: date) -> str:
    """`3 May 2024`, with the month cut to three letters."""
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3].title()} {day.year}"


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])
