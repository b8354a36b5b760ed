"""How somebody wants to be reminded, told as every reminder offers it: until a weekday, and in the middle of a form."""

import pytest

from handlers.reminders import wishes
from tests.handlers.acting import Rows
from tests.handlers.world import Someone, World

TITLE = "What is your position called?"


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    speaker = Someone(world, "telegram", "4711", "Ann")
    speaker.says("menu")
    return speaker


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("snooze until Monday", "30 November 2026"),  # today is one
        ("Don't remind me until Monday.", "30 November 2026"),
        ("snooze until next Friday", "27 November 2026"),
        ("snooze for 3 weeks", "14 December 2026"),
    ],
)
def test_reminders_wait_until_the_coming_weekday_or_for_a_while(ann: Someone, said: str, until: str) -> None:
    assert ann.says(said) == wishes.SNOOZED.format(until)


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("snooze 99999 weeks", wishes.TOO_LONG),
        ("snooze for 5 years", wishes.TOO_LONG),
        ("snooze 12 hours", wishes.EXAMPLE),
        ("snooze 40 fortnights", wishes.EXAMPLE),
    ],
)
def test_a_span_that_does_not_do_is_told_so(ann: Someone, said: str, hint: str) -> None:
    assert ann.says(said) == hint


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
        ("Snooze 3 weeks", wishes.SNOOZED.format("14 December 2026")),
        ("don't remind me until Monday", wishes.SNOOZED.format("30 November 2026")),
        ("snooze until the cows come home", wishes.EXAMPLE),
        ("only email", "There is no confirmed address of yours by mail."),
        ("stop webinars", "You get no more reminders of webinars"),
        ("Stop deadlines.", "You get no more reminders of your time"),
        ("stop portfolio reminders", "You get no more reminders of what you began"),
        ("start webinars", "You get reminders of webinars, and notes on those that you missed as it is"),
        ("stop courses", "You get no news of new courses"),
    ],
)
def test_what_a_reminder_offers_is_no_answer_to_an_open_question(
    asked_freely: Someone, rows: Rows, said: str, told: str
) -> None:
    answer = asked_freely.says(said)
    assert told in answer
    assert answer.endswith(TITLE)
    assert [row["key"] for row in rows("answer")] == ["email", "name"]


@pytest.mark.parametrize(
    "said",
    [
        "Snooze button engineer", "fewer than five people", "Reminders clerk", "Wake up", "Only email and the phone",
        "Stop motion artist", "Start up advisor", "stop time", "start reviews desk", "Snooze for Kids", "snooze",
        "less often",
    ],
)  # fmt: skip
def test_an_answer_that_only_begins_so_is_one(asked_freely: Someone, rows: Rows, said: str) -> None:
    asked_freely.says(said)
    assert ("title", said) in [(row["key"], row["words"]) for row in rows("answer")]
