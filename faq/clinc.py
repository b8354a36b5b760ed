"""Trains and tests the matcher's encoder and layer on a public set of intents in CLINC150's format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq import softmax
from faq.encoder import Encoder, Vectors
from faq.report import Share

SPLITS = ("train", "val", "test", "oos_train", "oos_val", "oos_test")
STRENGTH = 10.0
NEAR, FOREIGN, ASIDE = 4.0, 2.0, 0.3
LIMIT = 0.952

Rows = Sequence[Sequence[str]]
Judge = Callable[[Vectors], tuple[NDArray[Any], NDArray[Any]]]


class DataError(ValueError):
    """The file is not in CLINC150's format; the message says what is missing."""


@dataclass(frozen=True)
class Result:
    """A rejected in-scope query counts as wrong; the threshold comes from the validation part alone."""

    in_scope: Share
    oos_recall: Share
    threshold: float

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        named = (("in_scope_accuracy", self.in_scope), ("oos_recall", self.oos_recall))
        shares = {
            name: {"share": round(each.share, 4), "n": each.of, "interval": [round(end, 4) for end in each.interval]}
            for name, each in named
        }
        return {**shares, "threshold": round(self.threshold, 4)}

    def table(self) -> str:
        """The figures for reading."""
        named = (("in-scope accuracy", self.in_scope), ("out-of-scope recall", self.oos_recall))
        return "\n".join(
            f"{name:<22}{each.share:>7.1%}{each.of:>7}   {each.interval[0]:.1%} to {each.interval[1]:.1%}"
            for name, each in named
        )


def read(path: Path) -> dict[str, Rows]:
    """The splits of a file. Raises DataError when it is not of that format."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(data, dict) or (missing := [name for name in SPLITS if name not in data]):
        raise DataError(f"{path} lacks the splits {', '.join(missing if isinstance(data, dict) else SPLITS)}")
    if not all(isinstance(row, list) and len(row) == 2 for name in SPLITS for row in data[name]):
        raise DataError(f"{path} must hold pairs of query and intent in every split")
    return {name: data[name] for name in SPLITS}


def measure(data: Mapping[str, Rows], encoder: Encoder) -> Result:
    """Trains on `train` and `oos_train`, chooses the threshold on the validation splits, tests once."""
    vectors = {name: encoder.encode([row[0] for row in data[name]]) for name in SPLITS}
    intents = sorted({row[1] for row in data["train"]})
    labels = {name: np.array([intents.index(row[1]) for row in data[name]]) for name in ("train", "val", "test")}
    judge = _judge(vectors, labels["train"], len(intents))
    guessed = {name: judge(vectors[name]) for name in ("val", "oos_val", "test", "oos_test")}
    threshold = _threshold(guessed["val"], labels["val"], guessed["oos_val"][1])
    classes, sure = guessed["test"]
    right = int(((classes == labels["test"]) & (sure >= threshold)).sum())
    foreign = guessed["oos_test"][1]
    return Result(Share(right, len(classes)), Share(int((foreign < threshold).sum()), len(foreign)), threshold)


def _judge(vectors: Mapping[str, Vectors], labels: NDArray[Any], count: int) -> Judge:
    """A function from vectors to the likeliest intents and how sure each is."""
    known, foreign = vectors["train"], vectors["oos_train"]
    owners = np.concatenate([labels, np.full(len(foreign), count)])
    layer = softmax.fit(np.concatenate([known, foreign]), owners, count + 1, strength=STRENGTH, steps=100)

    def judge(asked: Vectors) -> tuple[NDArray[Any], NDArray[Any]]:
        logs = layer.log_probabilities(asked)
        near, strange = (asked @ known.T).max(axis=1), (asked @ foreign.T).max(axis=1)
        sure = logs[:, :count].max(axis=1) - ASIDE * logs[:, count] + NEAR * near - FOREIGN * strange
        return logs[:, :count].argmax(axis=1), sure

    return judge


def _threshold(guessed: tuple[NDArray[Any], NDArray[Any]], labels: NDArray[Any], foreign: NDArray[Any]) -> float:
    """The threshold with the most right validation rows, out-of-scope rows counting as an intent of their own."""
    classes, sure = guessed
    right = np.sort(sure[classes == labels])
    strange = np.sort(foreign)
    steps = np.unique(np.concatenate([right, strange]))
    hits = len(right) - np.searchsorted(right, steps, "left") + np.searchsorted(strange, steps, "left")
    return float(steps[int(hits.argmax())])
