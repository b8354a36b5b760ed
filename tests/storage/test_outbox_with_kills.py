"""Four processes send the same outbox while they are killed at any point: the order holds and nothing is lost."""

import multiprocessing
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from storage import outbox, people
from storage.database import Database, prepared
from storage.outbox import LEASE, Letter

ADDRESSES, LETTERS, PROCESSES = 12, 12, 4


def test_a_letter_goes_out_twice_only_when_its_sender_died_before_noting_it(
    database_url: str, now: datetime, tmp_path: Path
) -> None:
    fork = multiprocessing.get_context("fork")
    log = tmp_path / "log"
    ids, killed = _fill(database_url, now), 0
    while _waiting(database_url, now):
        # Every lease of a dead process is over at once, and none of a living one ever is.
        now += LEASE
        senders = [
            fork.Process(target=_deliver, args=(database_url, now, f"{killed} {number}", log))
            for number in range(PROCESSES)
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        assert {sender.exitcode for sender in senders} <= {0, -signal.SIGKILL}
        killed += sum(sender.exitcode != 0 for sender in senders)
    lines = [line.split() for line in log.read_text().splitlines()]
    sent = [(int(address), int(letter)) for verb, address, letter in lines if verb == "sent"]
    died = Counter(int(letter) for verb, _, letter in lines if verb == "died")
    assert killed >= PROCESSES
    assert died
    assert Counter(letter for _, letter in sent) == Counter(ids) + died
    for address in {address for address, _ in sent}:
        letters = [letter for each, letter in sent if each == address]
        assert letters == sorted(letters)


def _fill(url: str, now: datetime) -> list[int]:
    with _opened(url) as database, database.work(now) as work:
        addresses = [people.add(work, "telegram", str(number)).address_id for number in range(ADDRESSES)]
        for number in range(ADDRESSES * LETTERS):
            outbox.add(work, addresses[number % ADDRESSES], str(number))
        return list(work.connection.exec_driver_sql("SELECT id FROM outbox").scalars())


def _waiting(url: str, now: datetime) -> int:
    with _opened(url) as database, database.work(now) as work:
        return outbox.waiting(work)[0]


def _deliver(url: str, now: datetime, seed: str, log: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    database = prepared(url, seed, upgrade=False)
    while letters := _claim(database, now, chance):
        for letter in letters:
            next_: Letter | None = letter
            while next_:
                next_ = _send(database, now, chance, log, next_)
    database.close()


def _claim(database: Database, now: datetime, chance: random.Random) -> list[Letter]:
    with database.work(now) as work:
        letters = outbox.claim(work, 3, ["telegram"])
        _perhaps_die(chance)
    _perhaps_die(chance)
    return letters


def _send(database: Database, now: datetime, chance: random.Random, log: Path, letter: Letter) -> Letter | None:
    with database.work(now) as work:
        if chance.random() < 0.05:
            assert outbox.later(work, letter, now + timedelta(seconds=1), "retry after 1")
            return None
    _write(log, f"sent {letter.address_id} {letter.id}")
    if chance.random() < 0.05:
        _write(log, f"died {letter.address_id} {letter.id}")
        _die()
    with database.work(now) as work:
        assert outbox.sent(work, letter)
    _perhaps_die(chance)
    with database.work(now) as work:
        return outbox.claim_for(work, letter.address_id)


def _write(log: Path, line: str) -> None:
    with log.open("a") as file:
        file.write(f"{line}\n")


def _perhaps_die(chance: random.Random) -> None:
    if chance.random() < 0.03:
        _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = prepared(url, "the test", upgrade=False)
    yield database
    database.close()
