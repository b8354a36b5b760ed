"""Applications: submitted, looked up, withdrawn; and the voluntary statistics, stored apart."""

import json
import secrets

from flows.application import Applied
from flows.program import fees
from flows.program.figures import day_in_words
from flows.program.money import dollars
from flows.survey import Surveyed
from handlers.desk import items as desk
from handlers.exchange import Exchange
from notifications import compose, notices
from storage import applications, audit, people, surveys

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which are misread aloud


def submit(ex: Exchange, applied: Applied) -> tuple[str, ...]:
    """Record a confirmed application, tell the desk, and send a check to the address it names."""
    reference = _reference(ex)
    fee = fees.quote(applied.member, None, ex.rules).total
    details = json.dumps(applied.details, ensure_ascii=False)
    applications.add(ex.work, ex.speaker.person_id, reference, details, fee)
    audit.record(ex.work, f"person {ex.speaker.person_id}", "submitted", f"application {reference}", {})
    desk.ask(ex, "application", {"reference": reference, "outcome": applied.checked.verdict.outcome.value})
    if applied.schooling_abroad:
        desk.ask(ex, "schooling abroad", {"reference": reference})
    if applied.member:
        desk.ask(ex, "membership", {"reference": reference})
    _check_address(ex, applied.email, reference)
    received = compose.text(notices.ApplicationReceived(reference, dollars(fee), applied.email, ex.rules.contact_email))
    return (received,)


def status(ex: Exchange) -> str | None:
    """Where this person's application stands; None without one."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    if found is None:
        return None
    day = day_in_words(ex.day(found.submitted_at))
    if found.state == "withdrawn":
        return f"Your application {found.reference} of {day} was withdrawn. `apply` starts a new one."
    return (
        f"Your application {found.reference} was received on {day}. The fee of {dollars(found.fee_cents)} is due;"
        " the office tells you how to pay and decides on the application. `withdraw` takes it back."
    )


def is_waiting(ex: Exchange) -> bool:
    """Whether an application of this person waits for its decision."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    return found is not None and found.state == "submitted"


def refused(ex: Exchange, form: str) -> str:
    """Why that form cannot be opened now; empty when it can."""
    waiting = is_waiting(ex)
    if form == "apply" and waiting:
        return f"You have applied already. {status(ex)}"
    if form == "withdraw" and not waiting:
        return "There is no application of yours to withdraw."
    return ""


def withdraw(ex: Exchange) -> str:
    found = applications.latest(ex.work, ex.speaker.person_id)
    if found is None or found.state != "submitted":
        return "There is no application of yours to withdraw."
    applications.set_state(ex.work, found.id, "withdrawn")
    audit.record(ex.work, f"person {ex.speaker.person_id}", "withdrew", f"application {found.reference}", {})
    desk.ask(ex, "withdrawal", {"reference": found.reference})
    return f"Your application {found.reference} is withdrawn. You may apply again at any time."


def keep_statistics(ex: Exchange, result: Surveyed) -> None:
    """Stored under a random key with no more than the year, so that nothing leads back to the person."""
    if result.answers:
        surveys.add(ex.work, secrets.token_hex(16), ex.today.year, json.dumps(dict(result.answers)))


def _reference(ex: Exchange) -> str:
    while True:
        reference = f"LSSC-{ex.today.year}-" + "".join(secrets.choice(ALPHABET) for _ in range(5))
        if applications.free_reference(ex.work, reference):
            return reference


def _check_address(ex: Exchange, email: str, reference: str) -> None:
    """One mail without personal facts to an address that is only claimed; none to one that is somebody else's.

    Who applies is not told whether somebody else has that address; the desk is.
    """
    owner = people.find(ex.work, "email", email)
    if owner is None:
        address = people.add_address(ex.work, ex.speaker.person_id, "email", email, "claimed")
        ex.post(address, compose.message(notices.AddressClaimed(reference, ex.rules.contact_email)))
    elif owner != ex.speaker.person_id:
        desk.ask(ex, "address of another person", {"reference": reference})
