"""The kinds of desk item: what each is called, what it tells, and what may be done about it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.exchange import Errand
from handlers.roles import Actor
from storage.desk import Item


@dataclass(frozen=True)
class Outcome:
    """What came of doing something about an item: a sentence for whoever did it, and whether the item is settled.

    `refused`: it could not be done, and nothing was changed; `again`: with other words it may be.
    """

    text: str
    settled: bool = True
    refused: bool = False
    again: bool = False


def refusal(text: str, *, again: bool = False) -> Outcome:
    """Why something cannot be done."""
    return Outcome(text, settled=False, refused=True, again=again)


@dataclass(frozen=True)
class Action:
    """One thing that may be done about an item.

    `asks` is the question whose answer it needs, empty when it needs none; `example` an answer to it. `act` gets that
    answer, or the note of a command. It is offered only where it `applies`; typed elsewhere, `act` says why not.
    """

    key: str
    label: str
    act: Callable[[Errand, Actor, Item, str], Outcome]
    asks: str = ""
    example: str = ""
    applies: Callable[[Errand, Item], bool] = lambda _errand, _item: True


@dataclass(frozen=True)
class Kind:
    """What an item of this kind is called and tells.

    `is_talk`: what is written below it goes to the person; `for_the_chair`: who chairs the committee settles it too.
    """

    title: str
    actions: tuple[Action, ...]
    tells: Callable[[Errand, Item], Sequence[str]] = lambda _errand, _item: ()
    is_talk: bool = False
    for_the_chair: bool = False


def of(errand: Errand, item: Item) -> Kind:
    """The kind of an item; one that the program has dropped since can still be closed."""
    return errand.house.kinds.get(item.kind) or plain(item.kind.capitalize())


def plain(title: str) -> Kind:
    """A kind that tells its details and is simply done with."""
    return Kind(title, (DONE,), _details)


def offered(errand: Errand, item: Item) -> tuple[Action, ...]:
    """What may be done about an item as it stands now."""
    return tuple(each for each in of(errand, item).actions if each.applies(errand, item))


def action(errand: Errand, item: Item, key: str) -> Action | None:
    """The action of that key or label."""
    said = key.lower().strip()
    return next((each for each in of(errand, item).actions if said in (each.key, each.label.lower())), None)


def _done(_errand: Errand, _actor: Actor, item: Item, note: str) -> Outcome:
    return Outcome(f"#{item.id} is done{f': {note}' if note else ''}.")


def _details(_errand: Errand, item: Item) -> Sequence[str]:
    shown = {name: value for name, value in json.loads(item.details).items() if not name.startswith("_")}
    return [f"{name.capitalize()}: {value}" for name, value in shown.items()]


DONE = Action("done", "Done", _done)
