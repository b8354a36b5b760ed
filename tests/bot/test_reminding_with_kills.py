"""Processes that remind at once, and are killed at any moment, remind of each step once: as one does that nobody kills.

`KILLS=100` in the environment makes it a hundred kills, which takes a few minutes.
"""

import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.program.years import years_before
from storage import candidacies, outbox, people
from storage.database import prepared
from tests.bot.ticking import Ticking
from tests.handlers.acting import Rows

KILLS = int(os.environ.get("KILLS", "10"))
PEOPLE = 40
BEGIN, MONTHS = datetime(2026, 11, 20, 18, 0, tzinfo=UTC), timedelta(days=150)
ROUND = MONTHS / KILLS
ZONES = ("America/New_York", "Pacific/Honolulu", "America/Adak", "Asia/Kolkata", "")
STEP = ("person_id", "rule", "matter", "anchor", "step", "state", "ended_at")
Row = dict[str, Any]
Ledger = list[tuple[object, ...]]


@dataclass
class Months:
    """Simulated months of several processes on one database; `at` is the time by their clocks."""

    url: str
    log: Path
    number: int
    at: datetime = BEGIN
    killed: list[int] = field(default_factory=list)
    unrecorded: Counter[int] = field(default_factory=Counter)
    took: float = 0.5  # seconds of the last tick

    @contextmanager
    def passing(self) -> Iterator["Months"]:
        self._database = prepared(self.url, "the test", upgrade=False)
        self.rows = Rows(self._database)
        self._processes: list[Ticking] = []
        try:
            self._begin_with_everybody()
            self._processes += [self._another() for _ in range(self.number)]
            yield self
        finally:
            for each in self._processes:
                each.kill()
            self._database.close()

    def pass_by(self, chance: random.Random | None = None) -> None:
        """In each round everybody ticks at once, and one is killed at some moment; then all tick undisturbed."""
        for _ in range(KILLS):
            self.at += ROUND
            if chance is not None:
                self._tick(chance)
            begun = time.monotonic()
            self._tick()
            self.took = time.monotonic() - begun
        while self._waiting():  # what a dead process had leased
            self.at += outbox.LEASE
            self._tick()

    def _tick(self, chance: random.Random | None = None) -> None:
        for each in self._processes:
            each.begins(self.at)
        victim = self._kill(chance) if chance is not None else None
        assert all(each.ends() for each in self._processes if each is not victim)
        if victim is not None:
            self._processes[self._processes.index(victim)] = self._another()

    def _kill(self, chance: random.Random) -> Ticking:
        """One of them, at any moment of its tick; every second time just when the vendor has taken something."""
        before, end = len(self._log()), time.monotonic() + chance.uniform(0, self.took)
        aimed = len(self.killed) % 2
        while time.monotonic() < end + aimed * self.took and not (aimed and len(self._log()) > before):
            time.sleep(0.002)
        senders = {pid for pid, _ in self._log()[before:]} if aimed else set()
        victim = next((each for each in self._processes if each.pid in senders), chance.choice(self._processes))
        victim.kill()
        self.killed.append(victim.pid)
        accepted = {number for pid, number in self._log() if pid == victim.pid}
        self.unrecorded.update(accepted & self._waiting())
        return victim

    def _another(self) -> Ticking:
        self._database.close()  # no connection of ours may be shared with a fork
        return Ticking(self.url, self.log)

    def _begin_with_everybody(self) -> None:
        """Candidates whose time ends within these months or in the year after."""
        with self._database.work(BEGIN) as work:
            for number in range(PEOPLE):
                person = people.add(work, "toy", f"person {number}", "proved", f"Person {number}").person_id
                people.set_time_zone(work, person, ZONES[number % len(ZONES)])
                last = BEGIN.date() + timedelta(days=3 + 11 * number)
                candidacies.add(work, person, None, years_before(last, 4), last, "active")

    def _waiting(self) -> set[int]:
        return {row["id"] for row in self.letters() if row["state"] != "sent"}

    def _log(self) -> list[tuple[int, int]]:
        """The process and the letter of all that the vendor took."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [(pid, int(reference[:8])) for pid, reference in map(json.loads, lines)]

    def taken(self) -> Counter[int]:
        return Counter(number for _, number in self._log())

    def letters(self) -> list[Row]:
        return self.rows("outbox")

    def ledger(self) -> Ledger:
        return sorted(tuple(row[name] for name in STEP) for row in self.rows("reminder"))


@pytest.fixture(scope="module")
def undisturbed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The ledger after the same months with one process that nobody kills."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copyfile(sqlite_template, folder / "lssc.db")
    with Months(f"sqlite:///{folder}/lssc.db", folder / "accepted", 1).passing() as months:
        months.pass_by()
        found = months.ledger()
    assert Counter(row[5] for row in found)["sent"] > PEOPLE
    return found


@pytest.mark.timeout(120 + 12 * KILLS)
@pytest.mark.parametrize("number", [2, 8])
def test_several_processes_on_postgresql(
    number: int, postgresql_url: str, tmp_path: Path, undisturbed: Ledger, record_property: Callable[..., None]
) -> None:
    each_is_sent_once(Months(postgresql_url, tmp_path / "accepted", number), undisturbed, record_property)


@pytest.mark.timeout(120 + 12 * KILLS)
def test_one_process_on_sqlite(
    sqlite_url: str, tmp_path: Path, undisturbed: Ledger, record_property: Callable[..., None]
) -> None:
    each_is_sent_once(Months(sqlite_url, tmp_path / "accepted", 1), undisturbed, record_property)


def each_is_sent_once(given: Months, undisturbed: Ledger, tell: Callable[..., None]) -> None:
    """A letter goes out again only where its sender died after the vendor took it and before that was on record."""
    with given.passing() as months:
        months.pass_by(random.Random(KILLS + months.number))  # noqa: S311 - the moments of the kills
        assert months.ledger() == undisturbed
        owner = {row["id"]: row["person_id"] for row in months.rows("address")}
        letters = Counter((owner[row["address_id"]], row["created_at"]) for row in months.letters())
        assert letters == Counter({(row[0], row[6]) for row in undisturbed if row[5] == "sent"})
        numbers = Counter(row["id"] for row in months.letters())
        again = months.taken() - numbers
        assert months.taken() >= numbers
        assert again <= months.unrecorded
    told = f"{months.number} processes, {len(months.killed)} kills, {len(numbers)} letters, {again.total()} twice"
    tell("figure", f"reminding: {told}, after {months.unrecorded.total()} acceptances that were not on record")
