"""Asks for one page, at exactly the addresses that were tested, and reads no more of it than is allowed."""

import socket
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.links.checked import NOT_SECURE, ODD, Unreached
from bot.links.reach import Reach, addresses, unreached
from flows.program.hosts import Address

MOVED = frozenset({301, 302, 303, 307, 308})
READ = ("text/", "application/xhtml", "application/pdf", "application/vnd.openxml", "application/octet-stream")


@dataclass(frozen=True)
class Page:
    """One answer; `moved` is where it leads on, `body` is unpacked and may be cut."""

    url: str
    status: int
    headers: Mapping[str, str]
    moved: str
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "")


class Pinned(AbstractResolver):
    """Knows only the addresses that were tested, whatever the name's server says a moment later."""

    def __init__(self, tested: tuple[Address, ...]) -> None:
        self._tested = tested

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=str(each),
                port=port,
                family=socket.AF_INET if each.version == 4 else socket.AF_INET6,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for each in self._tested
            if family in (socket.AF_UNSPEC, socket.AF_INET if each.version == 4 else socket.AF_INET6)
        ]

    async def close(self) -> None:
        """Nothing is held."""


async def fetch(url: str, reach: Reach) -> Page:
    """One page, without following it on. `url` is as `links.harmless` spells it. Raises Unreached."""
    tested = await addresses(url, reach)
    try:
        async with (
            _session(tested, reach) as session,
            session.get(URL(url, encoded=True), allow_redirects=False) as got,
        ):
            moved = got.headers.get("Location", "") if got.status in MOVED else ""
            body = b"" if moved or not _is_read(got) else await _body(got, reach.most)
            return Page(url, got.status, got.headers.copy(), moved, body)
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError):
        raise Unreached("dead", NOT_SECURE) from None
    except OSError as error:
        raise unreached(error) from None
    except (aiohttp.ClientError, ValueError):  # a ValueError is an answer beyond HTTP
        raise Unreached("unsure", ODD) from None


def _session(tested: tuple[Address, ...], reach: Reach) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            resolver=Pinned(tested), use_dns_cache=False, force_close=True, ssl=True if reach.tls is None else reach.tls
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=reach.silence, sock_read=reach.silence),
        headers={"User-Agent": reach.agent, "Accept": "*/*", "Accept-Language": "en", "Accept-Encoding": "gzip"},
        auto_decompress=False,
        trust_env=False,
    )


def _is_read(got: aiohttp.ClientResponse) -> bool:
    kind = got.headers.get("Content-Type", "text/html").strip().lower()
    return got.status < 500 and got.status != 429 and kind.startswith(READ)


async def _body(got: aiohttp.ClientResponse, most: int) -> bytes:
    """At most that many bytes, on the way as well as unpacked."""
    unpack = _unpacking(got.headers.get("Content-Encoding", "").strip().lower())
    body, arrived = bytearray(), 0
    async for chunk in _chunks(got):
        arrived += len(chunk)
        try:
            body += unpack(chunk, most - len(body))
        except zlib.error:
            break
        if arrived >= most or len(body) >= most:
            break
    return bytes(body[:most])


async def _chunks(got: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    async for chunk in got.content.iter_any():
        yield chunk


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes]:
    if encoding in ("", "identity"):
        return lambda chunk, _room: chunk
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress
    return lambda _chunk, _room: b""
