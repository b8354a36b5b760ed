"""One turn: words, buttons, back and change against the answers on record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.dialog import turn
from flows.dialog.play import Script, play
from flows.dialog.question import Question
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.turn import Stage, Turn
from flows.dialog.unclear import ScriptError

ROLES = [Choice("paid", "Paid"), Choice("volunteer", "Volunteer")]


async def schooling(talk: Talk) -> tuple[bool, bool]:
    diploma = await talk.yes_no("schooling", "A diploma?", label="Schooling")
    abroad = diploma and await talk.yes_no("schooling.abroad", "Abroad?", label="Schooling abroad")
    if abroad:
        talk.say("That is no bar.")
    return diploma, abroad


async def visit(talk: Talk, facts: Any) -> Any:
    talk.say("Welcome.")
    role = await talk.choice("role", "Which role?", ROLES, label="Role")
    talk.say("Noted.")
    lines = await talk.form(
        talk.text("name", "Your name?", label="Name"), schooling(talk), talk.number("hours", "Hours?", label="Hours")
    )
    talk.say("Nearly done.")
    return role, lines, await talk.yes_no("sure", "Sure?", label="Confirmation")


def stage(**answers: str) -> Stage:
    return Stage(visit, None, {key.replace("_", "."): words for key, words in answers.items()})


def after(before: Stage, taken: Turn) -> Stage:
    return replace(before, answers=taken.record(before.answers))


def asked(taken: Turn) -> list[str]:
    return [question.key for question in taken.scene.open]


FULL = {"role": "paid", "name": "Ann", "schooling": "yes", "schooling.abroad": "yes", "hours": "12"}


def test_a_conversation_opens_with_all_that_is_said() -> None:
    taken = turn.start(stage())
    assert (taken.said, asked(taken), taken.put, taken.forget) == (("Welcome.",), ["role"], {}, ())


def test_an_answer_is_kept_as_the_persons_own_words() -> None:
    taken = turn.answer(stage(), " Volunteer! ")
    assert (taken.put, taken.said, asked(taken)) == (
        {"role": " Volunteer! "}, ("Noted.",), ["name", "schooling", "hours"],
    )  # fmt: skip


def test_words_that_do_not_answer_change_nothing() -> None:
    taken = turn.answer(stage(), "perhaps")
    assert (taken.put, taken.forget, asked(taken)) == ({}, (), ["role"])
    assert taken.unclear == "Please answer with one of the choices, by its number or its words."


def test_chat_asks_one_by_one_and_says_everything_once() -> None:
    here, said = stage(), list(turn.start(stage()).said)
    for words, question in [("paid", "name"), ("Ann", "schooling"), ("yes", "schooling.abroad"), ("yes", "hours")]:
        taken = turn.answer(here, words)
        here = after(here, taken)
        said += taken.said
        assert taken.scene.question.key == question
    taken = turn.answer(here, "12")
    assert [*said, *taken.said] == ["Welcome.", "Noted.", "That is no bar.", "Nearly done."]
    assert asked(taken) == ["sure"]


def test_mail_takes_the_answers_in_any_order_and_asks_only_what_is_missing() -> None:
    here = stage(role="paid")
    taken = turn.answer(here, "3. about 900\n1. Ann Example", "mail")
    assert (dict(taken.put), asked(taken), taken.note) == (
        {"name": "Ann Example", "hours": "about 900"}, ["schooling"], "",
    )  # fmt: skip
    one_left = turn.answer(after(here, taken), "no", "mail")
    assert (dict(one_left.put), one_left.said, asked(one_left)) == ({"schooling": "no"}, ("Nearly done.",), ["sure"])


def test_mail_keeps_what_was_clear_and_tells_what_was_not() -> None:
    taken = turn.answer(stage(role="paid"), "1. Ann\n2. perhaps\n3. many", "mail")
    assert (dict(taken.put), asked(taken)) == ({"name": "Ann"}, ["schooling", "hours"])
    assert taken.said == ("Schooling: Please answer yes or no.\nHours: Please answer with a number, such as 20.",)


def test_mail_without_one_answer_changes_nothing() -> None:
    here = stage(role="paid")
    both = turn.answer(here, "2. perhaps\n3. many", "mail")
    assert (dict(both.put), both.unclear) == (
        {}, "Schooling: Please answer yes or no.\nHours: Please answer with a number, such as 20.",
    )  # fmt: skip
    assert turn.answer(here, "Hello,\nhow are you?", "mail").unclear == (
        "Please answer beside the numbers, for example: 1. yes"
    )
    assert dict(turn.answer(here, "", "mail").put) == {}


def test_an_answer_after_the_end_changes_nothing() -> None:
    over = Stage(visit, None, {**FULL, "sure": "yes"})
    for style in ("chat", "mail"):
        taken = turn.answer(over, "no", style)
        assert (dict(taken.put), taken.unclear, taken.scene) == ({}, "", over.scene)


# --- buttons -------------------------------------------------------------------------------------


def test_a_button_answers_its_own_question_however_late_it_is_pressed() -> None:
    here = Stage(visit, None, FULL)
    taken = turn.press(here, "role", "volunteer")
    assert (dict(taken.put), asked(taken), taken.unclear) == ({"role": "volunteer"}, ["sure"], "")


def test_a_button_pressed_twice_answers_nothing_else() -> None:
    here = stage(role="Paid.")
    taken = turn.press(here, "role", "paid")
    assert (dict(taken.put), taken.said, asked(taken)) == ({}, ("Noted.",), ["name", "schooling", "hours"])


def test_a_button_may_answer_a_later_question_of_an_open_form() -> None:
    taken = turn.press(stage(role="paid"), "schooling", "no")
    assert (dict(taken.put), asked(taken)) == ({"schooling": "no"}, ["name", "hours"])


@pytest.mark.parametrize("key", ["schooling.abroad", "sure", "made-up", ""])
def test_a_button_of_a_question_that_is_not_asked_changes_nothing(key: str) -> None:
    taken = turn.press(stage(role="paid", schooling="no"), key, "yes")
    assert (dict(taken.put), taken.forget, taken.note) == (
        {}, (), "That question is no longer asked, so nothing was changed.",
    )  # fmt: skip


@pytest.mark.parametrize("choice", ["made-up", "", "'; DROP TABLE answers; --", "\x00"])
def test_a_made_up_choice_is_not_an_answer(choice: str) -> None:
    here = stage(role="paid")
    taken = turn.press(here, "role", choice)
    assert (dict(taken.put), taken.unclear != "", asked(taken)) == ({}, True, ["name", "schooling", "hours"])


def test_a_button_counts_where_the_stored_answer_no_longer_reads() -> None:
    assert dict(turn.press(stage(role="chief"), "role", "paid").put) == {"role": "paid"}


# --- back and change -----------------------------------------------------------------------------


def test_back_asks_the_question_before_the_open_one() -> None:
    here = stage(role="paid", name="Ann", schooling="yes")
    forgotten = []
    for _ in range(3):
        taken = turn.back(here)
        here = after(here, taken)
        forgotten.append(taken.forget)
    assert forgotten == [("schooling",), ("name",), ("role",)]
    assert turn.back(here).said == ("This is the first question.", "Welcome.")


def test_back_from_a_changed_line_leaves_the_later_answers_alone() -> None:
    here = stage(role="paid", schooling="no", hours="12")
    assert here.scene.question.key == "name"
    assert turn.back(here).forget == ("role",)
    assert asked(turn.back(here)) == ["role"]


def test_back_at_the_end_asks_the_last_question_again() -> None:
    over = Stage(visit, None, {**FULL, "sure": "yes"})
    assert (turn.back(over).forget, asked(turn.back(over))) == (("sure",), ["sure"])


@pytest.mark.parametrize("what", ["name", "Name", " NAME ", "my name.", "the name", "nam"])
def test_change_finds_an_answer_by_its_key_or_words_of_its_label(what: str) -> None:
    taken = turn.change(Stage(visit, None, FULL), what)
    assert (taken.moved, taken.scene.question.key, taken.scene.path) == (
        {"name": "was name"}, "name", ("role", "schooling", "schooling.abroad", "hours"),
    )  # fmt: skip


def test_a_changed_answer_keeps_the_later_ones_but_not_its_own_details() -> None:
    here = Stage(visit, None, FULL)
    taken = turn.change(here, "schooling")
    assert set(taken.moved) == {"schooling", "schooling.abroad"}
    again = turn.answer(after(here, taken), "yes")
    assert (asked(again), again.scene.path) == (["schooling.abroad"], ("role", "name", "schooling", "hours"))


@pytest.mark.parametrize("what", ["o", "something else", "", "\N{PILE OF POO}" * 9, "<b>", "x" * 100_000])
def test_an_ambiguous_change_asks_which_one(what: str) -> None:
    taken = turn.change(Stage(visit, None, FULL), what)
    assert (dict(taken.put), taken.forget, asked(taken)) == ({}, (), ["sure"])
    assert taken.instead is not None
    assert taken.instead.text == "Which answer shall we change?"
    everything = ["Role", "Name", "Schooling", "Schooling abroad", "Hours"]
    found = ["Role", "Schooling", "Schooling abroad", "Hours"] if what == "o" else everything
    assert [choice.label for choice in taken.instead.choices] == found
    assert taken.instead.choices[0] == Choice("change role", "Role")


@pytest.mark.parametrize("what", ["name to Bo B.", "the name: Bo B.", "Name = Bo B."])
def test_a_change_with_what_is_right_beside_it_is_made_at_once(what: str) -> None:
    taken = turn.change(stage(role="paid", name="Ann"), what)
    assert (taken.record({"role": "paid", "name": "Ann"}), taken.note, asked(taken)) == (
        {"role": "paid", "name": "Bo B."}, "Name: changed.", ["schooling", "hours"],
    )  # fmt: skip


def test_nothing_can_be_changed_before_the_first_answer() -> None:
    assert turn.change(stage(), "role").said == ("Nothing has been answered yet.", "Welcome.")


# --- back out of a correction --------------------------------------------------------------------


@pytest.mark.parametrize("what", ["role", "name", "schooling", "schooling.abroad", "hours"])
def test_back_out_of_a_change_leaves_everything_as_it_was(what: str) -> None:
    here = Stage(visit, None, FULL)
    changing = after(here, turn.change(here, what))
    assert changing.scene.question.key == what
    left = turn.back(changing)
    assert (after(changing, left).answers, asked(left), left.note) == (FULL, ["sure"], "All right, it stays as it was.")


def test_a_new_answer_ends_the_correction_and_back_is_an_ordinary_step_again() -> None:
    here = Stage(visit, None, FULL)
    changing = after(here, turn.change(here, "name"))
    changed = after(changing, turn.answer(changing, "Bo"))
    assert changed.answers == {**FULL, "name": "Bo"}
    assert turn.back(changed).forget == ("hours",)


def test_back_goes_step_by_step_while_the_new_answer_has_details_to_give() -> None:
    here = Stage(visit, None, FULL)
    changing = after(here, turn.change(here, "schooling"))
    abroad = after(changing, turn.answer(changing, "yes"))
    assert abroad.scene.question.key == "schooling.abroad"
    again = after(abroad, turn.back(abroad))
    assert again.scene.question.key == "schooling"
    assert after(again, turn.back(again)).answers == FULL


def test_another_correction_brings_back_what_was_not_answered_anew() -> None:
    here = Stage(visit, None, FULL)
    first = after(here, turn.change(here, "name"))
    second = after(first, turn.change(first, "hours"))
    assert (second.scene.question.key, second.answers["name"]) == ("hours", FULL["name"])
    assert after(second, turn.back(second)).answers == FULL
    same = after(first, turn.press(first, "role", "volunteer"))
    assert (same.scene.question.key, after(same, turn.back(same)).answers) == ("name", {**FULL, "role": "volunteer"})


def test_another_correction_leaves_what_was_answered_anew() -> None:
    here = Stage(visit, None, FULL)
    changing = after(here, turn.change(here, "schooling"))
    abroad = after(changing, turn.answer(changing, "yes"))
    other = after(abroad, turn.change(abroad, "role"))
    left = after(other, turn.back(other))
    assert (left.answers["schooling"], left.scene.question.key) == ("yes", "schooling.abroad")
    assert set(left.answers) == {*FULL} - {"schooling.abroad"}


# --- faults --------------------------------------------------------------------------------------


def test_a_fault_in_reading_is_a_script_error_on_every_way_in() -> None:
    async def faulty(talk: Talk, facts: Any) -> Any:
        return await talk.form(talk.ask("a", "A?", lambda words: {"1": 1}[words], choices=ROLES), talk.text("b", "B?"))

    here = Stage(faulty, None, {})
    moves: list[tuple[Any, ...]] = [
        ("chat", "2"),
        ("mail", "1. 2\n2. x"),
        ("press", "a", "2"),
        ("back",),
        ("change", "a"),
    ]
    for answers, move in (
        [({}, move) for move in moves[:3]] + [({"a": "1"}, moves[2])] + [({"a": "2"}, move) for move in moves]
    ):
        with pytest.raises(ScriptError, match="KeyError when 'a' is read"):
            step(replace(here, answers=answers), move)


# --- whatever is said ----------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "yes",
        "no",
        "1",
        "2",
        "paid",
        "Ann",
        "12",
        "no idea",
        "",
        "\x00",
        "🐛",
        "1. Ann\n2. yes\n3. 9",
        "2. no",
        "x" * 300,
    ]
) | st.text(max_size=30)
KEYS = st.sampled_from(["role", "name", "schooling", "schooling.abroad", "hours", "sure", "nothing"])
STEPS = st.one_of(
    st.tuples(st.just("chat"), WORDS), st.tuples(st.just("mail"), WORDS), st.tuples(st.just("change"),
    KEYS | WORDS),
    st.tuples(st.just("press"), KEYS, WORDS), st.tuples(st.just("back")),
)  # fmt: skip


def step(here: Stage, move: Sequence[Any]) -> Turn:
    match move:
        case ("chat" | "mail", words):
            return turn.answer(here, words, move[0])
        case ("change", what):
            return turn.change(here, what)
        case ("press", key, choice):
            return turn.press(here, key, choice)
    return turn.back(here)


def place(script: Script, answers: Mapping[str, str]) -> tuple[Any, ...]:
    scene = play(script, None, answers)
    return scene.said, scene.path, list(scene.asked), list(map(show, scene.open)), scene.result


def show(question: Question[Any]) -> tuple[str, str]:
    return question.key, question.text


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=15))
def test_whatever_is_said_the_record_replays_to_the_same_place(moves: list[tuple[Any, ...]]) -> None:
    here = stage()
    for move in moves:
        taken = step(here, move)
        here = after(here, taken)
        assert place(visit, here.answers) == place(visit, dict(reversed(list(here.answers.items()))))
        assert (taken.scene.path, list(map(show, taken.scene.open)), taken.scene.result) == (
            here.scene.path, list(map(show, here.scene.open)), here.scene.result,
        )  # fmt: skip
        assert set(taken.scene.path).isdisjoint(question.key for question in taken.scene.open)
        assert not (taken.unclear and (taken.put or taken.forget or taken.moved))
        being_corrected = [key for key in here.answers if key.startswith(("being", "was "))]
        assert not (being_corrected and here.scene.over)
