"""What `lssc doctor` found out about each part."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.trouble import CommandError, explained

State = Literal["works", "not configured", "broken"]


@dataclass(frozen=True)
class Finding:
    """What was found out about one part; `told` says, when it is broken, how to mend it."""

    part: str
    state: State
    told: str


def tried(part: str, check: Callable[[], str]) -> Finding:
    """What the check says; broken when it raises."""
    try:
        return Finding(part, "works", check())
    except Exception as error:
        return Finding(part, "broken", explained(error) or f"{type(error).__name__}: {error}")


def broken(told: str) -> CommandError:
    """For a check to raise."""
    return CommandError(told)
