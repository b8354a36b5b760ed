"""The wish of somebody who holds a certificate to be called otherwise: the office looks at it first."""

import json

from handlers import roles, telling
from handlers.desk import items
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand, Exchange
from handlers.roles import Actor
from storage import audit, desk, people
from storage.desk import Item

CHANGE = "change of name"  # the kind of desk item
ASKED = (
    "Your certificate {} bears the name {}, so the office looks at that first: I have put your wish to be called {} on"
    " its list, and it writes to you. Until then your name stays as it is; `my name is now` with another name changes"
    " the wish."
)
TELLS = (
    "On record: {before}",
    "Wished: {name}",
    "Certificate {certificate} bears the name of its day; accepting changes the record alone.",
)
ACCEPTED = "The office has changed your name on record: {} → {}. `my name is now` with a name asks for another one."
DECLINED = "The office has not changed your name on record. Its reason: {}"
NOT_STAFF = "Only the staff of the LSSC office may decide that, so nothing was changed."


def asked(ex: Exchange, before: str, name: str, certificate: str) -> str:
    """One wish at a time: the newest is what the office sees."""
    details = {"before": before, "name": name, "certificate": certificate}
    known = waiting(ex, ex.speaker.person_id)
    if known is None:
        items.ask(ex, CHANGE, details)
    else:
        desk.describe(ex.work, known.id, json.dumps(details, ensure_ascii=False))
        items.refresh(ex, desk.by_id(ex.work, known.id) or known)
    return ASKED.format(certificate, before, name)


def waiting(errand: Errand, person_id: int) -> Item | None:
    """The wish that the office has not decided on."""
    return next((each for each in desk.open_for(errand.work, person_id) if each.kind == CHANGE), None)


def _accept(errand: Errand, actor: Actor, item: Item, _words: str) -> Outcome:
    if not roles.may_certify(actor):
        return refusal(NOT_STAFF)
    if item.person_id is None:
        return refusal("There is nobody left whose name could be changed.")
    name, before = json.loads(item.details)["name"], people.named(errand.work, item.person_id)
    people.name(errand.work, item.person_id, name)
    audit.record(errand.work, actor.name, "renamed", f"person {item.person_id}", {})
    telling.tell(errand, item.person_id, ACCEPTED.format(before, name), subject="Your name")
    return Outcome(f"The record names them {name} now; the certificate is as it was.")


def _decline(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    if not roles.may_certify(actor):
        return refusal(NOT_STAFF)
    if item.person_id is not None:
        telling.tell(errand, item.person_id, DECLINED.format(words), subject="Your name")
    return Outcome("The name on record stays as it is.")


KIND = Kind(
    "Name of a holder to change",
    (
        Action("accept", "Change it", _accept),
        Action("decline", "Leave it", _decline, "What shall they be told as the reason?", "Please send a document."),
    ),
    lambda _errand, item: [each.format(**json.loads(item.details)) for each in TELLS],
)
