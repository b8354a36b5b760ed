"""What the ways in which mail arrives ask of whoever acts on it.

Exception
└── TookTooLong    a turn did not end in its time; the mail comes again
"""

import asyncio
from typing import Literal, Protocol, TypeAlias

Taken: TypeAlias = Literal["processed", "ignored", "failed"]

LARGEST = 32 * 1024 * 1024  # bytes of a mail that are looked at
LONGEST_TURN = 60.0  # seconds; a mail server waits ten minutes for an answer


class TookTooLong(Exception):
    """A turn did not end in its time; the mail comes again."""


class Taker(Protocol):
    """Whoever acts on mail. The same mail may come again, and must then be told by its content."""

    async def take(self, raw: bytes, recipient: str = "") -> Taken:
        """Returns once all that the mail changed is committed; raises when it may succeed later.

        `raw` is at most LARGEST bytes; what is longer was cut there. `recipient` is the address in the envelope, where
        the way in knows it.
        """


async def taken(taker: Taker, raw: bytes, recipient: str = "", within: float = LONGEST_TURN) -> Taken:
    """As `take`; raises TookTooLong after so many seconds, because one mail must not hold up all others for ever."""
    turn = asyncio.ensure_future(taker.take(raw, recipient))
    try:
        done, _ = await asyncio.wait({turn}, timeout=within)
        if not done:
            raise TookTooLong
        return turn.result()
    finally:
        turn.cancel()
