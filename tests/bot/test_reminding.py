"""Reminders in the service: many at once, a fault of one is nobody else's, and all of them go out soon."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from bot import reminding
from bot.app import App
from flows.dialog.speech import Outbound
from handlers.exchange import Errand
from handlers.reminders import composing
from handlers.reminders.composing import Matter, Told
from storage import candidacies, desk, people
from tests.bot.edge import ListChannel, played

House = Callable[..., App]
NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
LAST = date(2027, 2, 23)
FIFTY = 50


class Counting(ListChannel):
    """Says when fifty messages have gone."""

    def __init__(self) -> None:
        super().__init__()
        self.all_there = asyncio.Event()

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        name = await super().send(address, message, reference, edits)
        if len(self.sent) == FIFTY:
            self.all_there.set()
        return name


def crowd(app: App, many: int, first: int = 0) -> None:
    """Candidates whose four years end in three months."""
    with app.house.database.work(app.clock()) as work:
        for number in range(first, first + many):
            person_id = people.add(work, "email", f"{number}@example.org").person_id
            people.set_time_zone(work, person_id, "America/Chicago")
            candidacies.add(work, person_id, None, date(2023, 2, 23), LAST, "active")


async def tick(app: App) -> int:
    await reminding.Planner()(app)
    return await reminding.release(app)


def test_a_fault_with_one_of_many_keeps_back_nobody_else(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = composing.COMPOSE["four-years"]

    def fails(errand: Errand, of: Matter) -> Told | None:
        if people.addresses(errand.work, of.person_id)[0].address == "2@example.org":
            raise ZeroDivisionError
        return usual(errand, of)

    monkeypatch.setattr(composing, "COMPOSE", {**composing.COMPOSE, "four-years": fails})
    channel = ListChannel()
    app = house(now=NOON, email=channel)
    crowd(app, 5)

    async def scene() -> tuple[int, int]:
        first, again = await tick(app), await tick(app)
        await app.delivery.drain()
        return first, again

    assert played(app, scene) == (4, 0)
    assert sorted(to for to, _ in channel.sent) == [f"{number}@example.org" for number in (0, 1, 3, 4)]
    with app.house.database.work(NOON) as work:
        assert [each.kind for each in desk.open_items(work)] == ["script error"]


def test_many_go_out_without_waiting_for_the_next_look(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The delivery looks every few seconds; as long as there is more than it has room for, it looks at once."""
    monkeypatch.setattr(reminding, "TOGETHER", 7)
    channel = Counting()
    app = house(now=NOON, email=channel)
    crowd(app, FIFTY)
    app.delivery._every = 1000.0

    async def scene() -> int:
        running = asyncio.create_task(app.delivery.run())
        await asyncio.sleep(0.05)  # it has looked, and waits
        sent = await tick(app)
        await asyncio.wait_for(channel.all_there.wait(), 20)
        await app.delivery.stop()
        await running
        return sent

    assert played(app, scene) == FIFTY
    assert len({to for to, _ in channel.sent}) == 50


def test_what_is_asked_of_the_database_does_not_grow_with_the_people(house: House) -> None:
    """But for the message of each and what it offers."""
    app = house(now=NOON, email=ListChannel())

    async def scene() -> tuple[int, int]:
        crowd(app, 10)
        few = await _statements(app)
        crowd(app, 40, first=10)
        return few, await _statements(app)

    few, more = played(app, scene)
    assert more - few <= 2 * 30


async def _statements(app: App) -> int:
    """How many statements it takes to send what is planned."""
    await reminding.Planner()(app)
    await app.delivery.settled()
    told: list[str] = []
    await app.errand(lambda errand: _driver(errand).set_trace_callback(told.append))
    try:
        assert await reminding.release(app) > 0
    finally:
        await app.errand(lambda errand: _driver(errand).set_trace_callback(None))
    return len(told)


def _driver(errand: Errand) -> sqlite3.Connection:
    found: sqlite3.Connection | None = errand.work.connection.connection.dbapi_connection  # type: ignore[assignment]
    assert found is not None
    return found
