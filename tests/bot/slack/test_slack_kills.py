"""Killed at any moment under load, the program answers every message, acts once on each, and doubles only what it must.

`KILLS=100` in the environment makes it a hundred kills, which takes a few minutes.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.bot.edge import ROOT, environment
from tests.vendors.slack import Slack
from tests.vendors.slack_sender import Report

KILLS = int(os.environ.get("KILLS", "10"))
PEOPLE = 6
WORDS = ("menu", "help", "fees", "back", "eligibility", "status")
AHEAD = 120.0  # seconds that pass with every start, so that the leases of a dead process are over
LIVES = 0.5  # seconds at most, under load


@dataclass
class Driver:
    """Starts the program again and again, while people go on writing and pressing."""

    slack: Slack
    database: Path
    chance: random.Random
    reports: list[Report] = field(default_factory=list)
    starts: int = 0

    async def run(self) -> None:
        people = [self.slack.user(f"person{number}") for number in range(PEOPLE)]
        with (self.database.parent / "driver.log").open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.bot.slack.driver", f"sqlite:///{self.database}", self.slack.url,
                stdin=PIPE, stdout=PIPE, stderr=log, cwd=ROOT, env=environment(),
            )  # fmt: skip
        talking = asyncio.create_task(self.talk(people))
        for _ in range(KILLS):
            child = await self.start()
            await self.slack.sender.opened.wait()
            await asyncio.sleep(self.chance.uniform(0, LIVES))
            await self.kill(child)
        talking.cancel()
        child = await self.start()
        await self.finished()
        await self.kill(child)
        self.process.kill()
        await self.process.wait()

    async def start(self) -> int:
        self.starts += 1
        assert self.process.stdin
        self.process.stdin.write(f"{AHEAD * self.starts}\n".encode())
        return int(await self.line())

    async def kill(self, child: int) -> None:
        os.kill(child, signal.SIGKILL)
        assert await self.line() == "gone"
        self.slack.sender.cut()
        await asyncio.sleep(0.05)  # what was on its way when it died arrives in its time
        self.slack.generation += 1

    async def line(self) -> str:
        assert self.process.stdout
        return (await asyncio.wait_for(self.process.stdout.readline(), 60)).decode().strip()

    async def talk(self, people: list[str]) -> None:
        """A message or a press every few hundredths of a second."""
        while True:
            person = self.chance.choice(people)
            self.reports.append(self.press(person) or self.slack.sender.say(person, self.chance.choice(WORDS)))
            await asyncio.sleep(self.chance.uniform(0, 0.04) if self.slack.sender.opened.is_set() else 0.3)

    def press(self, person: str) -> Report | None:
        """Sometimes, any button of the newest message; not while nobody is there, when Slack itself says so."""
        if self.chance.random() > 0.3 or not self.slack.sender.opened.is_set():
            return None
        shown = self.slack.seen_by(person)[-1:]
        buttons = [each for message in shown for each in self.slack.buttons_of(message)]
        return self.slack.sender.press(person, shown[0], self.chance.choice(buttons)) if buttons else None

    async def finished(self) -> None:
        for report in self.reports:
            await asyncio.wait_for(report.over.wait(), 60)
        await self.slack.until(lambda: not self.rows("SELECT id FROM outbox WHERE state = 'waiting'"), 60)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(query).fetchall()


@pytest.mark.timeout(120 + 6 * KILLS)
def test_nothing_is_lost_and_nothing_is_acted_on_twice(tmp_path: Path, prepared_database: Path) -> None:
    (tmp_path / "lssc.db").write_bytes(prepared_database.read_bytes())

    async def killed() -> Driver:
        async with Slack(patience=1.0, retries=1000).open() as slack:
            driver = Driver(slack, tmp_path / "lssc.db", random.Random(KILLS))  # noqa: S311 - the moments of the kills
            await driver.run()
            return driver

    driver = asyncio.run(killed())
    said = [each for each in driver.reports if each.kind == "events_api"]
    pressed = [each for each in driver.reports if each.kind == "interactive"]
    assert all(each.confirmed for each in said)

    heard = [str(row[0]) for row in driver.rows("SELECT message_id FROM inbound")]
    names = {f"T0LIBRARY:{each.payload['event']['channel']}:{each.payload['event']['ts']}" for each in said}
    taps = {f"press:{each.payload['trigger_id']}": each for each in pressed}
    assert {name for name in heard if not name.startswith("press:")} == names
    assert {name for name in heard if name.startswith("press:")} >= {
        name for name, tap in taps.items() if tap.confirmed
    }
    assert len(heard) == len(set(heard))

    letters = driver.rows("SELECT state, count(*) FROM outbox GROUP BY state")
    assert letters == [("sent", len(heard))]
    assert_told(driver, len(heard))


def assert_told(driver: Driver, letters: int) -> None:
    """Every letter arrived in order; twice only when the process that sent it first died before it had noted that."""
    told: dict[str, list[int]] = {}
    for message in driver.slack.messages:
        told.setdefault(message.reference, []).append(message.generation)
    assert len(told) == letters
    for generations in told.values():
        assert len(generations) == len(set(generations))
    twice = Counter(generation for each in told.values() for generation in each[:-1])
    assert all(count <= PEOPLE for count in twice.values())
    for channel in {message.channel for message in driver.slack.messages}:
        first_seen = list(dict.fromkeys(each.reference for each in driver.slack.in_channel(channel)))
        assert first_seen == sorted(first_seen)
    print(f"{driver.starts - 1} kills, {letters} letters, {sum(twice.values())} of them twice")
