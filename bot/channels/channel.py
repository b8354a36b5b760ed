"""What delivery needs of a channel.

Exception
└── DeliveryError    the world did not take a message; the only error that leaves a channel
"""

from typing import Protocol

from flows.dialog.speech import Outbound


class DeliveryError(Exception):
    """The world did not take a message; `permanent` when trying again is useless, `retry_after` in seconds."""

    def __init__(self, reason: str, *, permanent: bool, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after = retry_after


class Channel(Protocol):
    """One way to reach people."""

    @property
    def name(self) -> str:
        """As addresses name it: `telegram`, `slack`, `email`, `terminal`."""

    async def send(self, address: str, message: Outbound, reference: str) -> None:
        """Hands a message over; the same `reference` again is the same message. Raises DeliveryError."""
