"""A check reaches public pages only, by the addresses it tested, and takes no more than it may; real servers on loopback."""

import asyncio
import gzip
import time
import tracemalloc
from pathlib import Path

import pytest
from aiohttp import web

from bot.links import checked
from bot.links.checked import Checked
from bot.links.checking import check
from bot.links.reach import Reach
from flows.dialog.unclear import Unclear
from tests.bot.links.sites import BESIDE, HERE, Names, Sites, at, certificate, found, html, looked, moved, raw, reach

PAGE = html("<title>My work</title><p>A plan</p>")


def test_a_page_that_opens_is_live_and_gives_its_title() -> None:
    visit, sites = looked({"/": PAGE})
    assert visit.checked == Checked("live", "", f"http://work.example:{sites.port}/", "My work")
    assert visit.body == b"<title>My work</title><p>A plan</p>"


def test_a_check_says_truthfully_who_it_is_and_nothing_else() -> None:
    _, sites = looked({"/": PAGE})
    assert sites.headers == {
        "Host": f"work.example:{sites.port}",
        "User-Agent": Reach().agent,
        "Accept": "*/*",
        "Accept-Language": "en",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def test_redirects_are_followed_and_no_cookie_is_kept() -> None:
    async def cookie(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=301, headers={"Location": "/b?utm_source=kept", "Set-Cookie": "who=me; Path=/"})

    visit, sites = looked({"/": cookie, "/b": PAGE})
    assert (visit.checked.state, visit.checked.final) == ("live", f"http://work.example:{sites.port}/b?utm_source=kept")
    assert "Cookie" not in sites.headers


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:PORT/secret", "http://10.0.0.1/", "http://[::1]:PORT/", "http://169.254.169.254/latest/meta-data",
        "http://2130706433:PORT/", "http://0x7f.1:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://localhost:PORT/",
        "//127.1:PORT/secret", "http://printer.local/",
    ],
)  # fmt: skip
def test_a_redirect_into_a_private_network_is_refused_unseen(to: str) -> None:
    visit, sites = looked({"/": moved(to), "/secret": PAGE})
    assert (visit.checked.state, visit.checked.reason, visit.body) == ("refused", checked.PRIVATE, b"")
    assert sites.seen == ["work.example/"]


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.example/", "http://ann:pw@a.example/", "http://["]
)
def test_a_redirect_to_anything_but_a_web_page_is_refused(to: str) -> None:
    assert found({"/": moved(to)}).reason == checked.ELSEWHERE


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
     "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "100.64.0.1", "255.255.255.255"],
)  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_refused(address: str) -> None:
    async def look() -> tuple[Checked, list[str]]:
        async with Sites({"/": PAGE}) as sites:
            names = Names(**{"work.example": [["93.184.215.14", address]]})
            only_names = Reach(resolve=names.resolve, ports=frozenset({sites.port}))
            return await check(f"http://work.example:{sites.port}/", only_names), sites.seen

    seen_state, seen = asyncio.run(look())
    assert (seen_state.state, seen_state.reason, seen) == ("refused", checked.PRIVATE, [])


def test_one_forbidden_address_among_others_forbids_the_name() -> None:
    visit, sites = looked({"/": PAGE}, names=Names(**{"work.example": [[HERE, "10.0.0.1"]]}))
    assert (visit.checked.state, sites.seen) == ("refused", [])


def test_a_name_that_changes_its_address_after_the_test_gains_nothing() -> None:
    async def look() -> tuple[Checked, list[str], list[str], list[str]]:
        async with Sites({"/": PAGE}) as sites:
            private = await Sites({"/": PAGE}, port=sites.port).open(BESIDE)
            names = Names(**{"work.example": [[HERE], [BESIDE]]})
            result = await check(at("http://work.example/", sites), reach(sites, names))
            await private.__aexit__()
            return result, names.asked, sites.seen, private.seen

    result, asked, seen, private = asyncio.run(look())
    assert (result.state, asked, seen, private) == ("live", ["work.example"], ["work.example/"], [])


def test_every_redirect_is_tested_anew() -> None:
    async def look() -> tuple[Checked, list[str], list[str]]:
        async with Sites({"/": moved("/again"), "/again": PAGE}) as sites:
            private = await Sites({"/again": PAGE}, port=sites.port).open(BESIDE)
            names = Names(**{"work.example": [[HERE], [BESIDE]]})
            result = await check(at("http://work.example/", sites), reach(sites, names))
            await private.__aexit__()
            return result, sites.seen, private.seen

    result, seen, private = asyncio.run(look())
    assert (result.state, result.reason, seen, private) == ("refused", checked.PRIVATE, ["work.example/"], [])


def test_other_ports_than_those_of_the_web_are_left_alone() -> None:
    assert asyncio.run(check("http://work.example:22/", Reach(resolve=Names().resolve))) == Checked(
        "refused", checked.PORT, "http://work.example:22/"
    )
    assert found({"/": moved("http://work.example:25/")}).reason == checked.PORT


def test_what_is_no_harmless_link_is_not_even_tried() -> None:
    names = Names()
    with pytest.raises(Unclear):
        asyncio.run(check("http://127.0.0.1/", Reach(resolve=names.resolve)))
    assert names.asked == []


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert found({"/": PAGE}).state == "live"


def test_five_redirects_are_followed_and_ten_are_not() -> None:
    ways = {f"/{number}": moved(f"/{number + 1}") for number in range(10)}
    assert found({**ways, "/5": PAGE}, "http://work.example/0").state == "live"
    visit, sites = looked({**ways, "/10": PAGE}, "http://work.example/0")
    assert (visit.checked.state, visit.checked.reason, len(sites.seen)) == ("unsure", checked.AROUND, 6)


def test_ten_megabytes_are_cut_at_two() -> None:
    visit, _ = looked({"/": raw(b"<title>Long</title>" + b"a" * 10_000_000, Content_Type="text/html")})
    assert (visit.checked.state, visit.checked.title, len(visit.body)) == ("live", "Long", 2 * 1024 * 1024)


def test_an_endless_page_is_cut() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"a" * 65536)

    began = time.perf_counter()
    visit, _ = looked({"/": endless})
    assert (visit.checked.state, len(visit.body)) == ("live", 2 * 1024 * 1024)
    assert time.perf_counter() - began < 8


def test_a_packed_page_is_unpacked_and_a_bomb_is_cut() -> None:
    packed = raw(gzip.compress(b"<title>Packed</title>"), Content_Type="text/html", Content_Encoding="gzip")
    assert found({"/": packed}).title == "Packed"
    bomb = gzip.compress(b"\0" * 300_000_000)
    tracemalloc.start()
    visit, _ = looked({"/": raw(bomb, Content_Type="text/html", Content_Encoding="gzip")})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (visit.checked.state, len(visit.body)) == ("live", 2 * 1024 * 1024)
    assert peak < 32 * 1024 * 1024


def test_a_page_that_is_packed_wrongly_is_still_live() -> None:
    assert looked({"/": raw(b"not packed", Content_Type="text/html", Content_Encoding="gzip")})[0].body == b""


def test_pictures_and_films_are_not_read() -> None:
    visit, _ = looked({"/": raw(b"film" * 100, Content_Type="video/mp4")})
    assert (visit.checked.state, visit.content_type, visit.body) == ("live", "video/mp4", b"")


def test_a_page_that_drips_is_given_up_in_time_and_nobody_is_blamed() -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"a")
            await asyncio.sleep(0.05)

    began = time.perf_counter()
    result = found({"/": drip}, patience=1.0)
    assert (result.state, result.reason) == ("unsure", checked.SLOW)
    assert time.perf_counter() - began < 4


def test_a_silent_site_is_given_up_after_one_wait() -> None:
    async def silent(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response()

    assert found({"/": silent}, silence=0.3).reason == checked.SLOW


def test_a_site_without_a_valid_certificate_is_told_apart(tmp_path: Path) -> None:
    serving, trusting = certificate(tmp_path, "work.example")

    async def look(host: str, **more: object) -> Checked:
        sites = await Sites({"/": PAGE}).open(HERE, serving)
        try:
            return await check(at(f"https://{host}/", sites), reach(sites, **more))
        finally:
            await sites.__aexit__()

    assert asyncio.run(look("work.example")).reason == checked.NOT_SECURE
    assert asyncio.run(look("other.example", tls=trusting)).reason == checked.NOT_SECURE
    assert asyncio.run(look("work.example", tls=trusting)).state == "live"


def test_an_answer_that_is_no_http_blames_nobody() -> None:
    async def look() -> Checked:
        async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"220 mail.example ESMTP\r\n")
            writer.close()

        server = await asyncio.start_server(babble, HERE, 0)
        port = int(server.sockets[0].getsockname()[1])
        async with server:
            ports = frozenset({port})
            sites = Sites({}, port=port)
            return await check(f"http://work.example:{port}/", reach(sites, ports=ports))

    assert asyncio.run(look()).state == "unsure"
