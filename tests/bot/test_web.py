"""The web server says how the service is, keeps its limits, and changes nothing when a page is looked at."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from bot.app import App
from bot.channels.channel import Channel
from bot.clock import now
from bot.counting import Counts
from bot.delivery import Delivery
from bot.health import LATE, Health
from bot.schedule import Ticker
from bot.supervisor import Supervisor
from bot.web import LARGEST, Web
from flows.dialog.speech import Inbound
from tests.bot.edge import ListChannel, played
from tests.bot.serving import free_port
from tests.bot.test_app import Thinker
from tests.bot.test_supervisor import Part

House = Callable[..., App]
Client = TestClient[web.Request, web.Application]


class Place:
    """A server with a route of a vendor's, beside two parts of which one fails."""

    def __init__(self, app: App, *names: str, port: int = 0, patience: float = 10, **channels: Channel) -> None:
        self.counts, self.supervisor = Counts(), Supervisor(lambda _failures: 60)
        self.app = replace(
            app,
            metrics=self.counts,
            delivery=Delivery(app.writer, channels, app.delivery.gave_up, app.delivery.fetch, metrics=self.counts),
        )
        self.supervisor.add(*(Part(name, fails=9 if name == "weak" else 0) for name in names))
        self.ticker = Ticker(self.app, {})
        self.health = Health(self.app, self.supervisor, self.ticker)
        self.server = Web(("127.0.0.1", port), self.health, self.counts, patience=patience)
        self.taken: list[bytes] = []

    async def take(self, request: web.Request) -> web.Response:
        self.taken.append(await request.read())
        return web.Response(text="taken")

    async def visited(self, visit: Callable[[Client], Awaitable[Any]]) -> Any:
        self.server.mount([web.post("/vendor", self.take)])
        self.supervisor.start()
        await asyncio.sleep(0.05)
        try:
            async with TestClient(TestServer(self.server.application())) as client:
                return await visit(client)
        finally:
            await self.supervisor.stop(1)


def visiting(place: Place, visit: Callable[[Client], Awaitable[Any]]) -> Any:
    return played(place.app, lambda: place.visited(visit))


def test_a_healthy_service_says_so(house: House) -> None:
    place = Place(house(), "web", "delivery")

    async def visit(client: Client) -> Any:
        await place.ticker.tick()
        answer = await client.get("/healthz")
        return answer.status, await answer.json()

    status, report = visiting(place, visit)
    assert (status, report.pop("last_tick") is not None) == (200, True)
    well = {"state": "running", "failures": 0, "last_error": None, "next_try": None}
    assert report == {
        "service": "lssc-assistant",
        "ok": True,
        "database": "answers",
        "parts": {"web": well, "delivery": well},
        "outbox": {"waiting": 0, "oldest_seconds": 0.0},
    }


def test_a_failing_part_is_told_and_may_be_left_out_of_the_verdict(house: House) -> None:
    async def visit(client: Client) -> Any:
        whole, some = await client.get("/healthz"), await client.get("/healthz?only=web,unknown")
        part = (await whole.json())["parts"]["weak"]
        return whole.status, part["state"], part["last_error"], bool(part["next_try"]), some.status

    assert visiting(Place(house(), "web", "weak"), visit) == (503, "failed", "ConnectionError", True, 200)


def test_a_schedule_that_stands_still_is_told(house: House) -> None:
    place = Place(house(), "scheduler")

    async def visit(client: Client) -> Any:
        before = (await client.get("/healthz")).status
        place.ticker.last = now() - LATE * 2
        return before, (await client.get("/healthz")).status, (await client.get("/healthz?only=web")).status

    assert visiting(place, visit) == (200, 503, 200)


def test_a_service_that_stops_is_left_alone_by_balancers(house: House) -> None:
    place = Place(house(), "web")

    async def visit(client: Client) -> Any:
        place.health.stopping = True
        return (await client.get("/healthz")).status

    assert visiting(place, visit) == 503


def test_a_database_that_does_not_answer_is_told(house: House) -> None:
    place = Place(house(), "web")

    async def visit(client: Client) -> Any:
        await place.app.writer.work(lambda work: work.connection.execute(text("ALTER TABLE outbox RENAME TO away")))
        answer, counts = await client.get("/healthz"), await client.get("/metrics")
        report = await answer.json()
        return answer.status, report["database"], report["outbox"], "lssc_outbox_waiting NaN" in await counts.text()

    assert visiting(place, visit) == (503, "does not answer", None, True)


def test_turns_deliveries_and_what_waits_are_counted(house: House) -> None:
    place = Place(house(Thinker()), "web", telegram=ListChannel("telegram"))

    async def visit(client: Client) -> list[str]:
        for number in (1, 2, 2):
            await place.app.hear(Inbound(str(number), "telegram", "ann", "menu"))
        await place.app.delivery.settled()
        await place.app.hear(Inbound("3", "elsewhere", "bob", "person"))
        page = await (await client.get("/metrics")).text()
        return [line for line in page.splitlines() if not line.startswith("#")]

    lines = visiting(place, visit)
    assert 'lssc_turns_total{channel="telegram",result="answered"} 2.0' in lines
    assert 'lssc_turns_total{channel="telegram",result="duplicate"} 1.0' in lines
    assert 'lssc_turn_seconds_count{channel="telegram"} 2.0' in lines
    assert 'lssc_deliveries_total{channel="telegram",result="sent"} 2.0' in lines
    assert 'lssc_part_running{part="web"} 1.0' in lines
    assert [line for line in lines if line.startswith(("lssc_outbox_waiting", "lssc_desk"))] == [
        "lssc_outbox_waiting 1.0",
        "lssc_desk_open_items 1.0",
    ]


def test_an_unknown_path_and_a_wrong_method_are_plainly_refused(house: House) -> None:
    place = Place(house(), "web")

    async def visit(client: Client) -> Any:
        answers = [await client.get("/"), await client.get("/vendor"), await client.post("/healthz")]
        plain = {each.headers["Content-Type"] for each in answers}
        return [each.status for each in answers], plain, {each.headers["Server"] for each in answers}

    assert visiting(place, visit) == ([404, 405, 405], {"text/plain; charset=utf-8"}, {"lssc"})
    assert place.taken == []


def test_a_body_that_is_too_large_is_refused_before_anybody_sees_it(house: House) -> None:
    place = Place(house(), "web")

    async def visit(client: Client) -> Any:
        large = await client.post("/vendor", data=BytesIO(b"x" * (LARGEST + 1)))
        good = await client.post("/vendor", data=BytesIO(b"x" * LARGEST))
        return large.status, good.status

    assert visiting(place, visit) == (413, 200)
    assert [len(body) for body in place.taken] == [LARGEST]


def test_a_body_that_does_not_arrive_is_not_waited_for(house: House) -> None:
    place = Place(house(), "web", patience=0.1)

    async def visit(client: Client) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
        writer.write(b"POST /vendor HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nslow")
        line = await asyncio.wait_for(reader.readline(), 5)
        writer.close()
        return line

    assert visiting(place, visit) == b"HTTP/1.1 408 Request Timeout\r\n"
    assert place.taken == []


def test_a_running_server_takes_further_routes_and_finishes_what_is_at_hand(house: House) -> None:
    port = free_port()
    place, go_on = Place(house(), "web", port=port), asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        await go_on.wait()
        return web.Response(text="slow")

    async def scene() -> Any:
        place.server.mount([web.get("/slow", slow)])
        running = asyncio.create_task(place.server.run())
        await asyncio.sleep(0.2)
        async with ClientSession() as session:
            at_hand = asyncio.create_task(session.get(f"http://127.0.0.1:{port}/slow"))
            await asyncio.sleep(0.1)
            place.server.mount([web.post("/vendor", place.take)])
            await asyncio.sleep(0.1)
            go_on.set()
            first = (await at_hand).status
            await asyncio.sleep(0.2)
            second = (await session.post(f"http://127.0.0.1:{port}/vendor", data=b"x")).status
        await place.server.stop()
        await asyncio.wait_for(running, 5)
        return first, second

    assert played(place.app, scene) == (200, 200)
