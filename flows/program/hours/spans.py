"""From the pieces of a period to its first and last day, or the question that decides it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.dialog.dates import When, before, in_words, read_date
from flows.dialog.numbers import digits
from flows.program.hours.asking import Asking
from flows.program.hours.items import Length, Notes, Piece
from flows.program.hours.ledger import What, month_end
from flows.program.hours.marking import marked
from flows.program.hours.wording import plain
from flows.program.years import months_after, years_before

NEAR = 3.5 * 365.25
_DOUBTFUL = 0.1
_SEASON_DAYS, _NEAR_SHARE = 95, 1 / 3
_DAY = timedelta(1)


@dataclass(frozen=True)
class Period:
    """First and last day; `open` when it goes on today; `summer` when it is one summer without its weeks."""

    start: date
    end: date
    open: bool = False
    summer: bool = False


@dataclass
class _Told:
    start: When | None = None
    end: When | None = None
    length: Length | None = None
    now: bool = False
    within: When | None = None
    tie: str = ""


def period(
    pieces: list[Piece], today: date, asking: Asking, name: str, until: date | None = None, *, roughly: bool = False
) -> Period | None:
    """The period, or None when something was asked. `until` ends an open one: the day before the next job began.

    `roughly`: the dates only bound a sum, so bare years will do.
    """
    told = _gathered(pieces)
    if roughly and told.end and not (told.start or told.length) and told.end.last < years_before(today, 5):
        return Period(told.end.last, told.end.last)
    refusal = _refusal(told, today)
    if refusal:
        answer = asking.ask(refusal[0], f"{name}{refusal[1]}")
        return _answered(refusal[0], told, answer, today, asking, name) if answer else None
    return _placed(told, today, asking, name, until, roughly=roughly)


def _gathered(pieces: list[Piece]) -> _Told:
    told = _Told()
    for piece in pieces:
        told.start, told.end = told.start or piece.start, told.end or piece.end
        told.length, told.within = told.length or piece.length, told.within or piece.within
        told.now, told.tie = told.now or piece.now, told.tie or piece.tie
        if piece.past:
            told.tie = "past"
    return _with_years(told, len(pieces) == 1)


def _with_years(told: _Told, one_phrase: bool) -> _Told:
    """Years that were not told follow from the other end: "from May to August 2023"."""
    start, end = told.start, told.end
    if start and end and end.given_year and not start.given_year:
        while start.first > end.last:
            start = _moved(start, -12)
        while months_after(start.first, 12) <= end.last:
            start = _moved(start, 12)
        told.start = replace(start, given_year=True)
    elif start and end and start.given_year and not end.given_year:
        while end.last >= months_after(start.first, 12):
            end = _moved(end, -12)
        while end.last < start.first:
            end = _moved(end, 12)
        told.end = replace(end, given_year=one_phrase)
    return told


def _moved(when: When, months: int) -> When:
    first = months_after(when.first, months)
    last = month_end(first) if when.precision == "month" else months_after(when.last, months)
    return replace(when, first=first, last=last)


def _refusal(told: _Told, today: date) -> tuple[What, str] | None:
    """What cannot be so, or is not enough to tell, as the question to ask."""
    if told.tie == "past" and not told.end and not told.now:
        return "end", "When did it end? A month and a year are enough."
    if told.tie == "bare":
        return "period", "From when to when was it? Months and years are enough."
    if told.start and told.start.first > today:
        return (
            "start",
            f"{in_words(told.start.first)} is in the future; only hours already worked count. When did it begin?",
        )
    if told.end and told.end.first > today and told.end.precision != "year":
        return (
            "end",
            f"{in_words(told.end.last)} is in the future; only hours already worked count. Until when, or do "
            f"you still work there?",
        )
    if told.start and told.end and told.start.first > told.end.last:
        return "period", "That ends before it begins. From when to when was it?"
    if told.start and told.end and not (told.start.given_year and told.end.given_year):
        return "period", "Of which year is that? Please give the months with their years."
    if told.end and not told.start and not told.length and not told.within:
        return "start", f"When did it begin, if it ended {in_words(told.end.last)}? A month and a year are enough."
    if not (told.start or told.end or told.length or told.within):
        return "period", "Since when, or from when to when? Months and years are enough."
    return None


def _placed(
    told: _Told, today: date, asking: Asking, name: str, until: date | None, *, roughly: bool = False
) -> Period | None:
    if told.within and told.length and told.length.weeks > 0:
        return _inside(told.within, told.length, told, today, asking, name)
    if told.within:
        end = min(told.within.last, today)
        if told.within.first > today:
            answer = asking.ask(
                "period", f"{name}{in_words(told.within.first)} is in the future. From when to when was it?"
            )
            return reread(answer, today, asking, name) if answer else None
        return Period(told.within.first, end, end == today, summer=_is_summer(told.within))
    if told.length:
        return _long(told, told.length, today, until)
    if roughly and told.start:
        return Period(told.start.first, min(told.end.last, today) if told.end else until or today)
    return _between(told, today, asking, name, until)


def _is_summer(when: When) -> bool:
    return when.precision == "season" and when.first.month == 6


def _inside(within: When, length: Length, told: _Told, today: date, asking: Asking, name: str) -> Period | None:
    first, last = within.first, min(within.last, today)
    if length.weeks * 7 > (last - first).days + 8:
        answer = asking.ask(
            "period", f"{name}That is longer than the time it is said to be in. From when to when was it?"
        )
        return reread(answer, today, asking, name) if answer else None
    days = round(length.weeks * 7)
    if told.tie == "last":
        return Period(last - timedelta(days - 1), last)
    return Period(first, min(last, first + timedelta(days - 1)))


def _long(told: _Told, length: Length, today: date, until: date | None) -> Period:
    if told.end:
        end = min(told.end.last, today)
        return Period(before(end, length.count, length.unit) + _DAY, end)
    if told.start:
        return _from(told.start, length, today)
    end = until or today
    return Period(before(end, length.count, length.unit) + _DAY, end, end == today)


def _from(start: When, length: Length, today: date) -> Period:
    """ "Since 2022, for 4 years" reaches today; "starting March 2021 for 6 months" does not."""
    earliest = start.first + timedelta(round(length.weeks * 7))
    if earliest - timedelta(45) <= today <= earliest + (start.last - start.first) + timedelta(45):
        return Period(max(start.first, before(today, length.count, length.unit)), today, open=True)
    return Period(start.first, min(earliest - _DAY, today))


def _between(told: _Told, today: date, asking: Asking, name: str, until: date | None) -> Period | None:
    start, end = told.start, told.end
    if start is None:
        return None
    start = _mid_year(start, end, today)
    last = min(end.last, today) if end else (until or today)
    if _vague_end(start, end, today):
        answer = asking.ask("end", f"{name}In which month of {end.first.year if end else ''} did it end?")
        if not answer:
            if _vague_start(start, end, today):
                asking.ask("start", f"{name}In which month of {start.first.year} did it begin?")
            return None
        if _means_now(answer):
            last = today
        else:
            named = _named(answer, end, today, asking, "end")
            if named is None:
                return None
            last = min(named.last, today)
    if _vague_start(start, end, today):
        answer = asking.ask("start", f"{name}In which month of {start.first.year} did it begin?")
        named = _named(answer, start, today, asking, "start") if answer else None
        if named is None:
            return None
        start = named
    return Period(start.first, last, last == today)


def _mid_year(start: When, end: When | None, today: date) -> When:
    """ "Since mid-2022" is since July when little hangs on it."""
    middle = start.first.month == 5 and start.last.month == 8 and start.precision == "season"
    if not middle or _spread(start, end, today) > 2 * _DOUBTFUL:
        return start
    july = date(start.first.year, 7, 1)
    return When(july, july, "day")


def _vague_start(start: When, end: When | None, today: date) -> bool:
    """A bare year matters when near; other vague dates when a tenth of the time hangs on it (a season: a third)."""
    if start.precision in ("day", "month"):
        return False
    if start.precision == "year" and not (end and end.precision == "year"):
        return (today - start.first).days < NEAR
    named = start.precision == "season" and (start.last - start.first).days < _SEASON_DAYS
    return _spread(start, end, today) > (_NEAR_SHARE if named else _DOUBTFUL)


def _vague_end(start: When, end: When | None, today: date) -> bool:
    return (
        bool(end) and end is not None and end.precision in ("season", "year") and _spread(start, end, today) > _DOUBTFUL
    )


def _spread(start: When, end: When | None, today: date) -> float:
    """How much of the time within the window is uncertain, from 0 to 1."""
    opening = years_before(today, 5)
    latest = min(end.last, today) if end else today
    earliest = min(end.first, today) if end else today
    longest = (latest - max(start.first, opening)).days
    shortest = (earliest - max(start.last, opening)).days
    return (longest - max(0, shortest)) / longest if longest > 0 else 0.0


def _named(answer: str, about: When | None, today: date, asking: Asking, what: What) -> When | None:
    """The date of an answer; a month alone is of the year it was asked for."""
    value = read_date(answer, today)
    if isinstance(value, When) and not value.given_year and about:
        value = read_date(f"{answer} {about.first.year}", today)
    if isinstance(value, When) and value.first <= today and value.precision != "year":
        return value
    reason = "Please give a month and a year, such as March 2023." if isinstance(value, When) else value.reason
    asking.again(what, reason)
    return None


def _means_now(answer: str) -> bool:
    words = set(digits(answer).replace(",", " ").split())
    return bool(words & {"now", "today", "still", "present", "current", "currently", "yes", "ongoing"})


def _answered(what: What, told: _Told, answer: str, today: date, asking: Asking, name: str) -> Period | None:
    if what == "period":
        return reread(answer, today, asking, name)
    if what == "end" and _means_now(answer):
        told.end, told.now, told.tie = None, True, ""
        return _placed(told, today, asking, name, None)
    about = told.end if what == "end" else told.start
    named = _named(answer, about, today, asking, what)
    if named is None:
        return None
    told.tie = ""
    if what == "end":
        told.end = named
    else:
        told.start = named
    refusal = _refusal(told, today)
    if refusal:
        asking.again(what, refusal[1])
        return None
    return _placed(told, today, asking, name, None)


def reread(answer: str, today: date, asking: Asking, name: str) -> Period | None:
    """The period in an answer: "since March 2019", or a date alone, which is when it began."""
    notes = Notes()
    text = marked(plain(answer), today, notes)
    found = [notes.get(marker) for marker in markers(text)]
    pieces = [piece for piece in found if isinstance(piece, Piece)]
    if len(pieces) == 1 and pieces[0].within and not pieces[0].length and pieces[0].within.precision != "year":
        pieces = [Piece(start=pieces[0].within)]
    if not pieces:
        asking.again("period", "I could not read the time there. An example: March 2022 to June 2024.")
        return None
    told = _gathered(pieces)
    refusal = _refusal(told, today)
    if refusal:
        asking.again("period", refusal[1])
        return None
    return _placed(told, today, asking, name, None)


def markers(text: str) -> list[str]:
    """The markers in a text, in its order."""
    return [f"«{part.split('»')[0]}»" for part in text.split("«")[1:]]
