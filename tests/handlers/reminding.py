"""A tick of the reminders, as the service takes it: each step in a transaction of its own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from handlers.reminders import planning, releasing
from notifications import reminders


def remind(act: Callable[[Any], Any]) -> int:
    """Plan what is due and send it: how many messages. `act` takes something that is done with an errand."""
    plan(act)
    people = act(partial(releasing.who, most=1000))
    return int(act(partial(releasing.release, people=people)))


def plan(act: Callable[[Any], Any]) -> int:
    """How many steps were planned."""
    act(planning.settle)
    return sum(act(partial(planning.plan, of=each)) for each in reminders.rules().values())
