"""What the office decides on applications and records about money, as actions at the desk."""

import json
from collections.abc import Callable, Mapping, Sequence

from flows.dialog.unclear import Unclear
from flows.program import receipts
from flows.program.eligibility import Outcome as Eligible
from flows.program.figures import day_in_words
from flows.program.money import dollars
from flows.program.payments import in_words
from flows.program.receipts import Receipt
from handlers import accounts, admission, payments
from handlers.accounts import AFTER_ADMISSION, OVERPAID, PAYMENT, Refusal
from handlers.desk.kinds import DONE, Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.roles import Actor
from storage import applications
from storage.applications import Application
from storage.desk import Item

DOUBTS: Mapping[str, str] = {
    Eligible.LIKELY: "likely eligible; a person has to check it",
    Eligible.PERSON_DECIDES: "a person has to decide whether they are eligible",
    Eligible.NOT_YET: "not eligible yet",
    Eligible.NOT_THIS_PROGRAM: "not eligible: this program is for others",
}
Verb = Callable[[Errand, Actor, str], str]
WithWords = Callable[[Errand, Actor, str, str], str]
Recording = Callable[..., str]
MONEY = f"How much, {{}} whom, and its reference? For example: {receipts.EXAMPLE}"


def _plain(verb: Verb) -> Callable[[Errand, Actor, Item, str], Outcome]:
    return lambda errand, actor, item, _words: _outcome(verb(errand, actor, reference(item)))


def _worded(verb: WithWords) -> Callable[[Errand, Actor, Item, str], Outcome]:
    return lambda errand, actor, item, words: _outcome(verb(errand, actor, reference(item), words))


def _recorded(verb: Recording) -> Callable[[Errand, Actor, Item, str], Outcome]:
    def act(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
        try:
            receipt = receipts.read(words, errand.today)
        except Unclear as hint:
            return refusal(str(hint), again=True)
        return _outcome(_record(verb, errand, actor, item, receipt))

    return act


def _record(verb: Recording, errand: Errand, actor: Actor, item: Item, receipt: Receipt) -> str:
    return verb(errand, actor, reference(item), receipt.amount, receipt.payer, receipt.day, receipt.order)


def _outcome(said: str) -> Outcome:
    """The verbs settle what is settled by them, which may be more than one item."""
    if isinstance(said, Refusal):
        return refusal(said, again=isinstance(said, accounts.Unfit))
    return Outcome(said, settled=False)


def reference(item: Item) -> str:
    return str(json.loads(item.details).get("reference", ""))


def _in_full(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """Everything that is open came in; `words` may say from whom, its reference and the day."""
    application = applications.locked(errand.work, reference(item))
    if application is None:
        return refusal("There is no such application.")
    left = accounts.of(errand, application).balance.open
    if not left:
        return refusal(f"Nothing is open for {application.reference}.")
    try:
        receipt = receipts.read(f"{left / 100:.2f} {words}", errand.today)
    except Unclear as hint:
        return refusal(str(hint), again=True)
    return _outcome(_record(payments.record_payment, errand, actor, item, receipt))


def _award(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """An award by its number, or the only one there is."""
    application = applications.locked(errand.work, reference(item))
    offered = payments.awards_for(errand, application) if application else []
    named = [each for each in offered if words.strip().lower() in (str(each.id), each.giver.lower())]
    chosen = named or (offered if len(offered) == 1 and not words.strip().isdecimal() else [])
    if len(chosen) != 1:
        listed = "; ".join(f"{each.id}: {each.giver}, {accounts.worth(each)}, {each.left} left" for each in offered)
        return refusal(f"Which award? {listed}" if listed else "No award is left for this application.")
    return _outcome(payments.reserve_award(errand, actor, reference(item), chosen[0].id))


def _tells(errand: Errand, item: Item) -> Sequence[str]:
    """The application as its applicant confirmed it, and how its money stands."""
    application = _application(errand, item)
    if application is None:
        return [f"Application {reference(item)}"]
    details: Mapping[str, str] = json.loads(application.details)
    lines = [f"{label}: {value}" for label, value in details.items()]
    return [*_head(errand, item, application), *lines]


def _money(errand: Errand, item: Item) -> Sequence[str]:
    """Only what concerns the money."""
    application = _application(errand, item)
    if application is None:
        return [f"Application {reference(item)}"]
    return [*_head(errand, item, application), *_assistance(errand, application)]


def _assistance(errand: Errand, application: Application) -> list[str]:
    """The award that is reserved for it, or those that may be."""
    use = accounts.of(errand, application).use
    if use is not None:
        return [f"Award reserved: {use.giver}, {accounts.worth(use)}"]
    offered = payments.awards_for(errand, application)
    return [f"Award {each.id}: {each.giver}, {accounts.worth(each)}, {each.left} left" for each in offered]


def _is_reserved(errand: Errand, item: Item) -> bool:
    application = _application(errand, item)
    return application is not None and accounts.of(errand, application).use is not None


def _may_be_awarded(errand: Errand, item: Item) -> bool:
    application = _application(errand, item)
    if application is None or accounts.of(errand, application).use is not None:
        return False
    return bool(payments.awards_for(errand, application))


def _has_paid(errand: Errand, item: Item) -> bool:
    application = _application(errand, item)
    return application is not None and accounts.of(errand, application).balance.paid > 0


def _head(errand: Errand, item: Item, application: Application) -> list[str]:
    day = day_in_words(errand.day(application.submitted_at))
    stands = accounts.of(errand, application).balance
    told = json.loads(item.details)
    doubt = DOUBTS.get(told.get("outcome", ""))
    doubts = [f"By what was told: {doubt}"] if doubt else []
    membership = [f"ALA membership: {application.membership}"] if application.membership else []
    head = f"Application {application.reference} of {day}, {application.state}"
    fee = f"Fee of {dollars(application.fee_cents)}: {in_words(stands)}"
    if application.state in accounts.ENDED:
        goes_back = application.state == "declined" and errand.rules.optional.fee_returned.on
        fee = f"{dollars(stands.paid)} was received, {'which goes back' if goes_back else 'and nothing is due'}"
    return [head, *doubts, fee, *membership]


def _application(errand: Errand, item: Item) -> Application | None:
    return applications.locked(errand.work, reference(item)) if reference(item) else None


BECAUSE = "What shall the applicant be told as the reason?"
REFUND = Action("refund", "Record a refund", _recorded(payments.record_refund), MONEY.format("to"), receipts.EXAMPLE)
REVERSAL = Action(
    "reversal",
    "Record a reversal",
    _recorded(payments.record_reversal),
    MONEY.format("from"),
    receipts.EXAMPLE,
    applies=_has_paid,
)
PART = Action(
    "part", "Record a part", _recorded(payments.record_payment), MONEY.format("from"), receipts.EXAMPLE
)  # fmt: skip
APPLICATION = Kind(
    "Application to decide",
    (
        Action("accept", "Accept", _plain(admission.accept)),
        Action("return", "Return it", _worded(admission.send_back), BECAUSE, "Please add the number of your diploma."),
        Action("ask", "Ask them", _worded(admission.ask), "What shall I ask?", "Do you still work at that library?"),
        Action("decline", "Decline", _worded(admission.decline), BECAUSE, "Your position requires an MLIS."),
    ),
    _tells,
)
KINDS: Mapping[str, Kind] = {
    "application": APPLICATION,
    PAYMENT: Kind(
        "Payment to record",
        (
            Action("paid", "Paid in full", _in_full),
            PART,
            Action("award", "Use an award", _award, applies=_may_be_awarded),
            Action("release", "Release the award", _plain(payments.release_award), applies=_is_reserved),
            REVERSAL,
        ),
        _money,
    ),
    OVERPAID: Kind("Too much paid", (REFUND, DONE), _money),
    AFTER_ADMISSION: Kind("Payment taken back after admission", (PART, DONE), _money),
    "withdrawal": Kind("Application withdrawn", (DONE,), _money),
    "membership": Kind(
        "ALA membership to check",
        (
            Action("confirm", "Confirmed", _plain(payments.confirm_membership)),
            Action("refuse", "Not confirmed", _plain(payments.refuse_membership)),
        ),
        _tells,
    ),
    "schooling abroad": Kind(
        "Schooling abroad to check",
        (
            Action("confirm", "It counts", _plain(admission.confirm_schooling)),
            Action("refuse", "It does not", _worded(admission.refuse_schooling), BECAUSE, "Please send a translation."),
        ),
        _tells,
    ),
}
