"""What the service runs side by side: each part takes messages in, sends them, or keeps time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.channels.channel import Channel

if TYPE_CHECKING:
    from aiohttp.web import AbstractRouteDef


class Part(Protocol):
    """A part of the service; the supervisor starts it again, with growing pauses, when it fails."""

    @property
    def name(self) -> str:
        """As `lssc run --only` names it: `web`, `telegram`, `slack`, `email`, `scheduler`, `delivery`."""

    async def run(self) -> None:
        """Works until `stop`; raises when it cannot go on. It may be run again after that."""

    async def stop(self) -> None:
        """Takes nothing more in, and lets `run` return once what is at hand is finished and confirmed.

        Also called when it does not run: a `run` that begins after it returns at once.
        """


async def _nothing() -> None:
    """For a vendor that holds nothing open."""


@dataclass(frozen=True)
class Vendor:
    """What the module of a vendor gives when it is opened, before anybody is spoken to over the network.

    `part` takes messages in by itself, None where all come over the `routes` of the web server. `close` is called last,
    when nothing is sent any more.
    """

    channel: Channel
    part: Part | None = None
    routes: tuple[AbstractRouteDef, ...] = ()
    close: Callable[[], Awaitable[None]] = _nothing
