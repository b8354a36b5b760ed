"""Learns how far to trust the matcher: how to weigh its features, and when its best answer is good enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq.matcher import FEATURES, Floats, combine
from faq.softmax import descend

PRIOR = np.array([0.8, 0.2, 0.5, 0.4, 1.2, 0.5, 0.4, 0.25, 2.0, 9.0])
EDGE = 1e-4
# How far an answer is trusted to hold what its neighbour is asked for: `also` says so more often than it is so.
KINSHIP = 0.45


@dataclass(frozen=True)
class Classes:
    """What kind each class is, and which answers serve it: serves[t, e] says that t answers e's question."""

    is_answer: NDArray[np.bool_]
    is_not_us: NDArray[np.bool_]
    serves: NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """How the classes stand for one message.

    `first` and `second` are the answers that most probably serve it, alone and together; `ranked` the best answers by
    probability; `other` the best class that is no answer, with its nearest phrasing's cosine.
    """

    first: int
    second: int
    ranked: tuple[int, ...]
    other: int
    other_near: float
    signs: Floats


def stand(features: Floats, weights: Floats, classes: Classes, words: int) -> Standing:
    """Weighs the features of one message of so many words."""
    chances = combine(features, weights)
    ours = float(chances[classes.is_answer].sum())
    within = np.where(classes.is_answer, chances, 0.0) / max(ours, 1e-12)
    served = within + KINSHIP * (classes.serves @ within - within)
    first = int(served.argmax())
    left = within * (1 - KINSHIP * classes.serves[first])
    left[first] = 0.0
    added = left + KINSHIP * (classes.serves @ left - left)
    added[first] = -1.0
    second = int(added.argmax())
    ranked = tuple(int(index) for index in np.argsort(-served)[:8])
    other = int(np.where(classes.is_answer, -1.0, chances).argmax())
    signs = _signs(features, classes, chances, ours, float(served[first]), float(added[second]), within, first, words)
    near = float(features[other, FEATURES.index("phrasing")])
    return Standing(first, second, ranked, other, near, signs)


def _signs(
    features: Floats,
    classes: Classes,
    chances: Floats,
    ours: float,
    alone: float,
    extra: float,
    within: Floats,
    first: int,
    words: int,
) -> Floats:
    near, answer, shared, pieces = (
        features[:, FEATURES.index(name)] for name in ("phrasing", "answer", "words", "pieces")
    )
    ordered = np.sort(within)[::-1]
    near_ours, near_not = near[classes.is_answer].max(), near[classes.is_not_us].max(initial=0.0)
    return np.array(
        [
            odds(alone),
            odds(alone + extra),
            odds(float(ordered[0])),
            float(np.log((ordered[0] + EDGE) / (ordered[1] + EDGE))),
            near[first],
            answer[first],
            shared[first],
            odds(ours),
            near_ours,
            near_ours - near_not,
            answer[classes.is_answer].max() - answer[classes.is_not_us].max(initial=0.0),
            shared[classes.is_answer].max() - shared[classes.is_not_us].max(initial=0.0),
            pieces[first],
            pieces[classes.is_answer].max() - pieces[classes.is_not_us].max(initial=0.0),
            odds(_coarsely_ours(features, classes)),
            float(np.log1p(words)),
            float(np.log(chances.max() + EDGE)),
        ]
    )


def _coarsely_ours(features: Floats, classes: Classes) -> float:
    """What the topics alone say; all not-us entries are one topic, and so is all smalltalk."""
    topic = np.exp(features[:, FEATURES.index("topic")])
    foreign = topic[classes.is_not_us].max(initial=0.0) + topic[~classes.is_answer & ~classes.is_not_us].max(
        initial=0.0
    )
    return 1.0 - float(foreign)


def odds(chance: float) -> float:
    """The log-odds of a probability, kept within bounds."""
    bounded = min(max(chance, EDGE), 1 - EDGE)
    return float(np.log(bounded / (1 - bounded)))


@dataclass(frozen=True)
class Gate:
    """A logistic gate over a message's signs."""

    centre: Floats
    weights: Floats
    bias: float

    def chance(self, signs: Floats) -> float:
        """The probability that what the gate asks is so."""
        return float(1 / (1 + np.exp(-((signs - self.centre) @ self.weights + self.bias))))


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
