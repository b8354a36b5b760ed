"""Takes the rows of a table in, one after the other: all of them or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from handlers.accounts import Refusal

T = TypeVar("T")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Taken:
    """How many rows of a table were new, added something, or stood on record as they are."""

    new: int
    more: int
    same: int


def unseen(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def each_of(rows: Sequence[T], put: Callable[[T], str], on_progress: Progress = unseen) -> Taken | Refusal:
    """What `put` says became of each row: new, more, same or a Refusal; after that undo the transaction."""
    count = {"new": 0, "more": 0, "same": 0}
    for number, row in enumerate(rows, start=1):
        became = put(row)
        if isinstance(became, Refusal):
            return became
        count[became] += 1
        on_progress(number, len(rows))
    return Taken(**count)
