"""After an application: how the person heard of the program, and the voluntary statistics, stored apart."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.dialog import kinds
from flows.dialog.question import Question
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.facts import Facts
from flows.program import voluntary

SKIPS = ("skip", "skip it", "pass", "no answer", "prefer not to say", "i'd rather not say")
# To all of the questions at once: "no", "No thanks!", "skip them", "I'd rather not, thank you".
_NO = r"(?:no|nope|skip|pass|none|(?:i(?:'d| would) )?(?:rather|prefer) not(?: to)?(?: (?:say|answer))?)"
_WITH = r"(?: (?:thanks|thank you|please|all|all of (?:it|them|these)|it|them|these|this|any of (?:it|them|these)))*"
DECLINED = re.compile(rf"{_NO}{_WITH}(?:[,.;!]* (?:{_NO}{_WITH}|thanks|thank you))*[.!]*")
LABELS: Mapping[str, str] = {
    "heard": "How you heard of us",
    "library_types": "Types of library",
    "age_band": "Age",
    "race": "Race or ethnicity",
    "sex": "Sex",
}


@dataclass(frozen=True)
class Surveyed:
    """The labels chosen, by question; a question left unsaid is absent."""

    answers: Mapping[str, tuple[str, ...]]


def declines(words: str) -> bool:
    """Whether words skip all of the questions, as far as they were not answered yet."""
    return DECLINED.fullmatch(kinds.tidy(words[: kinds.MAX_LINE]).lower().replace("’", "'")) is not None


async def script(talk: Talk, facts: Facts) -> Surveyed:  # noqa: ARG001 - every script takes the facts
    talk.say(
        "A few voluntary questions for the program's statistics. Your answers are stored apart, without your name;"
        " “Rather not say” is always fine, and `cancel` skips them all."
    )
    given = await talk.form(*(_ask(talk, question) for question in voluntary.VOLUNTARY))
    talk.say("Thank you.")
    answers = {}
    for question, keys in zip(voluntary.VOLUNTARY, given, strict=True):
        labels = tuple(question.choices[int(key[1:])] for key in ((keys,) if isinstance(keys, str) else keys))
        if voluntary.RATHER_NOT_SAY not in labels:
            answers[question.key] = labels
    return Surveyed(answers)


CHOICES = {
    question.key: tuple(Choice(f"c{number}", label) for number, label in enumerate(question.choices))
    for question in voluntary.VOLUNTARY
}


def _ask(talk: Talk, question: voluntary.Choice) -> Question[str] | Question[tuple[str, ...]]:
    choices = CHOICES[question.key]
    if question.several:
        return _several(talk, question, choices)
    also = dict.fromkeys(SKIPS, choices[-1].key)
    return talk.choice(question.key, question.question, choices, label=LABELS[question.key], also=also)


def _several(talk: Talk, question: voluntary.Choice, choices: Sequence[Choice]) -> Question[tuple[str, ...]]:
    pick = kinds.several(choices)

    def read(words: str) -> tuple[str, ...]:
        return (choices[-1].key,) if kinds.tidy(words).lower().rstrip(".!") in SKIPS else pick(words)

    text = f"{question.question} Several are fine, for example: 1, 3"
    return talk.ask(question.key, text, read, choices=choices, label=LABELS[question.key], example="1, 3")
