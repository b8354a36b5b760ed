"""`make simulate`: plays two years of reviews, prints the figures beside their targets, and fails where one is missed."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import flows.program
from bot.commands.progress import Bar
from flows.program import policy
from handlers.desk.table import KINDS
from handlers.exchange import House
from storage.database import Database, prepared
from tests import postgresql
from tests.handlers.conftest import furnished
from tests.simulation.cast import Plan
from tests.simulation.figures import besides, figures, table
from tests.simulation.years import begun

POLICY = Path(flows.program.__file__).parent / "policy.toml"
BY_OFFICE, BY_ITSELF = "automatic_assignment = { value = false", "automatic_assignment = { value = true"


def main(words: Sequence[str] | None = None) -> int:
    told = _read(words)
    plan = Plan(**{each.name: getattr(told, each.name) for each in fields(Plan)})
    with _database(on_postgresql=told.postgresql) as database:
        years = begun(house(database, automatic=not told.office), plan)
        bar = Bar(begun=f"{plan.submissions} sets in {plan.months} months.", done="Played", last="")
        started = time.perf_counter()
        years.play(bar)
        bar.close()
    found = figures(years)
    print(f"{besides(years)}; {time.perf_counter() - started:.0f} s\n{table(found)}")
    return 0 if all(each.met for each in found) else 1


def house(database: Database, *, automatic: bool = True) -> House:
    """The house with the rules of the program; `automatic`: evaluators are asked without a tap of the office."""
    text = POLICY.read_text()
    rules = policy.load(text.replace(BY_OFFICE, BY_ITSELF) if automatic else text)
    return replace(furnished(database), policy=rules, kinds=KINDS)


def _read(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    for each in fields(Plan):
        parser.add_argument(f"--{each.name}", type=int, default=each.default)
    parser.add_argument("--office", action="store_true", help="the office asks the first evaluators, the day after")
    parser.add_argument("--postgresql", action="store_true", help="on a private PostgreSQL server, not on SQLite")
    return parser.parse_args(words)


@contextmanager
def _database(*, on_postgresql: bool) -> Iterator[Database]:
    if on_postgresql:
        with postgresql.server() as folder:
            postgresql.run(folder, "CREATE DATABASE simulation TEMPLATE template0")
            yield from _opened(postgresql.url(folder, "simulation"))
    else:
        with tempfile.TemporaryDirectory() as folder_:
            yield from _opened(f"sqlite:///{folder_}/lssc.db")


def _opened(url: str) -> Iterator[Database]:
    database = prepared(url, "simulation", upgrade=True)
    try:
        yield database
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main())
