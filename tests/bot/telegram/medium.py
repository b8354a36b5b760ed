"""Transcripts through Telegram's form: real HTTP, the real library, and the stand-in of the vendor."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import web

from bot.app import App
from bot.channels.channel import Channel, Pace
from bot.channels.telegram.assembly import closed
from bot.channels.telegram.channel import Telegram as Sender
from bot.channels.telegram.ear import Ear
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.webhook import Webhook
from bot.parts import Part
from tests.bot.telegram.bots import sender
from tests.conversations.transcripts import Step
from tests.vendors.telegram import Shown, Telegram
from tests.vendors.telegram_people import CONTENTS, Person, label_fits

SECRET = "a-secret_of-the-webhook"


@dataclass
class TelegramMedium:
    """Ann in her private chat; `webhook`: updates are brought, not asked for."""

    webhook: bool = False
    telegram: Telegram = field(default_factory=lambda: Telegram(limits=False))

    @asynccontextmanager
    async def present(self) -> AsyncIterator[None]:
        async with self.telegram.serving():
            self.ann = Person(self.telegram)
            yield

    def channels(self) -> Mapping[str, Channel]:
        self.sender = sender(self.telegram, Pace())
        return {"telegram": self.sender}

    @asynccontextmanager
    async def listening(self, app: App) -> AsyncIterator[None]:
        async with (webhook if self.webhook else polling)(app, self.sender):
            yield

    async def does(self, _app: App, step: Step) -> None:
        await self.telegram.confirmed(await self.done(step))

    async def shown(self, app: App, doing: Awaitable[object]) -> list[str]:
        before = len(self.telegram.shown)
        await doing
        await app.delivery.drain()
        return [line for message in self.telegram.shown[before:] for line in lines(message)]

    async def done(self, step: Step) -> int:
        """The person says, sends or presses something; the number of the update."""
        if step.button is not None:
            label, words = step.button.groups()
            return await self.ann.presses(self.with_button(label, words or ""), label)
        if step.sent is None:
            return await self.ann.says(step.said)
        kind, words = step.sent.groups()
        return await (self.ann.edits(words) if kind == "edit" else self.ann.sends(words, **CONTENTS[kind]))

    def with_button(self, label: str, words: str) -> Shown:
        for message in reversed(self.telegram.shown):
            if words in message.told and any(label_fits(each["text"], label) for each in message.buttons):
                return message
        raise LookupError(label)


def lines(message: Shown) -> list[str]:
    """What a person sees, with the buttons as numbered choices."""
    told, labels = message.told.splitlines(), [each["text"] for each in message.buttons]
    told = [each for each in told if not each.startswith("Calendar file")]  # the caption of a file that comes apart
    if not labels or not labels[0].startswith("1. "):
        return [*told, *(f" {number}. {each}" for number, each in enumerate(labels, start=1))]
    said = "\n".join(told[: -len(labels)]).rstrip("\n")  # the labels stand whole in the text
    return [*said.splitlines(), *(f" {each}" for each in told[-len(labels) :])]


@asynccontextmanager
async def polling(app: App, sent_by: Sender, lease: float = 20.0) -> AsyncIterator[None]:
    part = Polling(sent_by.bot, Ear(app, sent_by.bot), app.writer, lease=timedelta(seconds=lease), wait=5)
    async with running(part):
        yield
    await app.delivery.stop()
    await closed(sent_by)


@asynccontextmanager
async def webhook(app: App, sent_by: Sender) -> AsyncIterator[None]:
    served = web.Application()
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.2)
    port = free_port()
    part = Webhook(sent_by.bot, Ear(app, sent_by.bot), f"http://127.0.0.1:{port}/telegram", SECRET)
    served.add_routes(part.routes())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        async with running(part):
            yield
    finally:
        await runner.cleanup()
    await app.delivery.stop()
    await closed(sent_by)


@asynccontextmanager
async def running(part: Part) -> AsyncIterator[None]:
    task = asyncio.create_task(part.run())
    try:
        yield
    finally:
        await part.stop()
        await asyncio.wait_for(task, 10)


def free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
