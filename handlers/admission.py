"""What the office decides on an application: accept, decline, return, ask; and the admission that may follow.

Every verb takes the reference of the application, changes its record, tells the applicant, and gives a sentence for the
member of the staff: what was done, or (a Refusal) why nothing was.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from flows.dialog.kinds import text
from flows.dialog.speech import Choice, Drawing
from flows.dialog.unclear import Unclear
from flows.program.admission import admitted_on
from flows.program.cards import card_number
from flows.program.deadlines import last_day
from flows.program.figures import day_in_words, listed, number_in_words
from flows.program.money import dollars
from flows.program.payments import in_words
from handlers import accounts, calendars, crediting, handoff, telling, whereabouts
from handlers.accounts import LIVE, Account, Refusal, Unfit
from handlers.exchange import Errand
from handlers.roles import Actor
from notifications import compose, notices
from notifications.notices import Notice
from storage import applications, audit, candidacies, money, people
from storage.applications import Application
from storage.desk import Item

LONGEST_REASON = 1000
Tell = Callable[[Account], Notice]


def accept(errand: Errand, actor: Actor, reference: str) -> str:
    """Accept an application; with the fee settled the applicant is admitted."""
    found = accounts.at_hand(errand, actor, reference, "submitted")
    if isinstance(found, Refusal):
        return found
    if why := _not_to_accept(errand, found):
        return why
    accounts.settle(errand, actor.name, found, "application", how="accept")
    accepted = replace(found, state="accepted", accepted_on=errand.today, changed_at=errand.work.now, reason="")

    def notice(account: Account) -> Notice:
        return notices.ApplicationAccepted(accepted.reference, accounts.told(errand, account))

    return step(errand, actor, accepted, "accepted", f"{accepted.reference} is accepted", notice)


def _not_to_accept(errand: Errand, application: Application) -> Refusal | None:
    if any(item.kind == "schooling abroad" for item in accounts.items(errand, application)):
        return Refusal(f"{application.reference}: its schooling abroad is still to be checked. Decide on that first.")
    candidacy = candidacies.latest(errand.work, application.person_id)
    if candidacy is not None and candidacy.state in candidacies.UNDER_WAY:
        day = day_in_words(candidacy.admitted_on)
        return Refusal(f"{application.reference}: this person is a candidate already, since {day}. Decline it instead.")
    return None


def decline(errand: Errand, actor: Actor, reference: str, reason: str) -> str:
    """Decline an application with a reason that the applicant is told; its award is free again."""
    found = accounts.at_hand(errand, actor, reference, *LIVE)
    if isinstance(found, Refusal):
        return found
    why = _because(reason)
    if isinstance(why, Refusal):
        return why
    money.move_use(errand.work, found.id, "released")
    accounts.settle(errand, actor.name, found, "application", "schooling abroad", "membership", how="decline")
    declined = replace(found, state="declined", changed_at=errand.work.now, answers="", reason=why)

    def notice(account: Account) -> Notice:
        fee = accounts.told(errand, account)
        return notices.ApplicationDeclined(declined.reference, fee, why, errand.rules.contact_email)

    return step(errand, actor, declined, "declined", f"{declined.reference} is declined", notice)


def send_back(errand: Errand, actor: Actor, reference: str, reason: str) -> str:
    """Return an application to be corrected; `apply` opens it with everything filled in."""
    found = accounts.at_hand(errand, actor, reference, "submitted", "accepted")
    if isinstance(found, Refusal):
        return found
    why = _because(reason)
    if isinstance(why, Refusal):
        return why
    return _returned(errand, actor, found, why, "application")


def _returned(errand: Errand, actor: Actor, found: Application, why: str, *kinds: str) -> str:
    accounts.settle(errand, actor.name, found, *kinds, how="return")
    returned = replace(found, state="returned", accepted_on=None, changed_at=errand.work.now, reason=why)

    def notice(account: Account) -> Notice:
        return notices.ApplicationReturned(returned.reference, accounts.told(errand, account), why)

    return step(errand, actor, returned, "returned", f"{returned.reference} is returned", notice)


def ask(errand: Errand, actor: Actor, reference: str, words: str) -> str:
    """Ask the applicant something in the thread of the application's desk item; the answer comes there."""
    found = accounts.at_hand(errand, actor, reference, *LIVE)
    if isinstance(found, Refusal):
        return found
    question = written(words)
    if isinstance(question, Refusal):
        return question
    item = next((each for each in accounts.items(errand, found) if each.kind == "application"), None)
    if item is None:
        return Refusal(f"{found.reference} is not on the desk at the moment; write to its applicant instead.")
    return handoff.to_person(errand, actor, item, question)


def confirm_schooling(errand: Errand, actor: Actor, reference: str) -> str:
    """Schooling outside the United States counts for this application."""
    found = _with_schooling(errand, actor, reference)
    if isinstance(found, Refusal):
        return found
    accounts.settle(errand, actor.name, found, "schooling abroad", how="confirm")

    def notice(account: Account) -> Notice:
        return notices.SchoolingConfirmed(found.reference, accounts.told(errand, account))

    return step(errand, actor, found, "schooling confirmed", f"{found.reference}: the schooling is confirmed", notice)


def refuse_schooling(errand: Errand, actor: Actor, reference: str, reason: str) -> str:
    """Schooling outside the United States does not count so: the application is returned with the reason."""
    found = _with_schooling(errand, actor, reference)
    if isinstance(found, Refusal):
        return found
    why = _because(reason)
    if isinstance(why, Refusal):
        return why
    return _returned(errand, actor, found, why, "schooling abroad", "application")


def _with_schooling(errand: Errand, actor: Actor, reference: str) -> Application | Refusal:
    found = accounts.at_hand(errand, actor, reference, "submitted", "accepted")
    if isinstance(found, Refusal):
        return found
    asked = any(item.kind == "schooling abroad" for item in accounts.items(errand, found))
    return found if asked else Refusal(f"{found.reference} has no schooling abroad to check.")


def written(words: str) -> str | Refusal:
    """What the applicant is told in the office's words."""
    if card_number(words):
        return Unfit("That holds what looks like a card number; it was not kept. Please leave it out.")
    try:
        return text(words, longest=LONGEST_REASON)
    except Unclear as unclear:
        return Unfit(str(unclear))


def _because(reason: str) -> str | Refusal:
    """A reason that the applicant is told, as a sentence."""
    said = written(reason)
    return said if isinstance(said, Refusal) or said[-1] in ".!?)" else f"{said}."


def step(errand: Errand, actor: Actor, changed: Application, verb: str, done: str, tell: Tell) -> str:
    """Write a changed application back, admit its applicant if it is now accepted and settled, and tell them.

    `verb` is for the audit, `done` for the member of the staff.
    """
    account, shown = accounts.of(errand, changed), accounts.items(errand, changed)
    settled = replace(changed, settled_on=_settled_on(changed, account.balance.settled_on))
    audit.record(errand.work, actor.name, verb, f"application {settled.reference}", {})
    day = admitted_on(settled.accepted_on, settled.settled_on) if settled.state == "accepted" else None
    if day is not None:
        return f"{done}. {_admit(errand, actor, settled, day, shown)}"
    applications.save(errand.work, settled)
    account = replace(account, application=settled)
    accounts.keep_in_step(errand, actor.name, account)
    accounts.retell(errand, settled, shown)
    reached = _tell(errand, settled, tell(account))
    return f"{done}; {_sum(account)}. {reached}"


def _settled_on(application: Application, now: date | None) -> date | None:
    """The day that counted for the admission stays, unless something is open again."""
    return application.settled_on or now if now is not None and application.state == "admitted" else now


def _sum(account: Account) -> str:
    if account.application.state in accounts.ENDED:
        return f"{dollars(account.balance.paid)} was received"
    return in_words(account.balance)


def _admit(errand: Errand, actor: Actor, accepted: Application, day: date, shown: Sequence[Item]) -> str:
    """The rules of the day of admission are the candidate's from now on."""
    rules = errand.house.policy.on(day)
    until = last_day(day, rules)
    admitted = replace(accepted, state="admitted", changed_at=errand.work.now, answers="")
    applications.save(errand.work, admitted)
    number = candidacies.add(errand.work, admitted.person_id, admitted.id, day, until, "active")
    carried = crediting.carry_over(errand, candidacies.by_id(errand.work, number))
    money.move_use(errand.work, admitted.id, "used")
    if not people.named(errand.work, admitted.person_id):  # else they may have changed it since
        people.name(errand.work, admitted.person_id, json.loads(admitted.details)["Name"])
    accounts.settle(errand, actor.name, admitted, "application", "schooling abroad", how="admitted")
    accounts.keep_in_step(errand, actor.name, accounts.of(errand, admitted))
    accounts.retell(errand, admitted, shown)
    details = {"admitted_on": day.isoformat(), "until": until.isoformat()}
    audit.record(errand.work, actor.name, "admitted", f"application {admitted.reference}", details)
    event = calendars.of_candidacy(candidacies.by_id(errand.work, number))
    files = calendars.changed(errand, admitted.person_id, event)
    asked = whereabouts.question(errand, admitted.person_id)
    reached = _tell(errand, admitted, _welcome(errand, day, until, carried), files, *asked)
    return f"The applicant is admitted on {day_in_words(day)}, until {day_in_words(until)}. {reached}"


def _welcome(errand: Errand, day: date, until: date, carried: Sequence[str]) -> Notice:
    rules = errand.house.policy.on(day)
    names = [errand.house.competencies.named(set_id).name for set_id in rules.required_sets]
    return notices.Admitted(
        day_in_words(day),
        day_in_words(until),
        number_in_words(rules.limit_years),
        number_in_words(rules.sets_needed),
        listed(names),
        number_in_words(rules.electives_needed),
        listed(carried) if carried else "",
    )


def _tell(
    errand: Errand,
    application: Application,
    notice: Notice,
    files: tuple[Drawing, ...] = (),
    asks: str = "",
    choices: tuple[Choice, ...] = (),
) -> str:
    message, matter, me = compose.message(notice), f"application:{application.reference}", application.person_id
    text = "\n\n".join(filter(None, (message.text, asks)))
    told = telling.tell(errand, me, text, *choices, subject=message.subject, matter=matter, drawings=files)
    return telling.reached(told, "The applicant")
