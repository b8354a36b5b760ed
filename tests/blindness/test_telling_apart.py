"""Nobody can tell whether others read, have finished or were reminded: whatever these do, what one is told is the same.

A review is played several times, with the others doing something else each time, and the letters of one who takes part
are compared word by word, with their times. References, which are drawn by lot, are left out; so are the numbers of
letters and forms, which count what everybody in the program is sent and fills in.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest

from handlers.exchange import Errand
from storage import roles
from tests.blindness.cast import Cast, Sent, programs
from tests.blindness.stories import HANDED_IN, asked, assesses, eva, everything, fred, gina, hob
from tests.handlers.acting import Rows
from tests.handlers.world import MONDAY, Someone

BY_LOT = re.compile(r"\b(?:R|SET-2026|LSSC-2026)-[A-Z0-9]{5}\b")
REST = ("assess", "met", "met", "not met", "met", "met", "Too short.")
MINE = (
    (0, ("accept", "reviews")),
    (1, ("assess", "one by one", "met", "cancel")),
    (8, ("reviews", "status", "package")),
    (24, ("need 10 more days", "more time")),
    (31, (*REST, "confirm", "take it back", "assess", "all met", "confirm", "reviews", "my data")),
)
ALL_MET, NONE_MET = ("accept", "all met", "confirm"), ("accept", "none met: nothing here", "confirm")
Words: TypeAlias = Mapping[int, Sequence[str]]  # by day
NOTHING: Words = {}


@pytest.fixture
def another(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[], Cast]]:
    """A program of its own, as often as one is wanted."""
    with programs(sqlite_template, tmp_path) as make:
        yield make


def diary(lssc: Cast, who: Someone, since: int = 0) -> list[str]:
    """All that somebody was sent, each with its time."""
    return [_told(each) for each in lssc.sent[since:] if each.to == (who.channel, who.address)]


def _told(sent: Sent) -> str:
    message = sent.message
    choices = [f"{each.key}: {each.label}" for each in message.choices]
    files = [f"{each.name}\n{each.alt}\n{each.content.decode()}" for each in message.files]
    rest = f"{message.question} {message.quiet} {message.stoppable} {bool(message.edits)}"
    return BY_LOT.sub("-", "\n".join([f"{sent.at}", message.subject, message.text, *choices, rest, *files]))


def told_to_one(lssc: Cast, another_says: Words, next_says: Words) -> list[str]:
    """What an evaluator is sent until they have assessed, while another one, and whoever follows that, do these things."""
    first, second, third = asked(lssc, 3)
    today = 0
    for day, words in MINE:
        lssc.later(days=day - today)
        today = day
        for who, said in ((second, another_says.get(day, ())), (third, next_says.get(day, ())), (first, words)):
            for each in said:
                who.says(each)
    told = diary(lssc, first)
    assert any("is recorded as “met”" in each for each in told)
    return told


def test_an_evaluator_is_told_the_same_whatever_the_other_does(another: Callable[[], Cast]) -> None:
    ways: Mapping[str, tuple[Words, Words]] = {
        "never answers": (NOTHING, NOTHING),
        "finds it met at once": ({0: ALL_MET}, NOTHING),
        "finds it not met later": ({0: ("accept",), 8: NONE_MET[1:]}, NOTHING),
        "declines, and the next finishes": ({0: ("decline", "1")}, {1: NONE_MET}),
        "is late": ({0: ("accept",), 1: ("assess", "one by one", "met")}, NOTHING),
        "knows the candidate": ({0: ("accept",), 8: ("I know who this is",)}, {24: ALL_MET}),
        "gives it back": ({1: ("accept",), 24: ("I cannot after all",)}, NOTHING),
        "is forgotten": ({1: ("accept",), 8: ("forget me", "1", "1")}, NOTHING),
    }
    diaries = {name: told_to_one(another(), *words) for name, words in ways.items()}
    assert len(diaries["never answers"]) > len(MINE)
    assert [name for name, told in diaries.items() if told != diaries["never answers"]] == []


def asks_and_assesses(lssc: Cast, who: Someone) -> list[str]:
    """What somebody is sent from their offer until they have assessed it."""
    for words in ("reviews", "accept", "reviews", "package", "assess", "all met", "confirm", "take it back"):
        who.says(words)
    return [each for each in diary(lssc, who) if each.startswith(f"{lssc.world.now}")]


def as_third(lssc: Cast) -> Someone:
    """Two differ, and somebody is asked as the third."""
    first, second = asked(lssc)
    chair = lssc.member("U8", "Hal", "librarian public", chair=True)
    third = gina(lssc)
    for each, words in ((first, ALL_MET), (second, NONE_MET)):
        for said in words:
            each.says(said)
    lssc.later(minutes=11)
    chair.presses("Yes")
    return third


def as_first(lssc: Cast) -> Someone:
    """The same one, asked as one of the first two at that same time."""
    for each in (eva(lssc), fred(lssc)):
        each.says("pause until 1 June 2027")
    first, _ = gina(lssc), hob(lssc)
    lssc.hands_in()
    lssc.later(minutes=11)
    lssc.settles(HANDED_IN, "ask")
    return first


def test_a_third_reader_is_told_what_a_first_one_is(another: Callable[[], Cast]) -> None:
    told = []
    for place in (as_third, as_first):
        lssc = another()
        told.append(asks_and_assesses(lssc, place(lssc)))
    assert len(told[0]) == len(told[1]) >= 8
    assert told[0] == told[1]


def test_what_is_stored_about_a_third_reader_does_not_tell_them_so(another: Callable[[], Cast]) -> None:
    told = []
    for place in (as_third, as_first):
        lssc = another()
        third = place(lssc)
        third.says("accept")
        third.says("my data")
        [file] = [each for each in lssc.sent if any(one.name.startswith("my-data") for one in each.message.files)]
        stored = _told(file).partition("\nReviews that you were asked for\n")[2].partition("\n\nMessages to you\n")[0]
        told.append(re.sub(r"person \d+", "person N", stored))
    assert "Seat: reading" in told[1]
    assert told[0] == told[1]


def nobody_has_finished(lssc: Cast, first: Someone, second: Someone) -> None:
    pass


def one_has_finished(lssc: Cast, first: Someone, second: Someone) -> None:
    assesses(first, "none met: nothing here")


def the_committee_thinks(lssc: Cast, first: Someone, second: Someone) -> None:
    lssc.member("U8", "Hal", "librarian public")
    assesses(first, "all met")
    assesses(second, "none met: nothing here")


def a_third_reads(lssc: Cast, first: Someone, second: Someone) -> None:
    chair, third = lssc.member("U8", "Hal", "librarian public", chair=True), gina(lssc)
    assesses(first, "all met")
    assesses(second, "none met: nothing here")
    lssc.later(minutes=11)
    chair.presses("Yes")
    assert "Thank you" in third.says("accept")


def nobody_is_free_as_third(lssc: Cast, first: Someone, second: Someone) -> None:
    chair = lssc.member("U8", "Hal", "librarian public", chair=True)
    assesses(first, "all met")
    assesses(second, "none met: nothing here")
    lssc.later(minutes=11)
    chair.presses("Yes")


def the_committee_wants_no_third(lssc: Cast, first: Someone, second: Someone) -> None:
    chair = lssc.member("U8", "Hal", "librarian public", chair=True)
    assesses(first, "all met")
    assesses(second, "none met: nothing here")
    lssc.later(minutes=11)
    chair.presses("No")


def not_met_waits_for_its_release(lssc: Cast, first: Someone, second: Someone) -> None:
    for each in (first, second):
        assesses(each, "none met: nothing here")


Course: TypeAlias = Callable[[Cast, Someone, Someone], None]


def told_to_the_candidate(lssc: Cast, course: Course) -> list[str]:
    first, second = asked(lssc)
    for each in (first, second):
        each.says("accept")
    course(lssc, first, second)
    lssc.world.now = MONDAY
    lssc.later(days=2)
    everything(lssc.candidate)
    for words in ("check cataloging", "take back cataloging", "evidence", "narrative cataloging 1"):
        lssc.candidate.says(words)
    return diary(lssc, lssc.candidate)


@pytest.mark.parametrize(
    "course",
    [
        one_has_finished, the_committee_thinks, a_third_reads, nobody_is_free_as_third, the_committee_wants_no_third,
        not_met_waits_for_its_release,
    ],
)  # fmt: skip
def test_until_the_outcome_is_told_the_candidate_is_told_the_same(another: Callable[[], Cast], course: Course) -> None:
    expected = told_to_the_candidate(another(), nobody_has_finished)
    told = told_to_the_candidate(another(), course)
    assert len(expected) > 10
    assert len(told) == len(expected)
    assert [one for one, other in zip(told, expected, strict=True) if one != other] == []


def seated(chair: bool) -> Callable[[Errand, int], None]:
    def act(errand: Errand, person: int) -> None:
        roles.give(errand.work, person, "committee", "the office", "librarian public", chair=chair)

    return act


def test_the_chair_who_reads_a_set_is_not_told_whose_it_is(another: Callable[[], Cast]) -> None:
    lssc = another()
    first, second = asked(lssc)
    lssc.act_on(first, seated(chair=True))
    for each in (first, second):
        each.says("accept")
        assesses(each, "none met: nothing here")
    lssc.later(minutes=11)
    assert lssc.told_of_others() == []


def test_a_candidate_who_chairs_the_committee_is_not_told_an_outcome_that_is_not_released(
    another: Callable[[], Cast],
) -> None:
    lssc = another()
    first, second = asked(lssc)
    lssc.act_on(lssc.candidate, seated(chair=True))
    for each in (first, second):
        each.says("accept")
        assesses(each, "none met: nothing here")
    lssc.later(minutes=11)
    assert "nothing here" not in "\n".join(diary(lssc, lssc.candidate))


def test_whoever_was_told_that_two_differ_is_not_asked_as_the_third(another: Callable[[], Cast]) -> None:
    lssc = another()
    first, second, third = asked(lssc, 3)
    lssc.act_on(third, seated(chair=True))
    for each, words in ((first, ALL_MET), (second, NONE_MET)):
        for said in words:
            each.says(said)
    lssc.later(minutes=11)
    assert "the two assessments differ" in third.last
    third.presses("Yes")
    assert not any("Would you assess a portfolio?" in each for each in diary(lssc, third))


def test_evaluators_are_let_go_when_the_candidate_is_forgotten(another: Callable[[], Cast]) -> None:
    lssc = another()
    first, second = asked(lssc)
    first.says("accept")
    _forgotten(lssc.candidate)
    assert [each.last.endswith("Thank you for being there for it.") for each in (first, second)] == [True, True]
    assert "to another address" not in second.presses("Accept")


def test_nothing_that_a_forgotten_candidate_wrote_is_kept(another: Callable[[], Cast]) -> None:
    lssc = another()
    first, _ = asked(lssc)
    lssc.in_the_package("All by my wobbleknock")
    first.says("accept")
    rows = Rows(lssc.world.house.database)
    assert "wobbleknock" in rows.everything()
    _forgotten(lssc.candidate)
    assert "wobbleknock" not in rows.everything()


def _forgotten(who: Someone) -> None:
    who.says("forget me")
    who.presses("Yes, delete everything")
    assert who.presses("Yes, forget me").startswith("Everything about you is deleted.")
