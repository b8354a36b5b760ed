"""Dates for people's calendars: a later file of the same `uid` takes the place of the earlier one, or takes it out."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from flows.dialog.speech import Drawing

CALENDAR = "calendar"  # the kind of drawing


@dataclass(frozen=True)
class Event:
    """A whole day, or from `begins` (an instant in UTC) for `minutes`; `uid` is the same in every file.

    `alarm` is how many minutes before it the calendar speaks up, 0 for never.
    """

    uid: str
    title: str
    day: date | None = None
    begins: datetime | None = None
    minutes: int = 0
    note: str = ""
    link: str = ""
    alarm: int = 0

    def said(self) -> str:
        """All of it as JSON; what is the same is no change."""
        return json.dumps(asdict(self), default=_iso, ensure_ascii=False)


@dataclass(frozen=True)
class Entry:
    """An event as it goes into a file; `sequence` grows with each change."""

    event: Event
    sequence: int
    cancelled: bool = False


def drawings(entries: Sequence[Entry], now: datetime) -> tuple[Drawing, ...]:
    """The files: one of what is to be entered or changed, one of what is to be taken out."""
    kept = [each for each in entries if not each.cancelled]
    gone = [each for each in entries if each.cancelled]
    files = (("PUBLISH", "lssc-dates.ics", kept), ("CANCEL", "lssc-cancelled.ics", gone))
    return tuple(_file(method, name, some, now) for method, name, some in files if some)


def _file(method: str, name: str, entries: Sequence[Entry], now: datetime) -> Drawing:
    verb = "Calendar file" if method == "PUBLISH" else "Calendar file that takes out"
    data = {
        "method": method,
        "now": now.isoformat(),
        "events": [{**json.loads(each.event.said()), "sequence": each.sequence} for each in entries],
    }
    alt = f"{verb}: {'; '.join(each.event.title for each in entries)}"
    return Drawing(CALENDAR, name, alt, json.dumps(data, ensure_ascii=False))


def _iso(value: date) -> str:
    return value.isoformat()
