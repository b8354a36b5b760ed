"""Tells on standard error how far something that takes long is: the building of the knowledge base, an import."""

import sys
import time
from typing import TextIO

WIDTH = 30
BUILDING = "Building the knowledge base. This is needed once and takes about a minute."


class Bar:
    """A progress bar in a terminal; elsewhere one line at the beginning and one at the end."""

    def __init__(
        self,
        stream: TextIO | None = None,
        begun: str = BUILDING,
        done: str = "The knowledge base is ready",
        last: str = " encoded; fitting...",
    ) -> None:
        self._stream = stream or sys.stderr
        self._words = (begun, done, last)
        self._begun: float | None = None

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` texts are encoded, or rows are taken in."""
        if self._begun is None:
            self._begun = time.monotonic()
            self._say(f"{self._words[0]}\n")
        if self._stream.isatty():
            filled = WIDTH * done // max(total, 1)
            last = self._words[2] if done >= total else ""
            self._say(f"\r[{'#' * filled}{' ' * (WIDTH - filled)}] {done}/{total}{last} ")

    def close(self) -> None:
        """Says how long it took, if anything was done."""
        if self._begun is not None:
            end_of_bar = "\n" if self._stream.isatty() else ""
            self._say(f"{end_of_bar}{self._words[1]} ({time.monotonic() - self._begun:.0f} s).\n")

    def _say(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
