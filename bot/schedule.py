"""Looks every minute at what has come due, and clears away every hour what was to be kept only for a while."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from bot import answers, clock, looking, reminding
from bot.app import App
from handlers import appealing, catalogue, ending, handoff, holding, reporting
from handlers.exchange import Errand
from handlers.review import asking, committee, deciding, willing

log = logging.getLogger("lssc.schedule")

Step: TypeAlias = Callable[[Errand], int]
Thought: TypeAlias = Callable[[App], Awaitable[int]]
EVERY = timedelta(minutes=1)
JITTER = 10  # seconds, so that replicas that were started together do not all tick at once

# What a tick does, one transaction each; a step gives how many things it did, and does none of them twice.
STEPS: Mapping[str, Step] = {
    "reminders of unanswered talks": handoff.watch,
    "candidacies whose time is over": ending.freeze,
    "news of courses": catalogue.tell_news,
    "offers of reviews": asking.watch,
    "sets that lacked evaluators": asking.go_on,
    "outcomes of reviews": deciding.conclude,
    "reviews that are due": deciding.watch,
    "questions to the committee": committee.watch,
    "the yearly question to evaluators": willing.watch,
    "appeals that are due": appealing.watch,
    "the weekly report": reporting.send,
    "messages held over quiet hours": holding.release,
}
# The same, for what has to be thought about, or looked at, before its transaction.
THOUGHTS: Mapping[str, Thought] = {
    "unanswered questions put to the desk": answers.group_unanswered,
    "links looked at": looking.look_at_links,
    "sets handed in looked at": looking.look_at_submissions,
}


def thoughts() -> Mapping[str, Thought]:
    """Those, and the reminders; a planner remembers when it planned last."""
    return {**THOUGHTS, "reminders planned": reminding.Planner(), "reminders sent": reminding.release}


Job: TypeAlias = tuple[timedelta, Callable[[], Awaitable[Any]]]


def table(app: App, ticker: "Ticker") -> tuple[Job, ...]:
    """What is done how often."""
    return (EVERY, ticker.tick), (timedelta(hours=1), app.forget)


class Ticker:
    """Takes the steps, one tick at a time; `last` is when one went through without a fault."""

    def __init__(
        self, app: App, steps: Mapping[str, Step] = STEPS, thought: Mapping[str, Thought] | None = None
    ) -> None:
        self._app = app
        thought = thoughts() if thought is None else thought
        self._steps: dict[str, Callable[[], Awaitable[int]]] = {
            **{name: partial(app.errand, step) for name, step in steps.items()},
            **{name: partial(each, app) for name, each in thought.items()},
        }
        self._one_at_a_time = asyncio.Lock()
        self.last: datetime | None = None
        self.failed: list[str] = []

    async def tick(self) -> dict[str, int]:
        """How many things each step did; one that fails holds up no other, and is named in `failed`."""
        async with self._one_at_a_time:
            done: dict[str, int] = {}
            self.failed = []
            for name, step in self._steps.items():
                try:
                    done[name] = await step()
                except Exception as error:
                    log.exception("the step %r of a tick failed (%s)", name, type(error).__name__)
                    self.failed.append(name)
            if not self.failed:
                self.last = clock.now()
            return done


class Scheduler:
    """The part `scheduler`: only a ticker; what is due stands in the database, so any number of replicas may tick.

    Its jobs are done at the start, then each as often as it says, one at a time; what has begun is finished at the end.
    """

    name = "scheduler"

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._stopped, self._one_at_a_time = asyncio.Event(), asyncio.Lock()

    async def run(self) -> None:
        from apscheduler.jobstores.memory import MemoryJobStore
        from apscheduler.schedulers.asyncio import AsyncIOScheduler
        from apscheduler.triggers.interval import IntervalTrigger

        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler = AsyncIOScheduler({"default": MemoryJobStore()}, job_defaults=once, timezone=UTC)
        for every, job in self._jobs:
            trigger = IntervalTrigger(seconds=int(every.total_seconds()), jitter=JITTER)
            scheduler.add_job(self._take, trigger, args=(job,), next_run_time=clock.now())
        scheduler.start()
        try:
            await self._stopped.wait()
        finally:
            scheduler.pause()
            await asyncio.sleep(0)  # what has just begun gets in line
            async with self._one_at_a_time:  # or the scheduler would cancel what is under way
                scheduler.shutdown(wait=False)

    async def _take(self, job: Callable[[], Awaitable[Any]]) -> None:
        async with self._one_at_a_time:
            await job()

    async def stop(self) -> None:
        self._stopped.set()
