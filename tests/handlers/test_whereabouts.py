"""The time zone is guessed where the state has only one; else it is asked for once, and told by a tap or in words."""

from datetime import date, timedelta

import pytest

from flows.program.zones import CENTRAL, EASTERN
from handlers import forgetting
from storage import people
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.review.panel import program
from tests.handlers.test_decisions import number
from tests.handlers.world import Someone, World

ASKS = "which time zone are you in?"
SURVEY = ("rather not say", "rather not say", "rather not say", "rather not say", "rather not say")
SPLIT = {"state": "Tennessee"}
LABELS = ["Central time (Chicago)", "Eastern time (New York)", "Another time zone"]


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    return world.somebody("telegram", "4711", "Ann")


def applies(ann: Someone, *after: str, **other: str) -> str:
    """A whole application, the questions after it, and what is said to the last of it."""
    return [ann.says(words) for words in ("apply", *(APPLICATION | other).values(), "send", *after)][-1]


def admits(olive: Someone) -> None:
    olive.says(f"settle {number(olive, 'Application to decide')} accept")
    olive.says(f"settle {number(olive, 'Payment to record')} paid")


def labels(who: Someone) -> list[str]:
    """The choices of the newest message."""
    return [each.label for each in list(who.inbox.values())[-1].choices]


def zone(rows: Rows) -> object:
    return rows("person")[1]["time_zone"]


def asked(who: Someone) -> int:
    """How often the question came so far."""
    return sum(ASKS in each.text for each in who.inbox.values())


def test_a_state_with_one_zone_says_it(ann: Someone, olive: Someone) -> None:
    applies(ann, *SURVEY, state="Ohio")
    assert "Eastern time (New York), by your state" in ann.says("profile")
    admits(olive)
    assert asked(ann) == 0


def test_a_state_with_several_has_it_asked_for_when_the_form_ends(ann: Someone, rows: Rows) -> None:
    said = applies(ann, *SURVEY, **SPLIT)
    assert said == (
        "Thank you.\n\nOne question, so that I write to you by day and your days end at your own midnight: which time zone"
        " are you in? `time zone Chicago`, for example, tells me at any time; until then I go by the office's, Central"
        " time (Chicago)."
    )
    assert labels(ann) == LABELS
    assert "that of the office" in ann.says("profile")
    ann.presses("Eastern time (New York)")
    assert ann.last == (
        "Time zone: Central time (Chicago) → Eastern time (New York). `time zone America/Chicago` takes it back."
        " It is 10 am there now."
    )
    assert zone(rows) == EASTERN
    assert "Time zone: Eastern time (New York); it is 10 am there now" in ann.says("profile")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2", EASTERN),
        ("Knoxville", EASTERN),
        ("eastern time", EASTERN),
        ("Eastern time (New York)", EASTERN),
        ("I'm in Memphis", CENTRAL),
        ("same as Chicago", CENTRAL),
    ],
)
def test_it_is_told_by_number_label_or_words(ann: Someone, rows: Rows, words: str, told: str) -> None:
    applies(ann, *SURVEY, **SPLIT)
    ann.says(words)
    assert zone(rows) == told


def test_words_that_name_no_zone_are_heard_as_ever_and_a_place_without_the_question_is_none(
    ann: Someone, rows: Rows
) -> None:
    applies(ann, *SURVEY, **SPLIT)
    assert "No, there is no exam." in ann.says("is there an exam?")
    ann.says("Knoxville")
    assert zone(rows) == ""
    ann.says("my time zone is Knoxville")
    assert zone(rows) == EASTERN


def test_another_zone_than_those_of_the_state_is_told_in_words(ann: Someone, rows: Rows) -> None:
    applies(ann, *SURVEY, **SPLIT)
    assert ann.presses("Another time zone").startswith("Where are you?")
    ann.says("Denver")
    assert zone(rows) == "America/Denver"


def test_whoever_skips_the_questions_is_asked_with_the_welcome(ann: Someone, olive: Someone, rows: Rows) -> None:
    applies(ann, "cancel", **SPLIT)
    assert asked(ann) == 0
    admits(olive)
    assert ann.last.startswith("Welcome to the Library Support Staff Certification program")
    assert (asked(ann), labels(ann)) == (1, LABELS)
    ann.presses("Central time (Chicago)")
    assert ann.last == "Your time zone is Central time (Chicago). It is 9 am there now."
    assert zone(rows) == CENTRAL


def test_it_is_asked_for_once_however_long_nobody_answers(world: World, ann: Someone, olive: Someone) -> None:
    applies(ann, *SURVEY, **SPLIT)
    assert asked(ann) == 1
    world.now += timedelta(days=200)
    today = world.now.date()
    world.act(lambda errand: forgetting.forget(errand.work, errand.rules, today))
    admits(olive)
    assert ann.last.startswith("Welcome")
    olive.says("add webinar portfolios 3 August 2027 3 pm, 60 min, 1 seat")
    assert "`time zone` tells me yours" in ann.says("sign up WEB-1")
    assert asked(ann) == 1


def test_whoever_told_it_before_is_not_asked(ann: Someone, olive: Someone) -> None:
    ann.says("time zone Knoxville")
    applies(ann, *SURVEY, **SPLIT)
    admits(olive)
    assert asked(ann) == 0


def test_with_a_place_at_a_webinar_it_is_asked_for(ann: Someone, olive: Someone, rows: Rows) -> None:
    olive.says("add webinar portfolios 3 December 2026 3 pm, 60 min, 1 seat")
    assert ASKS in ann.says("sign up WEB-1")
    assert labels(ann) == [
        "Eastern time (New York)", "Central time (Chicago)", "Mountain time (Denver)", "Pacific time (Los Angeles)",
        "Another time zone",
    ]  # fmt: skip
    ann.says("pacific")
    assert "Thursday 3 December 2026, 1 pm, Pacific time (Los Angeles)" in ann.says("webinars")


@pytest.mark.parametrize(
    ("country", "offered"),
    [("Bermuda", ["Bermuda time", "Another time zone"]), ("Atlantis", ["Another time zone"])],
)
def test_outside_the_united_states_the_zones_of_the_country_are_offered(
    ann: Someone, olive: Someone, country: str, offered: list[str]
) -> None:
    ann.says("my state")
    ann.says("outside the US")
    ann.says(country)
    olive.says("add webinar portfolios 3 December 2026 3 pm, 60 min, 1 seat")
    ann.says("sign up WEB-1")
    assert labels(ann) == offered


def test_an_evaluator_is_asked_when_the_training_is_complete(world: World) -> None:
    eva = program(world.house).evaluator("telegram", "901", "Eva Quill")
    assert (eva.last.startswith("Your training is complete"), asked(eva)) == (True, 1)
    assert eva.says("Honolulu").startswith("Time zone: Central time (Chicago) → Hawaii time (Honolulu).")


def test_made_up_choices_change_nothing(ann: Someone, rows: Rows) -> None:
    for key in ("zone:Mars/Olympus", "zone:", "zone:'; drop table person"):
        ann.presses_choice(key)
    assert zone(rows) == ""


def test_the_facts_tell_when_it_was_asked_for(ann: Someone, rows: Rows) -> None:
    applies(ann, *SURVEY, **SPLIT)
    assert [(row["words"], row["as_of"]) for row in rows("fact") if row["key"] == people.ZONE_ASKED] == [
        ("yes", date(2026, 11, 23))
    ]
