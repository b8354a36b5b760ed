"""Narratives by message: long texts kept at once, placed, told more about, in versions, read back and taken off."""

from dataclasses import replace
from datetime import date

import pytest

from flows.dialog.speech import Envelope, Inbound
from handlers.hearing import House
from tests.handlers.acting import Person, Rows
from tests.handlers.test_evidence import candidate
from tests.handlers.test_progress import admitted

TEXT = " ".join(["When I began, nobody had ordered the shelves, so I drew a plan and taught it to two colleagues."] * 3)
COURSE = TEXT + " I learned the method in a workshop."
ASKED = "Add these {} words (“When I began, nobody had ordered the shelves, so I drew a...”) to the narrative of a competency?"
LEARNING = "Does it tell of prior learning (from work or experience before), of new learning, or of both?"
PROOF = "What shows that you had that experience? A link, or a few words, such as “letter of my supervisor”."


def pieces(rows: Rows, *states: str) -> list[tuple[object, ...]]:
    """Where each piece stands, and what is said of it."""
    names = ("set_id", "number", "piece", "version", "learning", "proof", "course")
    return [
        tuple(each[name] for name in names) for each in rows("narrative") if each["state"] in (states or ("current",))
    ]


def test_a_long_text_is_kept_before_anything_is_asked_and_placed_by_a_tap(house: House, rows: Rows) -> None:
    ann = candidate(house)
    assert ann.says(TEXT) == ASKED.format(57)
    assert [each.label.partition(":")[0] for each in ann.told[-1].choices] == [
        "Access Services 3", "Technology 4", "Youth Services 2", "Another one", "Leave it for later", "It is no narrative",
    ]  # fmt: skip
    assert [(each["words"], each["state"]) for each in rows("narrative")] == [(TEXT, "to place")]
    assert ann.says("2") == LEARNING
    assert ann.says("both") == PROOF
    assert ann.says("letter of my supervisor").splitlines()[0] == "On record: 57 words for Technology 4 (piece 1)."
    assert pieces(rows) == [("technology", 4, 1, 1, "both", "letter of my supervisor", "")]


def test_new_learning_needs_no_proof_and_one_text_may_tell_of_several_competencies(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says(TEXT, "technology 3 and 4, access 1", "new learning")
    assert pieces(rows) == [
        ("technology", 3, 1, 1, "new", "", ""), ("technology", 4, 1, 1, "new", "", ""), ("access", 1, 1, 1, "new", "", ""),
    ]  # fmt: skip


def test_a_past_course_is_asked_how_it_helped_with_each_competency(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says(COURSE, "technology 3 and 4", "prior", "later")
    assert ann.told[-1].text == "It seems to tell of a course or a workshop. What was it called? (`no` if it was none.)"
    assert ann.says("Ordering 101").startswith("How did Ordering 101 help you with Technology 3: ")
    assert ann.says("It showed me how to draw plans.").startswith("How did Ordering 101 help you with Technology 4: ")
    ann.says("1")
    assert [(each["set_id"], each["number"], each["piece"], each["words"]) for each in rows("narrative")] == [
        ("technology", 3, 1, COURSE),
        ("technology", 3, 2, "It showed me how to draw plans."),
        ("technology", 4, 1, COURSE),
    ]
    assert {each["course"] for each in rows("narrative")} == {"Ordering 101"}


def test_one_left_for_later_survives_any_talk_and_is_asked_about_again(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says(TEXT, "later", "fees", "no")
    assert ann.says("cancel").startswith("Cancelled")
    assert ann.says("progress").splitlines()[-1] == "To place: one text; `evidence` goes on with it."
    assert ann.says("evidence") == ASKED.format(57)
    ann.says("cataloging 2", "new")
    assert pieces(rows) == [("cataloging", 2, 1, 1, "new", "", "")]


def test_the_same_text_again_is_one_text(house: House, rows: Rows) -> None:
    candidate(house).says(TEXT, "later", TEXT)
    assert len(rows("narrative")) == 1


def test_what_is_no_narrative_is_taken_off_again(house: House, rows: Rows) -> None:
    ann = candidate(house)
    assert ann.says(TEXT, "it is no narrative").startswith("All right, I keep nothing of it.")
    assert pieces(rows, "current", "to place") == []


def test_a_long_question_is_answered_unless_it_comes_in_a_thread_about_the_record(house: House, rows: Rows) -> None:
    long_question = f"{TEXT} Does that count?"
    ann = candidate(house)
    ann.says(long_question)
    assert pieces(rows, "to place") == []
    ann = replace(ann, address="ann@library.org", channel="email")
    mail = Envelope(subject="Your progress", signed=True, matter="record")
    ann.hears(Inbound("<1@library.org>", "email", ann.address, "help", style="mail", mail=Envelope(signed=True)))
    admitted(ann, {}, "active")
    ann.hears(Inbound("<2@library.org>", "email", ann.address, long_question, style="mail", mail=mail))
    assert ann.told[-1].text.startswith("Add these 60 words")


def test_text_about_a_link_that_is_being_placed_is_kept_beside_it(house: House, rows: Rows) -> None:
    ann = candidate(house)
    told = ann.says("the shelves https://example.org/shelves", TEXT)
    assert told.startswith(
        "I keep these 57 words under “to place”, too; `evidence` goes on with them.\n\nWhich competency"
    )
    ann.says("technology 4")
    assert ann.says("evidence") == ASKED.format(57)


def test_a_sentence_with_a_link_begins_the_narrative(house: House, rows: Rows) -> None:
    ann = candidate(house)
    told = ann.says("I made this plan of the shelves for new colleagues: https://example.org/plan", "technology 4")
    assert told.splitlines()[2] == "Your words with it begin the narrative of Technology 4."
    assert pieces(rows) == [("technology", 4, 1, 1, "", "", "")]
    ann.says("https://example.org/plan", "technology 4")
    assert len(pieces(rows)) == 1


def test_a_long_text_with_a_link_is_asked_about_once_it_is_placed(house: House, rows: Rows) -> None:
    ann = candidate(house)
    told = ann.says(f"{TEXT} https://example.org/plan", "technology 4")
    assert told.endswith(LEARNING)
    ann.says("new")
    assert pieces(rows) == [("technology", 4, 1, 1, "new", "", "")]


def test_a_long_text_with_a_link_for_several_competencies_is_asked_about_once(house: House, rows: Rows) -> None:
    ann = candidate(house)
    told = ann.says(f"{COURSE} https://example.org/plan", "technology 2 to 4")
    assert told.splitlines()[-1].startswith("Do these 3 texts tell of prior learning")
    ann.says("new")
    assert pieces(rows) == [("technology", number, 1, 1, "new", "", "") for number in (2, 3, 4)]


LINES = "\n\n".join([TEXT, "It hangs on the wall now."])


def test_a_long_text_with_a_link_keeps_all_its_words_and_paragraphs(house: House, rows: Rows) -> None:
    ann = candidate(house)
    long = "\n\n".join([TEXT] * 12)
    ann.says(f"{long} https://example.org/plan", "technology 4", "new")
    assert [each["words"] for each in rows("narrative")] == [long]


@pytest.mark.parametrize(
    "said",
    [
        f"{TEXT}\n\nIt hangs on the wall now. https://example.org/a https://example.org/b",
        f"{LINES} https://127.0.0.1/plan",
        f"{LINES} https://example.org/known",
    ],
)
def test_a_long_text_is_kept_whatever_becomes_of_the_links_in_it(house: House, rows: Rows, said: str) -> None:
    ann = candidate(house)
    ann.says("https://example.org/known", "later")
    told = ann.says(said)
    assert "I keep these 63 words under “to place”, too; `evidence` goes on with them." in told
    assert [(each["words"], each["state"]) for each in rows("narrative")] == [(LINES, "to place")]


def test_it_is_written_replaced_read_back_removed_and_brought_back(house: House, rows: Rows) -> None:
    ann = candidate(house)
    assert ann.says("write technology 4").splitlines()[1].startswith("Please write what you know")
    assert ann.says("I know the printers; see https://example.org/printers").endswith(LEARNING)
    assert "One link in it is evidence for it." in ann.told[-1].text
    ann.says("new", "replace technology 4")
    told = ann.says("I know the printers and the scanners.")
    assert told == "On record: 7 words for Technology 4 (piece 1). The version before it is kept, too."
    shown = ann.says("narrative technology 4").splitlines()
    assert shown[2:4] == [
        "Piece 1 (version 2 of 23 November 2026; new learning):", "I know the printers and the scanners.",
    ]  # fmt: skip
    assert ann.says("remove technology 4 piece 1") == (
        "Technology 4, piece 1, (7 words) is taken off. `restore technology 4 piece 1` brings it back."
    )
    assert pieces(rows) == []
    assert ann.says("restore technology 4").endswith("“I know the printers and the scanners.”")
    assert ann.says("restore technology 4").endswith("“I know the printers; see https://example.org/printers”")
    assert ann.says("restore technology 4") == "There is nothing earlier of Technology 4, piece 1."
    assert pieces(rows) == [("technology", 4, 1, 1, "new", "", "")]


def test_what_a_piece_tells_of_can_be_said_later(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says("write technology 4", "I know the printers.", "cancel")
    assert pieces(rows) == [("technology", 4, 1, 1, "", "", "")]
    ann.says("describe technology 4", "prior", "https://example.org/letter")
    assert pieces(rows) == [("technology", 4, 1, 1, "prior", "https://example.org/letter", "")]


def test_what_many_pieces_tell_of_is_said_once(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says(
        "I made this plan of the shelves for new colleagues: https://example.org/plan", "technology 2 to 4, access 1"
    )
    ann.says("write technology 3", "I know the printers.", "prior", "1")
    assert ann.says("describe technology 1 to 13").startswith("Do these 3 texts tell of prior learning")
    assert ann.says("new").splitlines()[0] == "Noted for Technology 2 to 4 (piece 1): new learning."
    assert ann.says("describe technology 2 to 4") == LEARNING  # of the only one whose proof is missing
    ann.says("both", "letter of my supervisor")
    assert [each[:3] + each[4:6] for each in pieces(rows)] == [
        ("technology", 2, 1, "new", ""), ("technology", 3, 1, "new", ""), ("technology", 4, 1, "new", ""),
        ("access", 1, 1, "", ""), ("technology", 3, 2, "both", "letter of my supervisor"),
    ]  # fmt: skip


def test_a_sentence_about_two_links_begins_a_narrative_once(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says("These show how I ordered the shelves for all of us: https://example.org/a https://example.org/b")
    ann.says("1: technology 1 and 2, 2: technology 2 and 3")
    assert [(each["number"], each["piece"]) for each in rows("narrative")] == [(1, 1), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("narrative technology 4", "Nothing is told about it yet: `write technology 4` begins."),
        ("write foo 4", "I know no set “foo”."),
        ("write technology 99", "Technology has the numbers 1 to 13, not 99."),
        ("replace technology 4 piece 3", "There is no such piece for Technology 4; `narrative technology 4` shows what there is."),
        ("remove technology 4", "There is no such piece for Technology 4; `narrative technology 4` shows what there is."),
        ("restore technology 4 piece 7", "There is no Technology 4, piece 7."),
        ("write", "Which competency? Its set and number, such as `write technology 4`."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_plainly(house: House, rows: Rows, said: str, told: str) -> None:
    assert told in candidate(house).says(said)
    assert rows("narrative") == []


def test_a_complete_set_takes_no_more_text_and_loses_none(house: House, rows: Rows) -> None:
    ann = candidate(house, {"technology": date(2026, 5, 1)})
    assert ann.says("write technology 4") == "Technology 4 is complete already."
    told = ann.says(TEXT, "technology 4", "new")
    assert told == (
        "Technology is complete already, so nothing was added there.\n\n"
        "I keep it under “to place”; `evidence` goes on with it."
    )
    assert len(pieces(rows, "to place")) == 1


def test_a_narrative_of_two_hundred_kilobytes_is_cut_and_said_so(house: House, rows: Rows) -> None:
    told = candidate(house).says("shelves and plans " * 12_000)
    assert told.startswith("That was longer than I can read in one message; I took the first 20,000 characters of it.")
    assert [len(str(each["words"])) for each in rows("narrative")] == [20_000]


def test_two_channels_that_write_about_one_competency_keep_both_texts(house: House, rows: Rows) -> None:
    ann = candidate(house)
    phone = replace(ann, channel="telegram", address="42", told=[])
    phone.says("help")
    phone.says("link " + "".join(filter(str.isdigit, ann.says("link")))[:6])
    ann.says("write technology 4")
    phone.says("Told on the phone.", "new")
    ann.says("write technology 4", "Told at the desk.", "new")
    assert [(each["piece"], each["words"]) for each in rows("narrative")] == [
        (1, "Told on the phone."), (2, "Told at the desk."),
    ]  # fmt: skip


def test_nobody_else_has_a_narrative(house: House, rows: Rows) -> None:
    ann = Person(house)
    assert ann.says("help", "write technology 4").startswith("Evidence is for candidates")
    ann.says(TEXT)
    assert rows("narrative") == []


def test_electives_are_chosen_and_changed_until_they_are_complete(house: House, rows: Rows) -> None:
    ann = candidate(house, {"youth": date(2026, 5, 1)})
    assert ann.says("choose cataloging") == (
        "Cataloging and Classification is chosen. `evidence cataloging and classification` lists its competencies."
    )
    assert ann.says("choose cataloging") == "Cataloging and Classification is chosen already."
    ann.says("choose access")
    assert ann.says("choose reference") == (
        "Reference and Information Services is chosen, as an elective beyond those needed; "
        "it does not stand in for a required set."
    )
    ann.says("https://example.org/shelves cataloging", "cataloging 2")
    assert ann.says("drop cataloging") == (
        "Cataloging and Classification is not among your chosen sets any more. What is on record for it stays there. "
        "`choose cataloging and classification` takes it back."
    )
    assert ann.says("drop youth services") == "Youth Services is complete already."
    assert ann.says("drop technology") == "Technology is required of everybody, so there is nothing to choose."
    assert [each["set_id"] for each in rows("chosen_set")] == ["access", "reference"]


def test_a_command_that_shows_the_record_never_becomes_a_part_of_it(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.says(COURSE, "technology 3", "prior", "later")
    assert ann.says("progress").startswith("Competency sets complete: 0 of 6.")
    assert ann.says("evidence").startswith("To place:\n")
    ann.says("Ordering 101", "narrative technology 3", "guidelines", "1")
    ann.says("write technology 4", "progress")
    assert [(each["words"], each["course"]) for each in rows("narrative")] == [(COURSE, "Ordering 101")]
