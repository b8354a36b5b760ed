"""A form by mail: several questions as one numbered list, and a reply with answers beside the numbers, in any order."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from flows.dialog.play import Scene
from flows.dialog.question import Further, Otherwise, Question
from flows.dialog.unclear import Unclear

MOST_AT_ONCE = 8
MOST_IN_A_LINE = 6  # choices beside a question; more of them stand below it, with letters
NUMBERED = re.compile(r"\s{0,8}\(?(\d{1,2})\s?(?:[.:](?!\d)|\)|-(?=\s+[^\s\d]))\s*(.*)")
UNMARKED = re.compile(r"\s{0,8}(\d{1,2})\s+(\D.*)")  # "6 in a library"
LETTERED = re.compile(r"\s{0,8}(\d{1,2}) ?(\(?[a-zA-Z]\)?\.?)\s*")  # "3c"
LETTER_AND_WORDS = re.compile(r"\(?([a-z])(?:[.:]|\))\s*(.+)", re.DOTALL)
LONGEST_NAME = 4  # words that are surely an answer where any words are
LONGEST_QUESTION = 300  # characters of a line that may be a question in between


@dataclass(frozen=True)
class Listing:
    """The questions of a form by their numbers: those that are `open`, and those that were `answered` before."""

    open: Mapping[int, Question[Any]]
    answered: Mapping[int, Question[Any]] = field(default_factory=dict)


def listing(scene: Scene, given: Collection[str] = ()) -> Listing:
    """The open questions and those of every list until now, with the numbers that they have in every mail.

    A list goes on counting where the one before it ended, so that a number means one question as long as the form
    lasts; what is asked behind a question has its number. `given` are the keys filled in when the form was opened:
    their questions come last, because the lists were without them. A question that stands alone has the number 1.
    """
    here = scene.places[scene.question.key]
    heads: dict[tuple[int, ...], str] = {}
    for key, place in scene.places.items():
        if place == here if len(here) == 1 else len(place) > 1:
            heads.setdefault(place, key)
    numbers = {place: n for n, place in enumerate(sorted(heads, key=lambda each: (heads[each] in given, each)), 1)}
    open_ = _free_numbers([(numbers[scene.places[each.key]], each) for each in scene.open], len(numbers))
    waiting = {scene.places[each.key] for each in scene.open}
    done = {numbers[place]: scene.asked[key] for place, key in heads.items() if place not in waiting}
    return Listing(dict(sorted(open_.items())), done)


def _free_numbers(numbered: Iterable[tuple[int, Question[Any]]], last: int) -> dict[int, Question[Any]]:
    """Each question by its number, or by the next one after the list where another question has it."""
    found: dict[int, Question[Any]] = {}
    for number, question in numbered:
        free = number if number not in found else max(last, *found) + 1
        found[free] = question
    return found


def show(questions: Listing) -> str:
    """The open questions as a numbered list, each with what may be answered."""
    lines = [f"{number}. {question.text}{_hint(question)}" for number, question in questions.open.items()]
    return "\n".join(["Please answer beside the numbers, in any order:", *lines])


def beside(questions: Listing, words: str) -> Sequence[tuple[Question[Any], str]]:
    """What a reply says to which question, in the order of the list; also to one that was answered before.

    Numbered lines answer their own question, and lines below a number continue it. Without any number the lines
    answer in order, if there are as many lines as questions; a single line answers the first question. Where
    that takes any words, a whole sentence may well be none ("I will send these tomorrow").
    """
    found = _beside_numbers(words, questions)
    first, asked = next(iter(questions.open)), {**questions.answered, **questions.open}
    if set(found) == {first} and len(questions.open) > 1 and asked[first].free and _is_a_sentence(words):
        found = {}
    own = [(asked[number], _own_words(asked[number], said)) for number, said in sorted(found.items())]
    return [(question, said) for question, said in own if said]


def apart(words: str) -> tuple[str, tuple[str, ...]]:
    """What a reply answers, and the lines of it that ask something themselves; nothing answered when all of it asks."""
    lines = words[:100_000].splitlines()
    asks = [_asks(line) for line in lines]
    rest = "\n".join(line for line, asking in zip(lines, asks, strict=True) if not asking).strip()
    questions = tuple(line.strip() for line, asking in zip(lines, asks, strict=True) if asking)
    return (rest, questions) if rest else ("", ())


def alone(questions: Listing, words: str) -> str:
    """The answer to the only open question, without the number that may stand before it, as if it were a list.

    Raises Unclear when it is the number of another question of the list that was asked before.
    """
    ((own, question),) = questions.open.items()
    match = NUMBERED.fullmatch(words.strip())
    if match is None:
        return _spelled(question, words)
    number, said = int(match[1]), match[2]
    if number != own and number in questions.answered and not _is_choice(question, number, said):
        raise Unclear(answered(questions.answered[number]))
    if not _is_readable(question, _spelled(question, said)) or (
        question.choices and number != own and not _is_choice(question, number, said)
    ):
        return words
    said = _spelled(question, said)
    is_a_place = question.free and not question.verbatim and (number <= MOST_AT_ONCE or number == own)
    return said if is_a_place or not _is_readable(question, words) else words


def names_one(questions: Listing, words: str) -> bool:
    """Whether words name by its number a question that a list asks now, so that it is plain what they answer."""
    found = {int(match[1]) for match in map(NUMBERED.fullmatch, words[:100_000].splitlines()) if match}
    return bool(found & questions.open.keys()) and len(questions.open) + len(questions.answered) > 1


def answered(question: Question[Any]) -> str:
    """What is said to another answer beside the number of a question that was answered before."""
    return f"{question.label}: answered already, so I left it as it was; `change {question.label.lower()}` corrects it."


def _is_choice(question: Question[Any], number: int, said: str) -> bool:
    """Whether a number, alone or with words that name the same one, is one of a question's choices, as in "1. Yes"."""
    if not 0 < number <= len(question.choices):
        return False
    begins = question.choices[number - 1].label.lower().startswith(said.lower().strip(" ."))
    return begins or same(question, str(number), said)


def same(question: Question[Any], one: str, other: str) -> bool:
    """Whether two ways to say something are the same answer."""
    try:
        return bool(question.read(one) == question.read(other))
    except Unclear:
        return False


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


def _numbered(line: str, questions: Listing, current: int) -> tuple[int, str] | None:
    """The number and the answer of a line; without a mark after the number only an answer that fits.

    The number of an answered question counts in the order of the list only: below a later one it belongs to an answer
    that is a list itself.
    """
    marked = NUMBERED.fullmatch(line)
    match = marked or LETTERED.fullmatch(line) or UNMARKED.fullmatch(line)
    number = int(match[1]) if match else 0
    if match is not None and marked and number in questions.answered and number > current:
        return number, match[2].strip()
    if match is None or number not in questions.open:
        return None
    question = questions.open[number]
    fits = marked or (question.choices and _is_readable(question, _spelled(question, match[2])))
    return (number, match[2].strip()) if fits else None


def _beside_numbers(words: str, questions: Listing) -> dict[int, str]:
    found, current = dict[int, str](), 0
    lines = [line for line in words[:100_000].splitlines() if line.strip()]
    for line in lines:
        if answer := _numbered(line, questions, current):
            current, found[answer[0]] = answer
        elif current:
            found[current] = f"{found[current]}\n{line.strip()}".strip()
    if not found and any(NUMBERED.fullmatch(line) for line in lines):
        return {}  # numbers of another list
    if not found and len(lines) == len(questions.open):
        return {number: line.strip() for number, line in zip(questions.open, lines, strict=True)}
    if not found and len(lines) == 1:
        return {next(iter(questions.open)): lines[0].strip()}
    return {number: said for number, said in found.items() if said}


def _own_words(question: Question[Any], said: str) -> str:
    """The answer without the question's own wording, which may stand before it, and without a greeting below."""
    wording, hint = (r"\s+".join(map(re.escape, text.split())) for text in (question.text, _hint(question)))
    own = _spelled(question, re.sub(rf"\A\s*{wording}(?:\s*{hint})?\s*", "", said))
    first = _spelled(question, own.partition("\n")[0])
    return first if not _is_readable(question, own) and _is_readable(question, first) else own


def _is_readable(question: Question[Any], words: str) -> bool:
    try:
        question.read(words)
    except Unclear:
        return False
    return True


def _spelled(question: Question[Any], words: str) -> str:
    """The numbers of the choices that letters stand for, which is how they are kept; other words as they are."""
    said = words.strip().lower().rstrip(".!")
    if not _has_letters(question) or _is_readable(question, words):
        return words
    letters = ascii_lowercase[: len(question.choices)]
    told = LETTER_AND_WORDS.fullmatch(said)
    if told and told[1] in letters and question.choices[letters.index(told[1])].label.lower().startswith(told[2]):
        return str(letters.index(told[1]) + 1)
    named = re.sub(r"\band\b|[(),;&.]", " ", said).split()
    if not named or not all(len(each) == 1 and each in letters for each in named):
        return words
    return ", ".join(str(letters.index(each) + 1) for each in named)


def _has_letters(question: Question[Any]) -> bool:
    return MOST_IN_A_LINE < len(question.choices) <= len(ascii_lowercase)


def _hint(question: Question[Any]) -> str:
    if _has_letters(question):
        return "".join(
            f"\n{letter}. {option.label}" for letter, option in zip(ascii_lowercase, question.choices, strict=False)
        )
    if question.choices:
        return " (" + " / ".join(option.label for option in question.choices) + ")"
    return f" ({question.hint})" if question.hint else ""
