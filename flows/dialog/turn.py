"""One turn of a conversation: what the person's words, button or wish to go back do to the answers on record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from flows.dialog import kinds, numbered
from flows.dialog.play import LAST, Scene, Script, play
from flows.dialog.question import Correction, Instead, Question, matches
from flows.dialog.speech import Choice, Style
from flows.dialog.unclear import Unclear


@dataclass(frozen=True)
class Stage:
    """A conversation as it stands before a turn: its script, the facts pinned at its opening, the answers on record."""

    script: Script
    facts: Any
    answers: Mapping[str, str]

    @cached_property
    def scene(self) -> Scene:
        """Where it stands, with nothing said that was heard before."""
        return play(self.script, self.facts, self.answers, after=LAST)

    def played(self, put: Mapping[str, str]) -> Scene:
        """Where it would stand with the answers `put` added, and what is said in reply to them."""
        return play(self.script, self.facts, {**self.answers, **put}, after=tuple(put))


@dataclass(frozen=True)
class Turn:
    """What a turn changes and where the conversation stands after it.

    `put` and `forget` are the changes to the answers on record; `unclear` is the hint when the words did not answer;
    `note` is said first; `instead` replaces the wording of the open question for once.
    """

    scene: Scene
    put: Mapping[str, str] = field(default_factory=dict)
    forget: tuple[str, ...] = ()
    unclear: str = ""
    note: str = ""
    instead: Instead | None = None

    @property
    def said(self) -> tuple[str, ...]:
        return (self.note, *self.scene.said) if self.note else self.scene.said


def start(stage: Stage) -> Turn:
    """Open a conversation, or begin it again: everything is said."""
    return Turn(play(stage.script, stage.facts, stage.answers))


def answer(stage: Stage, words: str, style: Style = "chat") -> Turn:
    """Take `words` as the answer to what is open: one question in chat, the whole numbered list in mail."""
    if stage.scene.over:
        return Turn(stage.scene)
    if style == "mail" and len(stage.scene.open) > 1:
        return _answer_many(stage, words)
    return _answer_one(stage, stage.scene.question, words)


def press(stage: Stage, key: str, choice: str) -> Turn:
    """A button answers its own question, however late it is pressed."""
    question = stage.scene.asked.get(key)
    if question is None:
        return Turn(stage.scene, note="That question is no longer asked, so nothing was changed.")
    before = stage.answers.get(key)
    if before is not None and key in stage.scene.path and _same(question, before, choice):
        return Turn(stage.scene)
    return _answer_one(stage, question, choice)


def back(stage: Stage) -> Turn:
    """Ask the answered question before the open one again; later answers stay."""
    waiting = {question.key for question in stage.scene.open}
    before = tuple(takewhile(lambda key: key not in waiting, stage.scene.asked))
    if not before:
        return Turn(stage.scene, note="This is the first question.")
    return _forget(stage, (before[-1], f"{before[-1]}.*"))


def change(stage: Stage, what: str) -> Turn:
    """Ask an earlier question again, found by its key or by words of its label.

    Later answers stay, except its own details, whose keys begin with its key and a full stop.
    """
    asked = [stage.scene.asked[key] for key in stage.scene.path]
    if not asked:
        return Turn(stage.scene, note="Nothing has been answered yet.")
    wanted = re.sub(r"^(?:the|my) ", "", kinds.tidy(what).lower().rstrip(".!"))
    found = [question for question in asked if wanted in (question.key.lower(), question.label.lower())]
    found = found or [question for question in asked if wanted and wanted in question.label.lower()]
    if len(found) == 1:
        return _forget(stage, (found[0].key, f"{found[0].key}.*"))
    choices = tuple(Choice(f"change {question.key}", question.label) for question in found or asked)
    return Turn(stage.scene, instead=Instead("Which answer shall we change?", choices))


def _answer_one(stage: Stage, question: Question[Any], words: str) -> Turn:
    try:
        value = question.read(words)
    except Unclear as hint:
        return Turn(stage.scene, unclear=str(hint))
    if isinstance(value, Correction):
        return _forget(stage, value.keys)
    if isinstance(value, Instead):
        return Turn(stage.scene, instead=value)
    put = {question.key: words}
    return Turn(stage.played(put), put)


def _answer_many(stage: Stage, words: str) -> Turn:
    beside = numbered.beside(stage.scene.open, words)
    if len(beside) == 1:
        return _answer_one(stage, *beside[0])
    put, hints = numbered.read(beside)
    if not put:
        return Turn(stage.scene, unclear="\n".join(hints) or "Please answer beside the numbers, for example: 1. yes")
    return Turn(stage.played(put), put, note="\n".join(hints))


def _forget(stage: Stage, keys: tuple[str, ...]) -> Turn:
    gone = tuple(key for key in stage.answers if matches(key, keys))
    left = {key: words for key, words in stage.answers.items() if key not in gone}
    return Turn(replace(stage, answers=left).scene, forget=gone)


def _same(question: Question[Any], before: str, now: str) -> bool:
    try:
        return bool(question.read(before) == question.read(now))
    except Unclear:
        return False
