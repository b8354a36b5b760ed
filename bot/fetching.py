"""Puts documents out of the records into a message, when it is delivered: until then it holds only their numbers."""

import json
from dataclasses import replace

from flows.dialog.speech import Drawing, File, Outbound
from handlers.desk.documents import PAPER
from storage import papers
from storage.database import Work

GONE = ""  # the media type of a document that was erased meanwhile


def wants_documents(message: Outbound) -> bool:
    return any(each.kind == PAPER for each in message.drawings)


def fetched(work: Work, message: Outbound) -> Outbound:
    """The message with its documents as files; instead of one that is not kept any more an empty file says so."""
    found = tuple(_file(work, each) for each in message.drawings if each.kind == PAPER)
    others = tuple(each for each in message.drawings if each.kind != PAPER)
    return replace(message, files=(*message.files, *found), drawings=others)


def _file(work: Work, drawing: Drawing) -> File:
    """Raises ValueError, TypeError or KeyError for a drawing that nobody here wrote."""
    number = int(json.loads(drawing.data)["id"])
    paper = papers.get(work, number)
    if paper is None:
        return File(drawing.name, GONE, b"", f"Document {number} is not kept any more.")
    return File(drawing.name, paper.media_type, paper.content, drawing.alt)
