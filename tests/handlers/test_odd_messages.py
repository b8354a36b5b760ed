"""Whatever is typed or pressed: the form goes on, nothing is run, nothing loops."""

import pytest

from handlers.in_form import CLOSED
from tests.handlers.acting import APPLICATION, Person, Rows

ODD = {
    "nothing": "",
    "blanks": " \t  ",
    "a megabyte": "a" * 1_000_000,
    "a megabyte of lines": "a\n" * 500_000,
    "control characters": "\x01\x02\x1b[31m\x7f",
    "emoji": "🙂📚👩‍👩‍👧",
    "right to left": "مريم \u202eשלום",
    "SQL": "'); DROP TABLE person;--",
    "HTML": "<script>alert(1)</script>",
    "Markdown": "[a](javascript:b) **c** `d`",
    "a template": "{{7*7}} {% raw %}",
    "a format": "%s %d {0} ${HOME}",
    "a huge number": "9" * 400,
    "a superscript": "²",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_any_field_takes_odd_words_kindly(ann: Person, rows: Rows, odd: str) -> None:
    ann.says("apply")
    for words in APPLICATION.values():
        question = asked(ann)
        told = ann.says(odd)
        assert 0 < len(told) < 3_000
        assert "49" not in told
        if asked(ann) != question:
            ann.says("back")
        assert asked(ann) == question
        ann.says(words)
    assert "a. Name: Ann Example" in ann.told[-1].text
    ann.says("send")
    assert len(rows("application")) == 1


def asked(ann: Person) -> str:
    return ann.told[-1].question


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_first_words_get_an_introduction(ann: Person, odd: str) -> None:
    assert "I am LSSC Assistant" in ann.says(odd)


def test_odd_words_in_open_text_stay_as_they_are(ann: Person) -> None:
    told = ann.applies(name="<b>{{7*7}}</b> O'Brien; DROP", library="{% raw %}", title="مريم")
    assert "a. Name: <b>{{7*7}}</b> O'Brien; DROP" in told
    assert "e. Library: {% raw %}" in told


def test_misunderstandings_end_with_a_person(ann: Person) -> None:
    ann.says("fees")
    for _ in range(3):
        ann.says("purple")
    for _ in range(3):
        assert ann.told[-1].choices[-1].label == "Talk to a person"
        ann.says("purple")
    assert ann.says("talk to a person").startswith("I have put your wish for a person on the LSSC office's list.")


def test_misunderstandings_outside_a_form_end_with_a_person(ann: Person) -> None:
    ann.says("menu", "purple", "purple")
    assert ann.says("purple") == "We are not getting anywhere; shall a person answer you?"
    assert [choice.key for choice in ann.told[-1].choices] == ["person"]


def test_a_made_up_button_changes_nothing(ann: Person, rows: Rows) -> None:
    ann.says("apply")
    here = ann.told[-1].conversation
    assert ann.presses(0, "", "a made-up choice").startswith("That choice is no longer open")
    assert ann.presses(here, "name", "a made-up choice").startswith(CLOSED)
    assert ann.presses(here, "made-up", "yes").startswith("That question is no longer asked, so nothing was changed.")
    assert ann.presses(here + 99, "name", "x").startswith("That button belongs to another conversation")
    assert rows("answer") == []


def test_a_button_of_somebody_else_changes_nothing(ann: Person, rows: Rows) -> None:
    ann.says("fees")
    bob = Person(ann.house, "bob")
    told = bob.presses(ann.told[-1].conversation, "member", "yes")
    assert "That button belongs to another conversation, so nothing was changed." in told
    assert rows("answer") == []


def test_a_made_up_choice_of_a_real_question_is_not_understood(ann: Person, rows: Rows) -> None:
    ann.says("fees")
    assert ann.presses(ann.told[-1].conversation, "member", "perhaps").startswith("Please answer yes or no.")
    assert rows("answer") == []


def test_a_button_of_a_parked_form_brings_it_back_and_answers_it(ann: Person, rows: Rows) -> None:
    ann.says("fees")
    fees = ann.told[-1].conversation
    ann.says("eligibility")
    assert ann.presses(fees, "member", "yes") == (
        "I have put the eligibility check aside; we go on with it afterwards.\n\nIn which state is your library?"
    )
    assert [(row["key"], row["words"]) for row in rows("answer")] == [("member", "yes")]


def test_a_button_of_a_submitted_application_says_where_it_stands(ann: Person) -> None:
    ann.applies()
    summary = ann.told[-1]
    ann.says("send", "cancel")
    told = ann.presses(summary.conversation, summary.question, "confirm")
    assert told.startswith("That button belongs to your application, which you finished on 23 November 2026.")
    assert "was received on 23 November 2026" in told
