"""How people name competencies."""

import pytest

from bot.rulebook import built_in_competencies
from flows.dialog.unclear import Unclear
from flows.program import references

SETS = built_in_competencies()


@pytest.mark.parametrize(
    ("words", "at_hand", "found"),
    [
        ("Technology 4", "", [("technology", 4)]),
        ("technology #4 and 7", "", [("technology", 4), ("technology", 7)]),
        ("3, 4 and 7", "technology", [("technology", 3), ("technology", 4), ("technology", 7)]),
        ("3 4 7.", "access", [("access", 3), ("access", 4), ("access", 7)]),
        ("Access Services 3 and Reference and Information Services 2", "", [("access", 3), ("reference", 2)]),
        ("cataloging 1, youth 2, youth 1", "", [("cataloging", 1), ("youth", 2), ("youth", 1)]),
        ("numbers 3 & 3", "youth", [("youth", 3)]),
        ("Communication and Teamwork: 12", "", [("communication", 12)]),
        ("supervision 5; 6", "", [("supervision", 5), ("supervision", 6)]),
        ("technology 3 to 5", "", [("technology", 3), ("technology", 4), ("technology", 5)]),
        ("cataloging 1-2, 5–6, and youth 2", "", [("cataloging", n) for n in (1, 2, 5, 6)] + [("youth", 2)]),
        ("Technology numbers 5 through 3 and 4", "", [("technology", n) for n in (3, 4, 5)]),
        ("1 - 2 and no. 6", "cataloging", [("cataloging", 1), ("cataloging", 2), ("cataloging", 6)]),
    ],
)
def test_sets_and_numbers_are_read(words: str, at_hand: str, found: list[tuple[str, int]]) -> None:
    assert list(references.read(words, SETS, at_hand)) == found


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("3 and 4", "Of which set? Please name it with the number, such as “Technology 4”."),
        ("technology", "Which competency is it? Its set and number, such as “Technology 4”."),
        ("technology 99", "Technology has the numbers 1 to 13, not 99."),
        ("technology 1 to 99", "Technology has the numbers 1 to 13, not 99."),
        ("technology 0", "Technology has the numbers 1 to 13, not 0."),
        ("technology 4 which I did in May", "Which competency is it? Its set and number, such as “Technology 4”."),
        ("", "Which competency is it? Its set and number, such as “Technology 4”."),
        ("7 " * 300, "Please name the competencies alone, such as “Technology 4”."),
    ],
)
def test_whatever_names_none_is_asked_back(words: str, hint: str) -> None:
    with pytest.raises(Unclear, match=f"^{hint.replace('?', '[?]')}$"):
        references.read(words, SETS)


def test_a_set_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(Unclear, match=r"^I know no set “gardening”. The sets are Foundations of Library Service, "):
        references.read("gardening 3", SETS)


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ([("technology", 3)], "Technology 3"),
        ([("technology", 3), ("youth", 2)], "Technology 3 and Youth Services 2"),
        ([("technology", 4), ("technology", 3)], "Technology 3 and 4"),
        ([("technology", n) for n in (1, 2, 3, 5, 6, 9)], "Technology 1 to 3, 5, 6, and 9"),
        ([("technology", 1), ("youth", 2), ("technology", 2)], "Technology 1 and 2; Youth Services 2"),
    ],
)
def test_competencies_are_told_by_their_sets_and_read_again(named: list[tuple[str, int]], words: str) -> None:
    assert references.told(named, SETS) == words
    assert sorted(references.read(words, SETS)) == sorted(named)
