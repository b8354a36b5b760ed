"""Stands in for the sentence encoder where it is not installed: texts that share words and letters lie close."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from faq.bm25 import STOP, stem
from faq.encoder import Look, Vectors, unit

DIMENSIONS = 1024


@dataclass(frozen=True)
class LexicalEncoder:
    """Words, pairs of words and runs of three to five letters, each hashed to a place and a sign."""

    id: str = f"lexical-{DIMENSIONS}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text; a text without a letter gets zeros."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            for trait, weight in traits(text):
                number = zlib.crc32(trait.encode())
                vectors[row, number % DIMENSIONS] += weight if number & 0x80000000 else -weight
        return unit(vectors)

    def look(self, texts: Sequence[str]) -> list[Look]:
        """The vectors; letters in a row are no pieces with a meaning."""
        return [Look(vector, np.zeros(0, np.int32), np.zeros((0, 1), np.int8)) for vector in self.encode(texts)]


def traits(text: str) -> Iterator[tuple[str, float]]:
    """What a text is known by, with weights: function words count little."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    stems = [stem(word) for word in words]
    for word, root in zip(words, stems, strict=True):
        weight = 0.3 if word in STOP else 1.0
        yield f"w {root}", weight * 1.5
        edged = f"<{word}>"
        for size in (3, 4, 5):
            for start in range(max(len(edged) - size + 1, 0)):
                yield f"c {edged[start : start + size]}", weight * 0.35
    for one, other in pairwise(stems):
        yield f"p {one} {other}", 0.6
