"""How somebody wants to be reminded, told as every reminder offers it: until a weekday, and in the middle of a form."""

from datetime import timedelta

import pytest

from flows.program import waiting
from handlers.reminders import wishes
from tests.handlers.acting import Rows
from tests.handlers.reminding import plan
from tests.handlers.world import Someone, World

TITLE = "What is your position called?"


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    return world.somebody("telegram", "4711", "Ann")


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("snooze until Monday", "30 November 2026"),  # today is one
        ("Don't remind me until Monday.", "30 November 2026"),
        ("snooze until next Friday", "27 November 2026"),
        ("snooze for 3 weeks", "14 December 2026"),
        ("snooze until next month", "1 December 2026"),
        ("snooze in two weeks", "7 December 2026"),
        ("don't remind me until Christmas", "25 December 2026"),
        ("snooze until January", "1 January 2027"),
        ("snooze until November", "1 November 2027"),  # this one has begun
        ("snooze until June 2027", "1 June 2027"),
        ("snooze until 2027", "1 January 2027"),
        ("snooze until the end of January", "31 January 2027"),
    ],
)
def test_reminders_wait_until_the_coming_weekday_or_for_a_while(ann: Someone, said: str, until: str) -> None:
    assert ann.says(said) == wishes.SNOOZED.format(until)


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("snooze 99999 weeks", wishes.TOO_LONG),
        ("snooze for 5 years", wishes.TOO_LONG),
        ("snooze 12 hours", waiting.EXAMPLE),
        ("snooze 40 fortnights", waiting.EXAMPLE),
        ("snooze until yesterday", waiting.OVER),
        ("snooze until 31 February", "February 2027 has 28 days, not 31. Which day is it?"),
    ],
)
def test_a_span_that_does_not_do_is_told_so(ann: Someone, said: str, hint: str) -> None:
    assert ann.says(said) == hint


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("email only", "There is no confirmed address of yours by mail."),
        ("no quiet hours", "Quiet hours: 9 pm to 8 am, for reminders only → none"),
        ("remind me later", waiting.EXAMPLE),
    ],
)
def test_wishes_in_other_words(ann: Someone, said: str, told: str) -> None:
    assert ann.says(said).startswith(told)


def test_reminders_tells_what_comes_next_and_which_kinds_there_are(ann: Someone, olive: Someone) -> None:
    assert "Nothing is planned for you just now.\nThe kinds are application, deadlines," in ann.says("reminders")
    for day in ("10", "8"):
        olive.says(f"add webinar record {day} January 2027 3 pm")
    ann.says("sign up WEB-1")
    ann.says("sign up WEB-2")
    assert (
        "What comes next:\n- 1 January 2027: The webinar WEB-2\n- 3 January 2027: The webinar WEB-1\nThe kinds are"
        in ann.says("reminders")
    )
    ann.says("snooze until 2 January")
    assert "- 2 January 2027: The webinar WEB-2\n- 3 January 2027: The webinar WEB-1" in ann.says("reminders")
    ann.says("stop webinars")
    told = ann.says("reminders")
    assert "Off: reminders of webinars" in told
    assert "Nothing is planned for you just now." in told


def test_what_waits_for_the_end_of_a_snooze_is_told_with_that_day(ann: Someone, olive: Someone, world: World) -> None:
    olive.says("add webinar record 8 January 2027 3 pm")
    ann.says("sign up WEB-1")
    ann.says("snooze until 6 January")
    world.now += timedelta(days=40)
    plan(world.act)
    world.now += timedelta(days=1)
    assert "What comes next:\n- 6 January 2027: The webinar WEB-1\n" in ann.says("reminders")


@pytest.mark.parametrize("said", ["stop bananas", "start bananas", "no more bananas reminders", "stop bananas, please"])
def test_a_kind_that_there_is_not_is_told_with_those_that_there_are(ann: Someone, said: str) -> None:
    told = ann.says(said)
    assert told.startswith("There is no kind of reminders called “")
    assert "evidence, reviews, renewal, sharing, webinars, and courses: `stop deadlines`, for example" in told


@pytest.mark.parametrize(
    "said", ["start eligibility", "start working", "start here", "stop reviewing", "stop here", "stop it, please"]
)
def test_what_else_may_start_or_stop_is_no_kind(ann: Someone, said: str) -> None:
    assert "kind of reminders" not in ann.says(said)


@pytest.mark.parametrize(
    "said",
    [
        "stop emailing",
        "stop everything",
        "stop reminding",
        "no more reminders",
        "No more reminders, please",
        "stop all please",
        "stop the reminders please",
    ],
)
def test_whoever_wants_no_more_at_all_gets_none(ann: Someone, said: str) -> None:
    assert ann.says(said).startswith("You get no more reminders of what is not finished.")


@pytest.mark.parametrize(
    "said",
    [
        "stop reminding me about reviews",
        "please don't remind me of reviews",
        "stop writing to me about my reviews, please",
    ],
)
def test_a_kind_named_in_a_sentence_is_the_only_one_that_ends(ann: Someone, rows: Rows, said: str) -> None:
    ann.says(said)
    assert [row["kind"] for row in rows("unwanted")] == ["reviews"]


def test_of_what_is_no_kind_nothing_at_all_is_wanted(ann: Someone) -> None:
    told = ann.says("stop writing to me about that library thing")
    assert told.startswith("You get no more reminders of what is not finished.")


def test_start_after_stop_brings_everything_back(ann: Someone, rows: Rows) -> None:
    ann.says("stop webinars")
    ann.says("stop")
    assert ann.says("Start").startswith("You get reminders of what is not finished again")
    assert rows("unwanted") == []
    assert ann.says("start").startswith("What would you like to do?")


def test_what_telegram_says_by_itself_starts_nothing_but_tells_how(ann: Someone, rows: Rows) -> None:
    ann.says("stop")
    assert ann.says("/start").startswith("You stopped reminders of what is not finished.")
    assert len(rows("unwanted")) == 1
    ann.presses("Remind me again")
    assert rows("unwanted") == []


def test_start_in_a_form_brings_back_what_was_stopped(asked_freely: Someone, rows: Rows) -> None:
    asked_freely.says("stop webinars")
    told = asked_freely.says("start")
    assert told.startswith("You get reminders of webinars, and notes on those that you missed again")
    assert told.endswith(TITLE)
    assert rows("unwanted") == []


def test_more_undoes_fewer_and_is_no_command_else(ann: Someone) -> None:
    assert ann.says("more") != wishes.MORE
    ann.says("fewer")
    assert ann.says("more") == wishes.MORE


@pytest.fixture
def asked_freely(ann: Someone) -> Someone:
    """Asked for her job title, which is open text."""
    ann.says("apply")
    ann.says("Ann Example")
    assert ann.says("ann@library.org").endswith(TITLE)
    return ann


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("fewer", wishes.FEWER),
        ("Fewer reminders, please", wishes.FEWER),
        ("more reminders", wishes.MORE),
        ("wake", wishes.AWAKE),
        ("reminders", "Reminders are on, by your own clock."),
        ("snooze until 1 June", wishes.SNOOZED.format("1 June 2027")),
        ("snooze in 10 days", wishes.SNOOZED.format("3 December 2026")),
        ("Snooze 3 weeks", wishes.SNOOZED.format("14 December 2026")),
        ("don't remind me until Monday", wishes.SNOOZED.format("30 November 2026")),
        ("snooze until the cows come home", waiting.EXAMPLE),
        ("only email", "There is no confirmed address of yours by mail."),
        ("stop webinar reminders", "You get no more reminders of webinars"),
        ("stop webinars", "You get no more reminders of webinars"),
        ("Stop deadlines.", "You get no more reminders of your time"),
        ("stop portfolio reminders", "You get no more reminders of what you began"),
        ("start webinars", "You get reminders of webinars, and notes on those that you missed as it is"),
        ("stop courses", "You get no news of new courses"),
        ("time zone Denver", "Mountain time (Denver)"),
        ("My time zone is Eastern", "Eastern time (New York)"),
        ("calendar", "There is no date of yours to put into a calendar"),
        ("my calendar", "There is no date of yours to put into a calendar"),
        ("quiet hours 9 pm to 7 am", "9 pm to 7 am"),
    ],
)
def test_what_a_reminder_offers_is_no_answer_to_an_open_question(
    asked_freely: Someone, rows: Rows, said: str, told: str
) -> None:
    answer = asked_freely.says(said)
    assert told in answer
    assert answer.endswith(TITLE)
    assert [row["key"] for row in rows("answer")] == ["email", "name"]


@pytest.mark.parametrize("said", ["time zone", "quiet hours"])
def test_a_form_of_its_own_that_is_offered_is_answered_first(asked_freely: Someone, rows: Rows, said: str) -> None:
    assert asked_freely.says(said).startswith("I have put your application aside; we go on with it afterwards.")
    assert asked_freely.says({"time zone": "Denver", "quiet hours": "9 pm to 7 am"}[said]).endswith(TITLE)
    assert [row["key"] for row in rows("answer")] == ["email", "name"]


@pytest.mark.parametrize(
    "said",
    [
        "Snooze button engineer", "fewer than five people", "Reminders clerk", "Wake up", "Only email and the phone",
        "Stop motion artist", "Start up advisor", "stop time", "start reviews desk", "Snooze for Kids", "snooze",
        "less often", "Time zone coordinator", "Calendar editor", "Quiet hours monitor", "I am in Denver time and again",
        "Dates and calendar clerk",
    ],
)  # fmt: skip
def test_an_answer_that_only_begins_so_is_one(asked_freely: Someone, rows: Rows, said: str) -> None:
    asked_freely.says(said)
    assert ("title", said) in [(row["key"], row["words"]) for row in rows("answer")]
