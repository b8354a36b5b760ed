"""The days and hours of what comes unasked, as somebody feels them who lives elsewhere or writes in the evening."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.desk.table import KINDS
from handlers.exchange import Errand
from handlers.hearing import House
from handlers.review import asking, committee, willing
from storage import people
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.reminding import remind
from tests.handlers.review.panel import program
from tests.handlers.test_evidence import candidate
from tests.handlers.world import MONDAY, Someone, World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CHICAGO, HONOLULU = ZoneInfo("America/Chicago"), ZoneInfo("Pacific/Honolulu")


def lived(world: World, who: Someone, begins: str, until: datetime, *steps: object) -> datetime:
    """When somebody is told what begins so, with a tick each hour."""
    while world.now < until and not who.last.startswith(begins):
        world.now += HOUR
        for step in steps:
            world.act(step)
        remind(world.act)
    assert who.last.startswith(begins)
    return world.now


def test_whoever_told_their_state_in_an_unfinished_form_is_not_reminded_in_their_night(world: World) -> None:
    ann = Someone(world, "telegram", "4711")
    for words in ("apply", *[*(APPLICATION | {"state": "Hawaii"}).values()][:6]):
        ann.says(words)
    came = lived(world, ann, "You began an application", MONDAY + 4 * DAY)
    assert 8 <= came.astimezone(HONOLULU).hour < 21


def test_what_was_sent_in_the_evening_was_sent_on_that_day(house: House, rows: Rows) -> None:
    ann = candidate(house)
    ann.now = datetime(2026, 12, 2, 2, 30, tzinfo=UTC)  # half past eight in the evening of the 1st
    remind(World(house, ann.now).act)
    ann.says("shelves https://example.org/shelves", "2")
    world = World(house, ann.now + 32 * DAY)
    remind(world.act)
    assert "on 1 December 2026" in str(rows("outbox")[-1]["body"])


def test_the_last_word_about_an_offer_leaves_a_day_to_answer_it(house: House) -> None:
    lssc = program(house)
    lssc.olive.says("menu")
    eva = lssc.evaluator("telegram", "901", "Eva Quill")
    lssc.evaluator("telegram", "902", "Fred Stone")
    lssc.hands_in()
    lssc.settles("Set handed in for review", "ask")  # on Monday at nine, to be answered in seven days
    lssc.world.now += 2 * DAY
    told: list[datetime] = []
    for _ in range(31):
        lssc.world.now += 4 * HOUR
        told += [lssc.world.now] if remind(lssc.world.act) else []
        lssc.world.act(asking.watch)
    assert "has ended" in eva.last
    assert lssc.world.now - told[-1] >= DAY


def test_nobody_is_told_that_the_office_was_reminded_before_it_was(world: World, olive: Someone, rows: Rows) -> None:
    ann = Someone(world, "telegram", "4711")
    for words in ("apply", *APPLICATION.values(), "send", "cancel"):
        ann.says(words)
    remind(world.act)
    world.now += 8 * DAY  # the mail address is not confirmed either
    remind(world.act)
    world.now += 6 * DAY
    lived(world, ann, "Your application", MONDAY + 16 * DAY)
    assert ("the office was reminded" in ann.last) == bool(rows("desk_note"))


def test_a_link_that_is_to_end_is_told_of_three_days_before_its_last_day(house: House, rows: Rows) -> None:
    ann = candidate(replace(house, public_url="https://lssc.example", kinds=KINDS))
    assert "until the end of 20 December 2026" in ann.says("share", "Dana Reed", "all", "20 December 2026")
    world = World(ann.house, datetime(2026, 12, 17, 15, 0, tzinfo=UTC))
    assert remind(world.act) == 1


def test_evaluators_are_not_asked_in_the_night_whether_they_go_on(house: House) -> None:
    lssc = program(house)
    eva = lssc.evaluator("telegram", "901", "Eva Quill")
    lssc.world.now = datetime(2027, 1, 3, 18, 0, tzinfo=UTC)
    came = lived(lssc.world, eva, "Since 5 January 2026", datetime(2027, 1, 9, tzinfo=UTC), willing.watch)
    assert 8 <= came.astimezone(CHICAGO).hour < 21


@pytest.mark.parametrize("hours", ["", "quiet hours by day, 7 am to 10 pm"])
def test_the_committee_is_reminded_neither_at_night_nor_on_a_weekend(house: House, hours: str) -> None:
    lssc = program(house)
    lssc.olive.says("menu")
    cora = lssc.member("U7", "Cora Bell", "librarian from a public library")
    dan = lssc.member("U8", "Dan Reed", "librarian from an academic library")
    if hours:
        assert "quiet" in dan.says(hours).lower()
    eva = lssc.evaluator("telegram", "901", "Eva Quill")
    lssc.world.now = datetime(2026, 12, 5, 5, 0, tzinfo=UTC)  # eleven in the evening of a Friday
    lssc.world.act(lambda errand: committee.ask_for_evaluator(errand, person(errand, eva), "Eva Quill"))
    while not cora.last.startswith("A reminder of a question to the committee"):
        lssc.world.now += HOUR
        lssc.world.act(committee.watch)
    assert lssc.world.now == datetime(2026, 12, 14, 8, 0, tzinfo=CHICAGO)  # a Monday
    assert any(each.text.startswith("A reminder") for each in dan.inbox.values()) is not bool(hours)


def person(errand: Errand, who: Someone) -> int:
    found = people.find(errand.work, who.channel, who.address)
    assert found is not None
    return found
