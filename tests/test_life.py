"""A short form of `make simulate-life`: nobody's reminder is at fault, and what is broken on purpose is found."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from handlers.reminders import moot
from handlers.reminders.manners import Manners
from tests.life import __main__ as simulation
from tests.life.life import Life

EVERY = timedelta(days=10)
FIRST_MONTHS, TO_THE_END = timedelta(days=130), timedelta(days=4 * 365 + 60)
MANY = (
    "Emil Frost", "Paul Marsh", "Yara Moon", "Fay Wren", "Sam Thorn", "Rita Lark", "Eva Crane", "Fred Dove", "Gina Swift",
)  # fmt: skip


def lived(days: timedelta, names: Sequence[str]) -> Life:
    return simulation.lived(days, EVERY, names)


@pytest.mark.parametrize(
    ("days", "names", "least"),
    [
        (FIRST_MONTHS, MANY, 15),
        (TO_THE_END, ("Leilani Kealoha", "Hilda Moss"), 12),
    ],
)
def test_every_reminder_comes_at_its_time(days: timedelta, names: tuple[str, ...], least: int) -> None:
    life = lived(days, names)
    assert (life.checks.faults, life.checks.at_night) == ([], [])
    assert len(life.checks.sent) >= least
    assert set(life.diaries) == set(names)


def faults(names: Sequence[str]) -> str:
    return "\n".join(lived(FIRST_MONTHS, names).checks.faults)


def test_a_program_that_knows_no_night_no_weekend_and_no_day_of_rest_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Manners, "until", lambda _self, _rule: None)
    found = faults(["Paul Marsh", "Rita Lark", "Fred Dove", "Gina Swift"])
    assert "at night" in found
    assert "on a Sunday" in found


def test_a_program_that_does_not_look_again_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moot, "holds", lambda *_: True)
    assert "set-returned 0 of 2027-01-02 came although that is over" in faults(["Yara Moon"])


def test_a_program_that_remembers_no_wish_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Manners, "wants", lambda _self, rule: rule.name != "address-unconfirmed")
    assert "address-unconfirmed 0 (2 days after 2026-11-23) never came" in faults(["Paul Marsh"])
