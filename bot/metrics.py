"""Counts turns and deliveries where they pass; who counts is decided when the program is put together."""

from collections import Counter
from typing import Protocol


class Metrics(Protocol):
    """Somebody who counts."""

    def turn(self, channel: str, result: str, seconds: float) -> None:
        """A message was heard: `answered`, `duplicate`, `warned`, `dropped` or `failed`."""

    def delivery(self, channel: str, result: str) -> None:
        """A message was `sent`, `put off`, `given up`, or found `taken over` by another process."""


class Uncounted:
    """Nobody counts."""

    def turn(self, channel: str, result: str, seconds: float) -> None:
        """Not counted."""

    def delivery(self, channel: str, result: str) -> None:
        """Not counted."""


class Tally:
    """Counts the deliveries, for a command that says what it did."""

    def __init__(self) -> None:
        self.deliveries: Counter[str] = Counter({"sent": 0})

    def turn(self, channel: str, result: str, seconds: float) -> None:
        """A command hears nobody."""

    def delivery(self, channel: str, result: str) -> None:  # noqa: ARG002
        self.deliveries[result] += 1
