"""Applications: submitted, corrected, withdrawn; and the voluntary statistics, stored apart."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from flows.application import Applied
from flows.program.eligibility import Outcome
from flows.survey import Surveyed
from handlers import accounts, confirming, standing
from handlers.accounts import LIVE, Account
from handlers.desk import items as desk
from handlers.exchange import Errand, Exchange
from notifications import compose, notices
from storage import applications, audit, candidacies, money, people, surveys
from storage.applications import Application

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which are misread aloud
NOTHING_TO_WITHDRAW = "There is no application of yours to withdraw."
Answers: TypeAlias = Mapping[str, tuple[str, str]]  # words and ISO day by question


@dataclass(frozen=True)
class Entry:
    """An application as the office gets it; `outcome` is what the rules say of its applicant.

    `answers` are the applicant's own words, with which the form is filled in if the office returns the application;
    """

    details: Mapping[str, str]
    member: bool
    schooling_abroad: bool
    outcome: Outcome
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class Returned:
    """An application that the office wants corrected: what fills in the form again."""

    reference: str
    reason: str
    answers: Answers


def submit(ex: Exchange, applied: Applied, answers: Answers) -> tuple[str, ...]:
    """Record a confirmed application, tell the desk, and send a check to the address it names.

    One that the office returned is the same application again.
    """
    outcome = applied.checked.verdict.outcome
    entry = Entry(applied.details, applied.member, applied.schooling_abroad, outcome, answers=answers)
    before = _before(ex)
    account = _again(ex, before, entry) if before else enter(ex, ex.speaker.person_id, _reference(ex), entry)
    reference = account.application.reference
    people.name(ex.work, ex.speaker.person_id, applied.name)
    confirming.claim(ex, ex.speaker.person_id, applied.email, reference)
    fee, contact = accounts.told(ex, account), ex.rules.contact_email
    received = compose.text(notices.ApplicationReceived(reference, fee, applied.email, contact, before is not None))
    return tuple(filter(None, (received, confirming.waits(ex, ex.speaker.person_id))))


def enter(errand: Errand, person_id: int, reference: str, entry: Entry) -> Account:
    """Put an application on record, and on the desk whatever of it a person has to look at."""
    membership = "claimed" if entry.member else ""
    fee = accounts.fee(errand, membership, errand.today)
    details, answers = _json(entry.details), _json(entry.answers)
    applications.add(errand.work, person_id, reference, details, fee, membership, answers)
    audit.record(errand.work, f"person {person_id}", "submitted", f"application {reference}", {})
    added = applications.locked(errand.work, reference)
    assert added is not None  # noqa: S101 - it was added in this transaction
    return _for_the_desk(errand, added, entry)


def _before(ex: Exchange) -> Application | None:
    """The application that was returned to this person to be corrected."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    locked = applications.locked(ex.work, found.reference) if found and found.state == "returned" else None
    return locked if locked and locked.state == "returned" else None


def _again(errand: Errand, before: Application, entry: Entry) -> Account:
    membership = _membership(before, entry)
    changed = replace(
        before,
        state="submitted",
        details=_json(entry.details),
        answers=_json(entry.answers),
        reason="",
        membership=membership,
        fee_cents=accounts.fee(errand, membership, errand.day(before.submitted_at)),
        changed_at=errand.work.now,
    )
    settled = replace(changed, settled_on=accounts.of(errand, changed).balance.settled_on)
    applications.save(errand.work, settled)
    who, what = f"person {before.person_id}", f"application {before.reference}"
    audit.record(errand.work, who, "submitted again", what, {})
    return _for_the_desk(errand, settled, entry)


def _membership(before: Application, entry: Entry) -> str:
    """A number that the office checked before is not claimed anew."""
    if not entry.member:
        return ""
    same = _words(json.loads(before.answers or "{}"), "member.number") == _words(entry.answers, "member.number")
    return before.membership if before.membership and same else "claimed"


def _words(answers: Answers, key: str) -> str:
    return answers[key][0] if key in answers else ""


def _for_the_desk(errand: Errand, application: Application, entry: Entry) -> Account:
    shown = accounts.items(errand, application)
    accounts.ask_once(errand, application, "application", outcome=entry.outcome.value)
    if not entry.schooling_abroad:
        accounts.settle(errand, "", application, "schooling abroad", how="not abroad any more")
    elif not _schooling_confirmed(errand, application):
        accounts.ask_once(errand, application, "schooling abroad")
    if application.membership == "claimed":
        accounts.ask_once(errand, application, "membership")
    else:
        accounts.settle(errand, "", application, "membership", how="not claimed any more")
    account = accounts.of(errand, application)
    accounts.keep_in_step(errand, "", account)
    accounts.retell(errand, application, shown)
    return account


def _schooling_confirmed(errand: Errand, application: Application) -> bool:
    checked = [each for each in accounts.items(errand, application, "settled") if each.kind == "schooling abroad"]
    return bool(checked) and checked[-1].action == "confirm"


def returned(ex: Exchange) -> Returned | None:
    """The application of this person that waits to be corrected."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    if found is None or found.state != "returned":
        return None
    return Returned(found.reference, found.reason, json.loads(found.answers or "{}"))


def is_waiting(ex: Exchange) -> bool:
    """Whether an application of this person is neither ended nor decided with admission."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    return found is not None and found.state in LIVE


def is_candidate(ex: Exchange) -> bool:
    """Whether this person was admitted, and that is not over."""
    found = candidacies.latest(ex.work, ex.speaker.person_id)
    return found is not None and found.state in candidacies.UNDER_WAY


def refused(ex: Exchange, form: str) -> str:
    """Why that form cannot be opened now; empty when it can."""
    if form == "apply" and is_candidate(ex):
        return f"You are a candidate already. {standing.status(ex)}"
    if form == "apply" and is_waiting(ex) and returned(ex) is None:
        return f"You have applied already. {standing.status(ex)}"
    if form == "withdraw" and not is_waiting(ex):
        leaves = " `leave program` ends your candidacy." if is_candidate(ex) else ""
        return f"{NOTHING_TO_WITHDRAW}{leaves}"
    return ""


def withdraw(ex: Exchange) -> str:
    account = take_back(ex, ex.speaker.person_id)
    if account is None:
        return NOTHING_TO_WITHDRAW
    done = f"Your application {account.application.reference} is withdrawn."
    return " ".join(filter(None, (done, accounts.told(ex, account), "You may apply again at any time.")))


def take_back(errand: Errand, person_id: int, by: str = "") -> Account | None:
    """Withdraw the application that is under way; None without one. `by` is who does it if not the person.

    Its award is free again, and money that came in for it is for the desk.
    """
    found = applications.latest(errand.work, person_id)
    found = applications.locked(errand.work, found.reference) if found else None
    if found is None or found.state not in LIVE:
        return None
    withdrawn = replace(found, state="withdrawn", changed_at=errand.work.now, answers="")
    applications.save(errand.work, withdrawn)
    money.move_use(errand.work, found.id, "released")
    audit.record(errand.work, by or f"person {person_id}", "withdrew", f"application {found.reference}", {})
    accounts.settle(errand, "", found, "application", "membership", "schooling abroad", how="withdrawn")
    account = accounts.of(errand, withdrawn)
    accounts.keep_in_step(errand, "", account)
    desk.add(errand, "withdrawal", person_id, {"reference": found.reference})
    return account


def keep_statistics(ex: Exchange, result: Surveyed) -> None:
    """Stored among the others with no more than the year, so that nothing leads back to the person."""
    if result.answers:
        surveys.add(ex.work, ex.today.year, json.dumps(dict(result.answers)))


def _reference(ex: Exchange) -> str:
    while True:
        reference = f"LSSC-{ex.today.year}-" + "".join(secrets.choice(ALPHABET) for _ in range(5))
        if applications.free_reference(ex.work, reference):
            return reference


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)
