"""The program officer revokes a certificate, or makes it valid again: asked twice, with a reason for its holder."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flows.program.figures import day_in_words
from handlers import calendars, certifying, roles, telling
from handlers.accounts import Refusal
from handlers.desk import items
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.roles import Actor
from notifications import notices
from notifications.notices import Notice
from storage import audit, certificates
from storage.certificates import Certificate
from storage.desk import Item

REVOKE, REINSTATE = "certificate to revoke", "certificate to reinstate"
LONGEST_REASON = 1000
NOT_OFFICER = "Only the program officer may revoke a certificate, or make it valid again."


def asked(errand: Errand, actor: Actor, verb: str, rest: str) -> str:
    """`revoke NUMBER reason` or `reinstate NUMBER reason`: a desk item asks whether it is meant."""
    if not roles.may_revoke(actor):
        return Refusal(NOT_OFFICER)
    number, _, reason = rest.strip().partition(" ")
    found = certificates.by_number(errand.work, number.strip("#:,")) if number else None
    if found is None:
        told = f"There is no certificate {number[:40]}." if number else "Which certificate?"
        return Refusal(f"{told} For example: `{verb} LSSC-2026-0001 the reason, which its holder is told`")
    if found.revoked == (verb == "revoke"):
        return Refusal(f"Certificate {found.number} is {'revoked already' if found.revoked else 'not revoked'}.")
    if not reason.strip():
        return Refusal(f"For what reason? Its holder is told: `{verb} {found.number} the reason`")
    details = {"certificate": found.number, "reason": reason.strip()[:LONGEST_REASON]}
    number_of_item = items.add(errand, REVOKE if verb == "revoke" else REINSTATE, found.person_id, details)
    return f"Nothing is changed yet. If certificate {found.number} is meant: `settle {number_of_item} {verb}`"


def _settled(verb: str) -> Callable[[Errand, Actor, Item, str], Outcome]:
    def act(errand: Errand, actor: Actor, item: Item, _note: str) -> Outcome:
        if not roles.may_revoke(actor):
            return refusal(NOT_OFFICER)
        details = json.loads(item.details)
        found = certificates.by_number(errand.work, details["certificate"])
        state = "revoked" if verb == "revoke" else "current"
        if found is None or not certificates.move(errand.work, found.id, state, details["reason"]):
            return Outcome(f"Certificate {details['certificate']} is {state} already; nothing was changed.")
        what = "revoked" if verb == "revoke" else "reinstated"
        audit.record(errand.work, actor.name, what, f"certificate {found.number}", {"reason": details["reason"]})
        files = calendars.after_certificate(errand, replace(found, state=state))
        reached = certifying.tell(errand, found.person_id, _changed(errand, verb, found, details["reason"]), *files)
        return Outcome(f"Certificate {found.number} is {what}. {telling.reached(reached, certifying.THEY)}")

    return act


def _changed(errand: Errand, verb: str, found: Certificate, reason: str) -> Notice:
    if verb == "revoke":
        return notices.CertificateRevoked(found.number, reason, errand.rules.contact_email)
    return notices.CertificateReinstated(found.number, reason, day_in_words(found.until))


def _of(errand: Errand, item: Item) -> Sequence[str]:
    details = json.loads(item.details)
    found = certificates.by_number(errand.work, details["certificate"])
    lines = [f"Certificate {details['certificate']}", f"Reason, as its holder is told it: {details['reason']}"]
    return (
        lines
        if found is None
        else [*lines, f"Name printed: {found.name}; it stands as {certifying.standing(errand, found)}"]
    )


def _leave(errand: Errand, actor: Actor, item: Item, _note: str) -> Outcome:  # noqa: ARG001 - every action takes these
    return Outcome("The certificate stays as it is.")


LEAVE = Action("leave", "Leave it as it is", _leave)
KINDS: Mapping[str, Kind] = {
    REVOKE: Kind(
        "Certificate to revoke: are you sure?", (Action("revoke", "Revoke it", _settled("revoke")), LEAVE), _of
    ),
    REINSTATE: Kind(
        "Certificate to make valid again: are you sure?",
        (Action("reinstate", "Make it valid again", _settled("reinstate")), LEAVE),
        _of,
    ),
}
