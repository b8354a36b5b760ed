"""`calendar`: all dates of a person in one file."""

from collections.abc import Callable, Mapping

from flows.program.figures import day_in_words
from flows.program.webinars import in_words
from handlers import calendars, local
from handlers.exchange import Exchange, Reply
from handlers.profile import not_theirs
from notifications.calendar import Event

HERE = (
    "Here are your dates as a file for your calendar:\n{}\nWhen one changes or ends, the message that tells you so"
    " brings a file that changes it in your calendar."
)
NONE = "There is no date of yours to put into a calendar: no time limit, no review, no certificate and no webinar."


def mine(ex: Exchange, rest: str) -> Reply | None:  # noqa: ARG001 - every command takes the words after it
    """`calendar`: all dates of the speaker in one file."""
    if (refused := not_theirs(ex)) is not None:
        return refused
    events = calendars.of(ex, ex.speaker.person_id)
    if not events:
        return Reply((NONE,))
    lines = "\n".join(f"- {_line(ex, each)}" for each in events)
    return Reply((HERE.format(lines),), drawings=calendars.changed(ex, ex.speaker.person_id, *events))


def _line(ex: Exchange, event: Event) -> str:
    title = event.title.removeprefix("LSSC: ")
    if event.begins is not None:
        return f"{title}: {in_words(event.begins, local.zone(ex, ex.speaker.person_id).key)}"
    return f"{title[:1].upper()}{title[1:]}: {day_in_words(event.day) if event.day else ''}"


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {"calendar": mine}
