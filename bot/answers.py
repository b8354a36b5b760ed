"""Keeps the office's own answers fresh in this process: published and withdrawn ones count within a minute."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from typing import TYPE_CHECKING

from flows.program.figures import day_in_words
from handlers import unanswered
from handlers.exchange import Errand
from storage import published
from storage.published import Written as Published

if TYPE_CHECKING:
    from bot.app import App

EVERY = 20.0  # seconds between two looks; the promise is a minute


class OfficeAnswers:
    """The part `answers`: looks whether the office has changed anything, and lays its answers over the others."""

    name = "answers"

    def __init__(self, app: App, every: float = EVERY) -> None:
        self._app, self._every = app, every
        self._stopped = asyncio.Event()
        self._laid: tuple[datetime | None, date] | None = None

    async def run(self) -> None:
        while not self._stopped.is_set():
            await self.look()
            try:
                await asyncio.wait_for(self._stopped.wait(), self._every)
            except TimeoutError:
                continue

    async def stop(self) -> None:
        self._stopped.set()

    async def look(self) -> bool:
        """Whether something had changed; also the day, on which an answer may end."""
        now = await self._app.errand(lambda errand: (published.newest(errand.work), errand.today))
        if now == self._laid or (self._laid is None and now[0] is None):
            return False
        live = await self._app.errand(lambda errand: published.live(errand.work, errand.today))
        from faq.office import Written
        from faq.policy import Answer

        await self._app.knowing.lay(
            tuple(
                Written(
                    Answer(f"office-{each.id}", each.title, each.answer, source(self._app, each), None), each.phrasings
                )
                for each in live
            )
        )
        self._laid = now
        return True


def source(app: App, written: Published) -> str:
    """`the LSSC office, 25 November 2026`."""
    return f"the LSSC office, {day_in_words(written.changed_at.astimezone(app.house.office_zone).date())}"


async def group_unanswered(app: App) -> int:
    """New questions without an answer are put to those that mean the same; how many. Their meaning is read first."""
    texts = await app.errand(unanswered.texts)
    if not texts:
        return 0
    alike = await app.knowing.likeness(texts)

    def group(errand: Errand) -> int:
        return unanswered.group(errand, alike)

    return await app.errand(group)
