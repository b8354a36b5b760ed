import time

import pytest

from flows.program.blindness import Finding, Identity, find, in_link, told
from tests.flows.program.blind_cases import HARMLESS, LINKS, PEOPLE, TELLING


def labels(found):
    return sorted({each.kind + "!" * each.blocking for each in found})


@pytest.mark.parametrize(("who", "text", "expected"), TELLING)
def test_what_tells_who_somebody_is_is_found(who, text, expected):
    assert labels(find(text, PEOPLE[who])) == [expected]


@pytest.mark.parametrize(("who", "text"), HARMLESS)
def test_what_tells_nothing_is_left_alone(who, text):
    assert find(text, PEOPLE[who]) == ()


@pytest.mark.parametrize(("who", "url", "expected"), LINKS)
def test_a_link_is_read_however_it_is_encoded(who, url, expected):
    assert labels(in_link(url, PEOPLE[who])) == [each for each in [expected] if each]


def test_the_table_is_large_and_much_of_it_is_harmless():
    assert (len(TELLING) >= 80, len(HARMLESS) >= 60, len(TELLING) + len(HARMLESS) + len(LINKS) >= 120) == (True,) * 3


def test_the_same_words_are_told_once_with_what_stands_around_them():
    text = "It was shown to the board by Ann Page in the autumn, and Ann Page answered their questions."
    assert find(text, PEOPLE["ann"]) == (
        Finding(
            "full name", "Ann Page", "It was shown to the board by Ann Page in the autumn, and Ann Page", blocking=True
        ),
    )


def test_what_blocks_is_told_first_and_what_to_do_is_said():
    found = find("Carnegie built it. Ann Page, 412-555-0101", PEOPLE["ann"])
    assert [(each.kind, each.blocking) for each in found] == [
        ("phone", True),
        ("full name", True),
        ("employer word", False),
    ]
    assert told(Finding("full name", "Ann Page", "by Ann Page", blocking=True)) == (
        "“Ann Page” in “by Ann Page” tells evaluators your name: please take it out, the review is blind."
    )
    assert told(Finding("one name", "Will", "Will", blocking=False)) == (
        "“Will” may be a part of your name: is it you, or can it stay?"
    )
    assert told(Finding("owner", "ouid=1", "ouid=1", blocking=True)) == (
        "“ouid=1” names the account of a document's owner: please send the link without it."
    )


HOSTILE = {
    "names": "Ann Page " * 22_000,
    "halves": "Ann " * 50_000,
    "others in between": "Ann Bob Cid " * 17_000,
    "letters": "a " * 100_000,
    "digits": "4" * 200_000,
    "phones begun": "412-555-" * 25_000,
    "addresses begun": "ann.page at " * 17_000,
    "dots": "." * 200_000,
    "spaces": "Ann" + " " * 200_000 + "Page",
    "newlines": "-\n" * 100_000,
    "percent": "%25" * 66_000,
    "profiles": "linkedin.com/in/" * 12_500,
    "owners": "docs.google.com/" * 12_500,
    "marks": "e" + "\u0301" * 200_000,
    "right to left": "\u202eAnn\u202c " * 33_000,
    "letters that look alike": "\u0410nn P\u0430ge " * 22_000,
    "one word": "annpag" * 33_000,
    "employer": "Carnegie Library of " * 10_000,
    "many profiles": " ".join(f"x.com/user{number}" for number in range(12_000)),
    "many phones": "412-555-0101 " * 15_000,
    "apostrophes": "a'" * 100_000,
    "Chinese": "王小" * 100_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_of_200_kb_is_read_in_a_few_seconds(kind):
    who = Identity("Ann Page", ("王小明",), ("ann.page@library.org",), ("412-555-0101",), ("Carnegie Library of Rome",))
    began = time.process_time()
    found = find(HOSTILE[kind], who)
    assert (len(found) <= 50, time.process_time() - began < 5) == (True, True)


def test_nothing_is_hidden_at_the_end_of_a_long_text():
    assert labels(find("The books were moved. " * 9000 + "Ann Page", PEOPLE["ann"])) == ["full name!"]
