"""Applications: submitted, corrected, looked up, withdrawn; and the voluntary statistics, stored apart."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from flows.application import Applied
from flows.program.figures import day_in_words, listed, number_in_words
from flows.survey import Surveyed
from handlers import accounts
from handlers.accounts import LIVE, Account
from handlers.desk import items as desk
from handlers.exchange import Exchange
from notifications import compose, notices
from storage import applications, audit, candidacies, money, people, surveys
from storage.applications import Application
from storage.candidacies import Candidacy

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which are misread aloud
Answers: TypeAlias = Mapping[str, tuple[str, str]]  # words and ISO day by question


@dataclass(frozen=True)
class Returned:
    """An application that the office wants corrected: what fills in the form again."""

    reference: str
    reason: str
    answers: Answers


def submit(ex: Exchange, applied: Applied, answers: Answers) -> tuple[str, ...]:
    """Record a confirmed application, tell the desk, and send a check to the address it names.

    `answers` are the applicant's own words, with which the form is filled in if the office returns the application; one
    that was returned is the same application again.
    """
    before = _before(ex)
    application = _again(ex, before, applied, answers) if before else _new(ex, applied, answers)
    verb = "submitted again" if before else "submitted"
    audit.record(ex.work, f"person {ex.speaker.person_id}", verb, f"application {application.reference}", {})
    people.name(ex.work, ex.speaker.person_id, applied.name)
    _for_the_desk(ex, application, applied, before)
    _check_address(ex, applied.email, application.reference)
    account = accounts.of(ex, application)
    accounts.keep_in_step(ex, "", account)
    fee, contact = accounts.told(ex, account), ex.rules.contact_email
    received = notices.ApplicationReceived(application.reference, fee, applied.email, contact, before is not None)
    return (compose.text(received),)


def _before(ex: Exchange) -> Application | None:
    """The application that was returned to this person to be corrected."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    locked = applications.locked(ex.work, found.reference) if found and found.state == "returned" else None
    return locked if locked and locked.state == "returned" else None


def _new(ex: Exchange, applied: Applied, answers: Answers) -> Application:
    reference, membership = _reference(ex), "claimed" if applied.member else ""
    fee = accounts.fee(ex, membership, ex.today)
    details, words = _json(applied.details), _json(answers)
    applications.add(ex.work, ex.speaker.person_id, reference, details, fee, membership, words)
    added = applications.locked(ex.work, reference)
    assert added is not None  # noqa: S101 - it was added in this transaction
    return added


def _again(ex: Exchange, before: Application, applied: Applied, answers: Answers) -> Application:
    membership = _membership(before, applied, answers)
    changed = replace(
        before,
        state="submitted",
        details=_json(applied.details),
        answers=_json(answers),
        reason="",
        membership=membership,
        fee_cents=accounts.fee(ex, membership, ex.day(before.submitted_at)),
        changed_at=ex.work.now,
    )
    settled = replace(changed, settled_on=accounts.of(ex, changed).balance.settled_on)
    applications.save(ex.work, settled)
    return settled


def _membership(before: Application, applied: Applied, answers: Answers) -> str:
    """A number that the office checked before is not claimed anew."""
    if not applied.member:
        return ""
    same = _words(json.loads(before.answers or "{}"), "member.number") == _words(answers, "member.number")
    return before.membership if before.membership and same else "claimed"


def _words(answers: Answers, key: str) -> str:
    return answers[key][0] if key in answers else ""


def _for_the_desk(ex: Exchange, application: Application, applied: Applied, before: Application | None) -> None:
    outcome = applied.checked.verdict.outcome.value
    accounts.ask_once(ex, application, "application", outcome=outcome)
    if application.membership == "claimed":
        accounts.ask_once(ex, application, "membership")
    else:
        accounts.settle(ex, "", application, "membership", how="not claimed any more")
    if not applied.schooling_abroad:
        accounts.settle(ex, "", application, "schooling abroad", how="not abroad any more")
    elif before is None or not _schooling_confirmed(ex, application):
        accounts.ask_once(ex, application, "schooling abroad")


def _schooling_confirmed(ex: Exchange, application: Application) -> bool:
    checked = [each for each in accounts.items(ex, application, "settled") if each.kind == "schooling abroad"]
    return bool(checked) and checked[-1].action == "confirm"


def returned(ex: Exchange) -> Returned | None:
    """The application of this person that waits to be corrected."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    if found is None or found.state != "returned":
        return None
    return Returned(found.reference, found.reason, json.loads(found.answers or "{}"))


def status(ex: Exchange) -> str | None:
    """Where this person stands, as applicant or candidate; None for somebody who is neither."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    candidacy = candidacies.latest(ex.work, ex.speaker.person_id)
    if found is None or (found.state == "admitted" and candidacy is not None):
        return _as_candidate(ex, candidacy, found) if candidacy else None
    return _as_applicant(ex, accounts.of(ex, found))


def _as_applicant(ex: Exchange, account: Account) -> str:
    application = account.application
    day, changed = (day_in_words(ex.day(each)) for each in (application.submitted_at, application.changed_at))
    start, end = {
        "submitted": (f"was received on {day}.", "The decision is pending. `withdraw` takes it back."),
        "accepted": (f"of {day} was accepted on {changed}.", "You are admitted as soon as the fee is paid."),
        "returned": (
            f"of {day} came back to you on {changed}: {application.reason}",
            "`apply` opens it with everything filled in; `withdraw` takes it back.",
        ),
        "declined": (f"of {day} was declined on {changed}: {application.reason}", "`apply` starts a new one."),
        "withdrawn": (f"of {day} was withdrawn.", "`apply` starts a new one."),
    }[application.state]
    return " ".join(filter(None, (f"Your application {application.reference}", start, accounts.told(ex, account), end)))


def _as_candidate(ex: Exchange, candidacy: Candidacy, application: Application | None) -> str:
    day, until = day_in_words(candidacy.admitted_on), day_in_words(candidacy.deadline)
    needed = number_in_words(ex.house.policy.on(candidacy.admitted_on).sets_needed)
    start = {
        "active": f"You were admitted on {day} and have until {until} to complete {needed} competency sets.",
        "frozen": f"You were admitted on {day}; your time ended on {until}, and the office decides how it goes on.",
        "certified": f"You were admitted on {day}, and your {needed} competency sets are complete.",
        "withdrawn": f"You were admitted on {day} and have withdrawn. `apply` starts anew.",
        "ended": f"You were admitted on {day}; that candidacy has ended. `apply` starts anew.",
    }[candidacy.state]
    names = [ex.house.competencies.named(each.set_id).name for each in candidacies.sets(ex.work, candidacy.id)]
    complete = f"Complete so far: {listed(names)}." if names and candidacy.state != "certified" else ""
    account = accounts.of(ex, application) if application else None
    fee = accounts.told(ex, account) if account and account.balance.open else ""
    return " ".join(filter(None, (start, complete, fee)))


def is_waiting(ex: Exchange) -> bool:
    """Whether an application of this person is neither ended nor decided with admission."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    return found is not None and found.state in LIVE


def is_candidate(ex: Exchange) -> bool:
    """Whether this person was admitted, and that is not over."""
    found = candidacies.latest(ex.work, ex.speaker.person_id)
    return found is not None and found.state in ("active", "frozen")


def refused(ex: Exchange, form: str) -> str:
    """Why that form cannot be opened now; empty when it can."""
    if form == "apply" and is_candidate(ex):
        return f"You are a candidate already. {status(ex)}"
    if form == "apply" and is_waiting(ex) and returned(ex) is None:
        return f"You have applied already. {status(ex)}"
    if form == "withdraw" and not is_waiting(ex):
        return "There is no application of yours to withdraw."
    return ""


def withdraw(ex: Exchange) -> str:
    """Take the application back; its award is free again, and money that came in is for the desk."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    found = applications.locked(ex.work, found.reference) if found else None
    if found is None or found.state not in LIVE:
        return "There is no application of yours to withdraw."
    withdrawn = replace(found, state="withdrawn", changed_at=ex.work.now, answers="")
    applications.save(ex.work, withdrawn)
    money.move_use(ex.work, found.id, "released")
    audit.record(ex.work, f"person {ex.speaker.person_id}", "withdrew", f"application {found.reference}", {})
    accounts.settle(ex, "", found, "application", "membership", "schooling abroad", how="withdrawn")
    account = accounts.of(ex, withdrawn)
    accounts.keep_in_step(ex, "", account)
    desk.ask(ex, "withdrawal", {"reference": found.reference})
    done = f"Your application {found.reference} is withdrawn."
    return " ".join(filter(None, (done, accounts.told(ex, account), "You may apply again at any time.")))


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
