"""The calendar files that came with messages, read as strictly as RFC 5545 wants them written."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from icalendar import Calendar

from bot.drawing import draw
from flows.dialog.speech import Drawing, Outbound
from tests.handlers.world import Someone


class Change(NamedTuple):
    """One date of a file: what is done with it (PUBLISH or CANCEL), and to which, by its lasting name."""

    method: str
    uid: str
    sequence: int
    begins: date | datetime


def changes(someone: Someone) -> list[Change]:
    """What the newest message to somebody changes in their calendar."""
    message = list(someone.inbox.values())[-1]
    return [_change(file, event) for file in read(message.drawings) for event in file.events]


def newest(someone: Someone) -> list[Calendar]:
    """The files of the newest message that has some."""
    return read(next(filter(_has_dates, reversed(someone.inbox.values()))).drawings)


def read(drawings: Sequence[Drawing]) -> list[Calendar]:
    """The files among these drawings."""
    return [_strictly(draw(each).content) for each in drawings if each.kind == "calendar"]


def _has_dates(message: Outbound) -> bool:
    return any(each.kind == "calendar" for each in message.drawings)


def _strictly(content: bytes) -> Calendar:
    """Lines end with CRLF and have no more than 75 bytes (3.1); what a calendar and each event must have is there."""
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert not any(b"\n" in line or b"\r" in line or len(line) > 75 for line in lines)
    file = Calendar.from_ical(content)
    assert file.errors == []
    assert (file["VERSION"], bool(file["PRODID"]), len(file.events) > 0) == ("2.0", True, True)
    for event in file.events:
        assert event.errors == []
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY"} <= set(event)
        assert event["STATUS"] == ("CANCELLED" if file["METHOD"] == "CANCEL" else "CONFIRMED")
    return file


def _change(file: Calendar, event: Calendar) -> Change:
    return Change(str(file["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), event["DTSTART"].dt)
