"""Sending a reminder that is due, against a job of APScheduler per person: one that does the same, one that does nothing."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from bot import memory
from bot.reminding import TOGETHER
from handlers import telling
from handlers.exchange import Errand, House
from handlers.reminders import planning, releasing
from notifications import reminders as rulebook
from storage import reminders
from storage.reminders import Planned
from tests.bench.candidates import Place
from tests.bench.jobs import WORK, Jobs
from tests.bench.measure import Finding, interleaved, ratio

ROUNDS = 7
JOBS = 100  # in a round; of ours there are as many people as are written to in one transaction
RULE = rulebook.rules()["four-years"]


def measured(place: Place, house: House, now: datetime) -> list[Finding]:
    """With what is due to a day's candidates planned."""
    place.run("DELETE FROM reminder WHERE state = 'planned'")  # of ticks before, in which most is looked at in vain
    with house.database.work(now) as work:
        planning.plan(Errand(house, work), RULE)
        waiting = reminders.who(work, 10_000)
        steps = {one: each for one in waiting for each in reminders.of(work, one) if each.rule == RULE.name}
    others = list(reversed(steps))
    memory.keep()  # as the service does

    def ours(_: int) -> int:
        with house.database.work(now) as work:
            people = releasing.who(Errand(house, work), TOGETHER)
        return _released(house, now, people)

    WORK["the same"] = lambda person_id: _written(house, now, person_id, steps[person_id])
    WORK["nothing"] = lambda _: None
    with closing(Jobs(place.url)) as jobs:

        def job(what: str) -> int:
            return jobs.run(what, [others.pop() for _ in range(JOBS)])

        variants = {"ours": ours, "same": lambda _: job("the same"), "empty": lambda _: job("nothing")}
        costs = interleaved(variants, ROUNDS)
    what = f"{place.kind}: claiming and sending a due reminder to an APScheduler job per person"
    return [
        Finding(f"{what} that writes the same message (wall)", ratio(costs, "ours", "same", "wall"), 0.1),
        Finding(f"{what} that writes the same message (CPU)", ratio(costs, "ours", "same", "cpu")),
        Finding(f"{what} that does nothing (wall)", ratio(costs, "ours", "empty", "wall")),
    ]


def _released(house: House, now: datetime, people: Sequence[int]) -> int:
    with house.database.work(now) as work:
        return releasing.release(Errand(house, work), people)


def _written(house: House, now: datetime, person_id: int, of: Planned) -> None:
    """What a job of its own would do: look whether it still holds, and write it, in one transaction."""
    with house.database.work(now) as work:
        errand = Errand(house, work)
        said, address = releasing.compose(errand, person_id, of, RULE), telling.reach(errand, person_id)
        assert said is not None
        assert address is not None
        telling.post(errand, address, releasing.message([(of, RULE, said)]))
        assert len(errand.posted) <= len(errand.queued) == 1
