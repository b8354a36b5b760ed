"""A document that somebody sent goes to a member of the staff who wants to see it, and to nobody else."""

import json

from flows.dialog.speech import Drawing
from handlers import roles
from handlers.accounts import Refusal
from handlers.desk import acting
from handlers.exchange import Exchange, Reply
from handlers.roles import Actor
from storage import audit, papers

PAPER = "paper"  # the kind of drawing that is a document out of the records, taken when the message is delivered
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
TERMINAL = "A terminal shows no documents: `lssc staff document {number} FILE` writes it into a file."
HERE = "Here is document {number} ({about}), sent as “{name}”. It is for the staff only."


def sent(ex: Exchange, actor: Actor, number: int) -> Reply:
    """The document with the message, by its number; who looked stands in the audit log."""
    if not roles.may_see_documents(actor):
        return Reply((acting.REFUSED,))
    found = papers.listed(ex.work, number)
    if found is None:
        return Reply(
            (Refusal(f"There is no document {number}. `show` with an item's number tells what belongs to it."),)
        )
    if ex.speaker.channel == "terminal":
        return Reply((TERMINAL.format(number=number),))
    audit.record(ex.work, actor.name, "looked at a document", f"document {number}", {"by": ex.speaker.channel})
    # The sender chose the name; the file gets one that says what its bytes are.
    name = f"document-{number}.{ENDINGS.get(found.media_type, 'bin')}"
    drawing = Drawing(PAPER, name, f"Document {number}", json.dumps({"id": number}))
    return Reply((HERE.format(number=number, about=found.about, name=found.name),), drawings=(drawing,))
