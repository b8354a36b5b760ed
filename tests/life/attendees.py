"""The lives of those who sign up for webinars: who comes, who does not, and who waits for a place."""

from datetime import date

from tests.life.life import Story
from tests.life.people import Me

PLACE = "You are signed up for"
CAME, MISSED = ("Vera Nash", "Zoe Dell"), "You were signed up for the webinar"


def comes(me: Me) -> Story:
    """Hears a week, a day and an hour before. The office marks who came, and moves the next one by a day."""
    yield me.after(1, 9)
    me.expects(PLACE, "sign up WEB-1")
    yield me.on(date(2026, 12, 18), 10)
    there = ", ".join(each for each in CAME if each in me.life.diaries)
    assert "came to" in me.life.office(f"attended WEB-1 {there}")
    me.heard(MISSED, times=0)
    yield me.on(date(2027, 1, 6), 15)
    assert "is moved" in me.life.office("move webinar WEB-2 to 15 January 2027 9:30 am")


def misses_it(me: Me) -> Story:
    """Is told of the next one, signs up for it, and is told that it is moved.

    The application that they begin is reminded of in the morning before the last day, so that the word of the webinar
    in the afternoon waits.
    """
    yield me.after(1, 10)
    me.says("time zone Denver")
    me.expects(PLACE, "sign up WEB-1")
    yield me.on(date(2026, 12, 14), 12)
    me.begins_to_apply(3)
    yield me.on(date(2026, 12, 18), 7)
    me.says("cancel")
    yield me.on(date(2026, 12, 19), 10)
    if CAME[0] in me.life.diaries:
        me.heard(MISSED)
        me.heard("The next one of its kind: Developing portfolios (WEB-2)")
    me.expects(PLACE, "sign up WEB-2")
    yield me.on(date(2027, 1, 20), 10)
    me.heard("is moved to Friday 15 January 2027, 8:30 am", times=int(CAME[0] in me.life.diaries))


def leaves(me: Me) -> Story:
    """Gives the place back after the first word of it."""
    yield me.after(1, 11)
    me.expects(PLACE, "sign up WEB-1")
    yield me.on(date(2026, 12, 12), 10)
    me.expects("You are not signed up", "leave webinar WEB-1")


def moves_up(me: Me) -> Story:
    """Gets the place that becomes free; the next one begins when it is night where they live."""
    yield me.after(2, 12)
    is_full = len({"Vera Nash", "Will Orr", "Xena Pike"} & set(me.life.diaries)) == 3
    me.says("time zone Honolulu")
    me.expects("number 1 on the waiting list" if is_full else PLACE, "sign up WEB-1")
    yield me.on(date(2026, 12, 17), 16)
    me.heard("A place became free: you are signed up", times=int(is_full))
    me.expects(PLACE, "sign up WEB-2")
    yield me.on(date(2027, 2, 1), 16)
    me.heard(MISSED, times=0)
