"""The summary: confirm it, or correct any line by letter, label or "change x"."""

from typing import Any

import pytest

from flows.dialog import turn
from flows.dialog.question import Correction, Instead
from flows.dialog.speech import Choice
from flows.dialog.summary import Line, confirm
from flows.dialog.talk import Talk
from flows.dialog.turn import Stage
from flows.dialog.unclear import ScriptError, Unclear

LINES = [
    Line("Name", "Ann", ("name",)),
    Line("State or country", "Colorado", ("state", "country")),
    Line("Hours", "9", ("job.*",)),
]


async def script(talk: Talk, facts: Any) -> tuple[str, str]:
    name = await talk.text("name", "Name?", label="Name")
    hours = await talk.text("job.1", "Hours?", label="Hours")
    lines = [Line("Name", name, ("name",)), Line("Hours", hours, ("job.*",))]
    await confirm(talk, "summary", "Please check:", lines, "Send it")
    return name, hours


def read(words: str) -> Any:
    return confirm(Talk(), "summary", "Please check:", LINES, "Send my application").read(words)


def test_the_summary_shows_each_line_with_its_letter() -> None:
    shown = confirm(Talk(), "summary", "Please check:", LINES, "Send my application")
    assert shown.text.splitlines() == [
        "Please check:", "a. Name: Ann", "b. State or country: Colorado", "c. Hours: 9",
        "To correct a line, send its letter.",
    ]  # fmt: skip
    assert shown.choices == (Choice("confirm", "Send my application"), Choice("change", "Change a line"))


@pytest.mark.parametrize(
    "words", ["Send my application", "send my application.", "confirm", "1", "yes", "Yes!", "OK", "yes please"]
)
def test_it_is_confirmed(words: str) -> None:
    assert read(words) is True


@pytest.mark.parametrize(
    "words",
    [
        "b",
        "B.",
        "b)",
        "(b)",
        "line b",
        "change b",
        "change line b",
        "correct the line b",
        "State or country",
        "change state",
    ],
)
def test_a_line_is_corrected_by_letter_label_or_change(words: str) -> None:
    assert read(words) == Correction(("state", "country"))


@pytest.mark.parametrize("words", ["change", "2", "no", "N", "wrong", "Change a line"])
def test_a_bare_no_asks_which_line(words: str) -> None:
    options = (Choice("a", "Name"), Choice("b", "State or country"), Choice("c", "Hours"))
    assert read(words) == Instead("Which line shall we correct? Send its letter or its name.", options)


@pytest.mark.parametrize(
    "words",
    ["yes, but change the name", "no idea", "not sure", "z", "d", "ab", "3. 350", "1: Ann", "4: Ann", "b: really?", "z: Ann", "hello to all: yes", "", "<b>", "state",
    "yes?",
     "the name is wrong", "x" * 100_000],
)  # fmt: skip
def test_neither_a_confirmation_nor_a_correction_is_guessed(words: str) -> None:
    with pytest.raises(
        Unclear, match=r"^Please answer “Send my application”, or send the letter of the line to correct"
    ):
        read(words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [("change z", "abc"), ("change the colour to red", "abc"), ("change o", "abc"), ("change our", "c"),
     ("correct ame", "a")],
)  # fmt: skip
def test_a_change_that_fits_no_line_shows_the_lines_and_one_that_fits_is_taken(words: str, shown: str) -> None:
    found = read(words)
    if len(shown) == 1:
        assert found == Correction(LINES["abc".index(shown)].keys)
    else:
        assert [option.label for option in found.choices] == ["Name", "State or country", "Hours"]


def test_a_change_that_fits_several_lines_shows_only_those() -> None:
    lines = [Line("Position", "", ("title",)), Line("Kind of position", "", ("position",)), Line("Name", "", ("name",))]
    asked = confirm(Talk(), "summary", "Check:", lines, "Send").read("change positio")
    assert asked == Instead(
        "Which line shall we correct? Send its letter or its name.",
        (Choice("a", "Position"), Choice("b", "Kind of position")),
    )


@pytest.mark.parametrize(
    "words",
    ["b. New York", "B) New York", "(b) New York", "b: New York", "b - New York", "State or country: New York",
     "state or country = New York", "change b to New York", "Change line b to New York",
     "please change the state or country to New York", "correct state to New York", "change state or country: New York"],
)  # fmt: skip
def test_a_line_is_corrected_at_once_by_what_stands_beside_it(words: str) -> None:
    assert read(words) == Correction(("state", "country"), "New York")


def test_a_number_with_a_colon_is_the_line_of_that_place_except_where_it_is_a_choice() -> None:
    assert read("3: 350") == Correction(("job.*",), "350")


def test_several_lines_are_corrected_at_once_each_with_the_lines_below_it() -> None:
    hours = Correction(("job.*",), "20 hours a week\n10 hours at the school")
    told = read("a. Ann B.\n\nhours: 20 hours a week\n10 hours at the school")
    assert told == Correction(("name",), "Ann B.", (hours,))


def test_what_is_told_at_once_takes_the_place_of_the_line_and_the_summary_is_shown_again() -> None:
    here = Stage(script, None, {"name": "Ann", "job.1": "9", "job.1.more": "stale"})
    for words in ("b. 12", "hours: 12", "change hours to 12"):
        taken = turn.answer(here, words)
        assert taken.record(here.answers) == {"name": "Ann", "job.1": "12"}
        assert (taken.scene.question.key, taken.said) == ("summary", ("Hours: changed.",))
    both = turn.answer(here, "a: Bo\nb: 12", "mail")
    assert both.record(here.answers) == {"name": "Bo", "job.1": "12"}
    assert both.said == ("Name: changed.\nHours: changed.",)


def test_what_is_told_at_once_and_cannot_be_read_is_told_and_asked() -> None:
    here = Stage(script, None, {"name": "Ann", "job.1": "9"})
    taken = turn.answer(here, f"a. {'x' * 201}")
    assert (taken.note, taken.scene.question.key) == (
        "Name: That is 201 characters; please keep it under 200.", "name",
    )  # fmt: skip
    assert taken.record(here.answers)["was name"] == "Ann"
    half = turn.answer(here, f"a. {'x' * 201}\nb. 12")
    assert half.note == "Name: That is 201 characters; please keep it under 200.\nHours: changed."
    left = half.record(here.answers)
    assert (half.scene.question.key, left["job.1"], left["was name"]) == ("name", "12", "Ann")
    undone = turn.back(Stage(script, None, left))
    assert undone.record(left) == {"name": "Ann", "job.1": "12"}


def test_the_number_of_an_older_mail_does_not_confirm() -> None:
    here = Stage(script, None, {"name": "Ann", "job.1": "9"})
    assert turn.answer(here, "3. yes", "mail").unclear.startswith("Please answer “Send it”")
    assert turn.answer(here, "1. Send it", "mail").scene.over


def test_a_letter_of_a_long_summary_is_that_line_also_where_it_could_mean_yes_or_no() -> None:
    lines = [Line(f"Line number {number}", "", (f"key{number}",)) for number in range(26)]
    long = confirm(Talk(), "summary", "Check:", lines, "Send")
    assert [long.read("n"), long.read("y"), long.read("yes")] == [Correction(("key13",)), Correction(("key24",)), True]


def test_more_lines_than_letters_are_a_fault_of_the_script() -> None:
    async def endless(talk: Talk, facts: Any) -> None:
        await confirm(talk, "summary", "Check:", [Line("L", "", ("k",))] * 27, "Send")

    with pytest.raises(ScriptError):
        turn.start(Stage(endless, None, {}))


def test_a_corrected_line_is_asked_again_and_lands_at_the_summary() -> None:
    here = Stage(script, None, {"name": "Ann", "job.1": "9", "job.1.more": "stale"})
    corrected = turn.answer(here, "b")
    assert (set(corrected.moved), corrected.scene.question.key) == ({"job.1", "job.1.more"}, "job.1")
    again = turn.answer(Stage(script, None, {"name": "Ann"}), "12 {{ hours }}")
    assert again.scene.question.text.splitlines()[1:3] == ["a. Name: Ann", "b. Hours: 12 {{ hours }}"]


def test_asking_which_line_changes_nothing_and_its_letter_is_understood() -> None:
    here = Stage(script, None, {"name": "Ann", "job.1": "9"})
    asked = turn.answer(here, "no")
    assert (asked.put, asked.forget, asked.instead is not None) == ({}, (), True)
    assert turn.answer(here, "a").moved == {"name": "was name"}


def test_confirming_gives_the_result() -> None:
    done = turn.answer(Stage(script, None, {"name": "Ann", "job.1": "9"}), "send it")
    assert (done.scene.result, done.put) == (("Ann", "9"), {"summary": "send it"})
