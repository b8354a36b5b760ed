"""Real web servers on this machine under names of the world, and the reach that lets a check see only them."""

import asyncio
import socket
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.links.checked import Checked
from bot.links.checking import Visit, visit
from bot.links.reach import Reach
from flows.program.hosts import Address

HERE, BESIDE = "127.0.0.1", "127.0.0.2"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Names:
    """The world's name servers: each name has answers, one after the other; the last one stays."""

    def __init__(self, **answers: list[Sequence[str]]) -> None:
        self.answers, self.asked = answers, list[str]()

    async def resolve(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        answers = self.answers.get(host, [[HERE]])
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return found


@dataclass
class Sites:
    """One server for all names; `seen` has host and path of each request, `headers` those of the last one."""

    pages: dict[str, Handler]
    port: int = 0
    seen: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        self.seen.append(f"{host}{request.path_qs}")
        self.headers = dict(request.headers)
        handler = self.pages.get(f"{host}{request.path}") or self.pages.get(request.path)
        return await handler(request) if handler else web.Response(status=404)

    async def __aenter__(self) -> "Sites":
        return await self.open(HERE)

    async def open(self, address: str, tls: ssl.SSLContext | None = None) -> "Sites":
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self.answer)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, address, self.port, ssl_context=tls)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


def only_here(address: Address) -> bool:
    return address == ip_address(HERE)


def reach(sites: Sites, names: Names | None = None, **more: Any) -> Reach:
    given: dict[str, Any] = {"allowed": only_here, "ports": frozenset({sites.port}), **more}
    return Reach(resolve=(names or Names()).resolve, **given)


def looked(
    pages: dict[str, Handler], url: str = "http://work.example/", names: Names | None = None, **more: Any
) -> tuple[Visit, Sites]:
    """A visit to these pages; `more` goes to the reach."""

    async def look() -> tuple[Visit, Sites]:
        async with Sites(pages) as sites:
            return await visit(at(url, sites), reach(sites, names, **more)), sites

    return asyncio.run(look())


def found(pages: dict[str, Handler], url: str = "http://work.example/", **more: Any) -> Checked:
    return looked(pages, url, **more)[0].checked


def at(url: str, sites: Sites) -> str:
    """The link with the port of the server in it."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}:{sites.port}{slash}{path}"


def html(text: str, status: int = 200, **headers: str) -> Handler:
    async def page(_request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(text=text, status=status, content_type="text/html", headers=named)

    return page


def moved(to: str, status: int = 302) -> Handler:
    """PORT in the address becomes the port of the server."""

    async def page(request: web.Request) -> web.StreamResponse:
        port = request.transport.get_extra_info("sockname")[1] if request.transport else 0
        return web.Response(status=status, headers={"Location": to.replace("PORT", str(port))})

    return page


def raw(body: bytes, **headers: str) -> Handler:
    async def page(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return page


def certificate(folder: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server of that name shows, and what trusts it alone."""
    key, shown = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}",
         "-addext", f"subjectAltName=DNS:{host}", "-keyout", key, "-out", shown],
        check=True, capture_output=True,
    )  # fmt: skip
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(shown, key)
    return serving, ssl.create_default_context(cafile=str(shown))
