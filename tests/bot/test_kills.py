"""A chat that is killed at any moment loses nothing and acts on nothing twice."""

import random
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.terminal import block
from handlers.letters import decode
from tests.bot.edge import Lssc

FORM = ["apply", "Ann Example", "ann@example.org", "Clerk", "Springfield Library", "Ohio"]
WORDS = [*FORM, *["help", "back", "Ohio"] * 4]
KILLS = 6
LONGEST = 0.06  # seconds; a turn takes a few hundredths


@dataclass
class Driver:
    """Feeds lines to one chat after the other, and says a line again when it did not see the end of its block."""

    lssc: Lssc
    seed: int
    kills: int = KILLS
    seen: list[str] = field(default_factory=list)
    unrecorded: int = 0

    def run(self, words: list[str]) -> None:
        waiting = list(words)
        chance = random.Random(self.seed)  # noqa: S311 - the moments of the kills
        while waiting:
            with self.lssc.start("chat") as process:
                self._live(process, waiting, chance)
                process.kill()
                self._remaining(process, waiting)
            self._note_unrecorded()

    def _live(self, process: "subprocess.Popen[bytes]", waiting: list[str], chance: random.Random) -> None:
        """A line, and another that is cut short, while kills are left."""
        assert process.stdin
        for number in range(len(waiting)):
            process.stdin.write(waiting[0].encode() + b"\n")
            if number == 1 and self.kills:
                self.kills -= 1
                time.sleep(chance.uniform(0, LONGEST))
                return
            assert self._block(process, waiting)
        process.stdin.close()
        assert process.wait(60) == 0

    def _block(self, process: "subprocess.Popen[bytes]", waiting: list[str]) -> bool:
        """Whether the whole block of the first waiting line was seen."""
        assert process.stdout
        while line := process.stdout.readline():
            if line == b"--\n":
                del waiting[0]
                return True
            self.seen.append(line.decode().rstrip("\n"))
        return False

    def _remaining(self, process: "subprocess.Popen[bytes]", waiting: list[str]) -> None:
        while waiting and self._block(process, waiting):
            pass

    def _note_unrecorded(self) -> None:
        """What the database does not hold as sent may be shown once more."""
        if rows(self.lssc.folder, "SELECT id FROM outbox WHERE state = 'waiting'"):
            self.unrecorded += 1


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "lssc.db")) as database:
        return database.execute(query).fetchall()


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_lost_and_nothing_is_acted_on_twice(lssc: Lssc, prepared_database: Path, seed: int) -> None:
    (lssc.folder / "lssc.db").write_bytes(prepared_database.read_bytes())
    driver = Driver(lssc, seed)
    driver.run(WORDS)
    assert driver.kills == 0
    folder = lssc.folder
    assert rows(folder, "SELECT count(*) FROM inbound") == [(len(WORDS),)]
    assert rows(folder, "SELECT count(*), min(state), max(state) FROM outbox") == [(len(WORDS), "sent", "sent")]
    answers = rows(folder, "SELECT key, words FROM answer WHERE key IN ('name', 'email', 'title', 'library', 'state')")
    assert dict(answers) == dict(zip(("name", "email", "title", "library", "state"), FORM[1:], strict=True))
    assert_shown(driver)


def assert_shown(driver: Driver) -> None:
    """Every message was shown, in order; and once more only where a kill fell between showing and recording."""
    bodies = rows(driver.lssc.folder, "SELECT body FROM outbox ORDER BY id")
    messages = [block([decode(str(body))]).splitlines()[:-1] for (body,) in bodies]
    place, again, before = 0, 0, [""]
    for lines in messages:
        while lines != before == driver.seen[place : place + len(before)]:
            place, again = place + len(before), again + 1
        assert driver.seen[place : place + len(lines)] == lines
        place, before = place + len(lines), lines
    assert place == len(driver.seen)
    assert again <= driver.unrecorded
