"""The program's own data files, read once, and the rules as they stand."""

from datetime import date
from importlib import resources

import pytest

from flows.program import competencies as competency_sets
from flows.program import policy as policies
from flows.program.competencies import Competencies
from flows.program.policy import Policy
from flows.program.rules import Rules

DATA = resources.files("flows.program")


@pytest.fixture(scope="session")
def policy_text() -> str:
    return (DATA / "policy.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def policy(policy_text: str) -> Policy:
    return policies.load(policy_text)


@pytest.fixture(scope="session")
def rules(policy: Policy) -> Rules:
    return policy.on(date(2011, 3, 1))


@pytest.fixture(scope="session")
def all_on(policy_text: str) -> Rules:
    """The rules with every later policy switched on."""
    return policies.load(policy_text.replace("\non = false", "\non = true")).on(date(2011, 3, 1))


@pytest.fixture(scope="session")
def competencies_text() -> str:
    return (DATA / "competencies.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def competencies(competencies_text: str) -> Competencies:
    return competency_sets.load(competencies_text)
