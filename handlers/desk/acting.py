"""Does something about a desk item, once: by a button, by words, or from the command line."""

from collections.abc import Mapping

from flows.program.figures import day_in_words
from handlers import roles
from handlers.desk import items, kinds
from handlers.desk.kinds import Action, Outcome
from handlers.exchange import Errand, Exchange
from handlers.roles import Actor
from storage import audit, desk
from storage.desk import Item

REFUSED = "The desk is for the staff of the LSSC office, so nothing was changed."


def do(errand: Errand, actor: Actor, number: int, key: str, words: str = "") -> Outcome:
    """Do `key` about item `number`; whoever comes second is told who settled it.

    `words` are the answer to what the action asks, or a note. Several processes may try at once: the item is locked.
    """
    item = desk.locked(errand.work, number)
    for_the_chair = item is not None and kinds.of(errand, item).for_the_chair and roles.may_release(actor)
    if not (roles.may_use_desk(actor) or for_the_chair):
        return kinds.refusal(REFUSED)
    if item is None:
        return kinds.refusal(f"There is no item #{number}.")
    if item.state == "settled":
        return kinds.refusal(settled_before(errand, item))
    action = kinds.action(errand, item, key)
    if action is None:
        may = ", ".join(f"`{each.key}`" for each in kinds.offered(errand, item))
        no = f"#{number} cannot be settled by “{key[:40]}”; it takes" if key else f"How shall #{number} be settled? By"
        return kinds.refusal(f"{no} {may}.")
    if action.asks and not words.strip():
        example = "" if action.example in action.asks else f" For example: {action.example}"
        return kinds.refusal(f"{action.asks}{example}", again=True)
    return _done(errand, actor, item, action, words.strip())


def _done(errand: Errand, actor: Actor, item: Item, action: Action, words: str) -> Outcome:
    outcome = action.act(errand, actor, item, words)
    if outcome.settled and desk.settle(errand.work, item.id, actor.name, action.key):
        items.update(errand, item, f"✓ {action.label}, by {actor.name} on {day_in_words(errand.today)}")
        audit.record(errand.work, actor.name, f"settled: {action.key}", f"desk item {item.id}", {"kind": item.kind})
    return outcome


def settled_before(errand: Errand, item: Item) -> str:
    day = day_in_words(errand.day(item.settled_at or errand.work.now))
    return f"#{item.id} was settled already: {item.action}, by {item.settled_by or 'the assistant'} on {day}."


def question(item: Item, action: Action) -> Mapping[str, str]:
    """What the desk's form is about."""
    return {
        "item": str(item.id),
        "action": action.key,
        "question": f"#{item.id} {action.label}: {action.asks}",
        "example": action.example,
    }


def matter(about: Mapping[str, str]) -> str:
    """What is said after the desk's form belongs to its item: the next mail below it may name an action alone."""
    return items.shown_as(int(about["item"]))


def is_over(errand: Errand, about: Mapping[str, str]) -> bool:
    """Whether the item that a desk's form is about needs nothing any more."""
    item = desk.by_id(errand.work, int(about["item"]))
    return item is None or item.state != "open"


def answered(ex: Exchange, about: Mapping[str, str], words: str) -> Outcome:
    """The desk's form was filled in."""
    return do(ex, roles.speaking(ex), int(about["item"]), about["action"], words)
