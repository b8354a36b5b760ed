"""What the office records about money: payments, refunds, reversals, memberships and assistance.

Every verb takes the reference of the application, changes its record, tells the applicant, and gives a sentence for the
member of the staff: what was done, or (a Refusal) why nothing was.
"""

import json
from dataclasses import replace
from datetime import date

from flows.program.figures import day_in_words, listed
from flows.program.money import Cents, dollars
from flows.program.states import find_state
from handlers import accounts
from handlers.accounts import AFTER_ADMISSION, ANY, LIVE, Account, Refusal, Unfit
from handlers.admission import step, written
from handlers.exchange import Errand
from handlers.roles import Actor
from notifications import notices
from notifications.notices import Notice
from storage import money
from storage.applications import Application
from storage.money import Award, Kind

MOST = 10_000_000  # cents; more than any fee, and within what a column of numbers holds
PAYERS = {"applicant": "you", "library": "your library", "agency": "your agency"}
DONE = {"payment": "from", "refund": "sent back to", "reversal": "taken back from"}


def record_payment(
    errand: Errand, actor: Actor, reference: str, amount: Cents, payer: str, received_on: date, order: str = ""
) -> str:
    """Record money that came in, whatever became of the application; `order` is a purchase order's number.

    `payer` is applicant, library or agency, or other words.
    """
    return _record(errand, actor, reference, "payment", amount, payer, received_on, order)


def record_refund(
    errand: Errand, actor: Actor, reference: str, amount: Cents, payer: str, sent_on: date, order: str = ""
) -> str:
    """Record money that the office sent back; never more than was received."""
    return _record(errand, actor, reference, "refund", amount, payer, sent_on, order)


def record_reversal(
    errand: Errand, actor: Actor, reference: str, amount: Cents, payer: str, reversed_on: date, order: str = ""
) -> str:
    """Record that a payment did not go through or was taken back; never more than that payer paid."""
    return _record(errand, actor, reference, "reversal", amount, payer, reversed_on, order)


def _record(
    errand: Errand, actor: Actor, reference: str, kind: Kind, amount: Cents, payer: str, day: date, order: str
) -> str:
    found = accounts.at_hand(errand, actor, reference, *ANY)
    if isinstance(found, Refusal):
        return found
    who, number = written(payer), written(order) if order.strip() else ""
    for words in (who, number):
        if isinstance(words, Refusal):
            return words
    who = who.lower() if who.lower() in PAYERS else who
    if why := _wrong(errand, found, kind, amount, who, day, number):
        return why
    signed = amount if kind == "payment" else -amount
    money.record(errand.work, found.id, kind, signed, who, day, actor.name, number)

    def notice(account: Account) -> Notice:
        told, paid = accounts.told(errand, account), account.application.state == "submitted"
        payer_ = PAYERS.get(who, who)
        pending = paid and not account.balance.open
        return notices.MoneyRecorded(found.reference, told, kind, dollars(amount), payer_, pending)

    done = f"{found.reference}: {dollars(amount)} {DONE[kind]} {who} is recorded"
    said = step(errand, actor, found, f"{kind} recorded", done, notice)
    if kind != "payment" and found.state == "admitted":
        return said + _after_admission(errand, found, amount)
    return said


def _after_admission(errand: Errand, application: Application, amount: Cents) -> str:
    """Nobody is un-admitted by money that went back; a person of the office decides."""
    stands = accounts.of(errand, application).balance
    if not stands.open:
        return ""
    details = {"amount": dollars(amount), "open": dollars(stands.open)}
    accounts.ask_once(errand, application, AFTER_ADMISSION, **details)
    return " The candidate stays admitted; what to do about it is on the desk."


def _wrong(
    errand: Errand, application: Application, kind: Kind, amount: Cents, payer: str, day: date, order: str
) -> Refusal | None:
    """Why money cannot be recorded so."""
    if not 0 < amount <= MOST:
        return Unfit(f"The amount must be more than $0 and at most {dollars(MOST)}.")
    if not errand.rules.start <= day <= errand.today:
        first, last = day_in_words(errand.rules.start), day_in_words(errand.today)
        return Unfit(f"The day must lie between {first} and today, {last}.")
    known = money.payments(errand.work, application.id)
    signed = amount if kind == "payment" else -amount
    for each in known:
        if (each.kind, each.amount_cents, each.payer, each.received_on, each.reference) == (
            kind, signed, payer, day, order,
        ):  # fmt: skip
            same = f"The same {kind} is on record already, recorded by {each.recorded_by}."
            return Unfit(f"{same} If it is another one, give it a reference of its own.")
    if kind == "payment":
        return None
    paid = sum(each.amount_cents for each in known if kind == "refund" or each.payer == payer)
    if amount > paid:
        names = listed(list(dict.fromkeys(each.payer for each in known)))
        whose = "" if kind == "refund" else f" from {payer}"
        payers = f" (payers on record: {names})" if names else ""
        there = f"Only {dollars(paid)}" if paid > 0 else "Nothing"
        return Unfit(f"{there}{whose} is on record for {application.reference}{payers}.")
    return None


def confirm_membership(errand: Errand, actor: Actor, reference: str) -> str:
    """The office found the membership of ALA that was claimed."""
    return _membership(errand, actor, reference, "confirmed")


def refuse_membership(errand: Errand, actor: Actor, reference: str) -> str:
    """The membership was not found: the difference to the full fee is asked for; the application goes on."""
    return _membership(errand, actor, reference, "not confirmed")


def _membership(errand: Errand, actor: Actor, reference: str, decided: str) -> str:
    found = accounts.at_hand(errand, actor, reference, *LIVE, "admitted")
    if isinstance(found, Refusal):
        return found
    if not found.membership:
        return Refusal(f"{found.reference} claims no membership of ALA.")
    if found.membership == decided:
        return Refusal(f"The membership of {found.reference} is {decided} already.")
    accounts.settle(errand, actor.name, found, "membership", how=decided)
    fee = accounts.fee(errand, decided, errand.day(found.submitted_at))
    changed = replace(found, membership=decided, fee_cents=fee)

    def notice(account: Account) -> Notice:
        told = accounts.told(errand, account)
        return notices.MembershipChecked(found.reference, told, decided == "confirmed", errand.rules.contact_email)

    done = f"{found.reference}: the membership is {decided}"
    return step(errand, actor, changed, f"membership {decided}", done, notice)


def awards_for(errand: Errand, application: Application) -> list[Award]:
    """The awards of which one may be kept for this application: of its state or of everywhere, and not all taken."""
    return [each for each in money.awards(errand.work) if each.left > 0 and each.state in ("", _state(application))]


def reserve_award(errand: Errand, actor: Actor, reference: str, award_id: int) -> str:
    """Keep one of an award for an application."""
    found = accounts.at_hand(errand, actor, reference, *LIVE)
    if isinstance(found, Refusal):
        return found
    award = _award_for(errand, found, award_id)
    if isinstance(award, Refusal):
        return award
    money.reserve(errand.work, award_id, found.id)
    done = f"{found.reference}: an award from {award.giver} is reserved, {award.left - 1} left"
    return _assisted(errand, actor, found, "award reserved", done, award.giver, kept=True)


def _award_for(errand: Errand, application: Application, award_id: int) -> Award | Refusal:
    """The award, locked; a refusal when none of it can be kept for this application."""
    award = money.locked_award(errand.work, award_id)
    if award is None:
        return Refusal("There is no such award.")
    use = money.use(errand.work, application.id)
    if use is not None and use.state == "reserved":
        return Refusal(f"An award from {use.giver} is reserved for {application.reference} already; release it first.")
    if award.state not in ("", _state(application)):
        return Refusal(f"The awards from {award.giver} are for {award.state} only; {application.reference} is not.")
    if award.left <= 0:
        return Refusal(f"No award from {award.giver} is left; on record: {award.number}.")
    return award


def release_award(errand: Errand, actor: Actor, reference: str) -> str:
    """Give the award of an application back, so that another one may have it."""
    found = accounts.at_hand(errand, actor, reference, *LIVE)
    if isinstance(found, Refusal):
        return found
    use = money.use(errand.work, found.id)
    if use is None or not money.move_use(errand.work, found.id, "released"):
        return Refusal(f"No award is reserved for {found.reference}.")
    done = f"{found.reference}: the award from {use.giver} is released"
    return _assisted(errand, actor, found, "award released", done, use.giver, kept=False)


def _assisted(errand: Errand, actor: Actor, found: Application, verb: str, done: str, giver: str, *, kept: bool) -> str:
    def notice(account: Account) -> Notice:
        return notices.AssistanceChanged(found.reference, accounts.told(errand, account), giver, kept)

    return step(errand, actor, found, verb, done, notice)


def _state(application: Application) -> str:
    """The code of the state of an application; empty outside the US."""
    named = json.loads(application.details).get("State or country", "").partition(" (told on ")[0]
    state = find_state(named)
    return state.code if state is not None else ""
