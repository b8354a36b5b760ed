"""The page behind "unsubscribe": looking changes nothing, the button or one click of a mail program does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import App
from bot.channels.email.return_paths import ReturnPaths
from bot.channels.email.tokens import Token
from bot.unsubscribing import routes
from storage import linking, outbox, people, unwanted
from storage.database import Work
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
