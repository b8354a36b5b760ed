"""Learns from examples which class a vector belongs to: softmax regression with an L2 penalty."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Objective = Callable[[Floats], tuple[float, Floats]]

MEMORY = 10
SUFFICIENT = 1e-4


@dataclass(frozen=True)
class Softmax:
    """Weights [dimensions, classes] and biases [classes]."""

    weights: Floats
    biases: Floats

    def log_probabilities(self, vectors: Floats) -> Floats:
        """Natural logarithms, [vectors, classes]."""
        return log_softmax(vectors @ self.weights + self.biases)


def log_softmax(scores: Floats) -> Floats:
    """Each row shifted so that its exponentials sum to one."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def fit(
    vectors: Floats,
    labels: NDArray[np.intp],
    classes: int,
    *,
    strength: float = 12.0,
    weights: Floats | None = None,
    steps: int = 80,
) -> Softmax:
    """Minimises `sum of losses + |weights|^2 / (2 strength)`; the biases go free, each row counts `weights` times."""
    rows, dimensions = vectors.shape
    counted = np.ones(rows, np.float32) if weights is None else np.asarray(weights, np.float32)
    aim = objective(vectors, labels, classes, strength, counted)
    flat = descend(aim, np.zeros((dimensions + 1) * classes, np.float32), steps)
    table = flat.reshape(dimensions + 1, classes)
    return Softmax(table[:-1].copy(), table[-1].copy())


def objective(vectors: Floats, labels: NDArray[np.intp], classes: int, strength: float, counted: Floats) -> Objective:
    """The penalised loss and its gradient at a flat [dimensions + 1, classes] table of weights and biases."""
    rows = np.arange(len(labels))

    def loss(flat: Floats) -> tuple[float, Floats]:
        table = flat.reshape(-1, classes)
        logs = log_softmax(vectors @ table[:-1] + table[-1])
        value = -float((logs[rows, labels] * counted).sum()) + float((table[:-1] ** 2).sum()) / (2 * strength)
        pull = np.exp(logs)
        pull[rows, labels] -= 1
        pull *= counted[:, None]
        slope = np.concatenate([vectors.T @ pull + table[:-1] / strength, pull.sum(axis=0, keepdims=True)])
        return value, slope.ravel()

    return loss


def descend(aim: Objective, start: Floats, steps: int, tolerance: float = 1e-4) -> Floats:
    """Minimises a smooth function by L-BFGS until the gradient is `tolerance` of the first one, or `steps` are done."""
    past: deque[tuple[Floats, Floats]] = deque(maxlen=MEMORY)
    here = start
    value, slope = aim(here)
    enough = tolerance * max(float(np.linalg.norm(slope)), 1e-12)
    for _ in range(steps):
        way = -_inverse_curvature(slope, past)
        stride = 1.0 if past else min(1.0, 1.0 / max(float(np.abs(slope).sum()), 1e-12) * 10)
        found = _step(aim, here, value, slope, way, stride)
        if found is None:
            break
        there, value, new_slope = found
        past.append((there - here, new_slope - slope))
        here, slope = there, new_slope
        if float(np.linalg.norm(slope)) <= enough:
            break
    return here


def _step(
    aim: Objective, here: Floats, value: float, slope: Floats, way: Floats, stride: float
) -> tuple[Floats, float, Floats] | None:
    descent = float(slope @ way)
    for _ in range(25):
        there = here + stride * way
        new_value, new_slope = aim(there)
        if new_value <= value + SUFFICIENT * stride * descent:
            return there, new_value, new_slope
        stride /= 2
    return None


def _inverse_curvature(slope: Floats, past: deque[tuple[Floats, Floats]]) -> Floats:
    """The two-loop recursion of L-BFGS; pairs without positive curvature are passed over."""
    usable = [(move, change, 1 / dot) for move, change in past if (dot := float(move @ change)) > 1e-10]
    result = slope.copy()
    shares: list[float] = []
    for move, change, inverse in reversed(usable):
        shares.append(inverse * float(move @ result))
        result -= shares[-1] * change
    if usable:
        move, change, _ = usable[-1]
        result *= float(move @ change) / float(change @ change)
    for (move, change, inverse), share in zip(usable, reversed(shares), strict=True):
        result += (share - inverse * float(change @ result)) * move
    return result
