"""How an application stands: its record, its money and its award, and what the desk has to do about it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.program.admission import Payment
from flows.program.assistance import OnRecord
from flows.program.fees import Award, FlatAward, PercentAward, award_amount, quote
from flows.program.figures import day_in_words
from flows.program.money import dollars
from flows.program.payments import Balance, Reserved, balance
from handlers import roles
from handlers.desk import items as office
from handlers.exchange import Errand
from handlers.roles import Actor
from storage import applications, desk, money
from storage.applications import Application
from storage.desk import Item
from storage.money import Use

LIVE = applications.IN_WORK
ENDED = ("declined", "withdrawn")
ANY = (*LIVE, "admitted", *ENDED)
# The kinds of desk items that come and go with the money.
PAYMENT, OVERPAID, AFTER_ADMISSION = "payment", "over-paid", "reversal after admission"


class Refusal(str):
    """Why something was not done, for the member of the staff; nothing was changed."""

    __slots__ = ()


class Unfit(Refusal):
    """A refusal because of the words or figures that were given; with others it may be done."""

    __slots__ = ()


@dataclass(frozen=True)
class Account:
    """An application with its money; `use` is the award that counts for it."""

    application: Application
    balance: Balance
    use: Use | None


def of(errand: Errand, application: Application) -> Account:
    """The money of an application as it stands now."""
    found = money.use(errand.work, application.id)
    use = found if found is not None and found.state in ("reserved", "used") else None
    reserved = Reserved(errand.day(use.changed_at), award(use)) if use else None
    received = [Payment(each.received_on, each.amount_cents) for each in money.payments(errand.work, application.id)]
    since = errand.day(application.submitted_at)
    return Account(application, balance(application.fee_cents, since, received, reserved), use)


def award(given: Use | money.Award) -> Award:
    """The award as the rules count it."""
    if given.percent is not None:
        return PercentAward(given.percent, given.giver)
    return FlatAward(given.amount_cents or 0, given.giver)


def worth(given: Use | money.Award) -> str:
    """What an award pays, as people write it: "50%" or "$100"."""
    return f"{given.percent}%" if given.percent is not None else dollars(given.amount_cents or 0)


def on_record(errand: Errand) -> tuple[OnRecord, ...]:
    """The assistance on record, of all states."""
    return tuple(
        OnRecord(each.giver, each.state, worth(each), max(each.left, 0), each.contact)
        for each in money.awards(errand.work)
    )


def fee(errand: Errand, membership: str, day: date) -> int:
    """The fee in US cents of an application of that day; a claimed membership counts until it is refused."""
    return quote(membership in ("claimed", "confirmed"), None, errand.house.policy.on(day)).total


def at_hand(errand: Errand, actor: Actor, reference: str, *states: str) -> Application | Refusal:
    """The application to act on, locked; a refusal when this actor may not, or its state is none of these."""
    if not roles.may_admit(actor):
        return Refusal("Only the staff of the office may do that.")
    found = applications.locked(errand.work, reference.strip().upper())
    if found is None:
        return Refusal(f"There is no application {reference}.")
    if found.person_id == actor.person_id:
        return Refusal("This is your own application: somebody else of the office decides on it.")
    return found if found.state in states else Refusal(_standing(errand, found))


def _standing(errand: Errand, application: Application) -> str:
    """Why an application in this state cannot be acted on so, and who brought it there."""
    is_ = {"submitted": "waits for its decision", "returned": "is back with the applicant"}
    settled = [item for item in items(errand, application, "open", "settled") if item.kind == "application"]
    by = (
        f", by {settled[-1].settled_by}"
        if settled and settled[-1].settled_by and application.state != "admitted"
        else ""
    )
    day = day_in_words(errand.day(application.changed_at))
    told = is_.get(application.state, f"was {application.state} already, on {day}{by}")
    return f"Application {application.reference} {told}."


def items(errand: Errand, application: Application, *states: str) -> list[Item]:
    """The desk items of an application, oldest first; the open ones unless other states are named."""
    found = desk.about(errand.work, application.person_id)
    wanted = states or ("open",)
    return [each for each in found if each.state in wanted and _reference(each) == application.reference]


def _reference(item: Item) -> str:
    return str(json.loads(item.details).get("reference", ""))


def ask_once(errand: Errand, application: Application, kind: str, **details: str) -> None:
    """Have the desk do something about an application, unless it has to already."""
    wanted = {"reference": application.reference} | details
    here = [item for item in items(errand, application) if item.kind == kind]
    if not here:
        office.add(errand, kind, application.person_id, wanted)
    elif any(json.loads(here[0].details).get(key) != value for key, value in details.items()):
        merged = json.loads(here[0].details) | wanted
        desk.describe(errand.work, here[0].id, json.dumps(merged, ensure_ascii=False))


def settle(errand: Errand, by: str, application: Application, *kinds: str, how: str) -> None:
    """Settle the open desk items of these kinds about an application."""
    for item in items(errand, application):
        if item.kind in kinds and desk.settle(errand.work, item.id, by, how):
            office.update(errand, item, f"✓ {how.capitalize()}{f', by {by}' if by else ''}")


def keep_in_step(errand: Errand, by: str, account: Account) -> None:
    """The desk items about money are those that the balance asks for."""
    wanted = wanted_items(account)
    for kind in (PAYMENT, OVERPAID):
        if kind in wanted:
            ask_once(errand, account.application, kind, **wanted[kind])
        else:
            settle(errand, by, account.application, kind, how=_over(account.application))
    if not account.balance.open:
        settle(errand, by, account.application, AFTER_ADMISSION, how="in order")


def retell(errand: Errand, application: Application, shown: Sequence[Item]) -> None:
    """The messages about those items that were `shown` before, and are still open, tell how it stands now."""
    before = {item.id for item in shown}
    for item in items(errand, application):
        if item.id in before:
            office.refresh(errand, item)


def _over(application: Application) -> str:
    """Why nothing is to be done about the money any more."""
    return application.state if application.state in ENDED else "in order"


def wanted_items(account: Account) -> Mapping[str, Mapping[str, str]]:
    """What the desk has to do about the money: the details by kind."""
    stands = account.balance
    if account.application.state in ENDED:
        return {OVERPAID: {"amount": dollars(stands.paid)}} if stands.paid > 0 else {}
    found: dict[str, Mapping[str, str]] = {}
    if stands.open:
        found[PAYMENT] = {"open": dollars(stands.open)}
    if stands.overpaid:
        found[OVERPAID] = {"amount": dollars(stands.overpaid)}
    return found


def told(errand: Errand, account: Account) -> str:
    """The fee as its payer is told about it: what is due, what came in, and how to pay the rest."""
    application, stands = account.application, account.balance
    if application.state in ENDED:
        goes_back = application.state == "declined" and errand.rules.optional.fee_returned.on
        what = "sends it back to whoever paid it" if goes_back else "writes to you about that"
        return f"{dollars(stands.paid)} was received for it; the office {what}." if stands.paid > 0 else ""
    how = f" {errand.rules.payment_instructions}" if stands.open else ""
    return f"{fee_told(account)}{how}"


def fee_told(account: Account) -> str:
    """What is due and what came in, without how to pay."""
    doubt = _doubt(account.application) if account.balance.open else ""
    return " ".join(filter(None, (_help(account), doubt, _sum(account))))


def _help(account: Account) -> str:
    if account.use is None:
        return ""
    full = account.application.fee_cents
    worth = dollars(award_amount(award(account.use), full))
    return f"Assistance from {account.use.giver} takes {worth} off the fee of {dollars(full)}."


def _doubt(application: Application) -> str:
    if application.membership != "not confirmed":
        return ""
    return "Your ALA membership could not be confirmed, so the fee for non-members applies."


def _sum(account: Account) -> str:
    stands = account.balance
    due = f"The fee of {dollars(stands.due)}" if account.use is None else dollars(stands.due)
    if stands.open and not stands.paid:
        return f"{due} is due."
    if stands.open:
        return f"{dollars(stands.paid)} of {dollars(stands.due)} received, {dollars(stands.open)} is open."
    if stands.overpaid:
        more = f"{dollars(stands.overpaid)} more than that was received, and the office looks into it."
        return (
            f"{due} is paid; {more}"
            if stands.due
            else f"Nothing is due; {dollars(stands.paid)} was received, and the office looks into it."
        )
    return f"{due} is paid." if stands.due else "Nothing is left to pay."
