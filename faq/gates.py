"""Learns how far to trust the matcher: how to weigh its features, and when its best answer is good enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.matcher import Floats, combine
from faq.softmax import descend
from faq.standing import Classes, Standing

# Where the fitting of the weights starts, and what holds them when there are few examples.
PRIOR = np.array([0.8, 0.2, 0.5, 0.4, 1.2, 0.5, 0.4, 0.25, 2.0, 9.0])


@dataclass(frozen=True)
class Row:
    """One example to learn from: a message's features, its words counted, and which classes are right for it.

    `facts`: for each fact asked for, the answers that hold it; none when it must not be answered. `parts`: the features
    and words of its questions, when there are several.
    """

    features: Floats
    words: int
    right: NDArray[np.bool_]
    facts: tuple[NDArray[np.bool_], ...]
    worth: float
    parts: tuple[tuple[Floats, int], ...] = ()

    @property
    def held(self) -> NDArray[np.bool_]:
        """The answers that hold the first fact."""
        return self.facts[0] if self.facts else np.zeros_like(self.right)

    def is_smalltalk(self, classes: Classes) -> bool:
        """Whether good manners are right for it."""
        return bool((self.right & ~classes.is_answer & ~classes.is_not_us).any())


@dataclass(frozen=True)
class Gate:
    """A logistic gate over a message's signs."""

    centre: Floats
    weights: Floats
    bias: float

    def chance(self, signs: Floats) -> float:
        """The probability that what the gate asks is so."""
        return float(1 / (1 + np.exp(-((signs - self.centre) @ self.weights + self.bias))))


@dataclass(frozen=True)
class Judged:
    """A message or a part of one, with the gates' verdicts: first answer serves, one of two serves, it is ours."""

    standing: Standing
    alone: float
    pair: float
    ours: float


@dataclass(frozen=True)
class Gates:
    """The three gates: the best answer serves, one of the best two does, and the message is ours."""

    alone: Gate
    pair: Gate
    ours: Gate

    def judge(self, standing: Standing) -> Judged:
        """A message's standing with the three chances."""
        return Judged(standing, *(gate.chance(standing.signs) for gate in (self.alone, self.pair, self.ours)))


def fit_gates(rows: Sequence[Row], standing: Sequence[Standing]) -> Gates:
    """Fits the gates to messages that ask one thing at most."""
    signs, worth = np.stack([each.signs for each in standing]), np.array([row.worth for row in rows])
    asked = np.array([bool(row.facts) for row in rows])
    first = np.array([bool(row.held[each.first]) for row, each in zip(rows, standing, strict=True)])
    either = np.array([bool(row.held[list(each.two)].any()) for row, each in zip(rows, standing, strict=True)])
    return Gates(
        fit_gate(signs[asked], first[asked], worth[asked]),
        fit_gate(signs[asked], either[asked], worth[asked]),
        fit_gate(signs, asked, worth),
    )


def borne_out(rows: Sequence[Row], known: Classes) -> float:
    """How often an answer named by `also` does hold what its neighbour was asked for, on labelled messages.

    Laplace's rule of succession: one half where nothing is known.
    """
    held, named = 1, 2
    for row in rows:
        if row.held.any():
            best = int(np.where(row.held, combine(row.features, PRIOR), -1.0).argmax())
            others = known.serves[:, best] > 0
            others[best] = False
            held, named = held + int((others & row.held).sum()), named + int(others.sum())
    return held / named


def fit_gate(signs: Floats, truth: NDArray[np.bool_], counted: Floats, penalty: float = 1.0) -> Gate:
    """Fits a gate to rows of signs; each row counts `counted` times."""
    centre, scale = signs.mean(axis=0), np.maximum(signs.std(axis=0), 1e-6)
    rows = np.concatenate([(signs - centre) / scale, np.ones((len(signs), 1))], axis=1)
    sign = np.where(truth, 1.0, -1.0)

    def aim(flat: Floats) -> tuple[float, Floats]:
        margin = sign * (rows @ flat)
        free = np.append(flat[:-1], 0.0)
        value = float((counted * np.logaddexp(0, -margin)).sum()) + penalty * float(free @ free) / 2
        slope = rows.T @ (-counted * sign / (1 + np.exp(np.clip(margin, -60, 60)))) + penalty * free
        return value, slope

    found = descend(aim, np.zeros(rows.shape[1]), 200, 1e-6)
    return Gate(centre, found[:-1] / scale, float(found[-1]))


def fit_weights(
    features: Sequence[Floats], right: Sequence[NDArray[np.bool_]], counted: Floats, penalty: float = 0.02
) -> Floats:
    """The weights under which the right classes are most probable; rows with no right class are passed over.

    The penalty draws each weight towards `PRIOR`, so that a small sample cannot turn a sensible feature round.
    """
    used = [index for index, mask in enumerate(right) if mask.any()]
    if not used:
        return PRIOR
    stack: NDArray[Any] = np.stack([features[index] for index in used]).astype(np.float32)
    masks, share = np.stack([right[index] for index in used]), counted[used] / counted[used].sum()

    def aim(flat: Floats) -> tuple[float, Floats]:
        weights = PRIOR * np.exp(flat)
        chances = combine(stack, weights.astype(np.float32))
        hit = np.where(masks, chances, 0.0)
        total = np.maximum(hit.sum(axis=1), 1e-12)
        value = -float(share @ np.log(total)) + penalty * float(flat @ flat) / 2
        pull = (chances - hit / total[:, None]) * share[:, None]
        slope = np.einsum("nk,nkf->f", pull, stack, optimize=True) * weights + penalty * flat
        return value, np.asarray(slope, np.float64)

    return np.asarray(PRIOR * np.exp(descend(aim, np.zeros(len(PRIOR)), 40, 1e-3)))
