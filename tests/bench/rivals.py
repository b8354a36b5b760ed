"""What the durable turn is measured against: aiogram's in-memory FSM, and a bare sqlite3 turn."""

import sqlite3
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import TelegramMethod
from aiogram.types import Message

SENT = (
    '{"ok": true, "result": {"message_id": 1, "date": 1700000000, "text": "And the next question?",'
    ' "chat": {"id": 1, "type": "private", "first_name": "Ann"},'
    ' "from": {"id": 2, "is_bot": true, "first_name": "LSSC", "username": "lssc_bot"}}}'
)


class Questions(StatesGroup):
    """A form of five questions."""

    one, two, three, four, five = State(), State(), State(), State(), State()


class NoNetwork(AiohttpSession):
    """Does all that a call to Telegram takes, but for the bytes on the wire."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        self.build_form_data(bot, method)
        return self.check_response(bot, method, 200, SENT).result


def aiogram_form() -> tuple[Bot, Dispatcher]:
    """A bot with the five questions; the last answer ends the form."""
    router = Router()
    states = [Questions.one, Questions.two, Questions.three, Questions.four, Questions.five]
    for number, state in enumerate(states):
        router.message(state)(_step(number, states))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    return Bot("1:a", session=NoNetwork()), dispatcher


def _step(number: int, states: list[State]) -> Any:
    async def step(message: Message, state: FSMContext) -> None:
        await state.update_data({str(number): message.text})
        if number + 1 < len(states):
            await state.set_state(states[number + 1])
            await message.answer("And the next question?")
        else:
            await state.clear()
            await message.answer("Thank you.")

    return step


class BareTurns:
    """A turn of the least a durable assistant must do, in plain sqlite3: five statements and one commit."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(
            """PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;
            CREATE TABLE heard (id TEXT PRIMARY KEY);
            CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE conversation
                (id INTEGER PRIMARY KEY, person INTEGER REFERENCES person, answers TEXT, version INT);
            CREATE TABLE outbox (id INTEGER PRIMARY KEY, person INTEGER REFERENCES person, body TEXT, state TEXT);"""
        )

    def add(self, person: int) -> None:
        self.db.execute("INSERT INTO person VALUES (?, 'Ann')", (person,))
        self.db.execute("INSERT INTO conversation VALUES (?, ?, '{}', 0)", (person, person))

    def turn(self, message: str, person: int, words: str) -> None:
        run = self.db.execute
        run("BEGIN IMMEDIATE")
        run("INSERT INTO heard VALUES (?) ON CONFLICT DO NOTHING", (message,))
        _, answers, version = run(
            "SELECT id, answers, version FROM conversation WHERE person = ?", (person,)
        ).fetchone()
        run("SELECT name FROM person WHERE id = ?", (person,)).fetchone()
        run(
            "UPDATE conversation SET answers = ?, version = version + 1 WHERE id = ? AND version = ?",
            (answers[:200] + words, person, version),
        )
        run("INSERT INTO outbox (person, body, state) VALUES (?, 'And the next question?', 'waiting')", (person,))
        run("INSERT INTO outbox (person, body, state) VALUES (?, 'A second line.', 'waiting')", (person,))
        run("COMMIT")
