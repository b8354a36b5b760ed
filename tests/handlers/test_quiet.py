"""What can wait is held until somebody's quiet hours end, and goes once, where they prefer it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.dialog.speech import Choice
from handlers import deliveries, holding, quieting, telling
from handlers.exchange import Errand
from storage import held, people, profiles, unwanted
from storage.outbox import Letter
from storage.profiles import Profile
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.reminding import remind
from tests.handlers.world import MONDAY, Someone, World

NIGHT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # ten in the evening at the office
MORNING = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # seven


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    """The second person on record."""
    return world.somebody("telegram", "4711", "Ann")


def notice(errand: Errand) -> bool:
    return telling.tell(errand, 2, "Your application is accepted.", subject="Application", matter="application:1")


def reminder(errand: Errand) -> bool:
    return telling.tell(errand, 2, "There is a new course.", stoppable="courses")


def test_a_notice_at_night_waits_for_the_end_of_the_hours_that_were_told(
    world: World, ann: Someone, rows: Rows
) -> None:
    ann.says("quiet hours 21 to 7")
    before = ann.last
    world.now = NIGHT
    assert world.act(notice) is True
    assert (ann.last, len(rows("held_letter"))) == (before, 1)
    world.now = MORNING - timedelta(seconds=1)
    assert world.act(holding.release) == 0
    world.now = MORNING
    assert [world.act(holding.release), world.act(holding.release)] == [1, 0]
    assert ann.last == "Your application is accepted."
    assert rows("held_letter") == []


def test_an_answer_never_waits(world: World, ann: Someone) -> None:
    ann.says("quiet hours 21 to 7")
    world.now = NIGHT
    assert ann.says("link").startswith("Your code is ")
    world.act(notice)
    assert ann.says("menu").startswith("What would you like to do?")


def test_who_told_nothing_gets_notices_at_night_and_reminders_in_the_morning(world: World, ann: Someone) -> None:
    world.now = NIGHT
    world.act(notice)
    assert ann.last == "Your application is accepted."
    world.act(reminder)
    assert ann.last == "Your application is accepted."
    world.now = MORNING + timedelta(hours=1)
    assert world.act(holding.release) == 1
    assert ann.last == "There is a new course."


def test_the_night_is_that_of_the_own_zone(world: World, ann: Someone) -> None:
    ann.says("my time zone is Guam")
    world.now = NIGHT  # two in the afternoon there
    world.act(reminder)
    assert ann.last == "There is a new course."
    world.now = MONDAY  # one at night there
    world.act(reminder)
    assert world.act(holding.release) == 0


def test_hours_that_are_changed_let_go_what_waited(world: World, ann: Someone) -> None:
    ann.says("quiet hours 21 to 7")
    world.now = NIGHT
    world.act(notice)
    ann.says("quiet hours off")
    assert world.act(holding.release) == 1
    assert ann.last == "Your application is accepted."


def test_longer_hours_hold_it_longer(world: World, ann: Someone) -> None:
    ann.says("quiet hours 21 to 7")
    world.now = NIGHT
    world.act(notice)
    ann.says("quiet hours 21 to 9")
    world.now = MORNING
    assert world.act(holding.release) == 0
    world.now = MORNING + timedelta(hours=2)
    assert world.act(holding.release) == 1


def test_a_reminder_that_was_stopped_meanwhile_is_dropped(world: World, ann: Someone, rows: Rows) -> None:
    world.now = NIGHT
    world.act(reminder)
    world.act(lambda errand: unwanted.stop(errand.work, 2, "courses"))
    world.now = MORNING + timedelta(hours=1)
    assert world.act(holding.release) == 0
    assert rows("held_letter") == []
    assert ann.last != "There is a new course."


def test_what_cannot_be_delivered_in_the_morning_is_told_to_the_office(world: World, ann: Someone, rows: Rows) -> None:
    ann.says("quiet hours 21 to 7")
    world.now = NIGHT
    world.act(notice)
    world.act(lambda errand: people.mark_unreachable(errand.work, 2))
    world.now = MORNING
    assert world.act(holding.release) == 0
    assert [row["kind"] for row in rows("desk_item")] == ["undeliverable"]
    assert rows("held_letter") == []


def test_a_choice_that_waited_can_be_typed_when_it_arrives(world: World, ann: Someone) -> None:
    ann.says("quiet hours 21 to 7")
    world.now = NIGHT
    world.act(lambda errand: telling.tell(errand, 2, "What now?", Choice("help", "Help me")))
    world.now = MORNING
    world.act(holding.release)
    assert ann.says("1").startswith("Ask me anything about the program")


def test_nobody_is_reminded_of_a_code_at_night(world: World, ann: Someone) -> None:
    for words in ("apply", *APPLICATION.values(), "send", "cancel"):
        ann.says(words)
    world.now = MONDAY + timedelta(days=2, hours=14)  # eleven in the evening
    assert remind(world.act) == 0
    world.now = MONDAY + timedelta(days=2, hours=24)
    assert [remind(world.act), remind(world.act)] == [1, 0]


def test_two_processes_that_release_at_once_send_it_once(world: World, ann: Someone) -> None:
    ann.says("quiet hours 21 to 7")
    world.now = NIGHT
    world.act(notice)
    if world.house.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one transaction at a time")
    with world.house.database.work(MORNING) as one, world.house.database.work(MORNING) as other:
        first = held.due(one, 10)
        assert (len(first), held.due(other, 10)) == (1, [])


def test_what_is_written_unasked_goes_where_it_is_preferred_and_an_answer_where_it_was_asked(
    world: World, ann: Someone
) -> None:
    mail = Someone(world, "email", "ann@library.org")
    world.act(lambda errand: people.add_address(errand.work, 2, "email", "ann@library.org", "proved"))
    ann.says("preferred channel mail")
    ann.says("fees")
    world.act(notice)
    assert mail.last == "Your application is accepted."
    assert ann.says("menu") == ann.last


def test_when_the_preferred_one_cannot_be_reached_the_next_one_says_so(world: World, ann: Someone, rows: Rows) -> None:
    mail = world.act(lambda errand: people.add_address(errand.work, 2, "email", "ann@library.org", "proved"))
    assert isinstance(mail, int)
    ann.says("preferred channel mail")
    lost = Letter(1, mail, "email", "ann@library.org", '{"text": "You are admitted."}', 1)
    world.act(lambda errand: deliveries.undeliverable(errand, lost, "no such mailbox"))
    assert ann.last == deliveries.INSTEAD.format("mail", deliveries.PREFERRED, "You are admitted.")
    world.act(notice)
    assert ann.last == "Your application is accepted."


def test_a_talk_with_the_office_never_waits(world: World, ann: Someone, olive: Someone) -> None:
    ann.says("quiet hours by day, 6 to 20")
    ann.says("person")
    ann.says("May I send a copy?")
    olive.says("reply 1 Yes, please.")
    assert ann.last.endswith("Yes, please.")


def test_when_a_notice_may_go_is_told_in_utc(world: World, ann: Someone) -> None:
    def look(errand: Errand) -> None:
        profiles.put(errand.work, 2, replace(Profile(), quiet="21:00-07:00 weekends"))
        assert quieting.until(errand, 2, reminder=False) is None

    world.act(look)
    world.now = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)  # a Saturday
    end = datetime(2026, 11, 30, 13, 0, tzinfo=UTC)
    world.act(lambda errand: _is(quieting.until(errand, 2, reminder=False), end))


def _is(found: object, expected: object) -> None:
    assert found == expected
