"""A form by mail: several questions as one numbered list, and a reply with answers beside the numbers, in any order."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flows.dialog.question import Further, Otherwise, Question
from flows.dialog.unclear import Unclear

MOST_AT_ONCE = 8
NUMBERED = re.compile(r"\s{0,8}\(?(\d{1,2})\s?(?:[.:](?!\d)|\)|-(?=\s+[^\s\d]))\s*(.*)")
UNMARKED = re.compile(r"\s{0,8}(\d{1,2})\s+(\D.*)")  # "6 in a library"
LONGEST_NAME = 4  # words that are surely an answer where any words are
LONGEST_QUESTION = 300  # characters of a line that may be a question in between


def show(questions: Sequence[Question[Any]]) -> str:
    """The questions as a numbered list, each with what may be answered."""
    lines = [f"{number}. {question.text}{_hint(question)}" for number, question in enumerate(questions, 1)]
    return "\n".join(["Please answer beside the numbers, in any order:", *lines])


def beside(questions: Sequence[Question[Any]], words: str) -> Sequence[tuple[Question[Any], str]]:
    """What a reply says to which question, in the order of the list.

    Numbered lines answer their own question, and lines below a number continue it. Without any number the lines
    answer in order, if there are as many lines as questions; a single line answers the first question. Where
    that takes any words, a whole sentence may well be none ("I will send these tomorrow").
    """
    found = _beside_numbers(words, questions)
    if set(found) == {0} and len(questions) > 1 and questions[0].free and _is_a_sentence(words):
        found = {}
    own = [(questions[index], _own_words(questions[index], said)) for index, said in sorted(found.items())]
    return [(question, said) for question, said in own if said]


def apart(words: str) -> tuple[str, tuple[str, ...]]:
    """What a reply answers, and the lines of it that ask something themselves; nothing answered when all of it asks."""
    lines = words[:100_000].splitlines()
    asks = [_asks(line) for line in lines]
    rest = "\n".join(line for line, asking in zip(lines, asks, strict=True) if not asking).strip()
    questions = tuple(line.strip() for line, asking in zip(lines, asks, strict=True) if asking)
    return (rest, questions) if rest else ("", ())


def alone(question: Question[Any], words: str) -> str:
    """The answer to the only question, without the number that may stand before it, as if it were a list."""
    match = NUMBERED.fullmatch(words.strip())
    if match is None or not _is_readable(question, match[2]):
        return words
    is_a_place = question.free and not question.verbatim and int(match[1]) <= MOST_AT_ONCE
    return match[2] if is_a_place or not _is_readable(question, words) else words


def read(told: Sequence[tuple[Question[Any], str]]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The answers by key, and a hint for each that could not be read."""
    put: dict[str, str] = {}
    hints: list[str] = []
    for question, said in told:
        try:
            value = question.read(said)
        except Unclear as hint:
            hints.append(f"{question.label}: {hint}")
            continue
        if isinstance(value, Further):
            put |= value.answers
        elif isinstance(value, Otherwise):
            hints.append(f"{question.label}: please send this one alone, with its number.")
        else:
            put[question.key] = said
    return put, tuple(hints)


def _is_a_sentence(words: str) -> bool:
    return NUMBERED.match(words.strip()) is None and len(words.split()) > LONGEST_NAME


def _asks(line: str) -> bool:
    said = line.strip()
    return said.endswith("?") and len(said) <= LONGEST_QUESTION and NUMBERED.fullmatch(line) is None


def _numbered(line: str, questions: Sequence[Question[Any]]) -> tuple[int, str] | None:
    """The place in the list and the answer of a line; without a mark after the number only an answer that fits."""
    marked = NUMBERED.fullmatch(line)
    match = marked or UNMARKED.fullmatch(line)
    place = int(match[1]) - 1 if match else -1
    if match is None or not 0 <= place < len(questions):
        return None
    fits = marked or (questions[place].choices and _is_readable(questions[place], match[2]))
    return (place, match[2].strip()) if fits else None


def _beside_numbers(words: str, questions: Sequence[Question[Any]]) -> dict[int, str]:
    count, found = len(questions), dict[int, str]()
    current = -1
    lines = [line for line in words[:100_000].splitlines() if line.strip()]
    for line in lines:
        if answer := _numbered(line, questions):
            current, found[answer[0]] = answer
        elif current >= 0:
            found[current] = f"{found[current]}\n{line.strip()}".strip()
    if not found and any(NUMBERED.fullmatch(line) for line in lines):
        return {}  # numbers of another list
    if not found and len(lines) == count:
        return {index: line.strip() for index, line in enumerate(lines)}
    if not found and len(lines) == 1:
        return {0: lines[0].strip()}
    return {index: said for index, said in found.items() if said}


def _own_words(question: Question[Any], said: str) -> str:
    """The answer without the question's own wording, which may stand before it, and without a greeting below."""
    wording, hint = (r"\s+".join(map(re.escape, text.split())) for text in (question.text, _hint(question)))
    own = re.sub(rf"\A\s*{wording}(?:\s*{hint})?\s*", "", said)
    first = own.partition("\n")[0]
    return first if not _is_readable(question, own) and _is_readable(question, first) else own


def _is_readable(question: Question[Any], words: str) -> bool:
    try:
        question.read(words)
    except Unclear:
        return False
    return True


def _hint(question: Question[Any]) -> str:
    if question.choices:
        return " (" + " / ".join(option.label for option in question.choices) + ")"
    return f" ({question.hint})" if question.hint else ""
