"""A house with the real rules and forms, and a knowledge base that knows just two answers."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import flows.program
from flows.program import competencies, policy
from handlers.desk.table import KINDS
from handlers.hearing import House
from storage.database import Database
from tests.handlers.acting import ENTRIES, Person, Rows
from tests.handlers.office import Office
from tests.handlers.world import Someone, World

RULES = Path(flows.program.__file__).parent


@pytest.fixture
def house(database: Database) -> House:
    return furnished(database)


def furnished(database: Database) -> House:
    return House(
        database,
        policy.load((RULES / "policy.toml").read_text()),
        competencies.load((RULES / "competencies.toml").read_text()),
        ENTRIES.get,
        ZoneInfo("America/Chicago"),
    )


@pytest.fixture
def ann(house: House) -> Person:
    return Person(house)


@pytest.fixture
def rows(database: Database) -> Rows:
    return Rows(database)


@pytest.fixture
def office(house: House) -> Office:
    return Office(house)


@pytest.fixture
def world(house: House) -> World:
    """People around the house, whose first officer is `olive`."""
    return World(replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS))


@pytest.fixture
def olive(world: World) -> Someone:
    return world.somebody("slack", "U1", "Olive")
