"""Quiet hours as people say them, and the moment at which they end on the person's own clock."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from flows.dialog.unclear import Unclear
from flows.program.quiet import NIGHT, Quiet, Waking, ends, in_words, kept, of, told

CHICAGO = ZoneInfo("America/Chicago")
OFF = Quiet((time(), time()))


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("21 to 7", "9 pm to 7 am"),
        ("9pm-7am", "9 pm to 7 am"),
        ("9 to 7 am", "9 pm to 7 am"),
        ("9 p.m. until 7", "9 pm to 7 am"),
        ("from 10 pm until 8 in the morning", "10 pm to 8 am"),
        ("between 21:30 and 06:15", "9:30 pm to 6:15 am"),
        ("10 at night to 6 in the morning", "10 pm to 6 am"),
        ("9 to 17", "9 am to 5 pm"),
        ("midnight to noon", "midnight to noon"),
        ("7 am to 7 pm", "7 am to 7 pm"),
        ("by day, 7 am to 10 pm", "7 am to 10 pm"),
        ("during the day: 8 to 21", "8 am to 9 pm"),
        ("at night", "9 pm to 8 am"),
        ("no messages on weekends", "9 pm to 8 am, for reminders only, and weekends"),
        ("9 pm to 7 am and weekends", "9 pm to 7 am, and weekends"),
        ("Weekends and 9pm to 7am!", "9 pm to 7 am, and weekends"),
        ("off", "none (reminders never come at night)"),
        ("as usual", "9 pm to 8 am, for reminders only"),
    ],
)
def test_what_people_say_is_read_and_kept(said: str, shown: str) -> None:
    quiet = told(said, Quiet())
    assert in_words(quiet) == shown
    assert of(kept(quiet)) == quiet


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("9 to 7", "Is that 9 pm to 7 am, or 9 am to 7 pm?"),
        ("25 to 3", "There is no hour 25."),
        ("21:30 to 21:00", "Please leave at least an hour"),
        ("0 to 0", "Please leave at least an hour"),
        ("when I sleep", "Please say them such as"),
        ("", "Please say them such as"),
    ],
)
def test_what_cannot_be_read_is_asked_back(said: str, hint: str) -> None:
    with pytest.raises(Unclear, match=hint.replace("?", r"\?")):
        told(said, Quiet())


@pytest.mark.parametrize("said", ["7 am to 10 pm", "7 to 22", "from 07:00 until 22:00, and weekends"])
def test_the_hours_of_the_day_are_asked_back(said: str) -> None:
    with pytest.raises(Waking, match=r"did you mean `10 pm to 7 am`.* send `by day, 7 am to 10 pm`"):
        told(said, Quiet())


def test_what_is_not_said_stays_as_it_was() -> None:
    nights = told("21 to 7", Quiet())
    both = told("weekends", nights)
    assert both == Quiet((time(21), time(7)), weekends=True)
    assert told("22 to 6", both) == Quiet((time(22), time(6)), weekends=True)
    assert told("not on weekends", both) == nights
    assert told("off", both) == OFF
    assert told("weekends", OFF) == Quiet((time(), time()), weekends=True)
    assert in_words(told("weekends", OFF)) == "weekends (reminders never come at night)"


@pytest.mark.parametrize(
    ("quiet", "now", "end"),
    [
        (Quiet((time(21), time(7))), "2026-11-24T20:59", None),
        (Quiet((time(21), time(7))), "2026-11-24T21:00", "2026-11-25T07:00"),
        (Quiet((time(21), time(7))), "2026-11-25T06:59", "2026-11-25T07:00"),
        (Quiet((time(21), time(7))), "2026-11-25T07:00", None),
        (Quiet((time(9), time(17))), "2026-11-24T12:00", "2026-11-24T17:00"),
        (Quiet(weekends=True), "2026-11-27T23:59", None),
        (Quiet(weekends=True), "2026-11-28T00:00", "2026-11-30T00:00"),
        (Quiet((time(21), time(7)), weekends=True), "2026-11-27T22:00", "2026-11-30T07:00"),
        (Quiet(), "2026-11-24T23:00", None),
        (OFF, "2026-11-24T23:00", None),
    ],
)
def test_a_notice_waits_for_the_end_of_the_hours_that_were_told(quiet: Quiet, now: str, end: str | None) -> None:
    assert quiet.ends(at(now), reminder=False) == (at(end) if end else None)


def test_a_reminder_waits_for_the_morning_also_of_those_who_told_nothing() -> None:
    assert (time(21), time(8)) == NIGHT
    assert Quiet().ends(at("2026-11-24T23:00"), reminder=True) == at("2026-11-25T08:00")
    assert Quiet(weekends=True).ends(at("2026-11-27T22:00"), reminder=True) == at("2026-11-30T08:00")


@pytest.mark.parametrize(
    ("hours", "now", "end"),
    [
        (OFF.hours, "2026-11-24T00:05", "2026-11-24T08:00"),
        ((time(9), time(17)), "2026-11-24T00:05", "2026-11-24T08:00"),
        ((time(9), time(17)), "2026-11-24T09:00", "2026-11-24T17:00"),
        ((time(9), time(22)), "2026-11-24T09:00", "2026-11-25T08:00"),
        ((time(1), time(7)), "2026-11-24T00:05", "2026-11-24T08:00"),
        ((time(21), time(7)), "2026-11-24T07:00", None),
        ((time(7), time(23)), "2026-11-24T12:00", "2026-11-24T23:00"),
        ((time(8), time(21)), "2026-11-24T23:00", None),
    ],
)
def test_hours_that_tell_no_night_leave_it_to_reminders_unless_nothing_would_be_left(
    hours: tuple[time, time], now: str, end: str | None
) -> None:
    assert Quiet(hours).ends(at(now), reminder=True) == (at(end) if end else None)


def test_while_the_zone_is_not_known_it_is_day_on_each_of_the_clocks() -> None:
    clocks = (ZoneInfo("America/New_York"), ZoneInfo("America/Denver"))
    evening = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)  # half past nine, and half past seven
    morning = datetime(2026, 11, 24, 15, tzinfo=UTC)  # ten, and eight
    assert ends(Quiet(), evening, clocks, reminder=True) == morning
    assert ends(Quiet(), morning, clocks, reminder=True) is None
    assert (
        ends(Quiet((time(8), time(7))), morning, clocks, reminder=True) is not None
    )  # an hour that comes on one alone


def test_a_night_in_which_the_clocks_change_ends_at_the_same_hour() -> None:
    night = Quiet((time(21), time(7)))
    for evening, morning, hours in (
        ("2026-03-07T22:00", "2026-03-08T07:00", 8),
        ("2026-10-31T22:00", "2026-11-01T07:00", 10),
    ):
        end = night.ends(at(evening), reminder=False)
        assert end == at(morning)
        assert end is not None
        assert (end.timestamp() - at(evening).timestamp()) / 3600 == hours
