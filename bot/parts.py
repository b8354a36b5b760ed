"""What the service runs side by side: each part takes messages in, sends them, or keeps time."""

from typing import Protocol


class Part(Protocol):
    """A part of the service; the supervisor starts it again, with growing pauses, when it fails."""

    @property
    def name(self) -> str:
        """As `lssc run --only` names it: `web`, `telegram`, `slack`, `email`, `scheduler`, `delivery`."""

    async def run(self) -> None:
        """Works until `stop`; raises when it cannot go on. It may be run again after that."""

    async def stop(self) -> None:
        """Takes nothing more in, and lets `run` return once what is at hand is finished and confirmed."""
