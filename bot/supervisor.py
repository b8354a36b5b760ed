"""Keeps the parts of the service running side by side: one that fails is started again, and the others go on."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot import clock
from bot.parts import Part
from bot.trouble import explained

log = logging.getLogger("lssc.service")

State: TypeAlias = Literal["starting", "running", "failed", "stopped"]
LONGEST = 60.0
STEADY = 60.0  # seconds; who ran for so long before failing begins again with short pauses


@dataclass
class Tended:
    """A part, how it is, what it failed of last, and when it is started again."""

    part: Part
    state: State = "starting"
    failures: int = 0
    error: str = ""
    next_try: datetime | None = None


def pause(failures: int) -> float:
    """Seconds before the next start: doubling, spread by chance, at most a minute."""
    return min(2.0 ** min(failures - 1, 8), LONGEST) * secrets.SystemRandom().uniform(0.5, 1.0)


class Supervisor:
    """Starts the parts, starts again what failed, and stops all or some of them in time."""

    def __init__(self, pause: Callable[[int], float] = pause) -> None:
        self.tended: dict[str, Tended] = {}
        self._pause = pause
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stopped: dict[str, asyncio.Event] = {}

    def add(self, *parts: Part) -> None:
        """Before the start."""
        self.tended |= {part.name: Tended(part) for part in parts}

    def start(self) -> None:
        for name, one in self.tended.items():
            self._stopped[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._tend(one, self._stopped[name]))

    async def stop(self, within: float, names: Collection[str] | None = None) -> None:
        """Lets these parts (all by default) finish what is at hand, and cancels those that take longer (seconds)."""
        chosen = [name for name in self._tasks if names is None or name in names]
        for name in chosen:
            self._stopped[name].set()
        ending = [asyncio.create_task(self.tended[name].part.stop()) for name in chosen]
        await _ended([*ending, *(self._tasks[name] for name in chosen)], within)
        for name in chosen:
            if self._tasks[name].cancelled():
                log.warning("part %s did not finish in %s s; what it did not confirm comes again", name, within)
            self.tended[name].state = "stopped"

    async def _tend(self, one: Tended, stopped: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        while not stopped.is_set():
            begun, one.state, one.next_try = loop.time(), "running", None
            error = await _lived(one.part)
            if stopped.is_set():
                _tell_of(one.part, error)
                return
            seconds = self._failed(one, error, loop.time() - begun)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), seconds)

    def _failed(self, one: Tended, error: Exception | None, lived: float) -> float:
        one.state, one.error = "failed", type(error).__name__ if error else "ended by itself"
        one.failures = 1 if lived > STEADY else one.failures + 1
        seconds = self._pause(one.failures)
        one.next_try = clock.now() + timedelta(seconds=seconds)
        told = error and explained(error)
        log.warning("part %s failed: %s; next try in %.1f s", one.part.name, told or one.error, seconds, exc_info=error)
        return seconds


async def _lived(part: Part) -> Exception | None:
    """What the part failed of; None when it returned."""
    try:
        await part.run()
    except Exception as error:
        return error
    return None


def _tell_of(part: Part, error: Exception | None) -> None:
    if error is not None:
        log.warning("part %s failed while it was stopped (%s)", part.name, type(error).__name__, exc_info=error)


async def _ended(tasks: list[asyncio.Task[None]], within: float) -> None:
    """Waits, then cancels; a failure of `stop` itself is told, and holds nobody up."""
    if not tasks:
        return
    _, hanging = await asyncio.wait(tasks, timeout=within)
    for task in hanging:
        task.cancel()
    if hanging:
        await asyncio.wait(hanging, timeout=1)
    for task in tasks:
        if task.done() and not task.cancelled() and (error := task.exception()):
            log.warning("a part could not be stopped (%s)", type(error).__name__, exc_info=error)
