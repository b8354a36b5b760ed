"""Fits the matcher and its gates to the entries, on phrasings held out in five folds and on labelled messages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from faq import bm25, normalise, softmax, split, wishes
from faq.bands import Bands
from faq.cache import KeepingEncoder
from faq.entries import Entry
from faq.gates import PRIOR, Gates, Judged, Row, borne_out, fit_gates, fit_weights
from faq.matcher import Floats, Matcher, Seen, Shelf, combine, readings, see
from faq.pieces import Texts, gather
from faq.spelling import Spelling
from faq.standing import Classes, stand

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
    """All that is fitted: the matcher, the weights of its features, the classes, the gates and the bands."""

    matcher: Matcher
    weights: Floats
    classes: Classes
    gates: Gates
    bands: Bands

    def judge(self, seen: Seen) -> Judged:
        """How a message stands, with the gates' verdicts."""
        return self.gates.judge(stand(self.matcher.features(seen), self.weights, self.classes, len(seen.text.split())))


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
            facts = (right,) if known.is_answer[owner] else ()
            words = len(given.texts[index].split())
            rows.append(Row(fitted.features(seen[int(index)]), words, right, facts, float(SCORED)))
    return rows


def labelled_rows(
    fitted: Matcher, labelled: Sequence[Labelled], seen: Sequence[Sequence[Seen]], entries: Sequence[Entry]
) -> list[Row]:
    """Labelled messages, each seen whole and then in its questions, scored by the full layers."""
    rows, known = [], classes(entries)
    for row, (whole, *parts) in zip(labelled, seen, strict=True):
        features, *of_parts = (fitted.features(each) for each in (whole, *parts))
        looked = _looked([features, *of_parts], known)
        facts = tuple(_holding(entries, looked, pattern) for pattern in row.patterns)
        right = np.logical_or.reduce(facts) if facts else _polite(entries, row)
        told = tuple((each, len(part.text.split())) for each, part in zip(of_parts, parts, strict=True))
        rows.append(Row(features, len(whole.text.split()), right, facts, DEV_WORTH, told))
    return rows


def _looked(features: Sequence[Floats], known: Classes) -> list[int]:
    """Only what the matcher could choose is looked through, with its neighbours: a set's expressions can be slow."""
    near = {int(place) for each in features for place in np.argsort(-combine(each, PRIOR))[:PLAUSIBLE]}
    return sorted(near | {int(place) for each in near for place in np.flatnonzero(known.serves[:, each])})


def _holding(entries: Sequence[Entry], looked: Sequence[int], pattern: str) -> NDArray[np.bool_]:
    found, expression = np.zeros(len(entries), np.bool_), re.compile(pattern, re.IGNORECASE)
    for place in looked:
        found[place] = entries[place].kind == "answer" and bool(expression.search(entries[place].answer))
    return found


def _polite(entries: Sequence[Entry], row: Labelled) -> NDArray[np.bool_]:
    kind = "smalltalk" if row.kind == "smalltalk" else "not-us"
    return np.array([entry.kind == kind for entry in entries])


def fit(entries: Sequence[Entry], labelled: Sequence[Labelled], encoder: KeepingEncoder, spelling: Spelling) -> Brain:
    """Fits everything; all texts are shown to the encoder first, so that its cache holds just these."""
    given, known = examples(entries), classes(entries)
    asked = [in_parts(normalise.tidy(row.query)) for row in labelled]
    messages = [*given.texts, *(text for texts in asked for text in texts)]
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
    ends = len(given.texts) + np.cumsum([0, *map(len, asked)])
    each_seen = [seen[start:end] for start, end in pairwise(ends)]
    return gated(full, held_out(material, seen, known), labelled_rows(full, labelled, each_seen, entries), known)


def in_parts(question: str) -> list[str]:
    """The message, and then its questions, when there are several."""
    parts = split.questions(split.without_greeting(question))
    return [question, *parts] if len(parts) > 1 else [question]


def gated(full: Matcher, phrasings: Sequence[Row], labelled: Sequence[Row], known: Classes) -> Brain:
    """Weights, gates and bands from the rows; those that ask for several facts count for the bands alone."""
    known = known.trusting(borne_out([row for row in labelled if len(row.facts) == 1], known))
    rows = [row for row in (*phrasings, *labelled) if len(row.facts) < 2]
    worth = np.array([row.worth for row in rows])
    weights = fit_weights([row.features for row in rows], [row.right for row in rows], worth)
    gates = fit_gates(rows, [stand(row.features, weights, known, row.words) for row in rows])
    return Brain(full, weights, known, gates, wishes.fit(phrasings, labelled, known, weights))
