"""Databases full of candidates, filled set-wise: a dozen zones, the last days spread over four years."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.database import Database, prepared
from tests import postgresql

ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu", "America/Phoenix", "America/Puerto_Rico", "Europe/London", "Europe/Berlin", "Asia/Tokyo",
    "Pacific/Guam",
)  # fmt: skip
DAYS = 4 * 365 + 1
FIRST = date(2026, 9, 1)  # of the last days
BORN = "'2026-01-01 00:00:00+00:00'"
UNCHECKED = {
    "sqlite": "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000",  # foreign keys are off unless asked for
    "postgresql": "SET session_replication_role = replica; SET synchronous_commit = off",
}
PEOPLE = """
    INSERT INTO person (id, created_at, name, time_zone)
    SELECT i, {born}, 'Ann', CASE i % 12 {zones} END FROM {numbers}
"""
ADDRESSES = """
    INSERT INTO address (person_id, channel, address, state, offer, misses, created_at, bounces, revoked)
    SELECT i, 'telegram', CAST(i AS VARCHAR), 'proved', '', 0, {born}, 0, 0 FROM {numbers}
"""
# Neighbours in the table are neither of one zone nor of one day, as with people who came in any order.
CANDIDACIES = """
    INSERT INTO candidacy
        (id, person_id, admitted_on, deadline, state, created_at, zone, next_due, touched_on)
    SELECT i, i, {admitted}, {deadline}, 'active', {born}, CASE i % 12 {zones} END, {next_due}, {touched_on}
    FROM {numbers}
"""
# What was sent in the years before.
SENT = """
    INSERT INTO reminder (person_id, rule, matter, anchor, step, state, planned_at, look_at, ended_at)
    SELECT person_id, rules.rule, id, CAST({before} AS VARCHAR), 1, 'sent', {born}, {born}, {born}
    FROM candidacy CROSS JOIN (SELECT 'four-years' AS rule UNION ALL SELECT 'behind-pace') AS rules WHERE id >= {first}
"""


@dataclass(frozen=True)
class Place:
    """A database and how to run statements in it beside the program; `kind` is sqlite or postgresql."""

    kind: str
    url: str
    run: Callable[[str], None]

    def day(self, day: str, later: str) -> str:
        """An expression: so many days later, of a date."""
        return f"date({day}, ({later}) || ' days')" if self.kind == "sqlite" else f"CAST({day} AS DATE) + ({later})"

    @contextmanager
    def opened(self) -> Iterator[Database]:
        database = prepared(self.url, "bench", upgrade=True)
        yield database
        database.close()


@contextmanager
def places(folder: Path) -> Iterator[list[Place]]:
    """An empty database of each kind that is installed."""
    path = folder / "lssc.db"
    found = [Place("sqlite", f"sqlite:///{path}", lambda script: _in_sqlite(path, script))]
    if postgresql.INSTALLED is None:
        yield found
        return
    with postgresql.server(fast=False) as server:
        url = postgresql.url(server, "postgres")
        yield [*found, Place("postgresql", url, lambda script: postgresql.run(server, script))]


def _in_sqlite(path: Path, script: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


def fill(place: Place, first: int, last: int) -> None:
    """Candidates by their ids, each with an address and with reminders that were sent before; and the statistics."""
    prepared(place.url, "bench", upgrade=True).close()
    born = BORN if place.kind == "sqlite" else f"CAST({BORN} AS TIMESTAMPTZ)"
    numbers = (
        f"(WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n) AS n"
    )
    words = {
        "born": born,
        "first": first,
        "numbers": numbers,
        "admitted": place.day(f"'{FIRST}'", f"i / 12 * 463 % {DAYS} - {DAYS}"),
        "deadline": place.day(f"'{FIRST}'", f"i / 12 * 463 % {DAYS}"),
        "next_due": place.day(f"'{FIRST}'", f"i / 12 * 611 % {DAYS} - 400"),
        "touched_on": place.day(f"'{FIRST}'", f"i / 12 * 197 % {DAYS} - {DAYS}"),
        "before": place.day("deadline", f"-{DAYS}"),
        "zones": " ".join(f"WHEN {number} THEN '{zone}'" for number, zone in enumerate(ZONES)),
    }
    script = "; ".join(each.format_map(words) for each in (PEOPLE, ADDRESSES, CANDIDACIES, SENT))
    place.run(f"{UNCHECKED[place.kind]}; BEGIN; {script}; COMMIT")
    place.run("VACUUM ANALYZE" if place.kind == "postgresql" else "ANALYZE")
