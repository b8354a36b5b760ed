"""Processes that tick when they are told to, at an hour they are told, and may be killed at any moment of it."""

import asyncio
import json
import multiprocessing
import os
import signal
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from bot.app import build
from bot.channels.channel import Whole
from bot.schedule import Ticker
from bot.settings import Settings
from flows.dialog.speech import Outbound

TAKES = 0.05  # seconds between a vendor's acceptance and our hearing of it
PATIENCE = 60.0  # seconds
FORK = multiprocessing.get_context("fork")  # importing everything takes longer than most of them are to live


@dataclass(frozen=True)
class Vendor(Whole):
    """The channel `toy`: what it accepts is a line in a file, with the process that sent it and the message's name."""

    log: Path
    name: str = "toy"

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        line = json.dumps([os.getpid(), reference])
        with self.log.open("a") as file:
            file.write(f"{line}\n")
        await asyncio.sleep(TAKES)
        return reference


class Ticking:
    """A process with the whole program."""

    def __init__(self, url: str, log: Path) -> None:
        self._orders, theirs = FORK.Pipe()
        self._process = FORK.Process(target=_serve, args=(url, log, theirs), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def begins(self, at: datetime) -> None:
        self._orders.send(at)

    def ends(self) -> bool:
        """Whether the tick went through; False when the process died meanwhile. A step that failed raises."""
        assert self._orders.poll(PATIENCE), "a tick did not end"
        try:
            failed = self._orders.recv()
        except EOFError:
            return False
        assert failed == []
        return True

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self._process.join(PATIENCE)
        assert self._process.exitcode == -signal.SIGKILL


def _serve(url: str, log: Path, orders: Connection) -> None:
    asyncio.run(_ticks(url, log, orders))


async def _ticks(url: str, log: Path, orders: Connection) -> None:
    at: list[datetime] = []
    app = build(Settings(database_url=url), channels={"toy": Vendor(log)}, clock=lambda: at[-1])
    ticker = Ticker(app)
    while True:
        at.append(await asyncio.to_thread(orders.recv))
        await ticker.tick()
        await app.delivery.drain()
        orders.send(ticker.failed)
