"""A form by mail: one numbered list, and replies as people write them."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from flows.dialog import numbered
from flows.dialog.numbered import Listing
from flows.dialog.question import Correction, Question
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear

TYPES = [Choice("public", "Public"), Choice("school", "School")]


def questions() -> list[Question[Any]]:
    talk = Talk()
    return [talk.text("name", "What is your full name?", label="Name"), talk.yes_no("mentor", "A mentor?",
    label="Mentor"),
            talk.choice("type", "Which type of library?", TYPES, label="Type"),
            talk.ask("hours", "How many hours?", lambda words: Correction(("name",)) if words == "wrong" else words,
                     label="Hours", hint="about 900 hours, for example")]  # fmt: skip


def counted(asked: Iterable[Question[Any]]) -> Listing:
    return Listing(dict(enumerate(asked, 1)))


def read(words: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    return numbered.read(numbered.beside(counted(questions()), words))


def test_the_list_shows_each_question_with_what_may_be_answered() -> None:
    assert numbered.show(counted(questions())).splitlines() == [
        "Please answer beside the numbers, in any order:",
        "1. What is your full name?",
        "2. A mentor? (Yes / No)",
        "3. Which type of library? (Public / School)",
        "4. How many hours? (about 900 hours, for example)",
    ]


ALL = {"name": "Ann Example", "mentor": "yes", "type": "school", "hours": "20"}


@pytest.mark.parametrize(
    "words",
    [
        "1. Ann Example\n2. yes\n3. school\n4. 20",
        "4) 20\n(3) school\n 2: yes\n1.Ann Example",
        "Hello!\n\n1. Ann Example\n\n2. yes\n3. school\n4. 20",
        "1. Ann\nExample\n2.\nyes\n3.\nschool\n4. 20",
        "Ann Example\nyes\nschool\n20",
        "1 - Ann Example\n2 - yes\n3- school\n4. 20",
        "1. What is your full name? Ann Example\n2. A mentor? (Yes / No) yes\n"
        "3. Which type of library? (Public /\nSchool)\n"
        "school\n4. How many hours? (about 900 hours,\nfor example)\n20",
        "1. Someone Else\n2. no\n1. Ann Example\n2. yes\n3. school\n4. 20",
    ],
)
def test_a_reply_is_read_however_its_lines_are_written(words: str) -> None:
    put, hints = read(words)
    assert ({key: " ".join(said.split()) for key, said in put.items()}, hints) == (ALL, ())


def test_a_question_left_standing_without_an_answer_is_not_answered() -> None:
    assert read("1. What is your full name?\n2. A mentor? (Yes / No)\nyes") == ({"mentor": "yes"}, ())


def test_a_greeting_below_the_last_answer_does_not_spoil_it() -> None:
    assert read("3. school\nThank you,\nAnn") == ({"type": "school"}, ())


def test_a_decimal_or_a_time_at_the_head_of_a_line_is_no_number_of_the_list() -> None:
    assert read("1. Ann\n2.5 years, 20 hours a week") == ({"name": "Ann\n2.5 years, 20 hours a week"}, ())
    assert read("4. Mondays\n3:30 to 5:30") == ({"hours": "Mondays\n3:30 to 5:30"}, ())


def test_a_number_beyond_the_list_belongs_to_the_answer_above() -> None:
    assert read("4. my jobs:\n5. none\n99) x") == ({"hours": "my jobs:\n5. none\n99) x"}, ())


def test_a_single_line_answers_the_first_question() -> None:
    assert read("Ann Example") == ({"name": "Ann Example"}, ())


@pytest.mark.parametrize("words", ["", "\n \n", "two\nlines", "1.\n2)\n", "0. x\n77. y\nz"])
def test_a_reply_that_answers_nothing_puts_nothing(words: str) -> None:
    assert read(words) == ({}, ())


def test_each_line_that_is_unclear_has_its_own_hint() -> None:
    assert read("1. Ann\n2. perhaps\n4. wrong") == (
        {"name": "Ann"},
        ("Mentor: Please answer yes or no.", "Hours: please send this one alone, with its number."),
    )


def test_a_reply_of_a_megabyte_is_read_in_time() -> None:
    put, hints = read("1. Ann\n2. yes\n" + "3. " + "x" * 1_000_000)
    assert (put, len(hints)) == ({"name": "Ann", "mentor": "yes"}, 1)


@pytest.mark.parametrize(
    ("words", "answered", "asked"),
    [
        ("1. yes\nIs there an exam?", "1. yes", ("Is there an exam?",)),
        ("Is there an exam?", "", ()),
        ("1. yes\n2. what is it?", "1. yes\n2. what is it?", ()),
        ("yes", "yes", ()),
        ("  Does it cost much?  \n1. no\nHow long?", "1. no", ("Does it cost much?", "How long?")),
        ("1. no\n" + "x" * 400 + "?", "1. no\n" + "x" * 400 + "?", ()),
    ],
)
def test_a_line_that_asks_is_told_apart_from_answers(words: str, answered: str, asked: tuple[str, ...]) -> None:
    assert numbered.apart(words) == (answered, asked)


def test_a_sentence_is_no_answer_to_the_first_question_that_takes_any_words() -> None:
    name = Question("name", "What is your full name?", str, free=True)
    state = Question("state", "In which state?", str)
    assert numbered.beside(counted((name, state)), "I will send these tomorrow") == []
    assert numbered.beside(counted((name, state)), "1. Ann Example") == [(name, "Ann Example")]
    assert numbered.beside(counted((state, name)), "Illinois") == [(state, "Illinois")]


def test_a_number_without_a_mark_counts_where_its_question_takes_the_answer() -> None:
    assert read("4. 20\n3 School\n2 yes")[0] == {"hours": "20", "type": "School", "mentor": "yes"}
    assert read("1. Ann\n4. 20\n3 days a week")[0] == {"name": "Ann", "hours": "20\n3 days a week"}


@pytest.mark.parametrize("words", ["7. Springfield", "7. Springfield\n\nSorry,\nforgot that one!\nAnn"])
def test_the_numbers_of_another_list_answer_nothing(words: str) -> None:
    assert read(words) == ({}, ())


@pytest.mark.parametrize(
    ("words", "left"),
    [("4. Ann Example", "Ann Example"), ("Ann Example", "Ann Example"), ("77. Ann", "77. Ann"), ("2)", "2)")],
)
def test_the_number_of_the_only_question_is_no_part_of_its_answer(words: str, left: str) -> None:
    assert numbered.alone(counted(questions()[:1]), words) == left


AGES = [Choice(f"c{number}", f"From {number}0 on") for number in range(1, 7)] + [Choice("no", "Rather not say")]


def long() -> list[Question[Any]]:
    talk = Talk()
    return [talk.choice("age", "How old are you?", AGES), talk.several("ages", "And your people?", AGES)]


def test_many_choices_stand_below_their_question_with_letters() -> None:
    assert numbered.show(counted(long()[:1])).splitlines()[1:] == [
        "1. How old are you?",
        *(f"{letter}. {choice.label}" for letter, choice in zip("abcdefg", AGES, strict=True)),
    ]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("1. c", {"age": "3"}), ("1) C.", {"age": "3"}), ("1 c", {"age": "3"}), ("1c", {"age": "3"}),
        ("1. (c)", {"age": "3"}), ("1.\nc", {"age": "3"}), ("1. c. From 30 on", {"age": "3"}),
        ("1. From 30 on", {"age": "From 30 on"}), ("1. 3", {"age": "3"}), ("1. rather not", {"age": "rather not"}),
        ("1. h", {}), ("2. a, c and g", {"ages": "1, 3, 7"}), ("2. a c", {"ages": "1, 3"}), ("2. b", {"ages": "2"}),
        ("b\na and c", {"age": "2", "ages": "1, 3"}), ("1. c\n\nThank you", {"age": "3"}),
        ("\n".join(["1. How old are you?", *(f"{letter}. {choice.label}" for letter, choice in zip("abcdefg", AGES, strict=True)),
                    "b"]), {"age": "2"}),
    ],
)  # fmt: skip
def test_a_letter_a_label_or_words_name_one_of_many_choices(words: str, kept: dict[str, str]) -> None:
    assert numbered.read(numbered.beside(counted(long()), words))[0] == kept


@pytest.mark.parametrize(("words", "kept"), [("c", "3"), ("1. c", "3"), ("From 30 on", "From 30 on"), ("yes", "yes")])
def test_the_only_question_with_many_choices_takes_its_letters_too(words: str, kept: str) -> None:
    assert numbered.alone(counted(long()[:1]), words) == kept


def rest() -> Listing:
    """The second and the fourth are asked again."""
    name, mentor, kind, hours = questions()
    return Listing({2: mentor, 4: hours}, {1: name, 3: kind})


def said(words: str) -> list[tuple[str, str]]:
    return [(question.key, told) for question, told in numbered.beside(rest(), words)]


def test_what_is_asked_again_keeps_its_number() -> None:
    assert numbered.show(rest()).splitlines()[1:] == [
        "2. A mentor? (Yes / No)",
        "4. How many hours? (about 900 hours, for example)",
    ]
    assert said("4. 20\n2 yes") == [("mentor", "yes"), ("hours", "20")]
    assert said("yes\n20") == [("mentor", "yes"), ("hours", "20")]


def test_the_number_of_an_answered_question_belongs_to_no_other_one() -> None:
    assert said("3. yes") == [("type", "yes")]
    assert said("1. Ann\n2. yes\n3. school\n4. 20") == [
        ("name", "Ann"), ("mentor", "yes"), ("type", "school"), ("hours", "20"),
    ]  # fmt: skip


def test_a_list_below_the_number_of_an_open_question_is_its_answer() -> None:
    assert said("4. my jobs:\n1. 20 hours a week\n3. 10 hours") == [
        ("hours", "my jobs:\n1. 20 hours a week\n3. 10 hours"),
    ]  # fmt: skip


def last() -> Listing:
    """Only the second of four is asked again, as the fourth."""
    name, mentor, kind, hours = questions()
    return Listing({4: mentor}, {1: name, 2: hours, 3: kind})


@pytest.mark.parametrize(
    ("words", "left"), [("4. yes", "yes"), ("1. Yes", "Yes"), ("yes", "yes"), ("9. yes", "9. yes")]
)
def test_the_last_question_takes_its_own_number_or_that_of_a_choice(words: str, left: str) -> None:
    assert numbered.alone(last(), words) == left


def test_the_last_question_does_not_take_the_number_of_another_one() -> None:
    with pytest.raises(
        Unclear, match=r"^Hours: answered already, so I left it as it was; `change hours` corrects it.$"
    ):
        numbered.alone(last(), "2. yes")
