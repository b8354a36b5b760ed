"""Webinars: planned by the office in plain words, signed up for, waited for, moved, missed; and what calendars get."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.drawing import draw
from flows.dialog.speech import Drawing
from flows.dialog.unclear import Unclear
from flows.program import convening, webinars
from flows.program.sheets import SheetError
from handlers import convening as office
from handlers import holding, roles
from handlers.exchange import Errand
from notifications.calendar import Entry, Event, drawings
from storage import people
from tests.handlers.acting import Rows
from tests.handlers.dates import newest, read
from tests.handlers.world import MONDAY, Someone, World

PLAN = "add webinar portfolios 3 December 2026 3 pm, 60 min, 1 seat, https://meet.example.org/a"
HOUR = "Thursday 3 December 2026, 3 pm, Central time (Chicago)"
HEADING = "code,kind,title,starts,time zone,minutes,seats,link,note\n"
ROW = "P-1,portfolios,Portfolios,2026-12-03 15:00,Chicago,60,2,https://meet.example.org/a,\n"


def somebody(world: World, number: int) -> Someone:
    return world.somebody("telegram", str(number), f"Reader {number}")


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    return somebody(world, 1)


@pytest.fixture
def bob(world: World, olive: Someone) -> Someone:
    return somebody(world, 2)


def test_the_office_plans_in_plain_words_and_takes_it_back(olive: Someone, ann: Someone) -> None:
    assert olive.says(PLAN) == (
        f"Developing portfolios (WEB-1) is planned: {HOUR}; 60 minutes, 1 seat, https://meet.example.org/a."
        " Signing up is open now."
    )
    assert olive.presses("Undo") == "Developing portfolios (WEB-1) is not planned any more."
    assert ann.says("webinars").startswith("No webinar is planned just now.")


def test_what_is_planned_is_listed_without_the_way_in_and_signed_up_for_once(
    olive: Someone, ann: Someone, rows: Rows
) -> None:
    olive.says(PLAN)
    shown = ann.says("when is the next webinar?")
    assert f"- WEB-1 Developing portfolios: {HOUR}; 60 minutes; 1 place left" in shown
    assert "the office's time zone" in shown
    assert "meet.example.org" not in shown
    told = ann.says("1")
    assert "The way in: https://meet.example.org/a" in told
    ann.says("sign me up for the portfolio webinar")
    assert [row["state"] for row in rows("webinar_seat")] == ["signed"]
    (file,) = newest(ann)
    (event,) = file.events
    assert (file["METHOD"], event.start, event["SEQUENCE"]) == ("PUBLISH", datetime(2026, 12, 3, 21, tzinfo=UTC), 0)


def test_a_place_that_is_given_back_goes_to_the_first_who_waits(
    olive: Someone, ann: Someone, bob: Someone, rows: Rows
) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    assert "You are number 1 on the waiting list" in bob.says("sign up web 1")
    ann.says("leave webinar WEB-1")
    (gone,) = newest(ann)
    assert (gone["METHOD"], gone.events[0]["STATUS"], gone.events[0]["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert bob.last.startswith("A place became free: you are signed up for Developing portfolios (WEB-1).")
    assert [row["state"] for row in rows("webinar_seat")] == ["cancelled", "signed"]
    assert sum("A place became free" in each.text for each in bob.inbox.values()) == 1


@pytest.fixture
def two_planned(olive: Someone) -> None:
    olive.says(PLAN.replace("1 seat", "5 seats"))
    olive.says("add webinar record 4 December 2026 3 pm")


@pytest.mark.usefixtures("two_planned")
@pytest.mark.parametrize(
    "words",
    ["sign up WEB-1 and WEB-2", "sign me up for web 1, web 2", "sign up for the portfolio and the record webinars",
     "sign up for both webinars"],
)  # fmt: skip
def test_several_are_signed_up_for_at_once(ann: Someone, rows: Rows, words: str) -> None:
    told = ann.says(words)
    assert "You are signed up for Developing portfolios (WEB-1)." in told
    assert "You are signed up for Using the record (WEB-2)." in told
    assert [row["state"] for row in rows("webinar_seat")] == ["signed", "signed"]
    assert len(newest(ann)) == 2


@pytest.mark.usefixtures("two_planned")
@pytest.mark.parametrize(
    "words",
    ["sign me up for the December 4 webinar", "sign up for the 4 December webinar",
     "sign me up for the Friday, December 4 webinar", "sign up for the Friday 4 December's webinar",
     "sign up for the December 4th record webinar", "sign up for the webinar on December 4",
     "please sign me up for the webinar on Friday, December 4", "register me for the session about the record",
     "can you sign me up for the session on using the record, please"],
)  # fmt: skip
def test_a_webinar_is_found_by_its_day(ann: Someone, rows: Rows, words: str) -> None:
    assert ann.says(words).startswith("You are signed up for Using the record (WEB-2).")
    assert [row["webinar_id"] for row in rows("webinar_seat")] == [2]
    leave = "leave the webinar on December 4" if "webinar on" in words else "leave the December 4 webinar"
    assert ann.says(leave).startswith("You are not signed up for Using the record (WEB-2)")


@pytest.mark.usefixtures("two_planned")
def test_a_day_with_no_webinar_or_with_several_finds_none(olive: Someone, ann: Someone, rows: Rows) -> None:
    olive.says("add webinar introduction 4 December 2026 5 pm")
    for words in ("December 5", "December 4", "Monday December 4", "December 5 record"):
        assert ann.says(f"sign up for the {words} webinar").startswith("I know no webinar")
        assert ann.says(f"sign up for the webinar on {words}").startswith("I know no webinar")
    assert rows("webinar_seat") == []


@pytest.mark.usefixtures("two_planned")
def test_of_several_an_unknown_one_is_named_alone(ann: Someone, rows: Rows) -> None:
    told = ann.says("sign up WEB-1 and WEB-9")
    assert "I know no webinar “WEB-9” that is still to come." in told
    assert [row["webinar_id"] for row in rows("webinar_seat")] == [1]


def test_the_webinar_is_the_one_to_come(olive: Someone, ann: Someone) -> None:
    assert ann.says("sign up for the webinar").startswith("No webinar is planned just now.")
    olive.says(PLAN)
    assert ann.says("sign me up for a webinar").startswith("You are signed up for Developing portfolios (WEB-1).")
    assert ann.says("sign off the webinar").startswith("You are not signed up for Developing portfolios (WEB-1)")


@pytest.mark.usefixtures("two_planned")
def test_of_several_webinars_to_come_it_is_asked_which_one(ann: Someone) -> None:
    assert ann.says("sign up for the webinar").startswith("Which one?\n- WEB-1 Developing portfolios")
    assert ann.says("2").startswith("You are signed up for Using the record (WEB-2).")
    assert ann.says("sign up for the webinar").startswith("You are signed up for Developing portfolios (WEB-1).")


@pytest.mark.usefixtures("two_planned")
def test_the_next_webinar_is_the_first_one(ann: Someone) -> None:
    assert ann.says("sign up for the next webinar").startswith("You are signed up for Developing portfolios (WEB-1).")


@pytest.mark.usefixtures("two_planned")
def test_my_webinars_are_those_that_i_signed_up_for(ann: Someone, world: World) -> None:
    assert ann.says("my webinars") == "You are not signed up for any webinar to come. `webinars` lists them."
    ann.says("sign up WEB-2")
    told = ann.says("which webinars am I signed up for?")
    assert told.startswith("Your webinars to come:\n- WEB-2 Using the record")
    assert "WEB-1" not in told
    world.now += timedelta(days=20)
    assert ann.says("my webinars").startswith("You are not signed up")


@pytest.mark.usefixtures("two_planned")
def test_signing_off_is_leaving(ann: Someone, rows: Rows) -> None:
    ann.says("sign up for all webinars")
    assert ann.says("sign off the webinar").startswith("Your webinars to come:")
    assert ann.says("sign off WEB-2").startswith("You are not signed up for Using the record (WEB-2) any more.")
    assert ann.says("sign me out of WEB-1 and WEB-2").startswith("You are not signed up for Developing portfolios")
    assert [row["state"] for row in rows("webinar_seat")] == ["cancelled", "cancelled"]


def is_gone(world: World, who: Someone) -> None:
    """They have blocked us."""

    def undelivered(errand: Errand) -> None:
        address = people.at(errand.work, who.channel, who.address)
        assert address is not None
        people.mark_unreachable(errand.work, address.id)

    world.act(undelivered)


def test_who_waits_and_cannot_be_reached_keeps_nobody_from_a_free_place(
    world: World, olive: Someone, ann: Someone, bob: Someone, rows: Rows
) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    bob.says("sign up WEB-1")
    is_gone(world, bob)
    ann.says("leave webinar WEB-1")
    carl, dora = somebody(world, 3), somebody(world, 4)
    assert "1 place left" in carl.says("webinars")
    assert carl.says("sign up WEB-1").startswith("You are signed up for Developing portfolios (WEB-1).")
    assert "You are number 2 on the waiting list" in dora.says("sign up WEB-1")
    carl.says("leave webinar WEB-1")
    assert dora.last.startswith("A place became free")
    assert [row["state"] for row in rows("webinar_seat")] == ["cancelled", "waiting", "cancelled", "signed"]


@pytest.mark.parametrize(
    ("words", "told"),
    [("sign up WEB-1", "You are signed up for Developing"), ("webinars", "A place became free: you are signed up for")],
)
def test_who_waits_gets_the_free_place_as_soon_as_they_can_be_reached_again(
    world: World, olive: Someone, ann: Someone, bob: Someone, words: str, told: str
) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    bob.says("sign up WEB-1")
    is_gone(world, bob)
    ann.says("leave webinar WEB-1")
    seen = len(bob.inbox)
    bob.says(words)
    assert sum("you are signed up for" in each.text.lower() for each in list(bob.inbox.values())[seen:]) == 1
    assert bob.last.startswith(told)
    assert newest(bob)[0]["METHOD"] == "PUBLISH"
    assert "You are number 1 on the waiting list" in ann.says("sign up WEB-1")


def test_of_many_at_once_as_many_get_a_place_as_there_are_seats(world: World, olive: Someone, rows: Rows) -> None:
    olive.says(PLAN.replace("1 seat", "2 seats"))
    people = [somebody(world, number) for number in range(10, 16)]
    before = [Someone(World(world.house), "telegram", each.address, each.name) for each in people]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda each: each.says("sign up WEB-1"), before))
        list(threads.map(lambda each: each.says("leave webinar WEB-1"), before[:3]))
    states = [row["state"] for row in rows("webinar_seat")]
    assert (states.count("signed"), states.count("waiting"), states.count("cancelled")) == (2, 1, 3)


def test_who_signed_up_hears_of_a_move_and_of_its_being_called_off(olive: Someone, ann: Someone) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    uid = newest(ann)[0].events[0]["UID"]
    assert olive.says("move webinar WEB-1 to 5 December 4 pm").endswith("1 person is told.")
    moved = newest(ann)[0].events[0]
    assert (moved["UID"], moved["SEQUENCE"], moved.start) == (uid, 1, datetime(2026, 12, 5, 22, tzinfo=UTC))
    olive.says("cancel webinar WEB-1 the speaker is ill")
    assert "does not take place: the speaker is ill." in ann.last
    assert (newest(ann)[0]["METHOD"], newest(ann)[0].events[0]["SEQUENCE"]) == ("CANCEL", 2)
    assert "does not take place" in ann.says("sign up WEB-1")
    olive.says("undo webinar WEB-1")
    assert "takes place after all" in ann.last
    assert (newest(ann)[0]["METHOD"], newest(ann)[0].events[0]["SEQUENCE"]) == ("PUBLISH", 3)


def test_a_calendar_file_is_promised_only_where_one_comes(olive: Someone, ann: Someone, bob: Someone) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    bob.says("sign up WEB-1")
    olive.says("move webinar WEB-1 to 5 December 4 pm")
    assert ann.last.endswith("You keep your place. The file changes it in your calendar.")
    assert bob.last.endswith("You keep your place on the waiting list.")
    olive.says("cancel webinar WEB-1 the speaker is ill")
    assert "is ill. The file takes it out of your calendar. `webinars` lists the others." in ann.last
    assert bob.last.endswith("is ill. `webinars` lists the others.")
    assert [bool(list(each.inbox.values())[-1].drawings) for each in (ann, bob)] == [True, False]


@pytest.mark.parametrize(
    ("words", "hears"),
    [("stop", False), ("stop webinars", False), ("stop reports", True), ("stop sharing reminders", True)],
)
def test_who_wants_no_reminders_hears_nothing_of_what_they_missed(
    world: World, olive: Someone, ann: Someone, bob: Someone, words: str, *, hears: bool
) -> None:
    olive.says(PLAN.replace("1 seat", "5 seats"))
    ann.says("sign up WEB-1")
    bob.says("sign up WEB-1")
    bob.says(words)
    world.now = MONDAY + timedelta(days=11)
    assert ("1 who missed it is told" in olive.says("attended WEB-1 Reader 1")) == hears
    assert ("could not be there" in bob.last) == hears


@pytest.mark.parametrize(("words", "sent"), [("stop", 0), ("menu", 1)])
def test_a_note_held_for_the_morning_does_not_come_after_a_stop(
    world: World, olive: Someone, ann: Someone, bob: Someone, rows: Rows, words: str, sent: int
) -> None:
    olive.says(PLAN.replace("1 seat", "5 seats"))
    ann.says("sign up WEB-1")
    bob.says("sign up WEB-1")
    world.now = datetime(2026, 12, 4, 5, tzinfo=UTC)  # eleven at night
    olive.says("attended WEB-1 Reader 1")
    assert len(rows("held_letter")) == 1
    bob.says(words)
    world.now += timedelta(hours=10)
    assert world.act(holding.release) == sent
    assert ("could not be there" in bob.last) == bool(sent)


def test_who_missed_it_is_told_once_of_the_next_one(world: World, olive: Someone, ann: Someone, bob: Someone) -> None:
    olive.says(PLAN.replace("1 seat", "5 seats"))
    ann.says("sign up WEB-1")
    bob.says("sign up WEB-1")
    assert "has not begun yet" in olive.says("attended WEB-1 all")
    olive.says(PLAN.replace("3 December", "17 December"))
    world.now = MONDAY + timedelta(days=11)
    assert "has begun already" in ann.says("sign up WEB-1")
    assert "nothing was changed" in olive.says("attended WEB-1 Nobody Known")
    assert olive.says("attended WEB-1 Reader 1").startswith("1 came to Developing portfolios (WEB-1). 1 who missed it")
    assert "The next one of its kind: Developing portfolios (WEB-2)" in bob.last
    assert "You were signed up" not in ann.last
    seen = len(bob.inbox)
    olive.says("attended WEB-1 Reader 1")
    assert len(bob.inbox) == seen
    assert "You are signed up for Developing portfolios (WEB-2)" in bob.presses("Sign up for WEB-2")


def test_what_cannot_be_taken_back_is_told_with_what_can_be_done(world: World, olive: Someone, ann: Someone) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    assert "`cancel webinar WEB-1 reason` calls it off" in olive.says("undo webinar WEB-1")
    world.now = MONDAY + timedelta(days=11)
    told = olive.says("undo webinar WEB-1")
    assert told.endswith("so it stays on record. `attended WEB-1 names` marks who came.")
    assert olive.says("attended WEB-1 Reader 1") == "1 came to Developing portfolios (WEB-1)."


def test_the_last_word_on_who_came_is_what_the_record_says(
    world: World, olive: Someone, ann: Someone, bob: Someone, rows: Rows
) -> None:
    def states() -> list[object]:
        return [row["state"] for row in rows("webinar_seat")]

    olive.says(PLAN.replace("1 seat", "5 seats"))
    ann.says("sign up WEB-1")
    bob.says("sign up WEB-1")
    world.now = MONDAY + timedelta(days=11)
    olive.says("attended WEB-1 Reader 1")
    assert states() == ["attended", "missed"]
    told = olive.says("attended WEB-1 all")
    assert told == ("2 came to Developing portfolios (WEB-1). 1 who had been marked as missing is told that they came.")
    assert bob.last == (
        f"That you missed the webinar Developing portfolios (WEB-1) on {HOUR} was a mistake: it is on record now that"
        " you attended."
    )
    assert states() == ["attended", "attended"]
    seen = len(bob.inbox)
    olive.says("attended WEB-1 all")
    assert olive.says("attended WEB-1 Reader 2").startswith("1 came to")
    assert (states(), len(bob.inbox)) == (["missed", "attended"], seen)
    assert "could not be there" in ann.last
    assert olive.says("attended WEB-1 Reader 1").startswith("2 came to")
    assert states() == ["attended", "attended"]
    assert olive.says("attended WEB-1 none").startswith("Nobody came to Developing portfolios (WEB-1). 2 who missed")
    assert states() == ["missed", "missed"]


def test_a_webinar_that_is_on_is_not_left_and_tells_its_way_in(
    world: World, olive: Someone, ann: Someone, rows: Rows
) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    world.now = datetime(2026, 12, 3, 21, 30, tzinfo=UTC)
    told = ann.says("my webinars")
    assert told.startswith("Your webinar just now:\n- WEB-1 Developing portfolios")
    assert "It has begun already. The way in: https://meet.example.org/a" in told
    for words in ("leave webinar WEB-1", "leave the webinar"):
        assert ann.says(words) == (
            "Developing portfolios (WEB-1) has begun already, so your place cannot be given back any more."
        )
    assert [row["state"] for row in rows("webinar_seat")] == ["signed"]
    world.now += timedelta(hours=1)
    assert ann.says("my webinars").startswith("You are not signed up for any webinar to come.")


def test_meetings_and_trainings_are_for_those_they_are_for(olive: Someone, ann: Someone) -> None:
    olive.says("add webinar committee meeting 5 January 2027 noon")
    olive.says("add webinar evaluator training 6 January 2027 noon")
    assert ann.says("webinars").startswith("No webinar is planned just now.")
    assert ann.presses_choice("webinar:join:1").startswith("No webinar is planned just now.")
    assert ann.says("add webinar portfolios 5 January 2027 noon").find("is planned:") == -1
    assert "WEB-1" in olive.says("webinars")


def test_made_up_taps_change_nothing(ann: Someone, rows: Rows) -> None:
    for key in ("webinar:join:99", "webinar:leave:x", "webinar:drop:1", "undo webinar WEB-1"):
        ann.presses_choice(key)
    assert rows("webinar_seat") == []


def test_a_code_that_is_unknown_is_shown_as_it_was_typed_and_noon_is_noon(olive: Someone, ann: Someone) -> None:
    olive.says("add webinar committee meeting 5 January 2027 noon")
    olive.says("add webinar portfolios 5 January 2027 12 pm")
    for words in ("sign up CRC-1", "webinar CRC-1", "leave webinar CRC-1"):
        assert ann.says(words) == "I know no webinar “CRC-1” that is still to come. `webinars` lists them."
    assert "Tuesday 5 January 2027, noon, Central time (Chicago)" in ann.says("webinars")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("portfolios 30 February 2027 3 pm", "February 2027 has 28 days"),
        ("portfolios 3 December 2026 25 pm", "There is no such hour as 25 pm"),
        ("portfolios 3 December 2026 3 pm, 0 seats", "There may be 1 to 2,000 seats, not 0."),
        ("portfolios 3 December 2026 3 pm, a million seats", "There may be 1 to 2,000 seats, not 1000000."),
        ("portfolios 3 December 2026 3 pm, -5 min", "There may be 5 to 600 minutes, not -5."),
        ("portfolios 1 November 2026 3 pm", "That is in the past"),
        ("portfolios 14 March 2027 2:30 am", "2:30 am does not exist"),
        ("portfolios Monday 1 December 2026 3 pm", "1 December 2026 is a Tuesday, not a Monday."),
        ("portfolios tomorrow, 5 December 3 pm", "I see more than one day there."),
        ("portfolios 1 October 3 pm", "The next 1 October is on Friday 1 October 2027."),
        ("portfolios 3 December 2026 3 pm - 4 pm, 30 min", "From 3 pm to 4 pm are 60 minutes, not 30."),
        ("portfolios 3 December 2026 3 pm to 2 pm", "2 pm is not after 3 pm."),
        ("plumbing 3 December 2026 3 pm", "Which kind is it"),
        ("portfolios 3 December 2026 3 pm, bananas", "I could not make out “bananas”"),
        (
            "portfolios 3 December 2026 3 pm for all clerks",
            "I could not make out “all clerks” behind the hour: a place",
        ),
    ],
)
def test_what_cannot_be_is_said_with_the_reason(words: str, why: str) -> None:
    with pytest.raises(Unclear) as wrong:
        convening.plan(words, MONDAY, "America/Chicago")
    assert str(wrong.value).startswith(why)


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        ("portfolios 14 March 2027 1:30 am", datetime(2027, 3, 14, 7, 30, tzinfo=UTC)),
        ("portfolios 7 November 2027 1:30 am", datetime(2027, 11, 7, 6, 30, tzinfo=UTC)),
        ("portfolios 3 December 3 pm Kolkata", datetime(2026, 12, 3, 9, 30, tzinfo=UTC)),
        ("intro 3 pm eastern on December 3", datetime(2026, 12, 3, 20, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_is_that_of_its_zone_also_when_clocks_change(words: str, starts: datetime) -> None:
    assert convening.plan(words, MONDAY, "America/Chicago").starts == starts


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Tuesday 1 December 2026 3 pm", 1),
        ("Tuesday 1 December 2026, 3 pm, Central time (Chicago)", 1),
        ("Wed, December 16 3 pm", 16),
        ("15 December at 3 pm", 15),
        ("next Tuesday at 3 pm", 8),
        ("3 pm on Wednesday", 2),
        ("in two weeks 3 pm", 15),
        ("tomorrow 3 pm", 2),
        ("the day after tomorrow 3 pm", 3),
    ],
)
def test_a_day_may_be_told_by_its_weekday_or_from_today(words: str, day: int) -> None:
    tuesday = datetime(2026, 12, 1, 15, tzinfo=UTC)
    planned = convening.plan(f"portfolios {words}", tuesday, "America/Chicago")
    assert planned.starts == datetime(2026, 12, day, 21, tzinfo=UTC)


@pytest.mark.parametrize(("words", "minutes"), [("3pm - 4:30pm", 90), ("from 15:00 to 15:45", 45)])
def test_the_hour_at_which_it_ends_tells_the_length(words: str, minutes: int) -> None:
    planned = convening.plan(f"portfolios 3 December 2026 {words}", MONDAY, "America/Chicago")
    assert (planned.starts, planned.minutes) == (datetime(2026, 12, 3, 21, tzinfo=UTC), minutes)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("1 November 4 pm", "The next 1 November is on Monday 1 November 2027."),
        ("Thursday 16 December 2026, 1 pm", "16 December 2026 is a Wednesday, not a Thursday."),
        ("Wednesday 16 December 2026, 1 pm", "Developing portfolios (WEB-1) is moved to Wednesday 16 December 2026, 1"),
        ("1 November 2027 4 pm", "Developing portfolios (WEB-1) is moved to Monday 1 November 2027, 4 pm"),
    ],
)
def test_a_move_goes_to_a_day_that_is_sure(olive: Someone, ann: Someone, words: str, told: str) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    assert olive.says(f"move webinar WEB-1 to {words}").startswith(told)
    assert ("is moved to" in ann.last) == ("is moved to" in told)


@pytest.mark.parametrize(
    ("words", "minutes", "seats"),
    [
        ("for half an hour with ten seats", 30, 10),
        ("for an hour with ten seats", 60, 10),
        ("for an hour and a half, a dozen seats", 90, 12),
        ("a half hour, twenty-five people", 30, 25),
        ("for 1 hour 30 minutes with room for twelve", 90, 12),
        ("1h30, max 30", 90, 30),
        ("for three quarters of an hour", 45, 25),
        ("for a quarter of an hour and up to 40 participants", 15, 40),
        ("1.5 hours", 90, 25),
    ],
)
def test_length_and_seats_are_told_in_words_before_or_behind_the_hour(words: str, minutes: int, seats: int) -> None:
    for said in (f"portfolios 3 December 2026 3 pm {words}", f"portfolios {words} on 3 December at 3 pm"):
        planned = convening.plan(said, MONDAY, "America/Chicago")
        assert (planned.minutes, planned.seats, planned.zone) == (minutes, seats, "America/Chicago")


def test_a_place_behind_the_hour_has_words_around_it() -> None:
    said = "portfolios 3 December 2026 3 pm in Denver for half an hour"
    assert convening.plan(said, MONDAY, "America/Chicago").zone == "America/Denver"


def test_an_hour_that_comes_twice_says_which_one_it_is() -> None:
    first = datetime(2027, 11, 7, 6, 30, tzinfo=UTC)
    told = [webinars.in_words(first + timedelta(hours=later), "America/Chicago") for later in (0, 1)]
    assert ["before the clocks" in told[0], "after the clocks" in told[1]] == [True, True]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("P-1", "PP", "line 2, column code: "),
        ("portfolios,", "plumbing,", "line 2, column kind: "),
        ("15:00", "25:00", "line 2, column starts: "),
        ("2026-12-03 15:00", "9999-12-31 23:30", "line 2, column starts: "),
        ("2026-12-03 15:00,Chicago", "0001-01-01 00:30,Tokyo", "line 2, column starts: "),
        ("Chicago", "Narnia", "line 2, column time zone: "),
        (",60,", ",-1,", "line 2, column minutes: "),
        (",2,", ",1000000,", "line 2, column seats: "),
        ("https://meet.example.org/a", "javascript:alert(1)", "line 2, column link: "),
    ],
)
def test_a_bad_row_is_named_by_line_and_column(old: str, new: str, place: str) -> None:
    with pytest.raises(SheetError) as wrong:
        webinars.read(HEADING + ROW.replace(old, new, 1), date(2026, 11, 23))
    assert str(wrong.value).startswith(place)


def test_a_code_is_told_from_the_day_behind_it(world: World, olive: Someone, rows: Rows) -> None:
    table = HEADING + "".join(ROW.replace("P-1", code) for code in ("PORT3", "WEB-2026", "WEB-2026-5", "A-1"))
    read = webinars.read(table, date(2026, 11, 23))
    world.act(lambda errand: office.take(errand, roles.at_the_keyboard("olive"), read))
    day = "5 December 2026, 4 pm, Central time (Chicago)"
    moved = f" is moved to Saturday {day}. Nobody had signed up."
    assert olive.says("move webinar PORT3 5 December 2026 4 pm") == f"Portfolios (PORT3){moved}"
    assert olive.says("move webinar port 3 to 5 December 2026 3 pm").startswith("Portfolios (PORT3) is moved to")
    assert olive.says("move webinar WEB-2026 5 December 2026 4 pm") == f"Portfolios (WEB-2026){moved}"
    assert olive.says("move webinar web 2026-5: 5 December 2026 4 pm") == f"Portfolios (WEB-2026-5){moved}"
    assert olive.says("cancel webinar a1 5 speakers are ill") == "Portfolios (A-1) is called off. Nobody had signed up."
    assert [row["reason"] for row in rows("webinar") if row["code"] == "A-1"] == ["5 speakers are ill"]
    assert olive.says("move webinar PORT4 5 December 4 pm").startswith("There is no webinar PORT4.")


def test_the_office_sees_who_signed_up_with_and_without_a_verb(olive: Someone, ann: Someone) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    for words in ("webinar WEB-1", "show webinar WEB-1", "/show webinar web 1"):
        assert "- Reader 1 (telegram:1): signed" in olive.says(words)
        assert "The way in: https://meet.example.org/a" in ann.says(words)


def test_an_import_changes_by_code_and_tells_whoever_signed_up(world: World, olive: Someone, ann: Someone) -> None:
    def imports(row: str) -> str:
        read = webinars.read(HEADING + row, date(2026, 11, 23))
        return str(world.act(lambda errand: office.take(errand, roles.at_the_keyboard("mk"), read)))

    assert imports(ROW) == "Taken(new=1, more=0, same=0)"
    ann.says("sign up P-1")
    assert imports(ROW) == "Taken(new=0, more=0, same=1)"
    assert imports(ROW.replace("15:00", "16:00")) == "Taken(new=0, more=1, same=0)"
    assert "is moved to Thursday 3 December 2026, 4 pm" in ann.last
    assert "in the past" in imports(ROW.replace("2026-12-03", "2026-01-03"))


def test_what_the_office_notes_when_it_is_over_is_no_news(world: World, olive: Someone, ann: Someone) -> None:
    def imports(row: str) -> str:
        read = webinars.read(HEADING + row, date(2026, 12, 5))
        return str(world.act(lambda errand: office.take(errand, roles.at_the_keyboard("mk"), read)))

    imports(ROW)
    ann.says("sign up P-1")
    imports(ROW.replace("meet.example.org/a", "meet.example.org/b"))
    assert "The way in: https://meet.example.org/b" in ann.last
    seen = len(ann.inbox)
    world.now = datetime(2026, 12, 5, 15, tzinfo=UTC)
    assert imports(ROW.replace("meet.example.org/a", "recordings.example.org/a")) == "Taken(new=0, more=1, same=0)"
    assert len(ann.inbox) == seen
    assert imports(ROW.replace("2026-12-03", "2026-12-10")) == "Taken(new=0, more=1, same=0)"
    assert "is moved to Thursday 10 December 2026" in ann.last


def test_whoever_is_forgotten_leaves_the_place_to_the_next(olive: Someone, ann: Someone, bob: Someone) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    bob.says("sign up WEB-1")
    ann.says("forget me")
    ann.presses("Yes, delete everything")
    ann.presses("Yes, forget me")
    assert bob.last.startswith("A place became free")


def test_all_dates_of_a_person_come_in_one_file(olive: Someone, ann: Someone) -> None:
    assert ann.says("calendar").startswith("There is no date of yours")
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    assert f"- Developing portfolios: {HOUR}" in ann.says("send me the dates")
    assert [str(each["SUMMARY"]) for each in newest(ann)[0].events] == ["LSSC: Developing portfolios"]


def test_a_file_keeps_odd_letters_and_long_lines() -> None:
    title = "Ann, Bob; and\nthe 📚 " + "long " * 40 + "<script>"
    event = Event("a@lssc", title, date(2026, 12, 31), note="one, two; three\nfour")
    (made,) = drawings([Entry(event, 3)], MONDAY)
    [file] = read([made])
    (event,) = file.events
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (title, "one, two; three\nfour")
    assert (event.start, event.end, event["SEQUENCE"]) == (date(2026, 12, 31), date(2027, 1, 1), 3)
    assert draw(made).content == draw(made).content


def test_what_is_taken_out_goes_in_a_file_of_its_own() -> None:
    kept, gone = (Event(f"{name}@lssc", name, date(2026, 12, 31)) for name in "ab")
    made: tuple[Drawing, ...] = drawings([Entry(kept, 0), Entry(gone, 1, cancelled=True)], MONDAY)
    assert [(json.loads(each.data)["method"], each.name) for each in made] == [
        ("PUBLISH", "lssc-dates.ics"), ("CANCEL", "lssc-cancelled.ics"),
    ]  # fmt: skip
    assert all(isinstance(each, Drawing) for each in made)
