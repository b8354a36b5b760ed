"""Two instruments for people who write scripts: see every path, and try a change on open conversations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from flows.dialog.play import Scene, Script, play
from flows.dialog.question import Otherwise, Question
from flows.dialog.unclear import Unclear

LONGEST_PATH = 60


def explore(
    script: Script, facts: Any, samples: Sequence[str], *, answers: Mapping[str, str] | None = None
) -> Iterator[tuple[Mapping[str, str], Scene]]:
    """Every conversation the script can have: each choice tried, and each of `samples` that means something else.

    `answers` fixes some answers beforehand, which keeps a long script's tree small. Raises AssertionError when a path
    has no end in sight, or when none of the samples answers a question.
    """
    given = dict(answers or {})
    scene = play(script, facts, given)
    if scene.over:
        yield given, scene
        return
    if len(scene.path) > LONGEST_PATH:
        raise AssertionError(f"no end in sight after {scene.path}")
    question = scene.question
    readable = _tries(question, samples)
    if not readable:
        raise AssertionError(f"no sample answers {question.key!r}")
    for words in readable:
        yield from explore(script, facts, samples, answers={**given, question.key: words})


Change = Literal["same", "would be asked something else next", "would end at once", "would go on", "would break"]


def what_would_change(old: Script, new: Script, facts: Any, answers: Mapping[str, str]) -> tuple[Change, str]:
    """What an open conversation would meet if `new` replaced `old`: the change, and the next question's key or why."""
    before = play(old, facts, answers)
    try:
        after = play(new, facts, answers)
    except Exception as error:
        return "would break", f"{type(error).__name__}: {error}"
    if after.over:
        return ("same", "") if before.over else ("would end at once", "")
    key = after.question.key
    if before.over:
        return "would go on", key
    return ("same", key) if key == before.question.key else ("would be asked something else next", key)


def _tries(question: Question[Any], samples: Sequence[str]) -> Sequence[str]:
    """The choices and samples that answer the question, each meaning once."""
    found: list[tuple[str, Any]] = []
    for words in (*(option.key for option in question.choices), *samples):
        try:
            value = question.read(words)
        except Unclear:
            continue
        if not isinstance(value, Otherwise) and value not in [other for _, other in found]:
            found.append((words, value))
    return [words for words, _ in found]
