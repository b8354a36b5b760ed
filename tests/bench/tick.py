"""`python -m tests.bench.tick URL INSTANT`: a tick of the reminders; prints the most memory that it took, in MB."""

import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.reminding import TOGETHER
from handlers.exchange import Errand
from handlers.reminders import planning, releasing
from notifications import reminders as rulebook
from storage import reminders
from storage.database import prepared
from tests.handlers.conftest import furnished

T = TypeVar("T")
PEOPLE = 100


def main(url: str, instant: str) -> None:
    house, now = furnished(prepared(url, "bench", upgrade=False)), datetime.fromisoformat(instant)

    def act(what: Callable[[Errand], T]) -> T:
        with house.database.work(now) as work:
            return what(Errand(house, work))

    act(planning.settle)
    for rule in rulebook.rules().values():
        act(lambda errand, rule=rule: reminders.set_planned(errand.work, rule.name, now))  # not as after a pause
        act(partial(planning.plan, of=rule))
    people = act(partial(releasing.who, most=PEOPLE))
    for at in range(0, len(people), TOGETHER):
        act(partial(releasing.release, people=people[at : at + TOGETHER]))
    print(_most())


def _most() -> float:
    """As Linux tells it; what `resource` tells counts the process that started this one as well."""
    lines = Path("/proc/self/status").read_text().splitlines()
    [peak] = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(peak) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
