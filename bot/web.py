"""The service's web server: how it is, its counts, and what vendors call; nothing is changed by looking at a page."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import web

from bot.counting import Counts
from bot.health import Health
from bot.trouble import CommandError

log = logging.getLogger("lssc.web")

LARGEST = 1024 * 1024  # bytes of a body; a vendor's event is a few thousand
PATIENCE = 10.0  # seconds for a body to arrive
IDLE = 75.0  # seconds that a connection may say nothing, longer than proxies keep theirs
LAST = 4.0  # seconds to answer what is at hand when the service stops
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Web:
    """The part `web`."""

    name = "web"

    def __init__(self, listen: tuple[str, int], health: Health, counts: Counts, *, patience: float = PATIENCE) -> None:
        self._listen, self._health, self._counts, self._patience = listen, health, counts, patience
        self._routes: list[web.AbstractRouteDef] = []
        self._stopped, self._changed = asyncio.Event(), asyncio.Event()

    def mount(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """Serves these too; a server that runs already begins anew, with its calls at hand answered first."""
        added = list(routes)
        self._routes += added
        if added:
            self._changed.set()

    async def run(self) -> None:
        """Raises CommandError when the address cannot be listened on."""
        while not self._stopped.is_set():
            self._changed.clear()
            runner = web.AppRunner(
                self.application(), access_log=None, keepalive_timeout=IDLE, shutdown_timeout=LAST, lingering_time=1
            )
            await runner.setup()
            try:
                await _listen(runner, *self._listen)
                await self._changed.wait()
            finally:
                await runner.cleanup()

    async def stop(self) -> None:
        self._stopped.set()
        self._changed.set()

    def application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST, middlewares=[guarding(self._patience)])
        application.router.add_get("/healthz", self._healthz)
        application.router.add_get("/metrics", self._metrics)
        application.add_routes(self._routes)
        application.on_response_prepare.append(_plain)
        return application

    async def _healthz(self, request: web.Request) -> web.Response:
        only = [name for name in request.query.get("only", "").split(",") if name]
        report = await self._health.report(only)
        return web.json_response(report, status=200 if report["ok"] else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        page = await self._counts.page(self._health)
        return web.Response(body=page, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


def guarding(patience: float) -> Any:
    """The whole body is read first, within its limits; a fault becomes a plain 500, so that a vendor calls again."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            async with asyncio.timeout(patience):
                await request.read()
        except TimeoutError:
            return web.Response(status=408, text="The body did not arrive in time.\n")
        try:
            return await handler(request)
        except web.HTTPException:
            raise
        except Exception as error:
            resource = request.match_info.route.resource
            log.exception("a call of %s failed (%s)", resource.canonical if resource else "?", type(error).__name__)
            return web.Response(status=500, text="This did not work; please call again.\n")

    return guarded


async def _plain(_request: web.Request, response: web.StreamResponse) -> None:
    """Says no more about itself than it must."""
    response.headers["Server"] = "lssc"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Cache-Control", "no-store")


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise CommandError(f"{host}:{port} cannot be listened on: {error.strerror}") from error
