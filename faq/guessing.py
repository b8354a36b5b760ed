"""Guesses which competencies a piece of evidence shows, and finds the one that a question is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from faq.bm25 import WordScores
from faq.encoder import Encoder
from faq.matcher import LEAST, Floats, Seen, combine, see
from faq.normalise import tidy
from faq.softmax import Softmax
from faq.spelling import Spelling
from faq.subject import subject
from flows.program.competencies import Reference

__all__ = ["Guess", "Guesser", "subject"]

FEATURES = ("log p", "wording", "words")
# Two or three words hold little meaning but the words themselves: of 46 searches (tests/data/competency_searches.tsv)
# 44 find theirs among the first three when words count once, 45 when four times, 46 when six times.
SEARCHING = np.array([1.0, 1.0, 6.0])
LINK = re.compile(r"<?(?:https?://|www\.)[^\s<>]*>?", re.IGNORECASE)


@dataclass(frozen=True)
class Guess:
    """A competency, and its chance (0 to 1) among those that were looked through."""

    reference: Reference
    score: float


@dataclass(frozen=True)
class Guesser:
    """Knows what each competency looks like in practice; may be asked from several threads.

    The columns of `layer`, `wordings` [dimensions, wordings; their `owners`] and `words` stand in the order of
    `references`, those of a competency being consecutive in `owners`.
    """

    references: tuple[Reference, ...]
    layer: Softmax
    wordings: Floats
    owners: NDArray[np.intp]
    words: WordScores
    weights: Floats
    encoder: Encoder
    spelling: Spelling

    def guess(self, text: str, sets: Collection[str] | None = None, most: int = 3) -> tuple[Guess, ...]:
        """The likeliest competencies, best first, of the sets with these ids (None: of all current sets).

        Looks at the first 2,000 characters. Nothing when the text holds no word or no set is known.
        """
        return self._likeliest(text, sets, most, self.weights)

    def search(self, words: str, most: int = 5) -> tuple[Guess, ...]:
        """The competencies of all current sets that words such as "interlibrary loan" are about, best first."""
        return self._likeliest(words, None, most, self.weights * SEARCHING)

    def _likeliest(self, text: str, sets: Collection[str] | None, most: int, weights: Floats) -> tuple[Guess, ...]:
        said = spoken(text)
        allowed = [place for place, (name, _) in enumerate(self.references) if sets is None or name in sets]
        if not allowed or not re.search(r"[^\W_]", said):
            return ()
        [seen] = see([said], self.encoder, self.spelling)
        chances = combine(self.features(seen)[allowed], weights)
        best = np.argsort(-chances, kind="stable")[: max(most, 0)]
        return tuple(Guess(self.references[allowed[place]], float(chances[place])) for place in best)

    def features(self, seen: Seen) -> Floats:
        """In the order of FEATURES, one row for each reference."""
        return features(self.layer, self.wordings, self.owners, self.words, seen)


def features(layer: Softmax, wordings: Floats, owners: NDArray[np.intp], words: WordScores, seen: Seen) -> Floats:
    """What speaks for each competency: the layer's verdict, nearness of its wording, and words in common."""
    vectors = np.concatenate([seen.whole, seen.parts])
    chance = np.exp(layer.log_probabilities(vectors)).mean(axis=0)
    starts = np.searchsorted(owners, np.arange(len(layer.biases)))
    nearness = np.maximum.reduceat((wordings @ vectors.T).max(axis=1), starts)
    return np.stack([np.log(chance + LEAST), nearness, words.scores(seen.text)], axis=1).astype(np.float64)


def spoken(text: str) -> str:
    """What a person says besides the links; the words in the links where there is nothing else."""
    plain = tidy(text)
    said = re.sub(r" {2,}", " ", LINK.sub(" ", plain)).strip()
    return said if re.search(r"[^\W\d_]{2}", said) else " ".join(_words_of(LINK.findall(plain)) or [said])


def _words_of(links: Sequence[str]) -> list[str]:
    paths = (unquote(_path(link.strip("<>"))) for link in links)
    return [word for path in paths for word in re.findall(r"(?<![^\W_])[a-zA-Z]{3,}(?![^\W_])", path)]


def _path(link: str) -> str:
    try:
        return urlsplit(link).path
    except ValueError:
        return ""
