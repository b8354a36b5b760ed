"""Applications: submitted, looked up, withdrawn; and the voluntary statistics, stored apart."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.application import Applied
from flows.program import fees
from flows.program.eligibility import Outcome
from flows.program.figures import day_in_words
from flows.program.money import dollars
from flows.survey import Surveyed
from handlers.desk import items as desk
from handlers.exchange import Errand, Exchange
from notifications import compose, notices
from storage import applications, audit, people, surveys

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which are misread aloud
NOTHING_TO_WITHDRAW = "There is no application of yours to withdraw."


@dataclass(frozen=True)
class Entry:
    """An application as the office gets it; `outcome` is what the rules say of its applicant.

    `remark` stands beside it in the audit.
    """

    details: Mapping[str, str]
    member: bool
    schooling_abroad: bool
    outcome: Outcome
    remark: Mapping[str, bool] = field(default_factory=dict)


def submit(ex: Exchange, applied: Applied) -> tuple[str, ...]:
    """Record a confirmed application, tell the desk, and send a check to the address it names."""
    reference = _reference(ex)
    entry = Entry(applied.details, applied.member, applied.schooling_abroad, applied.checked.verdict.outcome)
    fee = enter(ex, ex.speaker.person_id, reference, entry)
    _check_address(ex, applied.email, reference)
    received = compose.text(notices.ApplicationReceived(reference, dollars(fee), applied.email, ex.rules.contact_email))
    return (received,)


def enter(errand: Errand, person_id: int, reference: str, entry: Entry) -> int:
    """Put an application on record, and on the desk whatever of it a person has to look at; its fee in US cents."""
    fee = fees.quote(entry.member, None, errand.rules).total
    applications.add(errand.work, person_id, reference, json.dumps(dict(entry.details), ensure_ascii=False), fee)
    audit.record(errand.work, f"person {person_id}", "submitted", f"application {reference}", entry.remark)
    desk.add(errand, "application", person_id, {"reference": reference, "outcome": entry.outcome.value})
    if entry.schooling_abroad:
        desk.add(errand, "schooling abroad", person_id, {"reference": reference})
    if entry.member:
        desk.add(errand, "membership", person_id, {"reference": reference})
    return fee


def take_back(errand: Errand, person_id: int, remark: Mapping[str, bool] | None = None) -> str | None:
    """Withdraw the application that waits for its decision: its reference; None without one."""
    found = applications.latest(errand.work, person_id)
    if found is None or found.state != "submitted":
        return None
    applications.set_state(errand.work, found.id, "withdrawn")
    audit.record(errand.work, f"person {person_id}", "withdrew", f"application {found.reference}", remark or {})
    desk.add(errand, "withdrawal", person_id, {"reference": found.reference})
    return found.reference


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
        return NOTHING_TO_WITHDRAW
    return ""


def withdraw(ex: Exchange) -> str:
    reference = take_back(ex, ex.speaker.person_id)
    if reference is None:
        return NOTHING_TO_WITHDRAW
    return f"Your application {reference} is withdrawn. You may apply again at any time."


def keep_statistics(ex: Exchange, result: Surveyed) -> None:
    """Stored among the others with no more than the year, so that nothing leads back to the person."""
    if result.answers:
        surveys.add(ex.work, ex.today.year, json.dumps(dict(result.answers)))


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
