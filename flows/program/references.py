"""Competencies as people name them: "Technology 4", "access 3 and 7, reference 2", or numbers of a set at hand."""

import re
from collections.abc import Iterator

from flows.dialog.unclear import Unclear
from flows.program.competencies import Competencies, CompetencySet, Reference

LONGEST = 400
EXAMPLE = "Technology 4"
NUMBER = r"(?:(?:numbers?|nos?\.?|#|competency|competencies) ?)?\d{1,3}"
NUMBERS = re.compile(rf"{NUMBER}(?:(?: ?(?:,|;|&|\+|and\b|or\b))* ?{NUMBER})*", re.IGNORECASE)


def read(words: str, competencies: Competencies, at_hand: str = "") -> tuple[Reference, ...]:
    """The competencies that `words` name, each once; bare numbers belong to the set with the id `at_hand`.

    Raises Unclear for whatever names none, or one that does not exist.
    """
    if len(words) > LONGEST:
        raise Unclear(f"Please name the competencies alone, such as “{EXAMPLE}”.")
    found: dict[Reference, None] = {}
    group = competencies.named(at_hand) if at_hand else None
    for name, numbers in _pieces(" ".join(words.split())):
        group = _set(name, competencies) if name else group
        if group is None:
            raise Unclear(f"Of which set? Please name it with the number, such as “{EXAMPLE}”.")
        found |= dict.fromkeys(_references(group, numbers))
    return tuple(found)


def _pieces(words: str) -> Iterator[tuple[str, list[int]]]:
    """What stands before each group of numbers, and the numbers."""
    begin = 0
    for match in NUMBERS.finditer(words):
        name = re.sub(r"^(?:and|or)\b ?", "", words[begin : match.start()].strip(" ,;.&:"))
        yield name, [int(each) for each in re.findall(r"\d+", match[0])]
        begin = match.end()
    if begin == 0 or words[begin:].strip(" .!;,"):
        raise Unclear(f"Which competency is it? Its set and number, such as “{EXAMPLE}”.")


def _set(name: str, competencies: Competencies) -> CompetencySet:
    found = competencies.find_set(name)
    if found is None:
        begins = [each for each in competencies.sets if each.name.lower().startswith(name.lower()) and len(name) > 3]
        if len(begins) != 1:
            raise Unclear(f"I know no set “{name[:60]}”. The sets are {_names(competencies)}.")
        [found] = begins
    return found


def _references(group: CompetencySet, numbers: list[int]) -> list[Reference]:
    strange = next((each for each in numbers if group.competency(each) is None), None)
    if strange is not None:
        raise Unclear(f"{group.name} has the numbers 1 to {len(group)}, not {strange}.")
    return [(group.id, each) for each in numbers]


def _names(competencies: Competencies) -> str:
    return ", ".join(each.name for each in competencies.sets)
