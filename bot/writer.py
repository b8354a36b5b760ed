"""Runs transactions on threads of their own: one on SQLite, as many as pooled connections on PostgreSQL."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

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
    threads: ThreadPoolExecutor

    async def work(self, act: Callable[[Work], T]) -> T:
        """What `act` gives, in one transaction."""
        return await self.patiently(lambda: self._in_work(act))

    async def patiently(self, job: Callable[[], T]) -> T:
        """What `job` gives on a thread; tried again a few times when a lock, a race or a lost connection undid it."""
        for attempt in range(1, TRIES + 1):
            try:
                return await asyncio.get_running_loop().run_in_executor(self.threads, job)
            except Exception as error:
                if attempt == TRIES or not passing(error):
                    raise
            await asyncio.sleep(secrets.SystemRandom().uniform(0, 0.02 * 2**attempt))
        raise AssertionError

    def close(self) -> None:
        """Waits for the transaction at hand, then closes the database."""
        self.threads.shutdown(wait=True, cancel_futures=True)
        self.database.close()

    def _in_work(self, act: Callable[[Work], T]) -> T:
        with self.database.work(self.clock()) as work:
            return act(work)


def writer(database: Database, clock: Clock) -> Writer:
    """SQLite takes one writer at a time: more threads would only wait for each other, for seconds at worst."""
    threads = ThreadPoolExecutor(1 if database.is_sqlite else POOLED, thread_name_prefix="turn")
    return Writer(database, clock, threads)
