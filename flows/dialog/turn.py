"""One turn of a conversation: what the person's words, button or wish to go back do to the answers on record."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from flows.dialog import correcting, kinds, numbered
from flows.dialog.correcting import Change
from flows.dialog.play import LAST, Scene, Script, play
from flows.dialog.question import Correction, Further, Instead, Question, matches
from flows.dialog.speech import Choice, Style
from flows.dialog.unclear import Unclear

TOLD = re.compile(r"(.{1,40}?)(?:\s+to(?: be)?:?\s+|\s*[:=]\s*)(\S.*)", re.DOTALL)  # "library to Springfield"


@dataclass(frozen=True)
class Stage:
    """A conversation as it stands before a turn: its script, the facts pinned at its opening, the answers on record.

    `given` are the keys of the answers that were filled in at its opening.
    """

    script: Script
    facts: Any
    answers: Mapping[str, str]
    given: Collection[str] = ()

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

    `forget` (keys), `moved` (words from key to key) and `put` are the changes to the answers on record, in this order;
    `unclear` is the hint when the words did not answer; `note` is said first; `instead` replaces the wording of the
    open question for once.
    """

    scene: Scene
    put: Mapping[str, str] = field(default_factory=dict)
    forget: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    unclear: str = ""
    note: str = ""
    instead: Instead | None = None

    def record(self, answers: Mapping[str, str]) -> dict[str, str]:
        """The answers on record after it."""
        return Change(self.forget, self.moved, self.put).of(answers)

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
    if style == "mail":
        if len(stage.scene.open) > 1:
            return _assumed(stage, _answer_many(stage, words))
        return _assumed(stage, _answer_alone(stage, words))
    return _answer_one(stage, stage.scene.question, words)


def press(stage: Stage, key: str, choice: str) -> Turn:
    """A button answers its own question, however late it is pressed."""
    question = stage.scene.asked.get(key)
    if question is None:
        return Turn(stage.scene, note="That question is no longer asked, so nothing was changed.")
    before = stage.answers.get(key)
    if before is not None and key in stage.scene.path and numbered.same(question, before, choice):
        return Turn(stage.scene)
    return _answer_one(stage, question, choice)


def back(stage: Stage) -> Turn:
    """Leave a correction, which brings the old answer back; or ask the answered question before the open one again.

    Later answers stay.
    """
    waiting = {question.key for question in stage.scene.open}
    before = tuple(takewhile(lambda key: key not in waiting, stage.scene.asked))
    corrected = correcting.keys(stage.answers)
    if corrected and not (before and matches(before[-1], corrected)):
        return _turned(stage, correcting.undone(stage.answers), "All right, it stays as it was.")
    if not before:
        return Turn(stage.scene, note="This is the first question.")
    return _turned(stage, Change(_under(stage, before[-1])))


def change(stage: Stage, what: str, words: str = "") -> Turn:
    """Ask an earlier question again, found by its key or by words of its label, or take `words` as its answer.

    They may also stand in `what` ("library to Springfield", "library: Springfield").

    Later answers stay, except its own details, whose keys begin with its key and a full stop.
    """
    asked = [stage.scene.asked[key] for key in stage.scene.path]
    if not asked:
        return Turn(stage.scene, note="Nothing has been answered yet.")
    wanted = re.sub(r"^(?:the|my) ", "", kinds.tidy(what).lower().rstrip(".!"))
    found = [question for question in asked if wanted in (question.key.lower(), question.label.lower())]
    found = found or [question for question in asked if wanted and wanted in question.label.lower()]
    if not found and (told := TOLD.match(kinds.tidy(what, lines=True))):
        return change(stage, told[1], told[2])
    if len(found) == 1:
        return _corrected(stage, Correction((found[0].key, f"{found[0].key}.*"), words))
    choices = tuple(Choice(f"change {question.key}", question.label) for question in found or asked)
    return Turn(stage.scene, instead=Instead("Which answer shall we change?", choices))


def retold(stage: Stage, taken: Turn) -> Turn:
    """The same turn as `stage` tells it, whose facts depend on the answers and are those of after the turn."""
    heard = tuple(taken.put) if taken.put and not taken.moved else LAST
    return replace(taken, scene=play(stage.script, stage.facts, taken.record(stage.answers), after=heard))


def _answer_one(stage: Stage, question: Question[Any], words: str) -> Turn:
    try:
        value = question.read(words)
    except Unclear as hint:
        return Turn(stage.scene, unclear=str(hint))
    if isinstance(value, Correction):
        return _corrected(stage, value)
    if isinstance(value, Instead):
        return Turn(stage.scene, instead=value)
    if isinstance(value, Further):
        return _further(stage, value.answers)
    return _put(stage, {question.key: words})


def _corrected(stage: Stage, correction: Correction) -> Turn:
    """Ask again what is to be corrected, or take what was told at once in its place; what cannot be read is asked."""
    if not correction.words:
        return _turned(stage, correcting.begun(stage.answers, correction.keys))
    here, told, unread = stage, list[str](), list[Correction]()
    for each in (correction, *correction.also):
        asked = replace(here, answers=correcting.begun(here.answers, each.keys).of(here.answers))
        question = next((open_ for open_ in asked.scene.open if matches(open_.key, each.keys)), None)
        if question is None:
            continue
        taken = _answer_one(asked, question, each.words)
        told.append(f"{question.label}: {taken.unclear or 'changed.'}")
        if taken.unclear:
            unread.append(each)
        else:
            here = replace(asked, answers=taken.record(asked.answers))
    if here is stage and unread:
        return _turned(stage, correcting.begun(stage.answers, unread[-1].keys), "\n".join(told))
    after = correcting.begun(here.answers, unread[-1].keys).of(here.answers) if unread else here.answers
    put = {key: words for key, words in after.items() if stage.answers.get(key) != words}
    scene = play(stage.script, stage.facts, after, after=tuple(put))
    return Turn(scene, put, tuple(key for key in stage.answers if key not in after), note="\n".join(told))


def _assumed(stage: Stage, taken: Turn) -> Turn:
    """With what a mail need not say: the answers to questions that came up only now, and have one to be assumed."""
    asked = {question.key for question in stage.scene.open}
    put = {
        question.key: question.assumed
        for question in taken.scene.open
        if question.assumed and question.key not in asked
    }
    if taken.unclear or taken.instead is not None or not put:
        return taken
    after = replace(stage, answers=taken.record(stage.answers))
    scene = play(stage.script, stage.facts, {**after.answers, **put}, after=(*taken.put, *put))
    over = _over(after, scene)
    put = {key: words for key, words in {**taken.put, **put}.items() if key not in over}
    return _assumed(after, replace(taken, scene=scene, put=put, forget=(*taken.forget, *over)))


def _over(stage: Stage, scene: Scene) -> tuple[str, ...]:
    """What was kept aside of a correction of which nothing is open any more."""
    corrected = correcting.keys(stage.answers)
    is_open = any(matches(question.key, corrected) for question in scene.open)
    return () if not corrected or is_open else correcting.ended(stage.answers)


def _answer_alone(stage: Stage, words: str) -> Turn:
    try:
        said = numbered.alone(numbered.listing(stage.scene, stage.given), words)
    except Unclear as hint:
        return Turn(stage.scene, unclear=str(hint))
    return _answer_one(stage, stage.scene.question, said)


def _answer_many(stage: Stage, words: str) -> Turn:
    listing = numbered.listing(stage.scene, stage.given)
    beside = numbered.beside(listing, words)
    known = tuple(numbered.answered(each) for each, said in beside if _was_answered_otherwise(stage, each, said))
    beside = [each for each in beside if each[0] in stage.scene.open]
    if len(beside) == 1 and not known:
        return _answer_one(stage, *beside[0])
    put, hints = numbered.read(beside)
    if not put:
        example = f"Please answer beside the numbers, for example: {next(iter(listing.open))}. yes"
        return Turn(stage.scene, unclear="\n".join((*known, *hints)) or example)
    return _put(stage, put, "\n".join((*known, *hints)))


def _was_answered_otherwise(stage: Stage, question: Question[Any], said: str) -> bool:
    """Whether a question that is not open any more is answered differently from before."""
    before = stage.answers.get(question.key)
    return question not in stage.scene.open and (before is None or not numbered.same(question, before, said))


def _put(stage: Stage, put: Mapping[str, str], note: str = "") -> Turn:
    """New answers; a correction ends when nothing of it is open any more."""
    scene = stage.played(put)
    return Turn(scene, put, _over(stage, scene), note=note)


def _further(stage: Stage, put: Mapping[str, str]) -> Turn:
    """Several answers at once; details of what stood there before are forgotten."""
    old = tuple(key for each in put for key in _under(stage, each) if key not in put)
    taken = _put(replace(stage, answers={key: words for key, words in stage.answers.items() if key not in old}), put)
    return replace(taken, forget=(*old, *taken.forget))


def _turned(stage: Stage, change: Change, note: str = "") -> Turn:
    """Other answers, and what is asked then; nothing that was heard is said again."""
    scene = replace(stage, answers=change.of(stage.answers)).scene
    return Turn(scene, change.put, change.forget, change.moved, note=note)


def _under(stage: Stage, key: str) -> tuple[str, ...]:
    """The answers to a question and its details."""
    return tuple(each for each in stage.answers if matches(each, (key, f"{key}.*")))
