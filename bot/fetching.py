"""Puts what stands in the records into a message, when it is delivered: until then it holds only their numbers."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flows.dialog.speech import Drawing, File, Outbound
from handlers import disclosing
from handlers.desk.documents import PAPER
from handlers.disclosing import MY_DATA
from handlers.exchange import Errand, House
from storage import papers, people
from storage.database import Work

GONE = ""  # the media type of a document that was erased meanwhile
KINDS = (PAPER, MY_DATA)


def wants_documents(message: Outbound) -> bool:
    return any(each.kind in KINDS for each in message.drawings)


def fetched(house: House, message: Outbound, work: Work) -> Outbound:
    """The message with its documents as files; instead of one that is not kept any more an empty file says so."""
    found = tuple(_file(Errand(house, work), each) for each in message.drawings if each.kind in KINDS)
    others = tuple(each for each in message.drawings if each.kind not in KINDS)
    return replace(message, files=(*message.files, *found), drawings=others)


def _file(errand: Errand, drawing: Drawing) -> File:
    """Raises ValueError, TypeError or KeyError for a drawing that nobody here wrote."""
    data = json.loads(drawing.data)
    return _my_data(errand, drawing, data) if drawing.kind == MY_DATA else _paper(errand.work, drawing, data)


def _paper(work: Work, drawing: Drawing, data: Mapping[str, Any]) -> File:
    number = int(data["id"])
    paper = papers.get(work, number)
    if paper is None:
        return File(drawing.name, GONE, b"", f"Document {number} is not kept any more.")
    return File(drawing.name, paper.media_type, paper.content, drawing.alt)


def _my_data(errand: Errand, drawing: Drawing, data: Mapping[str, Any]) -> File:
    """Of whoever the address is now, and only while it is proved to be theirs."""
    owner = people.owner(errand.work, int(data["address"]))
    if owner is None or owner.person_id is None or owner.state != "proved":
        return File(drawing.name, GONE, b"", "This address is not confirmed any more, so the file was not made.")
    told = disclosing.text(errand, owner.person_id)
    return File(drawing.name, "text/plain", told.encode(), drawing.alt)
