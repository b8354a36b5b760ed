"""The whole program with Slack as its channel, in front of the stand-in: real SDK, real HTTP, real WebSocket."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web

from bot.app import App, build
from bot.channels.channel import Pace
from bot.channels.slack.opening import Parts
from bot.channels.slack.opening import assembled as parts_of
from bot.channels.slack.socket import ConnectionLost
from bot.delivery import Delivery
from bot.knowing import Knowing
from bot.parts import Vendor
from bot.settings import Settings
from bot.values import Place
from faq.knowledge import Knowledge
from tests.vendors.slack import APP_TOKEN, BOT_TOKEN, SECRET, Slack
from tests.vendors.slack_sender import Report

PING = 1.0
AT_ONCE = Pace()
STAFF = (Place("slack", "USTAFFKIM"),)


@dataclass(frozen=True)
class Office:
    """A running program; `slack` is the workspace that it is in."""

    slack: Slack
    app: App
    parts: Parts
    routes_url: str
    task: "asyncio.Task[None]"

    async def quiet(self, *reports: Report) -> None:
        """Until these things were taken in or given up, and all that follows was shown."""
        for report in reports or self.slack.sender.reports:
            await asyncio.wait_for(report.over.wait(), 30)
        await self.app.delivery.settled()
        await self.parts.afterwards.finished()

    def told(self, user: str) -> list[str]:
        """The text of each message that somebody got, as notifications say it."""
        return [message.body["text"] for message in self.slack.seen_by(user)]


def with_slack(settings: Settings, slack_url: str, mode: str) -> Settings:
    """The settings for the stand-in; `mode` is `socket` or `events`."""
    chosen = replace(settings, slack_bot_token=BOT_TOKEN, slack_api_url=slack_url, staff=STAFF)
    return replace(chosen, **{"slack_app_token": APP_TOKEN} if mode == "socket" else {"slack_signing_secret": SECRET})


@asynccontextmanager
async def running(
    slack: Slack,
    settings: Settings,
    mode: str = "socket",
    *,
    clock: Callable[[], datetime] | None = None,
    knowledge: Knowledge | None = None,
    pace: Pace = AT_ONCE,
) -> AsyncIterator[Office]:
    chosen = with_slack(settings, slack.url, mode)
    app = assembled(chosen, clock, knowledge)
    parts = parts_of(chosen, app, pace, PING)
    app.delivery.join(parts.vendor.channel)
    async with AsyncExitStack() as closing:
        closing.push_async_callback(parts.vendor.close)
        closing.push_async_callback(app.close)
        sweeping = asyncio.create_task(app.delivery.run())
        closing.callback(sweeping.cancel)
        url = await closing.enter_async_context(serving(slack, parts.vendor))
        task = await closing.enter_async_context(linked(slack, parts.vendor))
        yield Office(slack, app, parts, url, task)


def assembled(
    settings: Settings, clock: Callable[[], datetime] | None = None, knowledge: Knowledge | None = None
) -> App:
    """The program, which looks for what was left behind ten times a second."""
    app = build(settings, channels={}, clock=clock)
    app = replace(app, delivery=Delivery(app.writer, {}, app.delivery.gave_up, app.delivery.fetch, every=0.1))
    if knowledge is None:
        return app
    knowing = Knowing(lambda: knowledge)
    return replace(app, knowing=knowing, house=replace(app.house, entry=knowing.entry))


@contextmanager
def broken(settings: Settings) -> Iterator[None]:
    """While this lasts, nothing can be put on record."""
    path = settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("ALTER TABLE inbound RENAME TO away")
        try:
            yield
        finally:
            database.execute("ALTER TABLE away RENAME TO inbound")


@asynccontextmanager
async def linked(slack: Slack, vendor: Vendor) -> AsyncIterator["asyncio.Task[None]"]:
    """The part runs, and Slack knows it."""
    assert vendor.part is not None
    running = asyncio.create_task(vendor.part.run())
    if not vendor.routes:
        await asyncio.wait_for(slack.sender.opened.wait(), 10)
    try:
        yield running
    finally:
        await vendor.part.stop()
        with suppress(ConnectionLost):
            await asyncio.wait_for(running, 10)


@asynccontextmanager
async def serving(slack: Slack, vendor: Vendor) -> AsyncIterator[str]:
    """The routes, where there are any, at an address that Slack knows."""
    if not vendor.routes:
        yield ""
        return
    app = web.Application()
    app.add_routes(vendor.routes)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.events_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield slack.events_url
    finally:
        await runner.cleanup()
