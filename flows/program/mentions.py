"""Competencies and sets that are named in the middle of other words, such as “this one is for cataloging 2”."""

import re
from collections.abc import Iterator

from flows.program.competencies import Competencies, Reference
from flows.program.references import NUMBERS

MOST_WORDS = 6  # of the name of a set
WORD = re.compile(r"[\w'’-]+")


def references(words: str, competencies: Competencies) -> tuple[Reference, ...]:
    """The competencies that are named by set and number, each once, in their order; numbers that are none are left."""
    found: dict[Reference, None] = {}
    for numbers in NUMBERS.finditer(words):
        group = next(_sets_at_the_end(words[: numbers.start()], competencies), "")
        for number in map(int, re.findall(r"\d+", numbers[0])):
            if group and competencies.named(group).competency(number) is not None:
                found[group, number] = None
    return tuple(found)


def sets(words: str, competencies: Competencies) -> tuple[str, ...]:
    """The ids of the sets that are named, each once, in their order."""
    found: dict[str, None] = {}
    ends = [match.end() for match in WORD.finditer(words)]
    for end in ends:
        found |= dict.fromkeys(_sets_at_the_end(words[:end], competencies))
    return tuple(found)


def _sets_at_the_end(words: str, competencies: Competencies) -> Iterator[str]:
    """The set whose name stands at the end of some words, the longest name first."""
    starts = [match.start() for match in WORD.finditer(words)][-MOST_WORDS:]
    for start in starts:
        group = competencies.find_set(words[start:].strip(" ,;:.#()"))
        if group is not None:
            yield group.id
            return
