"""Lets one process at a time do what may be done only once; the others stand by for the case that it ends."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeAlias

from bot.clock import now as real_time
from bot.writer import Writer
from storage import leases
from storage.database import Work

log = logging.getLogger("lssc.service")

Job: TypeAlias = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Alone:
    """`name` is the same in all processes that are not to do it at once."""

    writer: Writer
    name: str
    lease: timedelta

    async def run(self, job: Job, stopping: asyncio.Event) -> None:
        """Does the job while this process holds the lease, and stands by otherwise, until it is to stop.

        The job ends by itself when we are stopping, and is cancelled when the lease is lost. What it raises is raised.
        """
        while not stopping.is_set():
            if await self._held():
                await self._while_held(job())
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), self._third)

    async def _while_held(self, job: Coroutine[Any, Any, None]) -> None:
        working = asyncio.create_task(job)
        try:
            while not working.done():
                await asyncio.wait({working}, timeout=self._third)
                if not working.done() and not await self._renewed():
                    log.warning("another process does it now (%s); this one stands by", self.name)
                    return
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        try:
            await self.writer.work(lambda work: leases.release(_in_real_time(work), self.name))
        finally:
            working.result()

    async def _held(self) -> bool:
        return await self.writer.work(lambda work: leases.hold(_in_real_time(work), self.name, self.lease))

    async def _renewed(self) -> bool:
        """A database that does not answer in time costs the lease, as it may be given to another process meanwhile."""
        try:
            return await asyncio.wait_for(self._held(), self.lease.total_seconds() / 2)
        except Exception:
            log.exception("the lease could not be renewed (%s)", self.name)
            return False

    @property
    def _third(self) -> float:
        return self.lease.total_seconds() / 3


def _in_real_time(work: Work) -> Work:
    """Leases end in real time, also when the program's clock stands still for a demonstration."""
    return replace(work, now=real_time())
