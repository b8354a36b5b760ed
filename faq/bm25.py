"""Scores entries by the words they share with a message (BM25), rare words counting most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.6
STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "if",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "am",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "i",
        "me",
        "my",
        "we",
        "our",
        "you",
        "your",
        "he",
        "she",
        "they",
        "them",
        "their",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "as",
        "so",
        "than",
        "then",
        "there",
        "here",
        "what",
        "which",
        "who",
        "whom",
        "when",
        "where",
        "why",
        "how",
        "can",
        "could",
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "must",
        "not",
        "no",
        "any",
        "some",
        "just",
        "about",
        "into",
        "out",
        "up",
        "down",
        "over",
        "also",
        "too",
        "very",
        "please",
        "want",
        "need",
        "get",
        "got",
        "like",
        "one",
    ]
)
ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "ors",
    "es",
    "ed",
    "er",
    "or",
    "ly",
    "s",
    "e",
    "y",
)


def stem(word: str) -> str:
    """A rough common form of a word's inflections; never shorter than four letters."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def terms(text: str) -> list[str]:
    """The stemmed content words of a text."""
    return [stem(word) for word in re.findall(r"[a-z0-9]+", text.lower().replace("'", "")) if word not in STOP]


@dataclass(frozen=True)
class WordScores:
    """What each word of the knowledge base says for each entry: weights [words, entries]."""

    rows: Mapping[str, int]
    weights: NDArray[np.float32]

    def scores(self, text: str) -> NDArray[np.float32]:
        """One score per entry, 0 to about 1: the share of the message's word weight that the entry meets."""
        found = [self.rows[term] for term in dict.fromkeys(terms(text)) if term in self.rows]
        if not found:
            return np.zeros(self.weights.shape[1], np.float32)
        best = self.weights[found].max(axis=1).sum() + 2.0
        return np.asarray(self.weights[found].sum(axis=0) / best, np.float32)


def fit(documents: Sequence[str]) -> WordScores:
    """The word weights of the documents, one document per entry."""
    counts = [Counter(terms(document)) for document in documents]
    rows = {term: row for row, term in enumerate(sorted({term for count in counts for term in count}))}
    table: NDArray[Any] = np.zeros((len(rows), len(counts)), np.float32)
    for column, count in enumerate(counts):
        for term, number in count.items():
            table[rows[term], column] = number
    lengths = table.sum(axis=0)
    spread = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1.0)) if len(counts) else lengths
    seen = (table > 0).sum(axis=1, keepdims=True)
    rarity = np.log(1 + (len(counts) - seen + 0.5) / (seen + 0.5))
    return WordScores(rows, np.asarray(rarity * table * (K1 + 1) / (table + spread), np.float32))
