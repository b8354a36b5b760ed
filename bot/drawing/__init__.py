"""Makes the pictures and documents of a message, when it is delivered to a channel that can show them."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from bot.drawing import card, sheet
from bot.fetching import GONE
from flows.dialog.speech import Drawing, File, Outbound

log = logging.getLogger("lssc.drawing")

PNG, PDF, ICS = "image/png", "application/pdf", "text/calendar"
Maker: TypeAlias = Callable[[Mapping[str, Any]], bytes]


def _calendar(data: Mapping[str, Any]) -> bytes:
    from bot.drawing import calendar  # the library takes a moment, and few messages carry a date

    return calendar.ics(data)


# What is drawn for each kind of notifications/drawings.py, and as what.
MAKERS: dict[str, tuple[str, Maker]] = {
    "progress card": (PNG, card.png),
    "certificate": (PDF, sheet.certificate),
    "completion form": (PDF, sheet.completion_form),
    "calendar": (ICS, _calendar),
}


def draw(drawing: Drawing) -> File:
    """The same bytes for the same drawing. Raises KeyError for an unknown kind, and whatever its maker raises."""
    media_type, made = MAKERS[drawing.kind]
    return File(drawing.name, media_type, made(json.loads(drawing.data)), drawing.alt)


def drawn(message: Outbound) -> Outbound:
    """The message with its drawings as files; one that cannot be made is an empty file, and the fault is logged."""
    return replace(message, files=(*message.files, *map(_drawn, message.drawings)), drawings=())


def with_what_was_made(piece: Outbound) -> Outbound:
    """A piece of a message without empty files, in words instead.

    They are taken out of the pieces only, so that there are as many of those at every attempt.
    """
    missing = [each for each in piece.files if not each.content]
    if not missing:
        return piece
    told = [_in_words(each) for each in missing if each.media_type != PNG or not piece.text]
    text = "\n\n".join(filter(None, [piece.text, *told]))
    return replace(piece, text=text, files=tuple(each for each in piece.files if each.content))


def _drawn(drawing: Drawing) -> File:
    try:
        return draw(drawing)
    except Exception:
        log.exception("the drawing %s could not be made; its message goes without it", drawing.kind)
        media_type, _ = MAKERS.get(drawing.kind, (PDF, card.png))
        return File(drawing.name, media_type, b"", drawing.alt)


def _in_words(file: File) -> str:
    """What a picture shows, which is all in a message without text; of a document only that it is not there."""
    if file.media_type in (PNG, GONE):
        return file.alt
    return f"The document {file.name} could not be made. Please ask a person for it: send `person`."
