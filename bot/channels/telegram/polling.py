"""Asks Telegram for updates, by one process at a time, and confirms them once they are acted on."""

import asyncio
import logging
import secrets
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.methods import GetUpdates

from bot.alone import Alone
from bot.channels.telegram import menu
from bot.channels.telegram.ear import Ear, lane
from bot.channels.telegram.reading import KINDS
from bot.writer import Writer

log = logging.getLogger("lssc.telegram")
T = TypeVar("T")

LEASE = timedelta(seconds=20)
LONG_POLL = 25  # seconds that Telegram waits for news before it says that there are none
LONGEST_PAUSE = 30.0
CHATS_AT_ONCE = 16


class RawUpdates(GetUpdates):
    """The updates as they came: one that aiogram cannot read must not keep the others from being read."""

    __returning__ = list[dict[str, Any]]


class Polling:
    """The part `telegram` of the service, when no webhook is set."""

    name = "telegram"

    def __init__(self, bot: Bot, ear: Ear, writer: Writer, *, lease: timedelta = LEASE, wait: int = LONG_POLL) -> None:
        self._bot, self._ear, self._wait = bot, ear, wait
        self._alone = Alone(writer, f"telegram {bot.id}", lease)
        self._stopping, self._out_of_reach = asyncio.Event(), 0

    async def run(self) -> None:
        """Polls while it holds the lease, otherwise stands by. Raises when Telegram does not know the token."""
        self._ear.is_named(await menu.introduced(self._bot))
        await self._alone.run(self._polled, self._stopping)

    async def stop(self) -> None:
        self._stopping.set()

    async def _polled(self) -> None:
        try:
            await self._poll()
        finally:
            await self._ear.settled()

    async def _poll(self) -> None:
        confirmed, failures = 0, 0
        while not self._stopping.is_set():
            updates = await self._unless_stopped(self._updates(confirmed, self._wait), [])
            if await self._taken(updates):
                failures = 0
                confirmed = max((_number(each) for each in updates), default=confirmed - 1) + 1
            else:
                failures += 1
                await self._pause(growing(failures))
        if confirmed:
            await self._updates(confirmed, 0)

    async def _updates(self, first: int, wait: int) -> list[dict[str, Any]]:
        """The updates from `first` on, which confirms those before; none when Telegram cannot be reached now."""
        request = RawUpdates(offset=first or None, timeout=wait, allowed_updates=KINDS)
        try:
            found = await self._bot(request, request_timeout=wait + 10)
        except TelegramUnauthorizedError:
            raise
        except AiogramError as error:
            self._out_of_reach += 1
            log.warning("Telegram gave no updates: %s", type(error).__name__)
            asked = error.retry_after if isinstance(error, TelegramRetryAfter) else 0.0
            await self._pause(max(growing(self._out_of_reach), asked) if wait else 0.0)
            return []
        self._out_of_reach = 0
        return [dict(each) for each in found]

    async def _taken(self, updates: Sequence[Mapping[str, Any]]) -> bool:
        """Whether all were acted on: those of one person in order, several people at a time."""
        lanes: dict[str, list[Mapping[str, Any]]] = {}
        for each in updates:
            self._ear.notice(each)
            lanes.setdefault(lane(each), []).append(each)
        places = asyncio.Semaphore(CHATS_AT_ONCE)
        return all(await asyncio.gather(*(self._lane(each, places) for each in lanes.values())))

    async def _lane(self, updates: Sequence[Mapping[str, Any]], places: asyncio.Semaphore) -> bool:
        """What follows a failed turn waits with it, so that the order stays."""
        async with places:
            for each in updates:
                try:
                    await self._ear.take(each)
                except Exception as error:
                    log.warning("update %s was not taken and comes again: %s", _number(each), type(error).__name__)
                    return False
            return True

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _unless_stopped(self, job: Coroutine[Any, Any, T], otherwise: T) -> T:
        """What a job gives; when we are stopped before, it is dropped: what Telegram sent then comes again."""
        task, stopped = asyncio.create_task(job), asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else otherwise
        finally:
            for each in (task, stopped):
                each.cancel()
            await asyncio.gather(task, stopped, return_exceptions=True)


def growing(failures: int) -> float:
    """Seconds to wait after so many failures in a row: doubling, spread by chance."""
    return min(0.5 * 2.0 ** min(failures, 10), LONGEST_PAUSE) * secrets.SystemRandom().uniform(0.5, 1.0)


def _number(update: Mapping[str, Any]) -> int:
    number = update.get("update_id")
    return number if isinstance(number, int) else 0
