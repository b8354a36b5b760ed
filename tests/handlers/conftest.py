"""A house with the real rules and forms, and a knowledge base that knows just two answers."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import flows.program
from flows.program import competencies, policy
from handlers.hearing import House
from storage.database import Database
from tests.handlers.acting import ENTRIES, Person, Rows
from tests.handlers.office import Office

RULES = Path(flows.program.__file__).parent


@pytest.fixture
def house(database: Database) -> House:
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
