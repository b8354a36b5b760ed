"""Thinks beside the event loop: opens the knowledge base once, when first needed, and asks it on a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faq.guessing import Guesser
    from faq.knowledge import Answer, Knowledge, Reply
    from faq.office import Alike, Office, Written
    from flows.program.competencies import Reference

MOST = 3  # competencies that are offered for a piece of evidence


class NotOpen(Exception):
    """An entry was asked for before the knowledge base was open; open it and take the turn again."""


class Knowing:
    """The knowledge base, opened at most once."""

    def __init__(
        self, load: Callable[[], Knowledge], load_guesser: Callable[[Knowledge], Guesser] | None = None
    ) -> None:
        self._load, self._load_guesser = load, load_guesser
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="thought")
        self._opening: asyncio.Task[Office] | None = None
        self._open: Office | None = None
        self._guesser: Guesser | None = None
        self._one_guesser = Lock()

    async def ready(self) -> Office:
        """The knowledge base; the first caller waits while it opens, and the others with it. Raises RulebookError."""
        if self._open is None:
            opening = self._opening = self._opening or asyncio.create_task(self._opened())
            try:
                self._open = await asyncio.shield(opening)
            finally:
                if opening.done() and self._opening is opening:
                    self._opening = None  # after a failure the next caller tries again
        return self._open

    async def think(self, text: str) -> Reply:
        """What the knowledge base makes of a message."""
        knowledge = await self.ready()
        return await asyncio.get_running_loop().run_in_executor(self._threads, knowledge.think, text)

    async def guess(self, text: str) -> tuple[Reference, ...]:
        """The competencies that a piece of evidence may show, the likeliest first; none where nothing can guess."""
        if self._load_guesser is None:
            return ()
        office = await self.ready()
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._guessed, office, text)

    def _guessed(self, office: Office, text: str) -> tuple[Reference, ...]:
        with self._one_guesser:
            if self._guesser is None and self._load_guesser is not None:
                self._guesser = self._load_guesser(office.base)
        return tuple(each.reference for each in self._guesser.guess(text, most=MOST)) if self._guesser else ()

    async def lay(self, written: tuple[Written, ...]) -> None:
        """From now on these answers of the office are given too."""
        laid = replace(await self.ready(), written=written)
        await asyncio.get_running_loop().run_in_executor(self._threads, laid.prepare)
        self._open = laid

    async def likeness(self, texts: Sequence[str]) -> Alike:
        """Tells which of these questions mean the same."""
        knowledge = await self.ready()
        return await asyncio.get_running_loop().run_in_executor(self._threads, knowledge.likeness, texts)

    def entry(self, entry_id: str) -> Answer | None:
        """The answer of an entry. Raises NotOpen, because a transaction must not wait for the opening."""
        if self._open is None:
            raise NotOpen
        return self._open.entry(entry_id)

    def close(self) -> None:
        """An opening that is under way is waited for when the process ends."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _opened(self) -> Office:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._load_office)

    def _load_office(self) -> Office:
        from faq.office import Office

        return Office(self._load())
