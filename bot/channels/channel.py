"""What delivery needs of a channel.

Exception
└── DeliveryError    the world did not take a message; the only error that leaves a channel
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flows.dialog.speech import Outbound


class DeliveryError(Exception):
    """The world did not take a message; `permanent` when trying again is useless, `retry_after` in seconds.

    `by_vendor`: that pause was asked for by the vendor, for the whole channel. `moved_to` is the address that is in use
    now instead, when the vendor says so.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        by_vendor: bool = False,
        moved_to: str = "",
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after = retry_after
        self.by_vendor = by_vendor
        self.moved_to = moved_to


@dataclass(frozen=True)
class Pace:
    """How fast a vendor lets us send, in seconds between two messages: `channel` over all, `address` to the same one.

    `burst` messages may go at once after a pause.
    """

    channel: float = 0.0
    address: float = 0.0
    burst: int = 1

    def to(self, address: str) -> float:  # noqa: ARG002 - a vendor may be slower to some
        """Seconds between two messages to this address."""
        return self.address


class Channel(Protocol):
    """One way to reach people."""

    @property
    def name(self) -> str:
        """As addresses name it: `telegram`, `slack`, `email`, `terminal`."""

    @property
    def pace(self) -> Pace:
        """How fast it may be used, by all processes together."""

    def parts(self, message: Outbound) -> Sequence[Outbound]:
        """The message in pieces that the vendor takes; each is sent, and recorded as sent, on its own."""

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        """Hands one piece over; the vendor's own name for it, or "". Raises DeliveryError.

        The same `reference` again is the same piece. With `edits` (the vendor's name of an earlier message there) it
        takes that one's place; one that is gone meanwhile, or is like that already, counts as done.
        """


class Whole:
    """A channel that takes messages of any length, as fast as they come."""

    pace = Pace()

    def parts(self, message: Outbound) -> Sequence[Outbound]:
        return (message,)
