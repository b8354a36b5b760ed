"""Runs transactions on threads of their own: one on SQLite, as many as pooled connections on PostgreSQL."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from bot.clock import Clock
from bot.trouble import passing
from storage.database import Database, Work

T = TypeVar("T")

TRIES = 6
POOLED = 8  # as many connections as storage.database keeps open


@dataclass(frozen=True)
class Writer:
    """The only way from the event loop to the database."""

    database: Database
    clock: Clock
    threads: "Threads"

    async def work(self, act: Callable[[Work], T]) -> T:
        """What `act` gives, in one transaction."""
        return await self.patiently(lambda: self._in_work(act))

    async def patiently(self, job: Callable[[], T]) -> T:
        """What `job` gives on a thread; tried again a few times when a lock, a race or a lost connection undid it."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self.threads.run(job)
            except Exception as error:
                if attempt == TRIES or not passing(error):
                    raise
            await asyncio.sleep(secrets.SystemRandom().uniform(0, 0.02 * 2**attempt))
        raise AssertionError

    def close(self) -> None:
        """Waits for the transaction at hand, then closes the database."""
        self.threads.stop()
        self.database.close()

    def _in_work(self, act: Callable[[Work], T]) -> T:
        with self.database.work(self.clock()) as work:
            return act(work)


class Threads:
    """Threads that take jobs from one queue.

    The standard library's executor makes two futures and a condition for every job, which is a third more time between
    the loop and the thread; every message of every person passes here.
    """

    def __init__(self, count: int) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads = [Thread(target=self._serve, name=f"turn-{number}", daemon=True) for number in range(count)]
        for thread in self._threads:
            thread.start()

    async def run(self, job: Callable[[], T]) -> T:
        """What `job` gives or raises, on one of the threads."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def done() -> None:
            settle: Callable[[Any], None] = future.set_result
            value: Any
            try:
                value = job()
            except BaseException as error:
                settle, value = future.set_exception, error
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, future, settle, value)

        self._jobs.put(done)
        return await future

    def stop(self) -> None:
        """Finishes the jobs that were put in, then ends the threads."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _settle(future: asyncio.Future[T], settle: Callable[[Any], None], value: Any) -> None:
    if not future.done():  # whoever waited may have been cancelled
        settle(value)


def writer(database: Database, clock: Clock) -> Writer:
    """SQLite takes one writer at a time: more threads would only wait for each other, for seconds at worst."""
    return Writer(database, clock, Threads(1 if database.is_sqlite else POOLED))
