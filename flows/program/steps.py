"""The next smallest step of a candidate in a set that they work on."""

from collections.abc import Set
from typing import Literal, NamedTuple, TypeAlias

Do: TypeAlias = Literal["tell", "show", "begin", "submit"]


class Step(NamedTuple):
    """What to do, and for which competency; `number` is 0 for the whole set.

    `tell`: write about what is shown already; `show`: send a link for what is told already; `begin`: both are missing.
    """

    do: Do
    number: int = 0


def smallest(size: int, shown: Set[int], told: Set[int]) -> Step:
    """The step that is left in a set of so many competencies: what is half done comes before what is not begun."""
    if untold := shown - told:
        return Step("tell", min(untold))
    if unshown := told - shown:
        return Step("show", min(unshown))
    rest = set(range(1, size + 1)) - shown
    return Step("begin", min(rest)) if rest else Step("submit")
