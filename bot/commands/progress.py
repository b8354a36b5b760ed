"""Tells on standard error how far the building of the knowledge base is."""

import sys
import time
from typing import TextIO

WIDTH = 30


class Bar:
    """A progress bar in a terminal; elsewhere one line at the beginning and one at the end."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._begun: float | None = None

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` texts are encoded."""
        if self._begun is None:
            self._begun = time.monotonic()
            self._say("Building the knowledge base. This is needed once and takes about a minute.\n")
        if self._stream.isatty():
            filled = WIDTH * done // max(total, 1)
            fitting = " encoded; fitting..." if done >= total else ""
            self._say(f"\r[{'#' * filled}{' ' * (WIDTH - filled)}] {done}/{total}{fitting} ")

    def close(self) -> None:
        """Says how long it took, if anything was built."""
        if self._begun is not None:
            end_of_bar = "\n" if self._stream.isatty() else ""
            self._say(f"{end_of_bar}The knowledge base is ready ({time.monotonic() - self._begun:.0f} s).\n")

    def _say(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
