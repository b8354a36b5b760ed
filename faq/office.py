"""The office's own answers, laid over the knowledge base: met by nearness alone, so that nothing has to be fitted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from faq.knowledge import Knowledge
from faq.matcher import Floats, Seen, see
from faq.normalise import tidy
from faq.policy import Answer, Reply

SAME = 0.8  # the share of nearest phrasings that must belong together from the fitted nearness on
Alike = Callable[[str, Sequence[str]], int | None]


@dataclass(frozen=True)
class Written:
    """An answer of the office and the questions that it answers."""

    answer: Answer
    phrasings: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """A knowledge base, and the answers of the office that are given before its own where they are nearer."""

    base: Knowledge
    written: tuple[Written, ...] = ()

    def entry(self, id: str) -> Answer | None:  # noqa: A002
        """An answer by its id, the office's among them."""
        own = next((each.answer for each in self.written if each.answer.id == id), None)
        return own or self.base.entry(id)

    def think(self, text: str) -> Reply:
        """As `Knowledge.think`, but an answer of the office comes first where the question is nearer to its own."""
        reply = self.base.think(text)
        if not self.written or reply.kind in ("smalltalk", "spanish") or not reply.question.strip():
            return reply
        [seen] = see([reply.question], self.base.encoder, self.base.spelling)
        nearness = (self._phrasings @ seen.whole.T).max(axis=1)
        best = int(nearness.argmax())
        if nearness[best] < max(self.alike, self._nearest_of_base(seen)):
            return reply
        return Reply(reply.question, "answer", (self._owners[best].answer,), (), float(min(nearness[best], 1.0)))

    def likeness(self, texts: Sequence[str]) -> Alike:
        """Tells which of some questions, all of them among `texts`, means the same as another one."""
        distinct = list(dict.fromkeys(tidy(text) or text for text in texts))
        seen = see(distinct, self.base.encoder, self.base.spelling) if distinct else []
        vectors = {text: each.whole[0] for text, each in zip(distinct, seen, strict=True)}
        return lambda question, others: _nearest(question, others, vectors, self.alike)

    def prepare(self) -> None:
        """Works everything out that the first question would have to wait for."""
        if self.written:
            self.think("What does the office say?")

    @cached_property
    def alike(self) -> float:
        """From which cosine on two questions are held to mean the same, read off the phrasings of the knowledge base.

        The least cosine above which `SAME` of the phrasings have their nearest phrasing in their own entry, or in one
        that serves it. New questions of the office are less alike than those of the knowledge base, so that fewer are
        mixed up; and the office sees every wording before it answers.
        """
        shelf, serves = self.base.brain.matcher.shelf, self.base.brain.classes.serves
        rows = np.flatnonzero(~shelf.is_answer)
        closeness = shelf.vectors[rows] @ shelf.vectors[rows].T
        np.fill_diagonal(closeness, -1.0)
        nearest = closeness.argmax(axis=1)
        owners = shelf.owners[rows]
        right = (owners == owners[nearest]) | (serves[owners[nearest], owners] > 0)
        cosines = closeness[np.arange(len(rows)), nearest]
        order = np.argsort(-cosines)
        shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
        kept = np.flatnonzero(shares >= SAME)
        return float(cosines[order][kept[-1]]) if len(kept) else 1.0

    @cached_property
    def _phrasings(self) -> Floats:
        texts = [text for each in self.written for text in (*each.phrasings, each.answer.title)]
        return np.stack([seen.whole[0] for seen in see(texts, self.base.encoder, self.base.spelling)])

    @cached_property
    def _owners(self) -> tuple[Written, ...]:
        return tuple(each for each in self.written for _ in range(len(each.phrasings) + 1))

    def _nearest_of_base(self, seen: Seen) -> float:
        asked, _, _ = self.base.brain.matcher.shelf.nearest(seen.whole)
        return float(asked.max())


def _nearest(question: str, others: Sequence[str], vectors: Mapping[str, Floats], least: float) -> int | None:
    mine = vectors.get(tidy(question) or question)
    known = [
        (place, vectors[tidy(other) or other])
        for place, other in enumerate(others)
        if (tidy(other) or other) in vectors
    ]
    if mine is None or not known:
        return None
    cosines = [float(vector @ mine) for _, vector in known]
    best = int(np.argmax(cosines))
    return known[best][0] if cosines[best] >= least else None
