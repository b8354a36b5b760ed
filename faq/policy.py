"""Answers a message from the knowledge base: one answer, two, a choice of titles, or an honest no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from faq import entries, spanish
from faq.bands import ONE, TITLES, TWO
from faq.encoder import Encoder
from faq.fit import Brain, in_parts
from faq.gates import Judged
from faq.matcher import see
from faq.normalise import tidy
from faq.spelling import Spelling

Kind = Literal["answer", "two", "suggest", "not-us", "smalltalk", "spanish", "unknown"]

UNKNOWN = "My documents do not cover that. A person can help: write person."
EMPTY = "I did not catch a question there. Ask me anything about the LSSC program, or write menu."


@dataclass(frozen=True)
class Answer:
    """An entry as it is told: `source` names document, date and section; `offer` the form that may follow."""

    id: str
    title: str
    text: str
    source: str
    offer: str | None


@dataclass(frozen=True)
class Reply:
    """What the knowledge base says to a message."""

    question: str
    kind: Kind
    answers: tuple[Answer, ...]
    suggestions: tuple[Answer, ...]
    confidence: float

    @property
    def text(self) -> str:
        """What is said, without sources."""
        if self.kind == "spanish":
            return spanish.REPLY
        if self.kind == "suggest":
            return "\n".join(
                ["I am not sure what you mean. Did you mean:", *(f"- {each.title}" for each in self.suggestions)]
            )
        if self.kind == "two":
            return "\n\n".join(f"{each.title}: {each.text}" for each in self.answers)
        if self.answers:
            return self.answers[0].text
        return UNKNOWN if self.question.strip() else EMPTY

    @property
    def answered(self) -> bool:
        """Whether the documents, or good manners, had an answer; a polite "that is not us" is none."""
        return self.kind in ("answer", "two", "smalltalk")


@dataclass(frozen=True)
class Knowledge:
    """The knowledge base, ready to answer."""

    answers: tuple[Answer, ...]
    kinds: tuple[entries.Kind, ...]
    patterns: tuple[tuple[int, re.Pattern[str]], ...]
    phrases: Mapping[str, int]
    brain: Brain
    encoder: Encoder
    spelling: Spelling

    def entry(self, id: str) -> Answer | None:  # noqa: A002
        """The answer of an entry, or nothing when there is none."""
        return next((answer for answer in self.answers if answer.id == id), None)

    def think(self, text: str) -> Reply:
        """The whole policy for one message; never raises for anything a person may type."""
        question = tidy(text)
        if not re.search(r"\w", question):
            return Reply(question, "unknown", (), (), 0.0)
        if (small := self._smalltalk(question)) is not None:
            return Reply(question, "smalltalk", (self.answers[small],), (), 1.0)
        if spanish.is_spanish(question):
            return Reply(question, "spanish", (), (), 1.0)
        whole, *parts = map(self.brain.judge, see(in_parts(question), self.encoder, self.spelling))
        return self._double(question, parts) or self._single(question, whole)

    def _smalltalk(self, question: str) -> int | None:
        bare = " ".join(re.sub(r"[^\w\s'’]", " ", question).split())
        if len(bare.split()) > 14:
            return None
        if (known := self.phrases.get(bare.lower())) is not None:
            return known
        return next((place for place, pattern in self.patterns if pattern.fullmatch(bare)), None)

    def _double(self, question: str, parts: Sequence[Judged]) -> Reply | None:
        halves = self.brain.bands.halves(parts)
        if not halves:
            return None
        confidence = min(each.alone * each.ours for each in halves.values())
        return Reply(question, "two", self._told(tuple(halves)), (), confidence)

    def _single(self, question: str, judged: Judged) -> Reply:
        standing, verdict = judged.standing, self.brain.bands.verdict(judged.alone, judged.pair, judged.ours)
        if verdict == ONE:
            return Reply(question, "answer", self._told((standing.first,)), (), judged.alone * judged.ours)
        if verdict == TWO:
            return Reply(question, "two", self._told(standing.two), (), judged.pair * judged.ours)
        if verdict == TITLES:
            return Reply(question, "suggest", (), self._told(standing.best), judged.alone * judged.ours)
        return self._not_ours(question, judged)

    def _not_ours(self, question: str, judged: Judged) -> Reply:
        other = judged.standing.other
        if judged.standing.other_near < self.brain.bands.other:
            return Reply(question, "unknown", (), (), 1 - judged.ours)
        return Reply(question, self.kinds[other], self._told((other,)), (), 1 - judged.ours)

    def _told(self, places: Sequence[int]) -> tuple[Answer, ...]:
        return tuple(self.answers[place] for place in places)
