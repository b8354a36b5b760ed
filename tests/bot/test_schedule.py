"""A tick takes every step once, never overlaps itself, and its time is kept."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.app import App
from bot.schedule import STEPS, Scheduler, Ticker, table, thoughts
from flows.dialog.speech import Outbound
from handlers.exchange import Errand
from storage import outbox, people
from tests.bot.edge import NOON, ListChannel, Lssc, played

House = Callable[..., App]


def test_a_tick_takes_each_step_and_delivers_what_it_wrote(house: House) -> None:
    channel = ListChannel()
    app = house(email=channel)

    def remind(errand: Errand) -> int:
        errand.post(people.add(errand.work, "email", "a@example.org").address_id, Outbound("Remember"))
        return 1

    async def scene() -> Any:
        ticker = Ticker(app, {"reminders": remind, "nothing": lambda _errand: 0}, {})
        counts = await ticker.tick()
        await app.delivery.settled()
        return counts, ticker.failed, ticker.last is not None

    assert played(app, scene) == ({"reminders": 1, "nothing": 0}, [], True)
    assert channel.sent == [("a@example.org", "Remember")]


def test_a_step_that_fails_holds_up_no_other_and_leaves_nothing_half(house: House) -> None:
    app = house(email=ListChannel())

    def half(errand: Errand) -> int:
        errand.post(people.add(errand.work, "email", "a@example.org").address_id, Outbound("Half"))
        raise ZeroDivisionError

    async def scene() -> Any:
        ticker = Ticker(app, {"half": half, "whole": lambda _errand: 7}, {})
        counts = await ticker.tick()
        with app.house.database.work(NOON) as work:
            waiting = outbox.waiting(work)[0]
        return counts, ticker.failed, ticker.last, waiting

    assert played(app, scene) == ({"whole": 7}, ["half"], None, 0)


def test_a_tick_never_overlaps_itself(house: House) -> None:
    app = house()
    inside: list[int] = []

    def slow(_errand: Errand) -> int:
        import time

        inside.append(1)
        assert len(inside) == 1
        time.sleep(0.02)
        inside.pop()
        return 1

    async def scene() -> list[dict[str, int]]:
        ticker = Ticker(app, {"slow": slow}, {})
        return list(await asyncio.gather(*(ticker.tick() for _ in range(5))))

    assert played(app, scene) == [{"slow": 1}] * 5


def test_the_scheduler_ticks_at_once_forgets_at_once_and_finishes_a_tick_when_it_stops(house: House) -> None:
    app = house()
    done: list[str] = []

    def slow(_errand: Errand) -> int:
        import time

        time.sleep(0.2)
        done.append("done")
        return 1

    async def scene() -> tuple[list[str], bool]:
        ticker = Ticker(app, {"slow": slow}, {})
        scheduler = Scheduler(table(app, ticker))
        running = asyncio.create_task(scheduler.run())
        await asyncio.sleep(0.15)
        await scheduler.stop()
        await asyncio.wait_for(running, 5)
        return done, ticker.last is not None

    assert played(app, scene) == (["done"], True)


def test_every_job_that_has_begun_is_finished_when_the_scheduler_stops(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    async def slow(name: str) -> None:
        await asyncio.sleep(0.1)
        done.append(name)

    async def scene() -> None:
        hour = timedelta(hours=1)
        scheduler = Scheduler([(hour, partial(slow, "first")), (hour, partial(slow, "second"))])
        running = asyncio.create_task(scheduler.run())
        await asyncio.sleep(0.05)
        await scheduler.stop()
        await asyncio.wait_for(running, 5)

    asyncio.run(scene())
    assert (done, caplog.messages) == (["first", "second"], [])


def test_the_command_ticks_once_and_sends_what_waits(lssc: Lssc) -> None:
    result = lssc("tick")
    counts = json.loads(result.stdout)
    assert (result.returncode, result.stderr, counts) == (0, b"", dict.fromkeys((*STEPS, *thoughts()), 0) | {"sent": 0})


def test_the_command_sends_mail_that_was_left_behind(lssc: Lssc) -> None:
    from handlers.letters import encode
    from storage.database import prepared

    database = prepared(f"sqlite:///{lssc.folder}/lssc.db", "a process that died", upgrade=True)
    with database.work(NOON) as work:
        address = people.add(work, "email", "a@example.org").address_id
        for text in ("one", "two"):
            outbox.add(work, address, encode(Outbound(text)))
    database.close()
    result = lssc("tick", "--at", "2026-11-20T13:00-06:00")
    assert (result.returncode, json.loads(result.stdout)["sent"]) == (0, 2)
    assert len(list((lssc.folder / "mail").iterdir())) == 2
    assert json.loads(lssc("tick").stdout)["sent"] == 0


@pytest.mark.parametrize("at", ["tomorrow", "2026-99-01"])
def test_a_time_that_is_none_is_told_in_one_line(lssc: Lssc, at: str) -> None:
    result = lssc("tick", "--at", at)
    told = f"lssc: --at must be an ISO time such as 2026-11-22T09:00-06:00, not '{at}'.\n"
    assert (result.returncode, result.stdout, result.stderr.decode()) == (2, b"", told)


def test_a_vendor_that_cannot_be_opened_is_told_and_its_messages_wait(lssc: Lssc) -> None:
    result = lssc("tick", LSSC_TELEGRAM_TOKEN="no token")  # noqa: S106
    (line,) = [json.loads(each) for each in result.stderr.splitlines()]
    assert (result.returncode, line["event"].startswith("telegram cannot be opened: LSSC_TELEGRAM_TOKEN must be")) == (
        0,
        True,
    )
