"""Killed at any moment under load, the assistant answers every message, and Telegram sees again only what it had to."""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from handlers.letters import decode
from tests.bot.edge import environment
from tests.vendors.telegram import Telegram
from tests.vendors.telegram_people import Person

FORM = ["apply", "Ann Example", "ann@example.org", "Clerk", "Springfield Library", "Ohio"]
PEOPLE = 6
LIFE = 0.12  # seconds after its first look for updates; a turn takes a few thousandths, a send too
PATIENCE = 90


@dataclass
class Nursery:
    """One assistant at a time."""

    process: asyncio.subprocess.Process
    child: int = 0

    async def start(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        self.child = await self.line()

    async def end(self, how: signal.Signals) -> int:
        os.kill(self.child, how)
        status, self.child = await self.line(), 0
        return status

    async def line(self) -> int:
        assert self.process.stdout is not None
        return int(await asyncio.wait_for(self.process.stdout.readline(), 30))


@asynccontextmanager
async def nursery(database: Path, telegram: Telegram) -> AsyncIterator[Nursery]:
    command = [sys.executable, "-m", "tests.bot.telegram.nursery", f"sqlite:///{database}", telegram.url]
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    process = await asyncio.create_subprocess_exec(*command, env=environment(), **pipes)  # type: ignore[arg-type]
    ours = Nursery(process)
    try:
        yield ours
    finally:
        assert process.stdin is not None
        process.stdin.close()
        if ours.child:  # alive still when the test failed, and the nursery would wait for it for good
            with suppress(ProcessLookupError):
                os.kill(ours.child, signal.SIGKILL)
        await process.wait()


def letters(database: Path, chat: int) -> list[tuple[str, str]]:
    """The text and the state of what was written to a chat, in order."""
    query = "SELECT body, outbox.state FROM outbox JOIN address ON address.id = address_id WHERE address = ? ORDER BY outbox.id"
    with closing(sqlite3.connect(database)) as opened:
        return [(decode(body).text.splitlines()[-1], state) for body, state in opened.execute(query, [str(chat)])]


def counted(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as opened:
        return int(opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names


def shown(telegram: Telegram, chat: int, written: list[str]) -> tuple[int, int]:
    """How many of the letters a chat shows, in their order, and how often one was shown once more."""
    place = again = 0
    for message in telegram.to(chat):
        line = next(each for each in message.told.splitlines()[::-1] if not each[:2].rstrip(".").isdecimal() and each)
        if place < len(written) and line == written[place]:
            place += 1
        else:
            assert place, line
            assert line == written[place - 1]
            again += 1
    return place, again


@dataclass
class Storm:
    """People who go on writing while the assistant is killed time after time."""

    telegram: Telegram
    database: Path
    kills: int
    chance: random.Random
    unrecorded: int = 0
    said: int = 0

    async def run(self) -> None:
        self.crowd = [Person(self.telegram, 100 + number, f"P{number}") for number in range(PEOPLE)]
        async with nursery(self.database, self.telegram) as ours:
            speaking = asyncio.create_task(self.speak())
            for _ in range(self.kills):
                await self.live_and_die(ours)
            speaking.cancel()
            await asyncio.gather(speaking, return_exceptions=True)
            await ours.start()
            await self.everything_is_said()
            assert await ours.end(signal.SIGTERM) == 0

    async def speak(self) -> None:
        """Each person's next words, as fast as they are heard; no two replies in a row are alike."""
        for words in [*FORM, *["back", "Ohio"] * 10_000]:
            for each in self.crowd:
                last = await each.says(words)
                self.said += 1
            await self.telegram.confirmed(last, PATIENCE)

    async def live_and_die(self, ours: Nursery) -> None:
        polls = len(self.telegram.methods("getUpdates"))
        await ours.start()
        async with asyncio.timeout(30):
            while len(self.telegram.methods("getUpdates")) == polls:  # noqa: ASYNC110 - the process is not ours to wait for
                await asyncio.sleep(0.002)
        await asyncio.sleep(self.chance.uniform(0, LIFE))
        assert await ours.end(signal.SIGKILL) == signal.SIGKILL
        await asyncio.sleep(0.05)  # what it sent last is being taken
        for each in self.crowd:
            written = letters(self.database, each.id)
            place, _ = shown(self.telegram, each.id, [line for line, _ in written])
            self.unrecorded += place - sum(state == "sent" for _, state in written)

    async def everything_is_said(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.telegram.waiting or any(self.waits(each) for each in self.crowd):  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    def waits(self, person: Person) -> bool:
        return any(state == "waiting" for _, state in letters(self.database, person.id))


@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.long)])
def test_every_message_is_answered_once_however_often_the_process_is_killed(
    prepared_database: Path, tmp_path: Path, kills: int
) -> None:
    database = tmp_path / "lssc.db"
    database.write_bytes(prepared_database.read_bytes())

    async def whole() -> Storm:
        async with Telegram(limits=False).serving() as telegram:
            storm = Storm(telegram, database, kills, random.Random(kills))  # noqa: S311 - the moments of the kills
            await storm.run()
            return storm

    storm = asyncio.run(whole())
    assert (counted(database, "inbound"), counted(database, "outbox")) == (storm.said, storm.said)
    again = 0
    for each in storm.crowd:
        written: list[Any] = letters(database, each.id)
        assert {state for _, state in written} == {"sent"}
        place, more = shown(storm.telegram, each.id, [line for line, _ in written])
        assert place == len(written)
        again += more
    assert again <= storm.unrecorded
    print(f"{kills} kills, {storm.said} messages, {again} seen twice by Telegram, {storm.unrecorded} unrecorded")
