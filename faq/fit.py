"""Fits the matcher and its gates to the entries, on phrasings held out in five folds and on labelled messages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faq import bm25, normalise, softmax
from faq.cache import KeepingEncoder
from faq.entries import Entry
from faq.gates import PRIOR, Classes, Gate, fit_gate, fit_weights, stand
from faq.matcher import Floats, Matcher, Seen, Shelf, combine, readings, see
from faq.pieces import Texts, gather
from faq.spelling import Spelling

FOLDS = 5
# Every second phrasing left out is scored: enough for a dozen weights and three gates, in half the time.
SCORED = 2
STRENGTH = 12.0
DEV_WORTH = 6.0
STEPS = 40
PLAUSIBLE = 30


@dataclass(frozen=True)
class Labelled:
    """A labelled message: `expect` is a regular expression for a right answer, two joined by ` && `, or `-`."""

    query: str
    kind: str
    expect: str

    @property
    def patterns(self) -> tuple[str, ...]:
        """The regular expressions that the answers must meet; none when it must not be answered."""
        return () if self.expect == "-" else tuple(part.strip() for part in self.expect.split(" && "))


@dataclass(frozen=True)
class Brain:
    """All that is fitted: the matcher, the weights of its features, and the three gates."""

    matcher: Matcher
    weights: Floats
    alone: Gate
    pair: Gate
    ours: Gate


@dataclass(frozen=True)
class Examples:
    """The texts that the layers learn from: owners [texts], and what each text is."""

    texts: tuple[str, ...]
    owners: NDArray[np.intp]
    is_answer: NDArray[np.bool_]
    is_phrasing: NDArray[np.bool_]


def examples(entries: Sequence[Entry]) -> Examples:
    """Phrasings, titles and answers, in the order of the entries."""
    rows = [
        (text, owner, role)
        for owner, entry in enumerate(entries)
        for role, texts in (("phrasing", entry.phrasings), ("title", (entry.title,)), ("answer", (entry.answer,)))
        for text in texts
    ]
    roles = [role for _, _, role in rows]
    return Examples(
        tuple(normalise.expand(text) for text, _, _ in rows),
        np.array([owner for _, owner, _ in rows], np.intp),
        np.array([role == "answer" for role in roles]),
        np.array([role == "phrasing" for role in roles]),
    )


def classes(entries: Sequence[Entry]) -> Classes:
    """The kinds of the entries, and which answers hold which facts."""
    places = {entry.id: place for place, entry in enumerate(entries)}
    serves = np.eye(len(entries))
    for place, entry in enumerate(entries):
        for other in entry.also:
            serves[places[other], place] = 1.0
    kinds = [entry.kind for entry in entries]
    is_answer = np.array([kind == "answer" for kind in kinds])
    return Classes(
        is_answer, np.array([kind == "not-us" for kind in kinds]), serves * is_answer[:, None] * is_answer[None, :]
    )


def domain_words(entries: Sequence[Entry]) -> dict[str, int]:
    """How often each word stands in the entries."""
    texts = (text for entry in entries for text in (entry.title, entry.answer, *map(normalise.expand, entry.phrasings)))
    return dict(Counter(word for text in texts for word in re.findall(r"[a-z]{2,}", text.lower())))


def topics(entries: Sequence[Entry]) -> NDArray[np.intp]:
    """The number of each entry's topic."""
    names = sorted({entry.topic for entry in entries})
    return np.array([names.index(entry.topic) for entry in entries], np.intp)


@dataclass(frozen=True)
class Material:
    """The examples as the encoder sees them, with the topic of each class."""

    given: Examples
    vectors: Floats
    pieces: Texts
    topics: NDArray[np.intp]


def matcher(material: Material, left_out: NDArray[np.bool_]) -> Matcher:
    """The layers fitted without the texts left out."""
    given, vectors, topics_ = material.given, material.vectors, material.topics
    count = len(topics_)
    shelf = Shelf(vectors, given.owners, given.is_answer, count)
    used = shelf.without(left_out)
    documents = [""] * count
    for text, owner, skip in zip(given.texts, given.owners, left_out, strict=True):
        documents[owner] += "" if skip else f" {text}"
    layer = softmax.fit(used.vectors, used.owners, count, strength=STRENGTH, steps=STEPS)
    pieces = material.pieces.shelved(given.owners, given.is_answer, ~left_out, count)
    coarse = softmax.fit(used.vectors, topics_[used.owners], int(topics_.max()) + 1, strength=STRENGTH, steps=STEPS)
    return Matcher(layer, used, bm25.fit(documents), coarse, topics_, pieces)


@dataclass(frozen=True)
class Row:
    """One example for the gates: the features of a message, and which classes are right for it."""

    features: Floats
    right: NDArray[np.bool_]
    words: int
    worth: float


def held_out(material: Material, seen: Sequence[Seen], known: Classes) -> list[Row]:
    """The phrasings, each scored by layers that never saw it."""
    given, count = material.given, len(known.is_answer)
    fold_of = np.where(given.is_phrasing, np.arange(len(given.texts)) * 7 % FOLDS, -1)
    rows: list[Row] = []
    for fold in range(FOLDS):
        fitted = matcher(material, fold_of == fold)
        for index in np.flatnonzero(fold_of == fold)[::SCORED]:
            owner = int(given.owners[index])
            right = known.serves[:, owner] > 0 if known.is_answer[owner] else np.arange(count) == owner
            rows.append(Row(fitted.features(seen[int(index)]), right, len(given.texts[index].split()), float(SCORED)))
    return rows


def labelled_rows(
    fitted: Matcher, labelled: Sequence[Labelled], seen: Sequence[Seen], entries: Sequence[Entry]
) -> list[Row]:
    """Labelled messages that ask one thing at most, scored by the full layers."""
    rows = []
    for row, message in zip(labelled, seen, strict=True):
        if len(row.patterns) > 1:
            continue
        features = fitted.features(message)
        right = np.zeros(len(entries), np.bool_)
        # Only what the matcher could choose is looked through: a set's expressions can be slow.
        for place in np.argsort(-combine(features, PRIOR))[:PLAUSIBLE]:
            right[place] = _is_right(entries[place], row)
        rows.append(Row(features, right, len(message.text.split()), DEV_WORTH))
    return rows


def _is_right(entry: Entry, row: Labelled) -> bool:
    if row.patterns:
        return entry.kind == "answer" and bool(re.search(row.patterns[0], entry.answer, re.IGNORECASE))
    return entry.kind == ("smalltalk" if row.kind == "smalltalk" else "not-us")


def fit(entries: Sequence[Entry], labelled: Sequence[Labelled], encoder: KeepingEncoder, spelling: Spelling) -> Brain:
    """Fits everything; all texts are shown to the encoder first, so that its cache holds just these."""
    given, known = examples(entries), classes(entries)
    messages = [*given.texts, *(normalise.tidy(row.query) for row in labelled)]
    read = [
        text
        for message in messages
        for mended, raw, parts in [readings(message, spelling)]
        for text in (mended, raw, *parts)
    ]
    encoder.prepare([*given.texts, *read])
    looks, seen = encoder.look(given.texts), see(messages, encoder, spelling)
    vectors = np.stack([look.vector for look in looks])
    material = Material(given, vectors, gather(looks), topics(entries))
    full = matcher(material, np.zeros(len(given.texts), np.bool_))
    rows = held_out(material, seen, known) + labelled_rows(full, labelled, seen[len(given.texts) :], entries)
    return gated(full, rows, known)


def gated(full: Matcher, rows: Sequence[Row], known: Classes) -> Brain:
    """Weights and gates from the rows."""
    worth = np.array([row.worth for row in rows])
    weights = fit_weights([row.features for row in rows], [row.right for row in rows], worth)
    standing = [stand(row.features, weights, known, row.words) for row in rows]
    signs = np.stack([each.signs for each in standing])
    asked = np.array([bool((row.right & known.is_answer).any()) for row in rows])
    alone = np.array([bool(row.right[each.first]) for row, each in zip(rows, standing, strict=True)])
    pair = np.array(
        [bool(row.right[each.first] or row.right[each.second]) for row, each in zip(rows, standing, strict=True)]
    )
    return Brain(
        full,
        weights,
        fit_gate(signs[asked], alone[asked], worth[asked]),
        fit_gate(signs[asked], pair[asked], worth[asked]),
        fit_gate(signs, asked, worth),
    )
