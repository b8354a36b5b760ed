"""From six sets to the public check page over a real HTTP server: mail with the document, then what the page tells."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pypdf import PdfReader

from bot.app import App
from bot.checking import routes
from bot.pages import HEADERS
from flows.program import policy
from flows.program.certificates import in_groups
from handlers import crediting, roles
from handlers.desk import acting
from handlers.exchange import Errand
from storage import candidacies, certificates, desk, people
from tests.bot.test_delivering_drawings import Gallery
from tests.handlers.conftest import RULES
from tests.handlers.test_renewing import OPTIONAL

House = Callable[..., App]
URL = "https://lssc.example"
OFFICE = roles.at_the_keyboard("mk")
SETS = ("foundations", "technology", "communication", "access", "advisory", "youth")
LONG = "Maximiliana Alexandrine Wilhelmina von und zu Hohenstaufen-Württemberg Þórðardóttir"
UNKNOWN = "No certificate with this number and code is on record."


def candidate(errand: Errand, name: str) -> int:
    ann = people.add(errand.work, "email", "ann@example.org", name=name)
    return candidacies.add(errand.work, ann.person_id, None, date(2025, 11, 3), date(2029, 11, 3), "active")


def complete(errand: Errand, number: int, set_id: str) -> None:
    candidacy = candidacies.by_id(errand.work, number)
    crediting.credit(errand, "office", candidacy, set_id, date(2026, 11, 1 + SETS.index(set_id)), "course")


def settled(errand: Errand, kind: str, key: str) -> None:
    item = next(each for each in desk.open_items(errand.work) if each.kind == kind)
    assert not acting.do(errand, OFFICE, item.id, key).refused


def visited(house: House, name: str, visit: Callable[[Any, App, str], Awaitable[Any]]) -> tuple[Gallery, Any]:
    """Six sets are credited and the award confirmed; then `visit` gets a client, the program and the check code."""
    channel = Gallery()

    async def whole() -> Any:
        app = house(email=channel)
        app = replace(app, house=replace(app.house, public_url=URL))
        number = await app.errand(lambda errand: candidate(errand, name))
        for set_id in SETS:
            await app.errand(lambda errand, each=set_id: complete(errand, number, each))
        await app.errand(lambda errand: settled(errand, "certificate", "confirm"))
        sending = asyncio.create_task(app.delivery.run())
        await app.delivery.settled()
        code = await app.errand(lambda errand: in_groups(certificates.everything(errand.work)[0].code))
        application = web.Application()
        application.add_routes(routes(app))
        async with TestClient(TestServer(application)) as client:
            found = await visit(client, app, code)
        await app.close()
        sending.cancel()
        return found

    return channel, asyncio.run(whole())


async def page(client: Any, path: str) -> tuple[int, str]:
    answer = await client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    return answer.status, " ".join((await answer.text()).split())


def test_the_whole_way_from_six_sets_to_the_check_page(house: House) -> None:
    async def visit(client: Any, _app: App, code: str) -> Any:
        return code, await page(client, f"/check/{code}")

    channel, (code, (status, told)) = visited(house, "Ann Marlowe", visit)
    assert [each.text.partition("\n")[0] for each in channel.shown[-2:]] == [
        "Youth Services is complete, by an approved course. That makes 6 of 6 sets.",
        "You are certified: the LSSC office has confirmed your award. Congratulations!",
    ]
    document, dates = channel.shown[-1].files
    assert dates.content.startswith(b"BEGIN:VCALENDAR")
    said = PdfReader(BytesIO(document.content)).pages[0].extract_text()
    assert (document.name, "Ann Marlowe" in said) == ("certificate-LSSC-2026-0001.pdf", True)
    assert f"{URL}/check/{code}" in said.replace("\n", "")
    assert status == 200
    assert "This certificate is valid." in told
    assert "<dt>Number</dt><dd>LSSC-2026-0001</dd>" in told
    assert "6 November 2026" in told
    assert "6 November 2031" in told
    assert ("Ann" in told, "Youth" in told) == (False, False)


def test_the_page_tells_what_the_holder_allows_and_nothing_of_it_is_markup(house: House) -> None:
    async def visit(client: Any, app: App, code: str) -> Any:
        def allow(errand: Errand) -> None:
            certificates.show(errand.work, certificates.everything(errand.work)[0].id, ("name", "sets"))

        await app.errand(allow)
        return await page(client, f"/check/{code.lower()}")

    _, (status, told) = visited(house, f"<b>{LONG}</b>", visit)
    assert status == 200
    assert f"<bdi>&lt;b&gt;{LONG}&lt;/b&gt;</bdi>" in told
    assert "Adult Readers Advisory" in told
    assert "6 November 2031" not in told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2031, 11, 6), "This certificate is valid."),
        (date(2031, 11, 7), "This certificate has expired. Its holder can still renew it."),
        (date(2032, 1, 6), "This certificate has expired. Its holder can still renew it."),
        (date(2032, 1, 7), "This certificate has expired. <"),
    ],
)
def test_in_the_grace_the_page_says_that_it_can_still_be_renewed(house: House, day: date, told: str) -> None:
    async def visit(_client: Any, _app: App, code: str) -> Any:
        later = house(now=datetime(day.year, day.month, day.day, 18, tzinfo=UTC))
        rules = policy.load((RULES / "policy.toml").read_text() + OPTIONAL)
        application = web.Application()
        application.add_routes(routes(replace(later, house=replace(later.house, policy=rules))))
        async with TestClient(TestServer(application)) as client:
            shown = await page(client, f"/check/{code}")
        await later.close()
        return shown

    _, (status, shown) = visited(house, "Ann Marlowe", visit)
    assert (status, told in re.sub("</?(?:p|strong|b)[^>]*>", "<", shown)) == (200, True)


def test_a_revoked_one_says_so(house: House) -> None:
    async def visit(client: Any, app: App, code: str) -> Any:
        def revoke(errand: Errand) -> None:
            certificates.move(errand.work, certificates.everything(errand.work)[0].id, "revoked", "for a reason")

        await app.errand(revoke)
        return await page(client, f"/check/{code}")

    _, (status, told) = visited(house, "Ann Marlowe", visit)
    assert (status, "This certificate was revoked. It is not valid." in told) == (200, True)
    assert ("for a reason" in told, "Valid until" in told) == (False, False)


def test_by_number_and_code_in_a_form_and_what_is_unknown_looks_the_same(house: House) -> None:
    async def visit(client: Any, _app: App, code: str) -> Any:
        other = "2222-2222-2222-2222"
        asked = ({"number": " lssc-2026-0001", "code": code.replace("-", " ").lower()},
                 {"number": "LSSC-2026-0001", "code": other}, {"number": "LSSC-2026-0001"}, {"code": code})  # fmt: skip
        answers = [await client.get("/check", params=each) for each in asked]
        strange = [await page(client, f"/check/{each}") for each in (other, "x", "%00", "A" * 3000, "%F0%9F%98%80")]
        posted = [(await client.post(each)).status for each in ("/check", f"/check/{code}")]
        return [each.status for each in answers], strange, posted, await page(client, "/check")

    _, (statuses, strange, posted, empty) = visited(house, "Ann Marlowe", visit)
    assert statuses == [200, 404, 404, 404]
    assert {status for status, _ in strange} == {404}
    assert len({told for _, told in strange}) == 1
    assert UNKNOWN in strange[0][1]
    assert posted == [405, 405]
    assert (empty[0], UNKNOWN in empty[1], '<form method="get" action="/check">' in empty[1]) == (200, False, True)


@pytest.mark.parametrize("number", ['"><script>alert(1)</script>', "x" * 500])
def test_what_was_typed_comes_back_as_text(house: House, number: str) -> None:
    async def visit(client: Any, _app: App, _code: str) -> Any:
        answer = await client.get("/check", params={"number": number, "code": "x"})
        return answer.status, await answer.text()

    _, (status, told) = visited(house, "Ann Marlowe", visit)
    assert (status, "<script" in told, "x" * 101 in told) == (404, False, False)
