"""Evidence by message: links kept at once, placed by a tap or a few words, listed, taken back, and told in progress."""

from datetime import date

import pytest

from flows.dialog.speech import Envelope, Inbound
from handlers.hearing import House
from storage import evidence
from tests.handlers.acting import Person, Rows
from tests.handlers.test_progress import DAY, admitted

ONE = "https://example.org/shelves"
TWO = "https://example.org/catalog-rules"
ASKED = "Which competency does {} show? You may name several, such as “Technology 3, 4 and 7”."
HOW = "`evidence` with the name of a set lists its competencies; `remove` with a number takes one back."


def candidate(house: House, complete: dict[str, date] | None = None, state: str = "active") -> Person:
    ann = Person(house)
    ann.says("help")
    admitted(ann, complete or {}, state)
    return ann


def places(rows: Rows) -> list[tuple[object, ...]]:
    numbers = {each["id"]: each["number"] for each in rows("evidence")}
    return [(numbers[each["evidence_id"]], each["set_id"], each["number"]) for each in rows("placement")]


def test_a_link_is_kept_before_anything_is_asked_and_placed_by_one_tap(house: House, rows: Rows) -> None:
    ann = candidate(house)
    assert ann.says(f"My signs for the shelves: {ONE}?utm_source=mail") == ASKED.format(ONE)
    assert [each.label.partition(":")[0] for each in ann.told[-1].choices] == [
        "Access Services 3", "Technology 4", "Youth Services 2", "Another one", "Leave it for later",
    ]  # fmt: skip
    assert [(each["content"], each["said"], each["state"]) for each in rows("evidence")] == [
        (ONE, "My signs for the shelves:", "to place")
    ]
    assert ann.says("2") == f"Link 1 is on record for Technology 4.\n\n{HOW}"
    assert places(rows) == [(1, "technology", 4)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("1 and 2", [(1, "access", 3), (1, "technology", 4)]),
        ("technology 3, 4 and 7", [(1, "technology", 3), (1, "technology", 4), (1, "technology", 7)]),
        ("youth services 2", [(1, "youth", 2)]),
        ("reference 2, access 1", [(1, "access", 1), (1, "reference", 2)]),
        ("later", []),
    ],
)
def test_it_is_placed_in_the_persons_own_words(
    house: House, rows: Rows, said: str, found: list[tuple[object, ...]]
) -> None:
    candidate(house).says(f"shelves {ONE}", said)
    assert places(rows) == found


def test_one_left_for_later_is_told_in_progress_and_asked_about_again(house: House, rows: Rows) -> None:
    ann = candidate(house)
    assert ann.says(f"shelves {ONE}", "later").startswith("I keep one link under “to place”")
    assert ann.says("progress").splitlines()[-1] == "To place: one link; `evidence` goes on with it."
    assert ann.says("evidence") == ASKED.format(ONE)
    ann.says("another one", "cataloging 2")
    assert places(rows) == [(1, "cataloging", 2)]
    lines = ann.says("progress").splitlines()
    assert "- Cataloging and Classification: evidence for 1 of 6 competencies" in lines
    assert lines[-1].startswith("Next: ")


def test_five_links_make_one_confirmation(house: House, rows: Rows) -> None:
    ann = candidate(house)
    links = [f"shelves, part {number}: https://example.org/{number}" for number in range(1, 6)]
    asked = ann.says("\n".join(links)).splitlines()
    assert (asked[0], asked[1][:43]) == ("Is it so?", "1. https://example.org/1: Access Services 3")
    ann.says("2: Technology 5, 4: youth 1 and 2")
    assert places(rows) == [
        (1, "access", 3), (2, "technology", 5), (3, "access", 3), (4, "youth", 1), (4, "youth", 2), (5, "access", 3),
    ]  # fmt: skip


def test_a_link_inside_another_form_waits_and_the_form_goes_on(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says("eligibility")
    question = ann.told[-1].text.splitlines()[-1]
    said = ann.says(f"see {ONE}")
    assert said.startswith("I keep one link under “to place”; `evidence` goes on with it.")
    assert said.splitlines()[-1] == question
    assert len(rows("evidence")) == 1


def test_a_bad_link_is_refused_with_the_reason_and_a_good_one_beside_it_is_kept(house: House, rows: Rows) -> None:
    ann = candidate(house)
    said = ann.says(f"https://127.0.0.1/x and {ONE} shelves")
    assert said.startswith("https://127.0.0.1/x: ")
    assert [each["content"] for each in rows("evidence")] == [ONE]
    assert "password" in candidate_says(house, "https://me:secret@example.org/")


def candidate_says(house: House, words: str) -> str:
    bob = Person(house, "bob")
    bob.says("help")
    admitted(bob, {})
    return bob.says(words)


def test_the_same_link_again_is_one_piece_of_evidence(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says(f"shelves {ONE}", "2", f"once more {ONE}#top shelves", "3")
    assert len(rows("evidence")) == 1
    assert places(rows) == [(1, "technology", 4), (1, "youth", 2)]


def test_a_link_that_is_sent_again_is_looked_at_again(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says(f"shelves {ONE}", "2")
    with house.database.work(ann.now) as work:
        [link] = evidence.unchecked(work, 9)
        evidence.checked(work, link.id, "login", "It asks for a sign-in.")
    assert ann.says("evidence").splitlines()[1] == f"- 4: link 1 ({ONE}; asks for a sign-in)"
    ann.says(f"now it opens: {ONE}")
    assert [each["checked_at"] for each in rows("evidence")] == [None]


def test_for_a_complete_set_nothing_is_added(house: House, rows: Rows) -> None:
    ann = candidate(house, {"technology": DAY})
    ann.says(f"shelves {ONE}")
    assert [each.key for each in ann.told[-1].choices] == ["access 3", "youth 2", "other", "later"]
    assert ann.says("technology 4").startswith("Technology is complete already, so nothing was added there.")
    assert places(rows) == []


FOURTH = (
    "Cataloging and Classification would be an elective beyond those you need. It goes on your record, but never stands"
    " in for a required set. Begin it all the same?"
)


def test_a_fourth_elective_is_begun_only_when_the_candidate_says_so(house: House, rows: Rows) -> None:
    ann = candidate(house, {"access": DAY, "youth": DAY, "reference": DAY})
    assert ann.says(f"rules for records {ONE}", "cataloging 2 and technology 4") == FOURTH
    ann.says("no")
    assert places(rows) == [(1, "technology", 4)]
    assert ann.says(f"more rules {TWO}", "cataloging 2") == FOURTH
    assert ann.says("no").startswith("I keep one link under “to place”")
    assert ann.says("write cataloging 2") == FOURTH
    assert ann.says("no") == "All right, Cataloging and Classification is not begun."
    assert ann.says("evidence", "cataloging 2", "yes").startswith("Link 2 is on record for Cataloging")
    assert not ann.says("write cataloging 3").startswith("Cataloging and Classification would be")


def test_two_electives_at_once_where_one_is_left_to_choose(house: House, rows: Rows) -> None:
    ann = candidate(house, {"access": DAY, "youth": DAY})
    assert ann.says(f"rules {ONE}", "reference 1, cataloging 2") == FOURTH
    ann.says("yes")
    assert places(rows) == [(1, "cataloging", 2), (1, "reference", 1)]


def test_it_is_listed_and_taken_back(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says(f"shelves {ONE}", "2")
    assert ann.says("evidence") == f"Technology: evidence for 1 of 13 competencies\n- 4: link 1 ({ONE})\n{HOW}"
    listing = ann.says("evidence for technology").splitlines()
    assert listing[0] == "Technology: evidence for 1 of 13 competencies"
    assert listing[4].endswith(f" - link 1 ({ONE})")
    assert ann.says("remove 7").startswith("There is no evidence with the number 7 on your record")
    assert ann.says("remove link 1") == f"Link 1 ({ONE}) is removed. Send the link again to have it back."
    assert (places(rows), ann.says("evidence").split(".")[0]) == ([], "There is no evidence on record yet")
    assert [each["action"] for each in rows("audit")] == ["placed", "removed"]


def test_nobody_else_has_evidence(house: House, rows: Rows) -> None:
    stranger = Person(house, "stranger")
    stranger.says("help")
    stranger.says(f"shelves {ONE}")
    assert stranger.says("evidence").startswith("Evidence is for candidates: it begins with admission")
    frozen = candidate(house, state="frozen")
    frozen.says(f"shelves {ONE}")
    assert rows("evidence") == []


def test_a_mail_that_asks_something_beside_its_links_loses_none(house: House, rows: Rows) -> None:
    ann = Person(house, "ann@library.org", "email")
    ann.hears(mail(1, "help"))
    admitted(ann, {})
    ann.hears(mail(2, "Can I use this? https://example.org/a I wrote it for the shelves in May.\n\nBest wishes\nAnn"))
    assert [each["content"] for each in rows("evidence")] == ["https://example.org/a"]
    ann.hears(mail(3, "technology 3 and 4"))
    assert places(rows) == [(1, "technology", 3), (1, "technology", 4)]


def mail(number: int, words: str) -> Inbound:
    envelope = Envelope(subject="Your progress", signed=True)
    return Inbound(f"<{number}@library.org>", "email", "ann@library.org", words, style="mail", mail=envelope)


def test_a_question_which_competency_covers_something_names_the_nearest(house: House) -> None:
    ann = Person(house)
    ann.says("help")
    said = ann.says("Which competency covers shelves?").splitlines()
    assert said[0] == "These competencies come nearest to “shelves”:"
    assert [each.partition(":")[0] for each in said[1:]] == [
        "- Access Services 3", "- Technology 4", "- Youth Services 2",
    ]  # fmt: skip
    assert ann.says("Which competency covers spaceflight?").startswith("My documents do not cover that.")


def test_words_that_begin_like_the_command_are_heard_by_the_open_form(house: House) -> None:
    ann = candidate(house)
    ann.says("fees")
    assert ann.says("evidence for my case").splitlines()[-1] == "Are you a member of ALA?"


@pytest.mark.parametrize(
    "words",
    [
        f"{ONE} is for cataloging 2 and {TWO} for technology 4",
        f"Cataloging 2: {ONE}, technology 4: {TWO}",
        f"cataloging 2: {ONE}\ntechnology 4: {TWO}",
    ],
)
def test_what_is_named_beside_each_of_several_links_is_what_is_confirmed(house: House, rows: Rows, words: str) -> None:
    ann = candidate(house)
    asked = ann.says(words)
    assert f"1. {ONE}: Cataloging and Classification 2: " in asked
    assert f"2. {TWO}: Technology 4: " in asked
    ann.says("all right so")
    assert places(rows) == [(1, "cataloging", 2), (2, "technology", 4)]


def test_a_competency_that_is_named_with_a_link_is_the_first_that_is_offered(house: House) -> None:
    ann = candidate(house)
    ann.says(f"{ONE} shows what I do with shelves, for youth services 2")
    assert [each.label.split(":")[0] for each in ann.told[-1].choices[:3]] == [
        "Youth Services 2",
        "Access Services 3",
        "Technology 4",
    ]
