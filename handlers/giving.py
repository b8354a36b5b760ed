"""The assistance that givers hand out, as the office keeps it: taken in as a table, or one award at a time."""

from collections.abc import Sequence

from flows.program.moving import ASSISTANCE, MORE_OF_ASSISTANCE, Given, award
from flows.program.sheets import bad
from flows.program.states import OUTSIDE, find_state
from handlers import accounts, intake, roles
from handlers.accounts import Refusal
from handlers.exchange import Errand
from handlers.intake import Progress, Taken, unseen
from handlers.moving import NOT_STAFF
from handlers.roles import Actor
from storage import audit, money


def add_award(errand: Errand, actor: Actor, giver: str, state: str, worth: str, number: int, contact: str) -> str:
    """Put assistance on record, or change its number and contact; `worth` is "50%" or "$100", `state` may be empty."""
    percent, amount = award(worth)
    found = find_state(state) if state.strip() else None
    if not giver.strip() or (percent is None and amount is None) or number < 1:
        return Refusal('An award needs its giver, its worth such as "50%" or "$100", and how many there are.')
    if state.strip() and (found is None or found == OUTSIDE):
        return Refusal(f"There is no state {state}; leave it empty for everywhere.")
    code = found.code if found else ""
    given = Given(1, " ".join(giver.split()), code, percent, amount, number, " ".join(contact.split()))
    taken = take_awards(errand, actor, [given])
    if isinstance(taken, Refusal):
        return Refusal(taken.partition(": ")[2] or taken)
    done = "on record" if taken.new else "changed" if taken.more else "on record as it is already"
    return f"{number} x {worth.strip()} from {given.giver}: {done}."


def listing(errand: Errand) -> str:
    """The awards on record, and how many of each are left."""
    lines = [_line(each) for each in money.awards(errand.work)]
    return "\n".join(lines or ["No assistance is on record."]) + "\n`award` puts one on record, or changes its number."


def _line(each: money.Award) -> str:
    contact = f"; ask {each.contact}" if each.contact else ""
    return (
        f"{each.id}. {each.giver}, {each.state or 'everywhere'}: {accounts.worth(each)},"
        f" {max(each.left, 0)} of {each.number} left{contact}"
    )


def take_awards(
    errand: Errand, actor: Actor, given: Sequence[Given], on_progress: Progress = unseen
) -> Taken | Refusal:
    """Take assistance in; a known award gets its new number and contact. After a Refusal undo the transaction."""
    if not roles.may_admit(actor):
        return NOT_STAFF
    before = {_key(each.giver, each.state, each.percent, each.amount_cents): each for each in money.awards(errand.work)}

    def put(each: Given) -> str:
        known = before.get(_key(each.giver, each.state, each.percent, each.amount))
        return _award(errand, actor, known.id if known else None, each)

    return intake.each_of(given, put, on_progress)


def _award(errand: Errand, actor: Actor, known: int | None, each: Given) -> str:
    details = {"state": each.state, "number": each.number}
    before = money.locked_award(errand.work, known) if known is not None else None
    if before is None:
        number = money.add_award(
            errand.work, each.giver, each.state, each.percent, each.amount, each.number, each.contact, actor.name
        )
        audit.record(errand.work, actor.name, "award added", f"award {number}", details)
        return "new"
    if (before.number, before.contact) == (each.number, each.contact):
        return "same"
    if each.number < before.taken:
        return Refusal(bad(each.line, "number", f"{before.taken} of these awards are reserved or used already"))
    money.change_award(errand.work, before.id, each.number, each.contact)
    audit.record(errand.work, actor.name, "award changed", f"award {before.id}", details)
    return "more"


def _key(giver: str, state: str, percent: int | None, amount: int | None) -> tuple[object, ...]:
    return giver.casefold(), state, percent, amount


def assistance_table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """All awards in the columns of the import."""
    lines = [
        [each.giver, each.state, accounts.worth(each), str(each.number), each.contact]
        for each in money.awards(errand.work)
    ]
    return (*ASSISTANCE, *MORE_OF_ASSISTANCE), lines
