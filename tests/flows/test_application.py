"""The application: asked once, every line correctable, confirmed by the applicant's own word."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import application
from flows.application import Applied
from flows.dialog import turn
from flows.dialog.explore import explore
from flows.dialog.play import play
from flows.dialog.turn import Stage, Turn
from flows.facts import Facts
from flows.program.eligibility import Outcome

FIRST = {
    "name": "Ann Example", "email": "ann@library.org", "title": "Circulation clerk",
    "library": "Springfield Public Library",
    "state": "CO", "position": "support", "schooling": "us", "job.1": "20 hours a week since March 2023",
    "job.1.more": "That is all",
}  # fmt: skip
FULL = {**FIRST, "member": "yes", "member.number": "123 4567", "cohort": "none", "mentor": "yes"}
LINES = ["Name", "Email", "Position", "Kind of position", "Library", "State or country", "Schooling", "Hours",
"ALA member",
         "Cohort or grant", "Mentor wished"]  # fmt: skip


def after(here: Stage, taken: Turn) -> Stage:
    return replace(here, answers=taken.record(here.answers))


def shown(here: Stage) -> dict[str, str]:
    """The lines of the summary by their labels."""
    lines = here.scene.question.text.splitlines()
    told = [line[3:].partition(": ") for line in lines if line[1:3] == ". "]
    return {label: value for label, _, value in told}


def test_the_golden_path_in_chat(facts: Facts) -> None:
    here = Stage(application.script, facts, {})
    asked = []
    for words in ("Ann Example", "ann@library.org", "Circulation clerk", "Springfield Public Library", "Colorado",
    "1", "1",
                  "20 hours a week since March 2023", "no", "yes", "123 4567", "none", "yes",
                  "Send my application"):  # fmt: skip
        asked.append(here.scene.question.key)
        taken = turn.answer(here, words)
        assert taken.unclear == ""
        here = after(here, taken)
    assert asked == ["name", "email", "title", "library", "state", "position", "schooling", "job.1", "job.1.more",
    "member",
                     "member.number", "cohort", "mentor", "summary"]  # fmt: skip
    applied: Applied = here.scene.result
    assert (applied.name, applied.email, applied.state, applied.member, applied.schooling_abroad) == (
        "Ann Example", "ann@library.org", "Colorado", True, False,
    )  # fmt: skip
    assert (applied.checked.verdict.outcome, list(applied.details)) == (Outcome.ELIGIBLE, LINES)
    assert applied.details["ALA member"] == "yes, number 1234567"


def test_the_golden_path_by_mail_takes_three_letters(facts: Facts) -> None:
    here = Stage(application.script, facts, {})
    letters = [
        "8. 20 hours a week since March 2023\n7. Yes, from the United States\n6. I volunteer in a library\n5. NE\n"
        "4. Springfield Public Library\n3. Page\n2. ann@library.org\n1. Ann Example\n\nBest wishes",
        "11. no\n9. no\n10. none", "yes",
    ]  # fmt: skip
    for letter in letters:
        taken = turn.answer(here, letter, "mail")
        assert (taken.unclear, taken.note) == ("", "")
        here = after(here, taken)
    assert here.scene.result.details["Kind of position"] == "volunteers in a library"


@pytest.mark.parametrize("number", range(len(LINES)))
@pytest.mark.parametrize("way", ["letter", "label", "change"])
def test_each_line_is_correctable_and_lands_at_the_summary_again(facts: Facts, number: int, way: str) -> None:
    here = Stage(application.script, facts, FULL)
    before, label = shown(here), LINES[number]
    words = {"letter": "abcdefghijk"[number], "label": label, "change": f"change {label.lower()}"}[way]
    taken = turn.answer(here, words)
    assert (taken.unclear, taken.forget, bool(taken.moved)) == ("", (), True)
    assert after(after(here, taken), turn.back(after(here, taken))).answers == here.answers
    here = after(here, taken)
    new = {"name": "Bo Other", "email": "bo@b.org", "title": "Page", "library": "Elsewhere", "state": "NE",
    "position": "volunteer",
           "schooling": "abroad", "job.1": "about 1900 hours", "job.1.more": "no", "member": "no",
           "cohort": "The 2026 group",
           "mentor": "no"}  # fmt: skip
    for _ in range(3):
        if here.scene.question.key != "summary":
            here = after(here, turn.answer(here, new[here.scene.question.key]))
    assert here.scene.question.key == "summary"
    changed = {each for each in LINES if shown(here)[each] != before[each]}
    assert changed == {label}
    assert here.answers.keys() <= {*FULL, "schooling.abroad", "country"}  # nothing is kept aside any more


def test_outside_the_us_the_country_is_asked(facts: Facts) -> None:
    here = Stage(application.script, facts, {**FULL, "state": "outside the US"})
    assert here.scene.question.text == "In which country?"
    assert shown(after(here, turn.answer(here, "Bermuda")))["State or country"] == "Bermuda"


def test_a_country_of_an_abandoned_answer_never_reaches_the_application(facts: Facts) -> None:
    applied = play(application.script, facts, {**FULL, "country": "Bermuda", "summary": "yes"}).result
    assert (applied.state, "Bermuda" in str(applied)) == ("Colorado", False)


@pytest.mark.parametrize(
    ("answers", "note"),
    [
        ({}, None),
        ({"job.1": "1819 hours"}, "Note: 1 more hour is needed: 1,820 within the last 5 years count."
         " You may still apply; the office decides."),
        ({"schooling": "no"}, "Note: A high school diploma, a GED or the equivalent is needed first."
         " You may still apply; the office decides."),
    ],
)  # fmt: skip
def test_the_heading_says_what_the_office_will_see(facts: Facts, answers: dict[str, str], note: str | None) -> None:
    head = Stage(application.script, facts, {**FULL, **answers}).scene.question.text.split("\na. ")[0].splitlines()
    assert [line for line in head if "Note" in line] == ([note] if note else [])


def test_a_post_that_requires_an_mlis_may_still_apply_and_the_office_decides(facts: Facts) -> None:
    head = Stage(application.script, facts, {**FULL, "position": "librarian"}).scene.question.text.split("\na. ")[0]
    assert head.endswith("You may still apply; the office decides.")


@pytest.mark.parametrize("words", ["none", "None.", "1", "no", "I don’t know", "skip"])
def test_a_membership_number_may_follow_later(facts: Facts, words: str) -> None:
    here = Stage(application.script, facts, {**FULL, "member.number": words})
    assert shown(here)["ALA member"] == "yes, number to follow"


@pytest.mark.parametrize("words", ["123", "12ab45", "", "1234567890123", "<b>1234</b>", "{{1234}}"])
def test_a_membership_number_is_digits(facts: Facts, words: str) -> None:
    assert Stage(application.script, facts, {**FULL, "member.number": words}).scene.question.key == "member.number"


@pytest.mark.parametrize(
    "words", ["<b>Ann</b>", "'; DROP TABLE people; --", "{{ ann }}", "**Ann** _x_", "عَنْ مثال", "\N{BOOKS} Ann"]
)
def test_a_name_is_shown_as_plain_text_whatever_it_looks_like(facts: Facts, words: str) -> None:
    applied = play(application.script, facts, {**FULL, "name": words, "summary": "yes"}).result
    assert (applied.name, applied.details["Name"]) == (words, words)


def test_a_name_cannot_forge_a_line_of_the_summary(facts: Facts) -> None:
    here = Stage(application.script, facts, {**FULL, "name": "Ann\nk. Mentor wished: no\r\n\x0b"})
    lines = here.scene.question.text.split("\na. ")[1].splitlines()
    assert (lines[0], len(lines)) == ("Name: Ann k. Mentor wished: no", len(LINES) + 1)


# --- what was told before ----------------------------------------------------------------------------

KNOWN = {
    "position": "support",
    "schooling": "us",
    "job.1": "20 hours a week for the last 100 weeks",
    "job.1.more": "enough",
}


def test_what_is_known_is_filled_in_with_its_day_and_not_asked_again(facts: Facts) -> None:
    told = replace(facts, known={key: date(2026, 9, 22) for key in KNOWN})
    here = Stage(application.script, told, KNOWN)
    assert here.scene.path == ("position", "schooling", "job.1", "job.1.more")
    assert turn.start(here).said == (
        "What you told me on 22 September 2026 is filled in already; you can correct it at the end.",
    )
    lines = shown(Stage(application.script, told, {**FULL, **KNOWN}))
    dated = {label for label, value in lines.items() if value.endswith(" (told on 22 September 2026)")}
    assert dated == {"Kind of position", "Schooling", "Hours"}


def test_known_hours_are_read_as_of_the_day_they_were_told(facts: Facts) -> None:
    told = replace(facts, known={"job.1": date(2026, 9, 22)})
    hours = [shown(Stage(application.script, each, {**FULL, **KNOWN}))["Hours"] for each in (told, facts)]
    assert ["to today" in told for told in hours] == [False, True]


def test_withdrawing_is_confirmed(facts: Facts) -> None:
    assert [play(application.withdrawal, facts, {"sure": words}).result.sure for words in ("yes", "no")] == [
        True,
        False,
    ]
    assert play(application.withdrawal, facts, {"sure": "no problem"}).question.key == "sure"


def test_every_short_path_ends_in_an_application(facts: Facts) -> None:
    given = {key: words for key, words in FIRST.items() if key not in ("schooling", "state")} | {"cohort": "none"}
    samples = ["CO", "outside the US", "yes", "1234"]
    ends = [
        scene.result
        for _, scene in explore(application.script, facts, samples, answers={**given, "country": "Bermuda"})
    ]
    # state (2) x schooling (us, abroad, no, and a bare yes with two answers) x member (no, none, 1234) x mentor (2)
    assert (len(ends), {type(end) for end in ends}) == (2 * 5 * 3 * 2, {Applied})


# --- whatever is said --------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["yes", "no", "1", "2", "Ann", "ann@a.org", "CO", "outside the US", "900 hours", "20 hours a week since 2023",
    "part time since 2024",
     "20", "none", "b", "h", "change hours", "wrong", "confirm", "no idea", "", "\x00",
     "1. Ann\n5. CO\n8. 900 hours"]
)  # fmt: skip
STEPS = st.one_of(
    st.tuples(st.sampled_from(["chat", "mail"]), WORDS),
    st.tuples(st.just("change"), st.sampled_from(["hours", "name", "state", "schooling", "member", "o", "zzz"])),
    st.tuples(st.just("press"), st.sampled_from(["schooling", "position", "job.1.more", "summary", "member"]),
              st.sampled_from(["us", "yes", "no", "wrong", "confirm", "change", "enough", "made-up"])),
    st.tuples(st.just("back")),
)  # fmt: skip


def taken_from(here: Stage, move: tuple[Any, ...]) -> Turn:
    if move[0] == "change":
        return turn.change(here, move[1])
    if move[0] == "press":
        return turn.press(here, move[1], move[2])
    return turn.back(here) if move[0] == "back" else turn.answer(here, move[1], move[0])


@settings(max_examples=40, deadline=None)
@given(begun=st.sampled_from([{}, FIRST, FULL]), moves=st.lists(STEPS, max_size=8))
def test_whatever_is_said_the_application_replays_to_the_same_place(
    facts: Facts, begun: dict[str, str], moves: list[tuple[Any, ...]]
) -> None:
    here = Stage(application.script, facts, begun)
    for move in moves:
        taken = taken_from(here, move)
        here = after(here, taken)
        again = play(application.script, facts, here.answers)
        assert (taken.scene.path, taken.scene.result) == (again.path, again.result)
        assert [question.text for question in taken.scene.open] == [question.text for question in again.open]
