"""Compares a message with the entries piece by piece, each piece of a word in its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Look, unit

Floats = NDArray[np.floating[Any]]

DIMENSIONS = 96
FULL = 127.0


@dataclass(frozen=True)
class Pieces:
    """The pieces of all texts, class after class, those of a class's answer last.

    `table` [pieces, DIMENSIONS] holds directions in 127ths. `starts` [classes + 1] and `answers` say where the
    pieces and the answer of each class begin. `basis` leads from the encoder's space here, `rarity` weighs each piece.
    """

    table: NDArray[np.int8]
    starts: NDArray[np.intp]
    answers: NDArray[np.intp]
    basis: Floats
    rarity: Floats

    def closeness(self, look: Look, classes: Sequence[int]) -> tuple[Floats, Floats]:
        """For each of some classes: how well its pieces, and those of its answer alone, meet the message's, 0 to 1."""
        worth = self.rarity[look.ids[1:-1]] if len(self.rarity) else np.zeros(0)
        if not worth.sum() or not len(self.table):
            return np.zeros(len(classes)), np.zeros(len(classes))
        met = self._met(unit(look.pieces[1:-1].astype(np.float32) @ self.basis) / FULL, classes) @ (worth / worth.sum())
        return np.maximum(met[::2], met[1::2]), met[1::2]

    def _met(self, asked: Floats, classes: Sequence[int]) -> Floats:
        """The closest piece to each asked one, two rows for each class: in all but its answer, and in its answer."""
        slices = [self.table[self.starts[each] : self.starts[each + 1]] for each in classes]
        close = np.concatenate(slices).astype(np.float32) @ asked.T
        ends = np.cumsum([len(part) for part in slices])
        begins = np.concatenate([[0], ends[:-1]])
        answers = begins + (self.answers - self.starts[:-1])[list(classes)]
        cuts = np.stack([begins, answers], axis=1).ravel()
        return np.asarray(np.maximum.reduceat(close, cuts, axis=0).clip(0.0))


def basis(looks: Sequence[Look]) -> Floats:
    """The directions in which the pieces of some texts differ most, [dimensions, DIMENSIONS]."""
    pieces = np.concatenate([look.pieces for look in looks]).astype(np.float32)
    _, directions = np.linalg.eigh(pieces.T @ pieces)
    return np.ascontiguousarray(directions[:, ::-1][:, :DIMENSIONS], np.float32)


def rarity(looks: Sequence[Look]) -> Floats:
    """The weight of each piece number: the rarer in the texts, the heavier."""
    seen = np.zeros(max((int(look.ids.max(initial=0)) for look in looks), default=0) + 40_000, np.float32)
    for look in looks:
        seen[np.unique(look.ids)] += 1
    return np.asarray(np.log(len(looks) / (1 + seen)).clip(0.0), np.float32)


@dataclass(frozen=True)
class Texts:
    """The pieces of each text in the space of `basis`, before they are shelved."""

    tables: tuple[NDArray[np.int8], ...]
    basis: Floats
    rarity: Floats

    def shelved(
        self, owners: NDArray[np.intp], is_answer: NDArray[np.bool_], kept: NDArray[np.bool_], classes: int
    ) -> Pieces:
        """The pieces of the kept texts; owners ascend, and a class's answer is its last text."""
        sizes = np.array([len(table) for table in self.tables]) * kept
        starts = np.concatenate([[0], np.cumsum(np.bincount(owners, sizes, classes))]).astype(np.intp)
        of_answers = np.bincount(owners, sizes * is_answer, classes).astype(np.intp)
        chosen = [table for table, keep in zip(self.tables, kept, strict=True) if keep]
        return Pieces(np.concatenate(chosen), starts, starts[1:] - of_answers, self.basis, self.rarity)


def gather(looks: Sequence[Look]) -> Texts:
    """Brings the pieces of all texts into the small space."""
    if not sum(len(look.ids) for look in looks):
        none = np.zeros((0, DIMENSIONS), np.int8)
        return Texts(tuple(none for _ in looks), np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    directions = basis(looks)
    small = [unit(look.pieces.astype(np.float32) @ directions) for look in looks]
    return Texts(tuple(np.round(each * FULL).astype(np.int8) for each in small), directions, rarity(looks))
