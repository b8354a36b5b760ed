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
    ["yes, but change the name", "no idea", "not sure", "z", "d", "ab", "change z", "change o", "", "<b>", "state",
    "yes?",
     "the name is wrong", "x" * 100_000],
)  # fmt: skip
def test_neither_a_confirmation_nor_a_correction_is_guessed(words: str) -> None:
    with pytest.raises(
        Unclear, match=r"^Please answer “Send my application”, or send the letter of the line to correct"
    ):
        read(words)


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
