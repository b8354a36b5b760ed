"""One job as told in a statement, before its period and its hours are worked out."""

import re
from dataclasses import dataclass, field

from flows.program.hours.items import Break, Piece, Portion, Rate, Season, Sum, Times, Weeks

SEQUEL = frozenset(
    [
        "then",
        "now",
        "currently",
        "later",
        "afterwards",
        "next",
        "increased",
        "increase",
        "went",
        "moved",
        "switched",
        "changed",
        "became",
        "promoted",
        "reduced",
        "dropped",
        "cut",
        "raised",
        "upped",
        "bumped",
    ]
)
_VERBS = re.compile(r"\b(?:i|we|i'm|i've|volunteer\w*|work\w*|did|do|was|am|employed|helped|served|have|had|been)\b")


@dataclass
class Job:
    """One line in the making: what one part of the statement tells of rate, time and weeks."""

    rate: Rate | None = None
    portion: Portion | None = None
    times: Times | None = None
    sum: Sum | None = None
    weeks: Weeks | None = None
    season: Season | None = None
    pieces: list[Piece] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    joint: frozenset[str] = frozenset()
    words: str = ""
    period_first: bool = False
    inherited: bool = False

    @property
    def paid_in(self) -> bool:
        """It tells how many hours, as a rate or a sum."""
        return bool(self.rate or self.sum or self.portion)

    @property
    def sequel(self) -> bool:
        """It follows the job told before it in time."""
        return bool(self.joint & SEQUEL) or any(piece.tie in ("then", "after") for piece in self.pieces)

    @property
    def has_verb(self) -> bool:
        return bool(_VERBS.search(self.words))

    @property
    def told(self) -> str:
        """The words of the plain text that tell the hours."""
        said = self.rate or self.sum or self.portion
        return said.words if said else ""


def ends(clause: Job) -> bool:
    """It tells an end and no beginning."""
    return all(piece.end and not piece.start for piece in clause.pieces)
