"""A house that talks through the stand-in, and a knowledge base that does as the words say."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.app import App
from bot.channels.channel import Pace
from bot.channels.telegram.assembly import closed
from bot.channels.telegram.channel import Telegram as Sender
from bot.channels.telegram.ear import Ear
from bot.channels.telegram.polling import Polling
from bot.clock import now
from faq.knowledge import Answer, Reply
from tests.bot.telegram.bots import sender
from tests.bot.telegram.medium import running
from tests.vendors.telegram import Telegram
from tests.vendors.telegram_people import Person

House = Callable[..., App]
EXAM = Answer("exam", "Whether there is an exam", "No, there is no exam.", "LSSC candidate FAQ, 2010", None)
COST = Answer("fee", "What it costs", "The fee is $350.", "LSSC candidate FAQ, 2010", "fees")
LONG = Answer(
    "a-name-that-is-much-too-long-to-be-carried-by-a-button-of-telegrams", "Long", "Long.", "Book, 2010", None
)
ENTRIES = {each.id: each for each in (EXAM, COST, LONG)}


@dataclass
class Thinker:
    """`boom` fails, `disk` fails for a reason of the world, `slow` takes half a second."""

    asked: list[str] = field(default_factory=list)

    def think(self, text: str) -> Reply:
        self.asked.append(text)
        if text == "boom":
            raise RuntimeError("a fault of ours")
        if text == "disk":
            raise OSError(28, "No space left on device")
        if text == "slow":
            time.sleep(0.5)  # on a thread of its own, as thinking is
        if text == "exam or fee":
            return Reply(text, "suggest", (), (EXAM, COST), 0.4)
        found = EXAM if "exam" in text else COST if "cost" in text else None
        return Reply(text, "answer", (found,), (), 0.95) if found else Reply(text, "unknown", (), (), 0.0)

    def entry(self, entry_id: str) -> Answer | None:
        return ENTRIES.get(entry_id)


@dataclass
class Talk:
    """What a test has at hand."""

    telegram: Telegram
    app: App
    sender: Sender
    ear: Ear
    ann: Person
    thinker: Thinker

    async def done(self, number: int) -> None:
        """The update was acted on and confirmed, and everything it led to was sent."""
        await self.telegram.confirmed(number)
        await self.app.delivery.settled()
        await self.ear.settled()

    async def shows(self, chat: int, count: int, within: float = 60) -> list[str]:
        """The last lines of so many messages to a chat, once they are there."""
        async with asyncio.timeout(within), self.telegram.changed:
            await self.telegram.changed.wait_for(lambda: len(self.telegram.to(chat)) >= count)
        return [shown.told.splitlines()[-1] for shown in self.telegram.to(chat)]

    async def says(self, text: str, who: Person | None = None) -> str:
        """What the person is told."""
        who = who or self.ann
        await self.done(await who.says(text))
        return self.told(who)

    def told(self, who: Person | None = None) -> str:
        there = self.telegram.to((who or self.ann).here.id)
        return there[-1].told if there else ""

    def rows(self, table: str) -> list[dict[str, Any]]:
        from tests.handlers.acting import Rows

        return Rows(self.app.house.database)(table)


@asynccontextmanager
async def polled(
    house: House, pace: Pace | None = None, *, patience: float = 0.7, lease: float = 20.0, **options: Any
) -> AsyncIterator[Talk]:
    """A house that polls, with real pauses only when a pace is given."""
    async with Telegram(**({"limits": pace is not None} | options)).serving() as telegram:
        thinker, sent_by = Thinker(), sender(telegram, pace or Pace())
        app = house(thinker, clock=now, telegram=sent_by)
        ear = Ear(app, sent_by.bot, patience)
        part = Polling(sent_by.bot, ear, app.writer, lease=timedelta(seconds=lease), wait=5)
        sweeping = asyncio.create_task(app.delivery.run())
        async with running(part):
            yield Talk(telegram, app, sent_by, ear, Person(telegram), thinker)
        await app.close()
        await sweeping
        await closed(sent_by)


def played(house: House, scene: Callable[[Talk], Coroutine[Any, Any, Any]], **options: Any) -> Any:
    async def whole() -> Any:
        async with polled(house, **options) as talk:
            return await scene(talk)

    return asyncio.run(whole())
