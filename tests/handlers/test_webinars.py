"""Webinars: planned by the office in plain words, signed up for, waited for, moved, missed; and what calendars get."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.drawing import draw
from flows.dialog.speech import Drawing
from flows.dialog.unclear import Unclear
from flows.program import convening, webinars
from flows.program.sheets import SheetError
from handlers import convening as office
from handlers import roles
from notifications.calendar import Entry, Event, drawings
from tests.handlers.acting import Rows
from tests.handlers.world import MONDAY, Someone, World

PLAN = "add webinar portfolios 3 December 2026 3 pm, 60 min, 1 seat, https://meet.example.org/a"
HOUR = "Thursday 3 December 2026, 3 pm, Central time (Chicago)"
HEADING = "code,kind,title,starts,time zone,minutes,seats,link,note\n"
ROW = "P-1,portfolios,Portfolios,2026-12-03 15:00,Chicago,60,2,https://meet.example.org/a,\n"


def somebody(world: World, number: int) -> Someone:
    speaker = Someone(world, "telegram", str(number), f"Reader {number}")
    speaker.says("menu")
    return speaker


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    return somebody(world, 1)


@pytest.fixture
def bob(world: World, olive: Someone) -> Someone:
    return somebody(world, 2)


def dates(someone: Someone) -> list[Calendar]:
    """The calendar files of the newest message that has some."""
    message = next(each for each in reversed(someone.inbox.values()) if each.drawings)
    return [Calendar.from_ical(draw(each).content) for each in message.drawings]


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
    (file,) = dates(ann)
    (event,) = file.events
    assert (file["METHOD"], event.start, event["SEQUENCE"]) == ("PUBLISH", datetime(2026, 12, 3, 21, tzinfo=UTC), 0)


def test_a_place_that_is_given_back_goes_to_the_first_who_waits(
    olive: Someone, ann: Someone, bob: Someone, rows: Rows
) -> None:
    olive.says(PLAN)
    ann.says("sign up WEB-1")
    assert "You are number 1 on the waiting list" in bob.says("sign up web 1")
    ann.says("leave webinar WEB-1")
    (gone,) = dates(ann)
    assert (gone["METHOD"], gone.events[0]["STATUS"], gone.events[0]["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert bob.last.startswith("A place became free: you are signed up for Developing portfolios (WEB-1).")
    assert [row["state"] for row in rows("webinar_seat")] == ["cancelled", "signed"]
    assert sum("A place became free" in each.text for each in bob.inbox.values()) == 1


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
    uid = dates(ann)[0].events[0]["UID"]
    assert olive.says("move webinar WEB-1 to 5 December 4 pm").endswith("1 person is told.")
    moved = dates(ann)[0].events[0]
    assert (moved["UID"], moved["SEQUENCE"], moved.start) == (uid, 1, datetime(2026, 12, 5, 22, tzinfo=UTC))
    olive.says("cancel webinar WEB-1 the speaker is ill")
    assert "does not take place: the speaker is ill." in ann.last
    assert (dates(ann)[0]["METHOD"], dates(ann)[0].events[0]["SEQUENCE"]) == ("CANCEL", 2)
    assert "does not take place" in ann.says("sign up WEB-1")
    olive.says("undo webinar WEB-1")
    assert "takes place after all" in ann.last
    assert (dates(ann)[0]["METHOD"], dates(ann)[0].events[0]["SEQUENCE"]) == ("PUBLISH", 3)


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
        ("plumbing 3 December 2026 3 pm", "Which kind is it"),
        ("portfolios 3 December 2026 3 pm, bananas", "I could not make out “bananas”"),
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
    assert [str(each["SUMMARY"]) for each in dates(ann)[0].events] == ["LSSC: Developing portfolios"]


def test_a_file_keeps_odd_letters_and_long_lines() -> None:
    title = "Ann, Bob; and\nthe 📚 " + "long " * 40 + "<script>"
    event = Event("a@lssc", title, date(2026, 12, 31), note="one, two; three\nfour")
    (made,) = drawings([Entry(event, 3)], MONDAY)
    content = draw(made).content
    (read,) = Calendar.from_ical(content).events
    assert (str(read["SUMMARY"]), str(read["DESCRIPTION"])) == (title, "one, two; three\nfour")
    assert (read.start, read.end, read["SEQUENCE"]) == (date(2026, 12, 31), date(2027, 1, 1), 3)
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert draw(made).content == content


def test_what_is_taken_out_goes_in_a_file_of_its_own() -> None:
    kept, gone = (Event(f"{name}@lssc", name, date(2026, 12, 31)) for name in "ab")
    made: tuple[Drawing, ...] = drawings([Entry(kept, 0), Entry(gone, 1, cancelled=True)], MONDAY)
    assert [(json.loads(each.data)["method"], each.name) for each in made] == [
        ("PUBLISH", "lssc-dates.ics"), ("CANCEL", "lssc-cancelled.ics"),
    ]  # fmt: skip
    assert all(isinstance(each, Drawing) for each in made)
