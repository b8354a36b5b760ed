"""A job of APScheduler per person, in a table of the same database: added, run and removed."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Semaphore

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_REMOVED, JobEvent
from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

Work = Callable[[int], object]
WORK: dict[str, Work] = {}  # a stored job names a function of a module


class Jobs:
    """A scheduler whose jobs run one after the other in its own thread, so that none waits for a lock of another."""

    def __init__(self, url: str) -> None:
        store, executor = SQLAlchemyJobStore(url=url), DebugExecutor()
        once = {"misfire_grace_time": None}
        self._scheduler = BackgroundScheduler(
            jobstores={"default": store}, executors={"default": executor}, job_defaults=once, timezone=UTC
        )
        self._removed, self._failed = Semaphore(0), 0
        self._scheduler.add_listener(lambda _event: self._removed.release(), EVENT_JOB_REMOVED)
        self._scheduler.add_listener(self._fail, EVENT_JOB_ERROR)
        self._scheduler.start(paused=True)

    def _fail(self, event: JobEvent) -> None:
        self._failed += 1

    def run(self, what: str, people: Sequence[int]) -> int:
        """A job that is due for each of these people."""
        for person_id in people:
            self._scheduler.add_job(take, "date", (what, person_id), run_date=datetime.now(UTC))
        self._scheduler.resume()
        for _ in people:
            self._removed.acquire()
        self._scheduler.pause()
        assert not self._failed
        return len(people)

    def close(self) -> None:
        self._scheduler.shutdown()


def take(what: str, person_id: int) -> None:
    WORK[what](person_id)
