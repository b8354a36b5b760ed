"""Says what a message is given once it is judged: one answer, two, a choice of titles, or an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.gates import Judged

Chances = NDArray[np.floating[Any]] | float

ONE, TWO, TITLES, NOT_OURS = range(4)


@dataclass(frozen=True)
class Bands:
    """How probable it must be that an answer serves, that one of two does, and that the message is ours at all.

    `sure` is for one answer, `torn` for two, both of them told only from `told` on ("it is ours"); `offered` is the
    same for a choice of titles; `part` and `part_ours` are for each half of a double question; `other` is the cosine
    of a polite "that is not us" that fits. All of them are fitted, see `wishes`.
    """

    sure: float = 0.5
    torn: float = 0.5
    told: float = 0.5
    offered: float = 0.5
    part: float = 0.5
    part_ours: float = 0.5
    other: float = 0.5

    def verdict(self, alone: Chances, pair: Chances, ours: Chances) -> NDArray[np.intp]:
        """ONE, TWO, TITLES or NOT_OURS, for one message or for many."""
        told = np.asarray(ours) >= self.told
        kinds = (told & (alone >= self.sure), told & (pair >= self.torn), np.asarray(ours) >= self.offered)
        return np.select(kinds, (ONE, TWO, TITLES), NOT_OURS)

    def halves(self, parts: Sequence[Judged]) -> dict[int, Judged]:
        """The two answers to a double question, the surest of different ones, in the order asked; else none."""
        sure = [each for each in parts if each.alone >= self.part and each.ours >= self.part_ours]
        firsts: dict[int, Judged] = {}
        for each in sorted(sure, key=lambda part: -part.alone * part.ours):
            firsts.setdefault(each.standing.first, each)
        if len(firsts) < 2:
            return {}
        told = dict(list(firsts.items())[:2])
        return {place: told[place] for place in dict.fromkeys(each.standing.first for each in parts) if place in told}
