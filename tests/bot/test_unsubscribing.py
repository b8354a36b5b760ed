"""The page behind "unsubscribe": looking changes nothing, the button or one click of a mail program does."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import App
from bot.channels.email.composing.letterhead import letterhead
from bot.channels.email.composing.mail import compose
from bot.channels.email.return_paths import ReturnPaths
from bot.channels.email.tokens import Token
from bot.delivery import reference
from bot.unsubscribing import routes
from handlers import letters, reporting
from handlers.exchange import Errand
from storage import linking, outbox, people, roles, unwanted
from storage.database import Work
from tests.bot.email.heads import read
from tests.bot.test_app import Thinker

House = Callable[..., App]
PATHS = ReturnPaths("lssc", "example.org", b"k" * 32, "https://lssc.example.org")


def visited(house: House, visit: Callable[[Any, App, str], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        app = house(Thinker())
        application = web.Application()
        application.add_routes(routes(app, lambda: PATHS))
        token = await app.writer.work(written)
        path = PATHS.unsubscribe("reminders", token)[1].removeprefix("https://lssc.example.org")
        async with TestClient(TestServer(application)) as client:
            found = await visit(client, app, path)
        await app.close()
        return found

    return asyncio.run(whole())


def written(work: Work) -> Token:
    ann = people.add(work, "email", "ann@example.org")
    outbox.add(work, ann.address_id, "{}")
    return Token(ann.address_id, outbox.recent(work, ann.address_id, 1)[0][0])


async def stopped(app: App) -> frozenset[str]:
    return await app.writer.work(lambda work: unwanted.kinds(work, 1))


def test_looking_changes_nothing_and_the_button_does(house: House) -> None:
    async def visit(client: Any, app: App, path: str) -> Any:
        page = await client.get(path)
        shown = await page.text()
        before = await stopped(app)
        done = await client.post(path)
        again = await client.post(path, data={"List-Unsubscribe": "One-Click"})
        return page.status, "<button" in shown, before, await done.text(), await stopped(app), await again.text()

    status, button, before, told, after, again = visited(house, visit)
    assert (status, button, before, after) == (200, True, frozenset(), {"reminders"})
    assert "You get no more reminders of what is not finished." in told
    assert "You get no reminders of what is not finished as it is." in again


def test_a_link_that_is_not_ours_stops_nothing(house: House) -> None:
    async def visit(client: Any, app: App, path: str) -> Any:
        strange = (path[:-1] + "!", path.replace("reminders", "webinars"), "/unsubscribe/reminders/" + "a" * 5000)
        answers = [await client.post(each) for each in strange]
        return [each.status for each in answers], await stopped(app)

    assert visited(house, visit) == ([404, 404, 404], frozenset())


def test_a_link_to_an_address_that_left_the_record_stops_nothing(house: House) -> None:
    async def visit(client: Any, app: App, path: str) -> Any:
        await app.writer.work(lambda work: linking.part(work, 1))
        answer = await client.post(path)
        return answer.status, "not on record any more" in await answer.text(), await stopped(app)

    assert visited(house, visit) == (200, True, frozenset())


MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # the office's opening


def test_one_click_in_the_mail_of_the_weekly_report_stops_it(house: House) -> None:
    async def visit(client: Any, app: App, _path: str) -> Any:
        await app.writer.work(reader)
        first = await sent(app, MONDAY)
        path = str(first["List-Unsubscribe"]).rpartition("<https://lssc.example.org")[2].rstrip(">")
        page = await (await client.get(path)).text()
        second = await sent(app, MONDAY + timedelta(days=7))
        click = await client.post(path, data=dict([str(first["List-Unsubscribe-Post"]).split("=")]))
        third = await sent(app, MONDAY + timedelta(days=14))
        return first, page, second, await click.text(), third

    first, page, second, told, third = visited(house, visit)
    assert str(first["Subject"]).startswith("LSSC: the week from ")
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert ("No more weekly reports by mail?" in page, "<button" in page) == (True, True)
    assert second is not None  # to look at the page stops nothing
    assert "You get no more weekly reports by mail; “report” gives it at any time. “start reports” brings them" in told
    assert third is None


def reader(work: Work) -> None:
    mia = people.add(work, "email", "mia@office.org")
    roles.give(work, mia.person_id, "officer", "test")


async def sent(app: App, now: datetime) -> EmailMessage | None:
    """The report of that day as a mail program gets it; None where it is not sent."""

    def send(errand: Errand) -> list[outbox.Letter]:
        at_that_time = replace(errand, work=replace(errand.work, now=now))
        reporting.send(at_that_time)
        for each in at_that_time.posted:
            outbox.sent(errand.work, each)
        return list(at_that_time.posted)

    posted = await app.errand(send)
    paper = letterhead("lssc@example.org", "", lambda: PATHS.key, PATHS.public_url)
    mails = [compose(paper, each.address, letters.decode(each.body), reference(each), now) for each in posted]
    return read(mails[0]) if mails else None
