"""The page of a shared record over a real server: looks are counted, previews apart, and what is over is no page."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import App
from bot.sharing import PREVIEWS, routes
from storage import additions, applications, candidacies, people, sharing
from storage.database import Work
from tests.bot.test_app import Thinker

House = Callable[..., App]
TOKEN, OVER, ENDED = "a" * 32, "b" * 32, "c" * 32
NASTY = "<script>alert(1)</script>"
PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def written(work: Work) -> None:
    ann = people.add(work, "email", "ann@example.org")
    number = applications.add(work, ann.person_id, "ABCDEF", json.dumps({"Name": "Hollis Quimby"}), 35000)
    mine = candidacies.add(work, ann.person_id, number, date(2025, 11, 23), date(2029, 11, 23), "active")
    additions.add(work, mine, NASTY)
    additions.add(work, mine, "https://example.org/talk")
    additions.add(work, mine, "javascript:alert(1)")
    later = work.now + timedelta(days=3)
    sharing.add(work, mine, TOKEN, "Dana & Co", ["additions"], later)
    sharing.add(work, mine, OVER, "Dana", ["additions"], work.now - timedelta(days=1))
    sharing.end(work, sharing.add(work, mine, ENDED, "Dana", ["additions"], later).id)


def visited(house: House, visit: Callable[[Any], Awaitable[Any]]) -> tuple[Any, sharing.Views]:
    async def whole() -> Any:
        app = house(Thinker())
        application = web.Application()
        application.add_routes(routes(app))
        await app.writer.work(written)
        async with TestClient(TestServer(application)) as client:
            found = await visit(client)
        views = await app.writer.work(lambda work: sharing.views(work, 1))
        await app.close()
        return found, views.get(1, sharing.Views())

    result: tuple[Any, sharing.Views] = asyncio.run(whole())
    return result


def test_a_person_sees_the_chosen_part_and_is_counted(house: House) -> None:
    async def visit(client: Any) -> Any:
        page = await client.get(f"/record/{TOKEN}", headers=PERSON)
        return page.status, await page.text(), page.headers

    (status, shown, headers), views = visited(house, visit)
    assert (status, views.people, views.previews) == (200, 1, 0)
    assert ("Hollis" in shown, "<script" in shown, 'href="javascript' in shown) == (False, False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "Shared with Dana &amp; Co." in shown
    assert '<a href="https://example.org/talk" rel="noopener noreferrer nofollow">' in shown
    assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")


PROGRAMS = (
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1",
    "WhatsApp/2.23.20.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1)",
)


def test_programs_and_a_look_at_the_head_are_counted_apart_and_see_nothing(house: House) -> None:
    async def visit(client: Any) -> Any:
        pages = [await client.get(f"/record/{TOKEN}", headers={"User-Agent": each}) for each in PROGRAMS]
        head = await client.head(f"/record/{TOKEN}", headers=PERSON)
        fetched = await client.get(f"/record/{TOKEN}", headers=PERSON | {"Sec-Purpose": "prefetch"})
        return (
            head.status,
            {("Dana" in text, "alert" in text) for text in [await each.text() for each in pages]},
            fetched,
        )

    (status, shown, _), views = visited(house, visit)
    assert (status, shown) == (200, {(False, False)})
    assert (views.people, views.previews) == (0, len(PROGRAMS) + 2)


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
        "Lynx/2.9.0dev.10 libwww-FM/2.14",
    ],
)
def test_a_persons_browser_is_no_program(agent: str) -> None:
    assert PREVIEWS.search(agent) is None


def test_unknown_over_and_ended_links_give_one_and_the_same_page(house: House) -> None:
    tokens = ("unknown", OVER, ENDED, "x" * 500, "%00", "ü")

    async def visit(client: Any) -> Any:
        pages = [await client.get(f"/record/{each}", headers=PERSON) for each in tokens]
        return {(each.status, await each.text(), str(each.headers["Referrer-Policy"])) for each in pages}

    found, views = visited(house, visit)
    assert ([status for status, _, _ in found], views.people) == ([404], 0)
