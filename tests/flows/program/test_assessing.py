"""An assessment in one message."""

import pytest

from flows.dialog.unclear import Unclear
from flows.program.assessing import looks_like_one, read
from flows.program.reviews import Rating

NUMBERS = (1, 2, 3, 4, 5, 6, 7)
OFFERED = (Rating.MET, Rating.NOT_MET)


def unmet(words: str) -> dict[int, str]:
    found = read(words, NUMBERS, OFFERED)
    assert tuple(found) == NUMBERS
    return {number: comment for number, (rating, comment) in found.items() if rating is Rating.NOT_MET}


@pytest.mark.parametrize(
    ("words", "comments"),
    [
        ("all met", {}),
        ("Met.", {}),
        ("All are met, thank you", {}),
        ("all met except 3 and 7: 3 shows no example, 7 needs proof", {3: "shows no example", 7: "needs proof"}),
        ("All are met except for 3, 7. 3: no link; 7: only theory", {3: "no link", 7: "only theory"}),
        ("all met but 3 - the link is broken", {3: "the link is broken"}),
        ("Met, except 3", {3: ""}),
        ("not met: 2, 4: too short", {2: "too short", 4: "too short"}),
        ("everything is met except 2-4: shallow", {2: "shallow", 3: "shallow", 4: "shallow"}),
        ("none met: nothing here", dict.fromkeys(NUMBERS, "nothing here")),
        ("3: no example\n7: too vague\nrest met", {3: "no example", 7: "too vague"}),
        ("3. This does not show it. 7. neither\nrest met", {3: "This does not show it", 7: "neither"}),
        ("1 met\n2 met\n3 not met: no example\n4 met\n5 met\n6 met\n7 met", {3: "no example"}),
    ],
)
def test_it_is_read_as_people_write_it(words: str, comments: dict[int, str]) -> None:
    assert unmet(words) == comments


@pytest.mark.parametrize("words", ["all met except 9", "3: no example", "hello", "", "2 partially met; rest met"])
def test_what_is_no_whole_assessment_is_asked_back(words: str) -> None:
    with pytest.raises(Unclear):
        read(words, NUMBERS, OFFERED)


@pytest.mark.parametrize(
    ("words", "so"),
    [("all met except 3", True), ("Met", True), ("not met: 2", True), ("3 not met: why", True), ("hello", False),
     ("I met her yesterday", False), ("what is met?", False)],
)  # fmt: skip
def test_it_is_told_from_other_messages_at_a_glance(words: str, so: bool) -> None:
    assert looks_like_one(words) is so
