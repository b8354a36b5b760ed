"""Competencies as people name them: "Technology 4", "access 3 and 7 to 9, reference 2", or numbers of a set at hand."""

import re
from collections.abc import Iterator, Sequence

from flows.dialog.unclear import Unclear
from flows.program.competencies import Competencies, CompetencySet, Reference
from flows.program.figures import listed, ranged

LONGEST = 400
EXAMPLE = "Technology 4"
CALLED = r"(?:(?:numbers?|nos?\.?|#|competency|competencies) ?)?"
AND = r"(?: ?(?:,|;|&|\+|and\b|or\b))* ?"
TO = r" ?(?:-|–|to\b|through\b|thru\b) ?"
NUMBERS = re.compile(rf"{CALLED}\d{{1,3}}(?:(?:{TO}|{AND}){CALLED}\d{{1,3}})*", re.IGNORECASE)
RANGE = re.compile(rf"(\d+)(?:{TO}{CALLED}(\d+))?", re.IGNORECASE)


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


def told(references: Sequence[Reference], competencies: Competencies) -> str:
    """`Technology 3 and Youth Services 2`, or `Technology 1 to 4 and 7; Youth Services 2`."""
    numbers: dict[str, list[int]] = {}
    for set_id, number in references:
        numbers.setdefault(set_id, []).append(number)
    each_set = [f"{competencies.named(set_id).name} {ranged(sorted(each))}" for set_id, each in numbers.items()]
    return listed(each_set) if len(references) == len(each_set) else "; ".join(each_set)


def _pieces(words: str) -> Iterator[tuple[str, list[int]]]:
    """What stands before each group of numbers, and the numbers."""
    begin = 0
    for match in NUMBERS.finditer(words):
        name = re.sub(r"^(?:and|or)\b ?", "", words[begin : match.start()].strip(" ,;.&:"))
        yield name, [number for each in RANGE.finditer(match[0]) for number in _range(int(each[1]), each[2])]
        begin = match.end()
    if begin == 0 or words[begin:].strip(" .!;,"):
        raise Unclear(f"Which competency is it? Its set and number, such as “{EXAMPLE}”.")


def _range(first: int, last: str | None) -> Sequence[int]:
    return range(min(first, int(last)), max(first, int(last)) + 1) if last else (first,)


def _set(name: str, competencies: Competencies) -> CompetencySet:
    found = competencies.find_set(name)
    if found is None:
        begins = [each for each in competencies.sets if each.name.lower().startswith(name.lower()) and len(name) > 3]
        if len(begins) != 1:
            raise Unclear(f"I know no set “{name[:60]}”. The sets are {_names(competencies)}.")
        [found] = begins
    return found


def _references(group: CompetencySet, numbers: list[int]) -> list[Reference]:
    strange = next((each for each in reversed(numbers) if group.competency(each) is None), None)
    if strange is not None:
        raise Unclear(f"{group.name} has the numbers 1 to {len(group)}, not {strange}.")
    return [(group.id, each) for each in numbers]


def _names(competencies: Competencies) -> str:
    return ", ".join(each.name for each in competencies.sets)
