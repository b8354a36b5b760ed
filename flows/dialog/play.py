"""Plays a script from the top against the answers on record, up to the first question without a usable answer."""

from collections.abc import Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, field
from inspect import iscoroutine
from typing import Any

from flows.dialog.question import Form, Otherwise, Question
from flows.dialog.talk import Talk
from flows.dialog.unclear import ScriptError, Unclear

Script = Callable[[Talk, Any], Coroutine[Any, Any, Any]]
MISSING = object()
LAST = "*"  # no question's key: whichever answer came last


@dataclass(frozen=True)
class Scene:
    """Where the conversation stands: open questions, or (once over) a result.

    `path` holds the keys answered so far in the order asked; `asked` every question put so far by key, in that order;
    `open` the questions that wait for an answer (several only inside a form); `said` what the person hears now.
    `places` gives the place of each question among those opened together: the number of their form in the script, then
    the part; what is asked behind a question has its place.
    """

    said: tuple[str, ...]
    path: tuple[str, ...]
    asked: Mapping[str, Question[Any]]
    open: tuple[Question[Any], ...] = ()
    result: Any = None
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        return not self.open

    @property
    def question(self) -> Question[Any]:
        """The question that chat asks now; a form's questions come one by one."""
        return self.open[0]


def play(script: Script, facts: Any, answers: Mapping[str, str], *, after: Collection[str] | None = None) -> Scene:
    """Play `script`; what follows none of the answers `after` (their keys) has been heard and is left out.

    With `after=LAST` only what follows the last answer is heard, with `after=None` everything. An answer that can no
    longer be read counts as not given. Raises ScriptError when the script fails, awaits anything but its own
    questions, forgets to await one, or asks a key twice.
    """
    stage = _Stage(Talk(), answers, after)
    try:
        result = stage.run(script(stage.talk, facts))
        stage.nothing_forgotten()
    except ScriptError:
        raise
    except Exception as error:
        raise ScriptError(f"{type(error).__name__} in a script: {error}") from error
    finally:
        for form in stage.talk.forms:
            form.close()
    asked = {key: stage.talk.asked[key] for key in stage.order}
    waiting = {question.key for question in stage.waiting}
    path = tuple(key for key in asked if key not in waiting)
    said, result = tuple(stage.talk.said), None if waiting else result
    return Scene(said, path, asked, tuple(stage.waiting), result, stage.places)


class _Stage:
    """One playing: runs the script and the parts of its forms, each until it ends or waits for an answer."""

    def __init__(self, talk: Talk, answers: Mapping[str, str], after: Collection[str] | None) -> None:
        self.talk, self.answers, self.after = talk, answers, after or ()
        self.talk.heard = after is not None and after != LAST
        self.order: list[str] = []
        self.waiting: list[Question[Any]] = []
        self.awaited: set[str] = set()
        self.forms = 0
        self.here: tuple[int, ...] = ()  # the place of the part being played
        self.places: dict[str, tuple[int, ...]] = {}

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """The coroutine's result, or MISSING when it waits."""
        try:
            form = coroutine.send(None)
            while True:
                values = self.values(form)
                if MISSING in values:
                    return MISSING
                form = coroutine.send(values)
        except StopIteration as end:
            if iscoroutine(end.value):
                end.value.close()
            if iscoroutine(end.value) or isinstance(end.value, Question | Form):
                raise ScriptError(f"returned but not awaited: {end.value!r}") from None
            return end.value
        finally:
            coroutine.close()

    def values(self, form: Any) -> tuple[Any, ...]:
        if not isinstance(form, Form):
            raise ScriptError(f"a script may await its own questions only, not {form!r}")
        try:
            return self.opened(form)
        finally:
            form.close()

    def opened(self, form: Form) -> tuple[Any, ...]:
        """The parts' values; what follows a form has been heard only where all of its parts had been."""
        keys = [part.key for part in form.parts if isinstance(part, Question)]
        if not form.parts or len(set(keys)) < len(keys) or not self.awaited.isdisjoint(keys):
            raise ScriptError(f"asked twice, or an empty form: {keys}")
        self.talk.forms = [other for other in self.talk.forms if other is not form]
        self.awaited.update(keys)
        self.nothing_forgotten()
        before, values, heard, here = self.talk.heard, [], [], self.here
        self.forms += not here
        for index, part in enumerate(form.parts):
            self.talk.heard = before
            self.here = (*(here or (self.forms,)), *((index,) if len(form.parts) > 1 else ()))
            values.append(self.value(part) if isinstance(part, Question) else self.run(part))
            heard.append(self.talk.heard)
        self.talk.heard, self.here = all(heard), here
        return tuple(values)

    def value(self, question: Question[Any]) -> Any:
        self.order.append(question.key)
        self.places[question.key] = self.here
        found = _read(question, self.answers)
        if found is MISSING:
            self.waiting.append(question)
            return MISSING
        if self.after == LAST:
            self.talk.said.clear()
        elif question.key in self.after:
            self.talk.heard = False
        return found

    def nothing_forgotten(self) -> None:
        forgotten = sorted(self.talk.asked.keys() ^ self.awaited)
        if forgotten or self.talk.forms:
            raise ScriptError(f"asked but not awaited: {forgotten or 'a form'}")


def _read(question: Question[Any], answers: Mapping[str, str]) -> Any:
    words = answers.get(question.key)
    if words is None:
        return MISSING
    try:
        value = question.read(words)
    except Unclear:
        return MISSING
    return MISSING if isinstance(value, Otherwise) else value
