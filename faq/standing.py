"""Says how the entries stand for one message: which answers serve it best, and what speaks for it being ours."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from faq.matcher import FEATURES, Floats, combine

EDGE = 1e-4


@dataclass(frozen=True)
class Classes:
    """What kind each class is, and which answers serve it: how probable it is that t answers e's question, [t, e]."""

    is_answer: NDArray[np.bool_]
    is_not_us: NDArray[np.bool_]
    serves: NDArray[np.float64]

    def trusting(self, trust: float) -> Classes:
        """The same, with each neighbour named by `also` trusted so far."""
        own = np.diag(self.is_answer.astype(np.float64))
        return replace(self, serves=np.where(own > 0, own, (self.serves > 0) * trust))


@dataclass(frozen=True)
class Standing:
    """How the classes stand for one message.

    `best` are the answers that most probably serve it together, at most three: each adds most to those before it.
    `other` is the best class that is no answer, with its nearest phrasing's cosine.
    """

    best: tuple[int, ...]
    other: int
    other_near: float
    signs: Floats

    @property
    def first(self) -> int:
        """The answer that most probably serves it alone."""
        return self.best[0]

    @property
    def two(self) -> tuple[int, ...]:
        """The answers that most probably serve it in pairs."""
        return self.best[:2]


def stand(features: Floats, weights: Floats, classes: Classes, words: int) -> Standing:
    """Weighs the features of one message of so many words."""
    chances = combine(features, weights)
    ours = float(chances[classes.is_answer].sum())
    within = np.where(classes.is_answer, chances, 0.0) / max(ours, 1e-12)
    best, added = _together(within, classes)
    other = int(np.where(classes.is_answer, -1.0, chances).argmax())
    signs = _signs(features, classes, chances, ours, added[0], sum(added[1:2]), within, best[0], words)
    near = float(features[other, FEATURES.index("phrasing")])
    return Standing(best, other, near, signs)


def _together(within: Floats, classes: Classes) -> tuple[tuple[int, ...], list[float]]:
    """The best three answers to give together, and the chance that each serves where those before it do not."""
    left = within
    best: list[int] = []
    added: list[float] = []
    for _ in range(min(3, int(classes.is_answer.sum()))):
        served = np.where(classes.is_answer, classes.serves @ left, -1.0)
        served[best] = -1.0
        best.append(int(served.argmax()))
        added.append(float(served[best[-1]]))
        left = left * (1 - classes.serves[best[-1]])
    return tuple(best), added


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
