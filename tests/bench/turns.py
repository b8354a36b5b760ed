"""Benches of the durable turn: against aiogram's memory, bare sqlite3, PostgreSQL, and with many people on record."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import App, build
from bot.channels.channel import Whole
from bot.settings import Settings, read
from flows.dialog.speech import Inbound, Outbound
from handlers.hearing import House, hear
from storage import conversations, people
from tests.bench import rivals

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
ANSWERS = ("1", "1, 2", "4", "1", "2")
PEOPLE = 24
FACTS = '{"today": "2026-11-22", "known": {}}'
number = itertools.count(1)


def update(chat: int, words: str) -> dict[str, Any]:
    """A message as Telegram sends it."""
    count = next(number)
    who = {"id": chat, "is_bot": False, "first_name": "Ann"}
    message = {
        "message_id": count,
        "date": 1700000000,
        "chat": {"id": chat, "type": "private"},
        "from": who,
        "text": words,
    }
    return {"update_id": count, "message": message}


def inbound(event: dict[str, Any]) -> Inbound:
    message = event["message"]
    return Inbound(str(event["update_id"]), "telegram", str(message["chat"]["id"]), message["text"])


class Quiet(Whole):
    """A channel that takes everything."""

    name = "telegram"

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        return ""


@contextmanager
def house(url: str, *, delivering: bool) -> Iterator[tuple[App, asyncio.Runner]]:
    channels = {"telegram": Quiet()} if delivering else {}
    app = build(Settings(database_url=url, cache_dir=read().cache_dir), channels=channels, clock=lambda: NOW)
    with asyncio.Runner() as runner:
        yield app, runner
        runner.run(app.close())


def seat(app: App, count: int) -> list[int]:
    """New people, each with the form of five questions open."""
    chats = [next(number) for _ in range(count)]
    with app.house.database.work(NOW) as work:
        for chat in chats:
            speaker = people.add(work, "telegram", str(chat))
            conversations.open_(work, speaker.person_id, "survey", FACTS)
    return chats


def through_app(app: App, runner: asyncio.Runner) -> Callable[[int], int]:
    """Event to Inbound, lane, executor, engine, storage and commit."""
    waiting: list[list[int]] = []

    async def round_(chats: list[int]) -> None:
        for chat in chats:
            for words in ANSWERS:
                await app.hear(inbound(update(chat, words)))
        await app.delivery.settled()

    def run(_: int) -> int:
        runner.run(round_(waiting.pop() if waiting else seat(app, PEOPLE)))
        return PEOPLE * len(ANSWERS)

    waiting.extend(seat(app, PEOPLE) for _ in range(40))
    return run


def through_hear(place: House, seats: Callable[[], list[int]]) -> Callable[[int], int]:
    """Engine and storage alone, in this thread."""
    waiting = [seats() for _ in range(40)]

    def run(_: int) -> int:
        for chat in waiting.pop():
            for words in ANSWERS:
                hear(place, inbound(update(chat, words)), NOW)
        return PEOPLE * len(ANSWERS)

    return run


def through_aiogram() -> Callable[[int], int]:
    bot, dispatcher = rivals.aiogram_form()
    runner = asyncio.Runner()

    async def seated(chats: list[int]) -> None:
        for chat in chats:
            await dispatcher.fsm.get_context(bot, chat, chat).set_state(rivals.Questions.one)

    async def round_(chats: list[int]) -> None:
        for chat in chats:
            for words in ANSWERS:
                await dispatcher.feed_raw_update(bot, update(chat, words))

    waiting = [[next(number) for _ in range(PEOPLE)] for _ in range(40)]
    for chats in waiting:
        runner.run(seated(chats))

    def run(_: int) -> int:
        runner.run(round_(waiting.pop()))
        return PEOPLE * len(ANSWERS)

    return run


def through_sqlite3(path: Path) -> Callable[[int], int]:
    bare = rivals.BareTurns(path)
    waiting = [[next(number) for _ in range(PEOPLE)] for _ in range(40)]
    for chat in itertools.chain.from_iterable(waiting):
        bare.add(chat)

    def run(_: int) -> int:
        for chat in waiting.pop():
            for words in ANSWERS:
                event = update(chat, words)
                bare.turn(str(event["update_id"]), chat, words)
        return PEOPLE * len(ANSWERS)

    return run


def crowd(app: App, count: int) -> None:
    """People on record who have come and gone."""
    with app.house.database.work(NOW) as work:
        for _ in range(count):
            speaker = people.add(work, "telegram", str(next(number)))
            conversation = conversations.open_(work, speaker.person_id, "survey", FACTS)
            conversations.put(work, conversation, {"heard": "1"}, "telegram")
