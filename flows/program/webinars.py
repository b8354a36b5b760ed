"""Webinars and meetings: their kinds, their table, and their hour on the clocks of people.

Raises sheets.SheetError, which names the line and the column, for a table that cannot be used.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from flows.dialog import kinds
from flows.dialog.unclear import Unclear
from flows.program import office, zones
from flows.program.sheets import Row, bad, rows

# Source of the first three: FY11 overview, "The numbers".
KINDS: Mapping[str, str] = {
    "introduction": "introducing the program", "portfolios": "developing portfolios", "record": "using the record",
    "evaluators": "training of evaluators", "committee": "meeting of the review committee",
}  # fmt: skip
NAMED: Mapping[str, re.Pattern[str]] = {
    "introduction": re.compile(r"\bintro(?:duction|ducing)?(?: (?:to|of))?(?: the program)?\b"),
    "evaluators": re.compile(r"\b(?:(?:training (?:of|for) )?evaluators?(?:'s?)?(?: training)?)\b"),
    "committee": re.compile(r"\b(?:meeting of the )?(?:review )?committee(?:'s)?(?: meeting)?\b"),
    "portfolios": re.compile(r"\b(?:developing )?portfolios?\b"),
    "record": re.compile(r"\b(?:using )?(?:the )?record\b|\bonline (?:portfolio )?system\b"),
}
NEEDED = ("code", "kind", "title", "starts", "time zone", "minutes", "seats")
MORE = ("link", "note", "state")
STATES = ("planned", "cancelled")
CODE = re.compile(r"(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{1,19}")
LONGEST_TITLE, LONGEST_NOTE = 120, 1000
FEWEST_MINUTES, MOST_MINUTES, MOST_SEATS = 5, 600, 2000
FIRST_YEAR, LAST_YEAR = 2000, 2100  # the program is younger, and nobody plans so far ahead
STARTS = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::00)?")


@dataclass(frozen=True)
class Webinar:
    """A webinar; `starts` is an instant in UTC, `zone` (IANA) the one it was planned in, `state` planned or cancelled.

    `reason` is why it was cancelled, as people are told.
    """

    code: str
    kind: str
    title: str
    starts: datetime
    zone: str
    minutes: int
    seats: int
    link: str = ""
    note: str = ""
    state: str = "planned"
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    number: int
    webinar: Webinar


def read(table: str, today: date) -> tuple[Line, ...]:
    """The webinars of a table, each code once."""
    found = [Line(row.line, _webinar(row, today)) for row in rows(table, NEEDED, MORE)]
    seen: dict[str, int] = {}
    for each in found:
        if (before := seen.setdefault(each.webinar.code, each.number)) != each.number:
            raise bad(each.number, "code", f"{each.webinar.code} stands in line {before} already")
    return tuple(found)


def cells(each: Webinar) -> list[str]:
    """A webinar in the columns of the import."""
    local = each.starts.astimezone(ZoneInfo(each.zone))
    return [
        each.code, each.kind, each.title, f"{local:%Y-%m-%d %H:%M}", each.zone, str(each.minutes), str(each.seats),
        each.link, each.note, each.state,
    ]  # fmt: skip


def _webinar(row: Row, today: date) -> Webinar:
    for column in NEEDED:
        if not row[column]:
            raise bad(row.line, column, "it is empty")
    code, kind, state = row["code"].upper(), row["kind"].lower(), row["state"].lower() or "planned"
    if not CODE.fullmatch(code):
        raise bad(row.line, "code", f'it is like "WEB-12": letters, digits (at least one) and hyphens, not {code!r}')
    if kind not in KINDS:
        raise bad(row.line, "kind", f"it is {', '.join(KINDS)}, not {row['kind']!r}")
    if state not in STATES:
        raise bad(row.line, "state", f"it is {' or '.join(STATES)}, not {row['state']!r}")
    column = "title"
    try:
        title = kinds.text(row["title"], longest=LONGEST_TITLE)
        column = "time zone"
        zone = zones.read(row["time zone"], today.year)[0]
        column = "starts"
        starts = _starts(row["starts"], zone)
        column = "minutes"
        minutes = whole(row["minutes"], "minutes", FEWEST_MINUTES, MOST_MINUTES)
        column = "seats"
        seats = whole(row["seats"], "seats", 1, MOST_SEATS)
        column = "link"
        link = kinds.link(row["link"]) if row["link"] else ""
        column = "note"
        note = kinds.text(row["note"], longest=LONGEST_NOTE) if row["note"] else ""
    except Unclear as unclear:
        raise bad(row.line, column, str(unclear)) from None
    return Webinar(code, kind, title, starts, zone, minutes, seats, link, note, state)


def _starts(words: str, zone: str) -> datetime:
    found = STARTS.fullmatch(words)
    try:
        day, at = (date.fromisoformat(found[1]), time(int(found[2]), int(found[3]))) if found else (None, None)
    except ValueError:
        day = at = None
    if day is None or at is None:
        raise Unclear(f"it is a day and an hour like 2026-12-03 15:00, not {words!r}")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unclear(f"its year is between {FIRST_YEAR} and {LAST_YEAR}, not {words!r}")
    return instant(day, at, zone)


def whole(words: str, what: str, least: int, most: int) -> int:
    """A whole number within bounds. Raises Unclear."""
    said = words.replace(",", "").strip()
    number = int(said) if re.fullmatch(r"-?\d{1,9}", said) else None
    if number is None or not least <= number <= most:
        raise Unclear(f"There may be {least} to {most:,} {what}, not {words}.")
    return number


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant of an hour in a zone, in UTC; the first one where clocks are put back and it comes twice.

    Raises Unclear for an hour that does not exist, because clocks are put forward over it.
    """
    meant = datetime.combine(day, at, ZoneInfo(zone))
    found = meant.astimezone(UTC)
    if found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != meant.replace(tzinfo=None):
        hour, on = office.hour_in_words(meant), office.in_words(meant).rpartition(",")[0]
        told = f"{hour[:1].upper()}{hour[1:]} does not exist on {on} in {zones.in_words(zone)}"
        raise Unclear(f"{told}: the clocks are put forward. Please name another hour.")
    return found


def in_words(starts: datetime, zone: str) -> str:
    """`Thursday 3 December 2026, 3 pm, Central time (Chicago)`; an hour that comes twice says which one it is."""
    local = starts.astimezone(ZoneInfo(zone))
    first, second = local.replace(fold=0), local.replace(fold=1)
    twice = first.utcoffset() != second.utcoffset() and first.astimezone(UTC) != second.astimezone(UTC)
    which = f" ({'after' if local.fold else 'before'} the clocks are put back)" if twice else ""
    return f"{office.in_words(local)}{which}, {zones.in_words(zone)}"


def kind_in(words: str) -> str:
    """The kind that words name; empty for none."""
    said = words.lower().replace("’", "'")
    return next((kind for kind, pattern in NAMED.items() if pattern.search(said)), "")


def meant(words: str, planned: Sequence[Webinar]) -> Webinar | None:
    """The webinar of that code or title, or the first one of that kind."""
    said = re.sub(r"\s*\b(?:webinar|session)s?\b\s*", " ", words.lower()).strip(" .?!")
    coded = [each for each in planned if is_code(said, each)]
    titled = get_close_matches(said, [each.title.lower() for each in planned], 1, 0.85)
    named = [each for each in planned if titled and each.title.lower() == titled[0]]
    kind = kind_in(said)
    return next(iter(coded or named or [each for each in planned if kind and each.kind == kind]), None)


def is_code(words: str, each: Webinar) -> bool:
    """Whether words name it by its code, however that is spelled (“web 3”)."""
    return _plain(each.code) == _plain(re.sub(r"\bwebinar\b", " ", words.lower()))


def as_typed(code: str) -> str:
    """A pattern for the code, however it is spelled (“web 3”)."""
    return "[ -]?".join(_plain(code))


def _plain(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "", code.lower())
