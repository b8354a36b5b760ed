"""Replies to older mails: nothing that is stale is taken as an answer, and what happened since is told."""

from typing import Any

import pytest

from handlers.hearing import House
from handlers.switching import CHANGED
from storage import outbox
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage
from tests.handlers.mailing import Writer, acquainted

FIRST = "1. Ann Example\n2. Clerk\n3. Springfield\n4. Illinois\n5. 1\n6. 1\n7. 20 hours a week since March 2019"
LIST = [
    "Please answer beside the numbers, in any order:",
    "8. Are you a member of ALA? (Yes / No)",
    "9. Are you part of a cohort, a grant or a group? Its name, or “none”. (None)",
    "10. Would you like a mentor? (Yes / No)",
]


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)


@pytest.fixture
def ann(stage: Stage) -> Writer:
    """Who began to apply; `first` is the mail with the first list."""
    return acquainted(stage, "ann@library.org")


def answers(rows: Rows) -> dict[object, object]:
    return {row["key"]: row["words"] for row in rows("answer")}


def begun(ann: Writer, *replies: str) -> int:
    """The mail with the first list of the application, after which these replies came."""
    ann.replies("apply")
    first = ann.last_letter()
    for each in replies:
        ann.replies(each)
    return first


def sent_as(ann: Writer, number: int) -> str:
    """The Message-ID of one of our mails."""
    name = f"<{number}@lssc.example.org>"
    with ann.stage.house.database.engine.begin() as connection:
        connection.execute(outbox.outbox.update().where(outbox.outbox.c.id == number).values(sent_as=name))
    return name


@pytest.mark.parametrize("way", ["to the old mail", "to the newest mail", "only In-Reply-To is left", "a new mail"])
def test_a_number_means_one_question_as_long_as_the_form_lasts(ann: Writer, rows: Rows, way: str) -> None:
    first = begun(ann, FIRST)
    before = answers(rows)
    to: dict[str, Any] = {
        "to the old mail": {"signed": True, "letter": first},
        "to the newest mail": {"signed": True, "letter": ann.last_letter()},
    }.get(way, {})
    said = ann.sends("3. yes", "proved", answers=sent_as(ann, first) if "In-Reply" in way else "", **to)
    answered = ["> 3. yes", "Library: answered already, so I left it as it was; `change library` corrects it."]
    late = way in ("to the old mail", "only In-Reply-To is left")
    assert said == ([CHANGED, *LIST] if late else [*answered, *LIST])
    assert answers(rows) == before


@pytest.mark.parametrize("words", ["no\nnone\nyes", "yes", "1", "Ann"])
def test_without_numbers_a_reply_answers_only_what_its_mail_asked(ann: Writer, rows: Rows, words: str) -> None:
    first = begun(ann, FIRST)
    before = answers(rows)
    assert ann.replies(words, to=first) == [CHANGED, *LIST]
    assert answers(rows) == before


def test_the_numbers_of_the_newest_list_count_below_any_mail(ann: Writer, rows: Rows) -> None:
    first = begun(ann, FIRST)
    said = ann.replies("10. yes\n8. no\n9. none", to=first)
    assert said[0].startswith("Please check your application.")


def test_the_only_question_left_is_not_answered_by_a_choice_below_an_older_mail(ann: Writer, rows: Rows) -> None:
    first = begun(ann, FIRST, "8. no\n9. none")
    before = answers(rows)
    assert ann.replies("2. No", to=first)[0] == CHANGED
    assert ann.replies("Clerk", to=first)[0] == CHANGED
    assert answers(rows) == before
    assert ann.replies("10. no", to=first)[0].startswith("Please check your application.")


def test_a_correction_of_what_was_just_taken_back_is_no_answer_to_it(ann: Writer, rows: Rows) -> None:
    begun(ann, "1. Ann Example\n2. Clerk\n3. Springfield", "back")
    assert ann.replies("change library")[1] == "3. Which library is it?"
    assert "library" not in answers(rows)


def test_only_its_own_mail_sends_an_application(ann: Writer, rows: Rows) -> None:
    first = begun(ann, FIRST, "8. no\n9. none\n10. no")
    for words in ("1", "yes", "1. Ann Example"):
        assert ann.replies(words, to=first)[0] == CHANGED
    assert rows("application") == []
    assert ann.replies("1")[0].startswith("Thank you, your application is in.")


def test_a_question_and_a_command_below_an_older_mail_are_heard(ann: Writer) -> None:
    first = begun(ann, FIRST)
    assert "No, there is no exam." in ann.replies("is there an exam?", to=first)
    assert ann.replies("status", to=first)[0] == "You have not applied yet."
    assert ann.replies("cancel", to=first)[0].startswith("Cancelled; nothing was sent.")


def test_an_answer_to_a_form_that_is_over_is_told_so(ann: Writer, rows: Rows) -> None:
    ann.replies("eligibility")
    checked = ann.last_letter()
    ann.replies("1. 1\n2. 1\n3. 20 hours a week since March 2019")
    over = (
        "Your mail answers a question of the eligibility check, which you finished on 23 November 2026. Nothing was"
        " changed."
    )
    for words in ("3. yes", "1", "Yes"):
        assert ann.replies(words, to=checked)[0] == over
    ann.replies("apply")
    before = answers(rows)
    for words in ("1. 2", "3. yes", "Springfield"):
        said = ann.replies(words, to=checked)
        assert said[:3] == [over, LIST[0], "1. What is your full name?"]
    assert answers(rows) == before


def test_an_answer_to_a_form_that_was_set_aside_brings_it_back(ann: Writer, rows: Rows) -> None:
    ann.replies("fees")
    price = ann.last_letter()
    ann.replies("apply")
    said = ann.replies("1. yes", to=price)
    assert said[0] == "I have put your application aside; we go on with it afterwards."
    assert said[1:] == [
        "Please answer beside the numbers, in any order:",
        "2. In which state is your library? (a state, or “outside the US”)",
        "3. How many of the 6 sets would you do by a course? The others are portfolios. (a number)",
    ]


def test_after_a_new_beginning_the_second_list_goes_on_after_the_longer_first_one(ann: Writer) -> None:
    ann.replies("eligibility")
    ann.replies("1. 1\n2. 1\n3. 20 hours a week since March 2019")
    assert ann.replies("apply")[-1].startswith("4. In which state")
    ann.replies("restart")
    ann.replies("1")  # yes, begin again
    assert ann.last.text.splitlines()[-1].startswith("7. Tell me about one library job")
    assert ann.replies(FIRST) == LIST


# The mail's sender, in a form that was begun elsewhere


def test_a_draft_of_a_chat_is_not_asked_for_the_address_when_it_goes_on_by_mail(stage: Stage, rows: Rows) -> None:
    ann = acquainted(stage, "ann@library.org")
    ann.replies("link")
    stage.says("telegram/7", "link CODE", "apply", "Ann Example")
    said = [line for line in ann.replies("apply") if not line.startswith("[telegram/7]")]
    assert said[0] == "Going on with your application; so far: Name: Ann Example."
    assert (said[3], len(said)) == ("3. What is your position called?", 9)
    assert answers(rows) == {"name": "Ann Example", "email": "ann@library.org"}
    rest = [f"{int(line[0]) + 1}{line[1:]}" for line in FIRST.splitlines()[1:]]
    assert ann.replies("\n".join(rest))[-1].startswith("11. Would you like a mentor?")


def test_words_that_answer_the_question_of_the_chat_are_still_its_answer(stage: Stage, rows: Rows) -> None:
    ann = acquainted(stage, "ann@library.org")
    ann.replies("link")
    stage.says("telegram/7", "link CODE", "apply", "Ann Example")
    ann.replies("2. ann@home.example.org")
    assert answers(rows)["email"] == "ann@home.example.org"


def test_an_address_that_is_to_be_corrected_is_asked_for(ann: Writer, rows: Rows) -> None:
    begun(ann, FIRST, "8. no\n9. none\n10. no")
    assert ann.replies("b") == ["Your email address?"]
    assert ann.replies("is there an exam?")[-1] == "Your email address?"
    assert "b. Email: ann@home.example.org" in ann.replies("ann@home.example.org")


def test_the_address_given_in_the_chat_stays(stage: Stage, rows: Rows) -> None:
    ann = acquainted(stage, "ann@library.org")
    ann.replies("link")
    stage.says("telegram/7", "link CODE", "apply", "Ann Example", "ann@home.example.org")
    ann.replies("apply")
    assert answers(rows)["email"] == APPLICATION["email"].replace("library.org", "home.example.org")
