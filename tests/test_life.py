"""A short form of `make simulate-life`: nobody's reminder is at fault, and what is broken on purpose is found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from flows.program.reminding import Rule
from handlers import local
from handlers.exchange import Errand
from handlers.reminders import moot, planning
from handlers.reminders.manners import Manners
from storage.reminders import reminder
from tests.life import __main__ as simulation
from tests.life.life import Life

EVERY = timedelta(days=40)
FIRST_MONTHS, TO_THE_END = timedelta(days=60), timedelta(days=4 * 365 + 60)
MANY = (
    "Paul Marsh", "Yara Moon", "Rita Lark", "Eva Crane", "Fred Dove", "Gina Swift", "Vera Nash", "Will Orr",
    "Xena Pike", "Zoe Dell",
)  # fmt: skip


def lived(days: timedelta, names: Sequence[str]) -> Life:
    return simulation.lived(days, EVERY, names)


@pytest.mark.parametrize(("days", "names", "least"), [(FIRST_MONTHS, MANY, 24), (TO_THE_END, ("Leilani Kealoha",), 7)])
def test_every_reminder_comes_at_its_time(days: timedelta, names: tuple[str, ...], least: int) -> None:
    life = lived(days, names)
    assert (life.checks.faults, life.checks.out_of_hours) == ([], [])
    assert len(life.checks.sent) >= least
    assert set(life.diaries) == set(names)


Patch = pytest.MonkeyPatch


def no_hours(patch: Patch) -> None:
    patch.setattr(Manners, "until", lambda *_: None)


def no_weekend(patch: Patch) -> None:
    heeded = Manners.until
    patch.setattr(Manners, "until", lambda self, rule, begins: heeded(self, replace(rule, weekdays=False), begins))


def no_rest(patch: Patch) -> None:
    heeded = Manners.until
    patch.setattr(Manners, "until", lambda self, rule, begins: heeded(replace(self, since=None), rule, begins))


def no_second_look(patch: Patch) -> None:
    patch.setattr(moot, "holds", lambda *_: True)


def no_memory(patch: Patch) -> None:
    """What was sent is not on record any more when the next is planned."""
    heeded = planning.plan

    def plan(errand: Errand, of: Rule) -> int:
        errand.work.connection.execute(delete(reminder).where(reminder.c.state == "sent"))
        return heeded(errand, of)

    patch.setattr(planning, "plan", plan)


def no_step(patch: Patch) -> None:
    wanted = Manners.wants
    patch.setattr(Manners, "wants", lambda self, rule: rule.name != "address-unconfirmed" and wanted(self, rule))


def no_clock_of_theirs(patch: Patch) -> None:
    patch.setattr(local, "zone", lambda errand, _person: errand.house.office_zone)
    patch.setattr(local, "clocks", lambda errand, _person: (errand.house.office_zone,))


@pytest.mark.parametrize(
    ("broken", "names", "days", "found"),
    [
        (no_hours, ["Paul Marsh"], 10, "address-unconfirmed 0 at night, Thu 06:00"),
        (no_weekend, ["Rita Lark", "Fred Dove", "Eva Crane"], 30, "review-answer 1 on a Sunday"),
        (no_rest, ["Will Orr"], 30, "webinar 1 came too soon after the one of 16 Dec 2026 08:00"),
        (no_second_look, ["Yara Moon"], 60, "set-returned 0 of 2027-01-02 came although that is over"),
        (no_memory, ["Paul Marsh"], 10, "address-unconfirmed 0 came twice for 2026-11-24"),
        (no_step, ["Paul Marsh"], 20, "address-unconfirmed 0 (2 days after 2026-11-24) never came, or late"),
        (no_clock_of_theirs, ["Zoe Dell"], 60, "webinar 0 at night, Thu 05:30"),
    ],
    ids=lambda each: each.__name__ if callable(each) else "",
)
def test_what_is_broken_on_purpose_is_found(
    broken: Callable[[Patch], None], names: list[str], days: int, found: str, monkeypatch: Patch
) -> None:
    broken(monkeypatch)
    assert found in "\n".join(lived(timedelta(days=days), names).checks.faults)
