"""How far the checker may reach: which addresses and ports, how long, how much; every address of a name is tested."""

import asyncio
import errno
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.links.checked import CLOSED, NO_HOST, ODD, PORT, PRIVATE, SLOW, Unreached
from flows.program.hosts import Address, is_public

PORTS = frozenset({80, 443, 8080, 8443})
UNKNOWN = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


async def resolve(host: str) -> Sequence[str]:
    """All addresses of a host, as this machine is told them. Raises socket.gaierror."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True, kw_only=True)
class Reach:
    """`patience` is for a whole check, `silence` for each wait, both in seconds; `most` is in bytes."""

    resolve: Callable[[str], Awaitable[Sequence[str]]] = resolve
    allowed: Callable[[Address], bool] = is_public
    ports: frozenset[int] = PORTS
    tls: ssl.SSLContext | None = None
    patience: float = 10.0
    silence: float = 5.0
    most: int = 2 * 1024 * 1024
    hops: int = 5
    agent: str = "LSSC-Assistant (checks links of certification candidates; lssc@ala.org)"


async def addresses(url: str, reach: Reach) -> tuple[Address, ...]:
    """Where the host of the link is, all of it allowed; one forbidden address among others forbids the name."""
    parts = urlsplit(url)
    if (parts.port or (443 if parts.scheme == "https" else 80)) not in reach.ports:
        raise Unreached("refused", PORT)
    found = await _found(parts.hostname or "", reach)
    if not all(reach.allowed(each) for each in found):
        raise Unreached("refused", PRIVATE)
    return found


def unreached(error: OSError) -> Unreached:
    """What a failed connection means for the candidate."""
    if isinstance(error, TimeoutError):
        return Unreached("unsure", SLOW)
    if isinstance(error, socket.gaierror):
        return Unreached("dead", NO_HOST) if error.errno in UNKNOWN else Unreached("unsure", ODD)
    # Only a refusal is the site's own word; "no route" and the like may be trouble of ours.
    return Unreached("dead", CLOSED) if error.errno == errno.ECONNREFUSED else Unreached("unsure", ODD)


async def _found(host: str, reach: Reach) -> tuple[Address, ...]:
    try:
        return (ip_address(host),)
    except ValueError:
        pass  # a name
    try:
        named = await reach.resolve(host)
    except OSError as error:
        raise unreached(error) from None
    if not named:
        raise Unreached("dead", NO_HOST)
    return tuple(ip_address(each) for each in dict.fromkeys(named))
