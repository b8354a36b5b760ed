"""How the service is: which parts run, what waits in the outbox, and when the last tick was."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import clock
from bot.app import App
from bot.schedule import EVERY, Ticker
from bot.supervisor import Supervisor, Tended
from storage import desk, outbox
from storage.database import Work

SERVICE = "lssc-assistant"
FRESH = 1.0  # seconds; whoever asks more often is told the same
PATIENCE = 3.0  # seconds; longer than any transaction waits for a lock
LATE = 3 * EVERY


@dataclass(frozen=True)
class Records:
    """What the database says: messages that wait, the age of the oldest, and what the office has not settled."""

    waiting: int
    oldest: timedelta
    open_items: int


class Health:
    """Asked by `/healthz` and `/metrics`."""

    def __init__(self, app: App, supervisor: Supervisor, ticker: Ticker) -> None:
        self._app, self._supervisor, self.ticker = app, supervisor, ticker
        self._since = clock.now()
        self._asking = asyncio.Lock()
        self._records: tuple[float, Records | None] | None = None
        self.stopping = False

    @property
    def parts(self) -> dict[str, Tended]:
        return self._supervisor.tended

    async def records(self) -> Records | None:
        """None when the database does not answer."""
        async with self._asking:
            if self._records is None or clock.seconds() - self._records[0] > FRESH:
                try:
                    found = await asyncio.wait_for(self._app.writer.work(_look), PATIENCE)
                except Exception:
                    found = None
                self._records = clock.seconds(), found
            return self._records[1]

    async def report(self, only: Collection[str] = ()) -> dict[str, Any]:
        """For `/healthz`; `only` leaves out the other parts, also of the verdict."""
        records, parts = await self.records(), {n: p for n, p in self.parts.items() if not only or n in only}
        last, late = self.ticker.last, "scheduler" in parts and self._late()
        well = all(each.state in ("starting", "running") for each in parts.values())
        return {
            "service": SERVICE,
            "ok": well and not late and not self.stopping and records is not None,
            "database": "answers" if records else "does not answer",
            "parts": {name: _shown(each) for name, each in parts.items()},
            "outbox": records and {"waiting": records.waiting, "oldest_seconds": records.oldest.total_seconds()},
            "last_tick": last and last.isoformat(),
        }

    def _late(self) -> bool:
        return clock.now() - (self.ticker.last or self._since) > LATE


def _look(work: Work) -> Records:
    waiting, oldest = outbox.waiting(work)
    return Records(waiting, oldest, desk.count(work))


def _shown(one: Tended) -> dict[str, Any]:
    told: dict[str, Any] = {"state": one.state, "failures": one.failures, "last_error": one.error or None}
    return told | {"next_try": one.next_try and one.next_try.isoformat(timespec="seconds")}
