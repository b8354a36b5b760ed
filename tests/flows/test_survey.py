"""The voluntary questions: skippable, and nothing unsaid is kept."""

import pytest

from flows import survey
from flows.dialog import turn
from flows.dialog.play import play
from flows.dialog.turn import Stage
from flows.facts import Facts
from flows.program.voluntary import VOLUNTARY

SKIPPED = {question.key: "Rather not say" for question in VOLUNTARY}


def test_rather_not_say_leaves_nothing(facts: Facts) -> None:
    assert play(survey.script, facts, SKIPPED).result.answers == {}


def test_what_is_said_is_kept_as_the_labels_chosen(facts: Facts) -> None:
    given = {**SKIPPED, "library_types": "1, 3", "age_band": "35 to 44"}
    assert play(survey.script, facts, given).result.answers == {
        "library_types": ("Public", "School"),
        "age_band": ("35 to 44",),
    }


def test_rather_not_say_among_others_counts_as_unsaid(facts: Facts) -> None:
    assert play(survey.script, facts, {**SKIPPED, "library_types": "public, rather not say"}).result.answers == {}


def test_every_choice_can_be_given_by_its_number_and_its_label(facts: Facts) -> None:
    for question in VOLUNTARY:
        for number, label in enumerate(question.choices[:-1], 1):
            for words in (str(number), label, f" {label.upper()}. "):
                answers = play(survey.script, facts, {**SKIPPED, question.key: words}).result.answers
                assert answers == {question.key: (label,)}


def test_all_questions_are_one_list_by_mail(facts: Facts) -> None:
    here = Stage(survey.script, facts, {})
    assert [question.key for question in here.scene.open] == [question.key for question in VOLUNTARY]
    taken = turn.answer(here, "1. A webinar\n2. Public and School\n3. 3\n4. rather not say\n5. rather not say", "mail")
    assert dict(taken.scene.result.answers) == {
        "heard": ("A webinar",), "library_types": ("Public", "School"), "age_band": ("35 to 44",),
    }  # fmt: skip
    assert taken.said == ("Thank you.",)


@pytest.mark.parametrize(
    "words",
    ["no thanks", "No, thanks!", "no", "Skip.", "skip them all", "rather not", "I’d rather not, thank you", "No. Skip it",
     "no thank you", "rather not say"],
)  # fmt: skip
def test_all_questions_are_declined_in_a_few_words(words: str) -> None:
    assert survey.declines(words)


@pytest.mark.parametrize(
    "words", ["", "no idea", "1. no", "not sure", "A webinar", "no, a webinar", "none other than it", "n" * 999]
)
def test_other_words_decline_nothing(words: str) -> None:
    assert not survey.declines(words)


def test_a_hint_names_its_question_in_words_for_people(facts: Facts) -> None:
    taken = turn.answer(Stage(survey.script, facts, {}), "1. a little bird\n2. ?", "mail")
    assert [line.split(": ")[0] for line in taken.unclear.splitlines()] == ["How you heard of us", "Types of library"]


@pytest.mark.parametrize("words", ["", "\x00", "<b>Public</b>", "{{ 1 }}", "9", "x" * 100_000])
def test_what_is_no_choice_is_not_kept(facts: Facts, words: str) -> None:
    assert play(survey.script, facts, {**SKIPPED, "age_band": words}).question.key == "age_band"


def test_a_long_list_is_answered_by_letters_by_mail(facts: Facts) -> None:
    here = Stage(survey.script, facts, {})
    taken = turn.answer(here, "1. e\n2. 1, 3\n3. c. 35 to 44\n4. another\n5. Rather not say", "mail")
    assert dict(taken.scene.result.answers) == {
        "heard": ("A webinar",), "library_types": ("Public", "School"), "age_band": ("35 to 44",),
        "race": ("Another, or more than one",),
    }  # fmt: skip
