"""Answers a message from the knowledge base: one answer, two, a choice of titles, or an honest no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from faq import entries, spanish, split
from faq.encoder import Encoder
from faq.fit import Brain
from faq.gates import Classes, Standing, stand
from faq.matcher import Seen, see
from faq.normalise import tidy
from faq.spelling import Spelling

Kind = Literal["answer", "two", "suggest", "not-us", "smalltalk", "spanish", "unknown"]

UNKNOWN = "My documents do not cover that. A person can help: write person."
EMPTY = "I did not catch a question there. Ask me anything about the LSSC program, or write menu."
STRONG = 0.8


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
class Bands:
    """How certain one answer, two, that of a part, or a choice of titles must be to be given."""

    sure: float = 0.88
    sure_ours: float = 0.85
    torn: float = 0.6
    torn_ours: float = 0.7
    part: float = 0.25
    part_ours: float = 0.5
    offered: float = 0.15
    known_other: float = 0.5


@dataclass(frozen=True)
class Judged:
    """A message or a part of one, with the gates' verdicts: first answer serves, one of two serves, it is ours."""

    standing: Standing
    alone: float
    pair: float
    ours: float


@dataclass(frozen=True)
class Knowledge:
    """The knowledge base, ready to answer."""

    answers: tuple[Answer, ...]
    kinds: tuple[entries.Kind, ...]
    patterns: tuple[tuple[int, str], ...]
    phrases: Mapping[str, int]
    classes: Classes
    brain: Brain
    encoder: Encoder
    spelling: Spelling
    bands: Bands = Bands()

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
        parts = split.questions(split.without_greeting(question))
        seen = see([question, *parts] if len(parts) > 1 else [question], self.encoder, self.spelling)
        judged = [self._judge(each) for each in seen]
        return self._double(question, judged) or self._single(question, judged[0])

    def _smalltalk(self, question: str) -> int | None:
        bare = " ".join(re.sub(r"[^\w\s'’]", " ", question).split())
        if len(bare.split()) > 14:
            return None
        if (known := self.phrases.get(bare.lower())) is not None:
            return known
        return next((place for place, pattern in self.patterns if re.fullmatch(pattern, bare, re.IGNORECASE)), None)

    def _judge(self, seen: Seen) -> Judged:
        features = self.brain.matcher.features(seen)
        standing = stand(features, self.brain.weights, self.classes, len(seen.text.split()))
        return Judged(
            standing, *(gate.chance(standing.signs) for gate in (self.brain.alone, self.brain.pair, self.brain.ours))
        )

    def _double(self, question: str, judged: Sequence[Judged]) -> Reply | None:
        parts = [each for each in judged[1:] if each.alone >= self.bands.part and each.ours >= self.bands.part_ours]
        firsts: dict[int, Judged] = {}
        for each in sorted(parts, key=lambda part: -part.alone * part.ours):
            firsts.setdefault(each.standing.first, each)
        if len(firsts) < 2:
            return None
        (one, first), (other, second) = list(firsts.items())[:2]
        told = [place for place in (part.standing.first for part in judged[1:]) if place in (one, other)]
        order = tuple(dict.fromkeys(told))
        return Reply(question, "two", self._told(order), (), min(first.alone * first.ours, second.alone * second.ours))

    def _single(self, question: str, judged: Judged) -> Reply:
        bands, standing = self.bands, judged.standing
        if judged.alone >= bands.sure and judged.ours >= bands.sure_ours:
            return Reply(question, "answer", self._told((standing.first,)), (), judged.alone * judged.ours)
        if judged.pair >= bands.torn and judged.ours >= bands.torn_ours:
            return Reply(question, "two", self._told((standing.first, standing.second)), (), judged.pair * judged.ours)
        if judged.ours >= bands.offered:
            return Reply(question, "suggest", (), self._told(standing.ranked[:3]), judged.alone * judged.ours)
        return self._not_ours(question, judged)

    def _not_ours(self, question: str, judged: Judged) -> Reply:
        other = judged.standing.other
        if judged.standing.other_near < self.bands.known_other:
            return Reply(question, "unknown", (), (), 1 - judged.ours)
        return Reply(question, self.kinds[other], self._told((other,)), (), 1 - judged.ours)

    def _told(self, places: Sequence[int]) -> tuple[Answer, ...]:
        return tuple(self.answers[place] for place in places)

    def is_strong(self, reply: Reply) -> bool:
        """Whether a reply may interrupt an open question of a form: surely answered, and surely asked."""
        sure = reply.kind in ("answer", "two") and reply.confidence >= STRONG
        return sure and (split.STARTS.search(reply.question) is not None or "?" in reply.question)
