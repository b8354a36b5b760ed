"""The facts of a conversation that opens on a fixed day."""

from datetime import date
from importlib import resources

import pytest

from flows.facts import Facts
from flows.program import policy


@pytest.fixture(scope="session")
def facts() -> Facts:
    text = (resources.files("flows.program") / "policy.toml").read_text(encoding="utf-8")
    day = date(2026, 11, 22)
    return Facts(day, policy.load(text).on(day))
