"""The time; nothing else in the project asks for it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def seconds() -> float:
    """For measuring how long something takes: from an unknown beginning, never set back."""
    return time.monotonic()


def fixed(instant: datetime) -> Clock:
    """A clock that stands still (`LSSC_NOW`)."""
    return lambda: instant


def chosen(instant: datetime | None) -> Clock:
    """The fixed clock when a time is set, else the real one."""
    return now if instant is None else fixed(instant)
