"""Scores every entry for a message: by trained layer, by nearest phrasing, and by shared words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq import split
from faq.bm25 import WordScores
from faq.encoder import Encoder, Look
from faq.normalise import expand
from faq.pieces import Pieces
from faq.softmax import Softmax
from faq.spelling import Spelling

Floats = NDArray[np.floating[Any]]

FEATURES = (
    "log p",
    "log p of parts",
    "phrasing",
    "three phrasings",
    "answer",
    "words",
    "words of parts",
    "topic",
    "pieces of the answer",
    "pieces",
)
SHORT_LIST = 16
# How the short list is drawn up, before the pieces are compared; what is answered is decided by fitted weights.
ROUGH = np.array([0.9, 0.2, 0.8, 0.5, 3.0, 1.3, 0.8, 0.25])
ANSWER_WORTH = 0.95
LEAST = 1e-6


@dataclass(frozen=True)
class Seen:
    """A message as the matcher sees it: whole (mended, raw) and its sentences of three or more words."""

    text: str
    whole: Floats
    parts: Floats
    sentences: tuple[str, ...]
    look: Look


def readings(message: str, spelling: Spelling) -> tuple[str, str, tuple[str, ...]]:
    """The mended text, the raw one, and the mended sentences if there are several."""
    raw = split.without_greeting(message)
    mended = spelling.mend(expand(raw))
    parts = [part for part in split.sentences(mended) if len(part.split()) >= 3]
    return mended, raw, tuple(parts[:6]) if len(split.sentences(mended)) > 1 else ()


def see(messages: Sequence[str], encoder: Encoder, spelling: Spelling) -> list[Seen]:
    """Encodes messages; each distinct text once."""
    read = [readings(message, spelling) for message in messages]
    texts = list(dict.fromkeys(text for mended, raw, parts in read for text in (mended, raw, *parts)))
    places = {text: place for place, text in enumerate(texts)}
    looks = encoder.look(texts)
    vectors = np.stack([look.vector for look in looks])
    return [
        Seen(
            mended,
            vectors[[places[mended], places[raw]]],
            vectors[[places[part] for part in parts]] if parts else vectors[[places[mended]]],
            parts or (mended,),
            looks[places[mended]],
        )
        for mended, raw, parts in read
    ]


@dataclass(frozen=True)
class Shelf:
    """The vectors of all phrasings, titles and answers: owners [rows] ascending, is_answer [rows]."""

    vectors: Floats
    owners: NDArray[np.intp]
    is_answer: NDArray[np.bool_]
    classes: int

    def without(self, left_out: NDArray[np.bool_]) -> Shelf:
        """The shelf without some rows."""
        return Shelf(self.vectors[~left_out], self.owners[~left_out], self.is_answer[~left_out], self.classes)

    def nearest(self, seen: Floats) -> tuple[Floats, Floats, Floats]:
        """For each class: the best cosine of phrasings, the mean of the best three, and the best of the answers."""
        closeness = (self.vectors @ seen.T).max(axis=1).clip(0.0)
        starts = np.searchsorted(self.owners, np.arange(self.classes))
        answered = np.maximum.reduceat(np.where(self.is_answer, closeness, 0.0), starts)
        left = np.where(self.is_answer, 0.0, closeness)
        asked = []
        for _ in range(3):
            asked.append(np.maximum.reduceat(left, starts))
            left = np.where(left >= asked[-1][self.owners], 0.0, left)
        return asked[0], np.mean(asked, axis=0), answered * ANSWER_WORTH


@dataclass(frozen=True)
class Matcher:
    """The fitted layers that turn a message into features [classes, features].

    `coarse` knows topics only, which it learns from many examples each; `topics` [classes] says each class's.
    """

    layer: Softmax
    shelf: Shelf
    words: WordScores
    coarse: Softmax
    topics: NDArray[np.intp]
    pieces: Pieces

    def features(self, seen: Seen) -> Floats:
        """In the order of FEATURES; classes off the short list have the least closeness of pieces that is on it."""
        rough = self._rough(seen)
        listed = np.argsort(-(rough @ ROUGH))[:SHORT_LIST]
        whole, answer = self.pieces.closeness(seen.look, [int(number) for number in listed])
        by_piece = np.full((len(rough), 2), [answer.min(), whole.min()])
        by_piece[listed] = np.stack([answer, whole], axis=1)
        return np.concatenate([rough, by_piece], axis=1)

    def _rough(self, seen: Seen) -> Floats:
        whole = np.exp(self.layer.log_probabilities(seen.whole)).mean(axis=0)
        parts = np.exp(self.layer.log_probabilities(seen.parts)).max(axis=0)
        near, three, answer = self.shelf.nearest(np.concatenate([seen.whole, seen.parts]))
        words = self.words.scores(seen.text)
        by_part = np.max([self.words.scores(part) for part in seen.sentences], axis=0)
        topic = np.exp(self.coarse.log_probabilities(np.concatenate([seen.whole, seen.parts]))).mean(axis=0)
        rows = (
            np.log(whole + LEAST),
            np.log(parts + LEAST),
            near,
            three,
            answer,
            words,
            by_part,
            np.log(topic + LEAST)[self.topics],
        )
        return np.stack(rows, axis=1).astype(np.float64)


def combine(features: Floats, weights: Floats) -> Floats:
    """The probability of each class, from the weighted sum of its features."""
    scores = features @ weights
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
