"""Learns from phrasings which competency a piece of evidence shows."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faq import bm25, cache, softmax
from faq.bm25 import WordScores
from faq.cache import Cache, KeepingEncoder
from faq.encoder import Encoder
from faq.entries import FOLDER
from faq.guessing import FEATURES, Guesser, features
from faq.matcher import Floats, Seen, combine, readings, see
from faq.normalise import expand
from faq.policy import Knowledge
from faq.softmax import Softmax
from faq.spelling import Spelling
from flows.program.competencies import Competencies, Competency, Reference

PHRASINGS = FOLDER / "competency_words"
FOLDS = 5
# With 25 or 40 steps as many of our own sentences (59 of 62) find their competency; it only takes longer.
STEPS = 15
# What decides the fitted layers, and what the phrasings are read with.
CODE = ("guessing", "learning", "bm25", "softmax", "matcher", "normalise", "split", "spelling", "encoder", "lexical")


class PhrasingError(ValueError):
    """The phrasings of a set cannot be used; the message names the file and says why."""


@dataclass(frozen=True)
class Texts:
    """All texts to learn from, competency after competency: their owners [texts], and which are wordings."""

    references: tuple[Reference, ...]
    texts: tuple[str, ...]
    owners: NDArray[np.intp]
    is_wording: NDArray[np.bool_]


@dataclass(frozen=True)
class Learned:
    """What is fitted to some of the texts."""

    layer: Softmax
    wordings: Floats
    owners: NDArray[np.intp]
    words: WordScores

    def features(self, seen: Seen) -> Floats:
        """What speaks for each competency."""
        return features(self.layer, self.wordings, self.owners, self.words, seen)


def load(
    competencies: Competencies,
    base: Knowledge,
    *,
    cache_dir: Path,
    on_progress: Callable[[int, int], None] | None = None,
    folder: Path = PHRASINGS,
) -> Guesser:
    """The guesser of all current sets; it shares the encoder of `base`.

    The first call encodes and fits (up to half a minute; `on_progress(texts done, texts in all)`), later ones read the
    cache; new official wordings are encoded alone. Raises PhrasingError.
    """
    given = texts(competencies, phrasings(competencies, folder))
    spelling = Spelling(Counter(re.findall(r"[a-z]{2,}", " ".join(given.texts).lower())), base.spelling.general)
    stored, name = Cache(cache_dir), f"guesses-{_key(given, base.encoder.id)}"
    if (found := _opened(stored.read(name), given, base.encoder, spelling)) is not None:
        return found
    with stored.locked():
        if (found := _opened(stored.read(name), given, base.encoder, spelling)) is not None:
            return found
        encoder = KeepingEncoder(base.encoder, stored, on_progress, store="phrasings")
        arrays = _fitted(given, encoder, spelling)
        stored.write(name, arrays)
        stored.forget("guesses-", name)
    return _guesser(arrays, given, base.encoder, spelling)


def phrasings(competencies: Competencies, folder: Path = PHRASINGS) -> dict[Reference, tuple[str, ...]]:
    """What people who show a competency may say, for each one of the current sets. Raises PhrasingError."""
    return {
        (group.id, item.number): found
        for group in competencies.sets
        for written in [_written(folder / f"{group.id}.toml")]
        for item in group.competencies
        for found in [_phrasings_of(item, written, folder)]
    }


def _written(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise PhrasingError(f"{path.name}: {wrong}") from None


def _phrasings_of(item: Competency, written: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    found = written.get(str(item.number))
    if not isinstance(found, list) or not found or not all(isinstance(text, str) and text.strip() for text in found):
        raise PhrasingError(f"{item.set}.toml: number {item.number} needs a list of phrasings in {folder.name}")
    return tuple(found)


def texts(competencies: Competencies, known: Mapping[Reference, Sequence[str]]) -> Texts:
    """The texts to learn from: phrasings, short forms with their parts, and official wordings where loaded."""
    items = [item for group in competencies.sets for item in group.competencies]
    rows = [
        (expand(text), owner, is_wording)
        for owner, item in enumerate(items)
        for is_wording, written in ((True, wordings(item)), (False, known[item.reference]))
        for text in written
    ]
    return Texts(
        tuple(item.reference for item in items),
        tuple(text for text, _, _ in rows),
        np.array([owner for _, owner, _ in rows], np.intp),
        np.array([is_wording for _, _, is_wording in rows]),
    )


def wordings(item: Competency) -> tuple[str, ...]:
    """Every way in which the program itself words a competency."""
    return tuple(text for text in (item.short, *item.parts, item.official) if text)


def learn(given: Texts, vectors: Floats, used: NDArray[np.bool_]) -> Learned:
    """What the used texts teach; all wordings have to be among them."""
    count, owners = len(given.references), given.owners
    documents = [""] * count
    for place in np.flatnonzero(used):
        documents[owners[place]] += f" {given.texts[place]}"
    layer = softmax.fit(vectors[used], owners[used], count, steps=STEPS)
    return Learned(layer, vectors[given.is_wording], owners[given.is_wording], bm25.fit(documents))


def held_out(given: Texts, vectors: Floats, seen: Sequence[Seen]) -> list[tuple[Floats, int]]:
    """Each phrasing, as seen by layers that never saw it: features of the competencies of its set, and its place."""
    fold_of = np.where(given.is_wording, -1, np.arange(len(given.texts)) % FOLDS)
    of_set = np.array([name for name, _ in given.references])
    rows = []
    for fold in range(FOLDS):
        learned = learn(given, vectors, fold_of != fold)
        for place in np.flatnonzero(fold_of == fold):
            owner = given.owners[place]
            among = np.flatnonzero(of_set == of_set[owner])
            rows.append((learned.features(seen[int(place)])[among], int(np.searchsorted(among, owner))))
    return rows


def fit_weights(rows: Sequence[tuple[Floats, int]], penalty: float = 1.0) -> Floats:
    """The weights under which the right competency of each row is most probable among those of its set."""

    def aim(weights: Floats) -> tuple[float, Floats]:
        value, slope = penalty * float(weights @ weights) / 2, penalty * weights
        for seen, right in rows:
            chances = combine(seen, weights)
            value -= float(np.log(max(chances[right], 1e-12)))
            slope = slope + chances @ seen - seen[right]
        return value, slope

    return softmax.descend(aim, np.zeros(len(FEATURES)), 60, 1e-3)


def _fitted(given: Texts, encoder: KeepingEncoder, spelling: Spelling) -> dict[str, NDArray[Any]]:
    read = [readings(text, spelling) for text in given.texts]
    encoder.prepare([*given.texts, *(text for mended, raw, parts in read for text in (mended, raw, *parts))])
    vectors = encoder.encode(given.texts)
    weights = fit_weights(held_out(given, vectors, see(given.texts, encoder, spelling)))
    learned = learn(given, vectors, np.ones(len(given.texts), np.bool_))
    layer, words = learned.layer, learned.words
    return {
        "layer_weights": layer.weights,
        "layer_biases": layer.biases,
        "wordings": learned.wordings,
        "owners": learned.owners,
        "terms": cache.pack(sorted(words.rows, key=lambda term: words.rows[term])),
        "words": words.weights,
        "weights": weights,
    }


def _opened(arrays: cache.Arrays | None, given: Texts, encoder: Encoder, spelling: Spelling) -> Guesser | None:
    try:
        return _guesser(arrays, given, encoder, spelling) if arrays is not None else None
    except (KeyError, ValueError, TypeError):
        return None


def _guesser(arrays: cache.Arrays, given: Texts, encoder: Encoder, spelling: Spelling) -> Guesser:
    rows = {term: row for row, term in enumerate(cache.unpack(arrays["terms"]))}
    layer = Softmax(arrays["layer_weights"], arrays["layer_biases"])
    words = WordScores(rows, arrays["words"])
    return Guesser(
        given.references, layer, arrays["wordings"], arrays["owners"], words, arrays["weights"], encoder, spelling
    )


def _key(given: Texts, encoder_id: str) -> str:
    code = [(FOLDER / f"{module}.py").read_bytes() for module in CODE]
    told = repr((given.references, given.texts, given.owners.tolist(), given.is_wording.tolist()))
    return cache.key(told, *code, encoder_id, np.__version__)
