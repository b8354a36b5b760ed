"""Updates that Telegram brings are believed by their secret, and confirmed once they are acted on."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.channels.channel import Pace
from bot.channels.telegram.webhook import SECRET as HEADER
from bot.clock import now
from tests.bot.telegram.bots import sender
from tests.bot.telegram.medium import SECRET, webhook
from tests.bot.telegram.talk import House, Thinker
from tests.vendors.telegram import Telegram
from tests.vendors.telegram_people import Person

Scene = Callable[[Telegram, Any, Person], Coroutine[Any, Any, Any]]


def played(house: House, scene: Scene) -> Any:
    async def whole() -> Any:
        async with Telegram(limits=False).serving() as telegram:
            sent_by = sender(telegram, Pace())
            app = house(Thinker(), clock=now, telegram=sent_by)
            async with webhook(app, sent_by):
                while not telegram.webhook:  # noqa: ASYNC110 - it is set by another task
                    await asyncio.sleep(0.01)
                found = await scene(telegram, app, Person(telegram))
            await app.close()
            return found

    return asyncio.run(whole())


async def brought(telegram: Telegram, body: bytes, **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(telegram.webhook["url"], data=body, headers=headers) as answer,
    ):
        return answer.status


def test_it_is_set_with_the_secret_and_what_we_want_to_hear_of(house: House) -> None:
    async def scene(telegram: Telegram, app: Any, ann: Person) -> Any:
        return telegram.webhook | {"url": telegram.webhook["url"].rpartition("/")[2]}

    assert played(house, scene) == {
        "url": "telegram",
        "drop_pending_updates": "false",
        "secret_token": SECRET,
        "allowed_updates": '["message", "edited_message", "callback_query", "my_chat_member"]',
    }


@pytest.mark.parametrize("headers", [{}, {HEADER: "wrong"}, {HEADER: SECRET[:-1]}, {HEADER: "ü"}])
def test_who_does_not_know_the_secret_is_not_heard(house: House, headers: dict[str, str]) -> None:
    async def scene(telegram: Telegram, app: Any, ann: Person) -> tuple[int, int]:
        body = b'{"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 77, "type": "private"}}}'
        return await brought(telegram, body, **headers), len(telegram.shown)

    assert played(house, scene) == (403, 0)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"\xff", 400), (b"[]", 200), (b"7", 200), (b'{"update_id": "x"}', 200)],
)
def test_what_is_no_update_is_not_acted_on(house: House, body: bytes, status: int) -> None:
    async def scene(telegram: Telegram, app: Any, ann: Person) -> tuple[int, int]:
        return await brought(telegram, body, **{HEADER: SECRET}), len(telegram.shown)

    assert played(house, scene) == (status, 0)


def test_an_update_that_comes_twice_is_acted_on_once(house: House) -> None:
    async def scene(telegram: Telegram, app: Any, ann: Person) -> int:
        update = {"update_id": 900, "message": ann.message(None, text="menu")}
        for _ in range(2):
            await telegram.put_raw(update)
            await telegram.confirmed(900)
        await app.delivery.settled()
        return len(telegram.shown)

    assert played(house, scene) == 1


def test_what_could_not_be_committed_is_brought_again_until_it_is_left_to_the_desk(house: House) -> None:
    async def scene(telegram: Telegram, app: Any, ann: Person) -> tuple[int, int]:
        number = await ann.says("boom")
        await telegram.confirmed(number)
        await app.delivery.settled()
        return telegram.brought[number], len(telegram.shown)

    assert played(house, scene) == (3, 1)


def test_a_press_is_answered_and_marked(house: House) -> None:
    async def scene(telegram: Telegram, app: Any, ann: Person) -> tuple[str, int]:
        await telegram.confirmed(await ann.says("fees"))
        await app.delivery.settled()
        asked = telegram.shown[-1]
        await telegram.confirmed(await ann.presses(asked, "Yes"))
        await app.delivery.settled()
        async with asyncio.timeout(5):
            while not asked.edits:  # noqa: ASYNC110 - it is marked after the commit
                await asyncio.sleep(0.01)
        return asked.told.splitlines()[-1], len(telegram.answered)

    assert played(house, scene) == ("✓ Yes", 1)
