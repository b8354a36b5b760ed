"""The weekly report: what stands in it, when it goes out, to whom, and that it goes out once."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import insert, text

from flows.program.webinars import Webinar
from handlers import reporting
from handlers.desk.table import KINDS
from handlers.exchange import Errand, House
from storage import audit, candidacies, desk, inbound, outbox, people, roles, tables, webinars
from storage.database import Work, prepared
from tests.handlers.acting import Rows
from tests.handlers.conftest import furnished
from tests.handlers.world import Someone, World

OPENING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # Monday, nine in the morning at the office
LONG_AGO = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)
LAST_WEEK = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
WEEK_BEFORE = datetime(2026, 11, 11, 18, 0, tzinfo=UTC)
MAIL = "mia@office.org"
T = TypeVar("T")


class Undone(Exception):
    """A transaction is not to be committed."""


def at(world: World, instant: datetime, what: Callable[[Errand], T]) -> T:
    world.now = instant
    return world.act(what)


def member(world: World, address: str = MAIL, role: str = "officer", channel: str = "email") -> int:
    """Somebody of the office since long ago."""

    def add(errand: Errand) -> int:
        speaker = people.add(errand.work, channel, address)
        roles.give(errand.work, speaker.person_id, role, "test")
        return speaker.person_id

    return at(world, LONG_AGO, add)


@pytest.fixture
def office(house: House) -> World:
    """An office of nobody but whom a test adds."""
    return World(replace(house, kinds=KINDS), now=OPENING)


def letters(world: World, channel: str = "email", address: str = MAIL) -> list[str]:
    return [each.text for each in world.inboxes.get((channel, address), {}).values()]


def sends(world: World, instant: datetime) -> int:
    return at(world, instant, reporting.send)


def item(work: Work, kind: str, about: int | None = None, due: datetime | None = None) -> int:
    return desk.add(work, kind, about, "{}", due)


def letter(work: Work, to: int, body: dict[str, object]) -> None:
    outbox.queue(work, to, json.dumps(body))()


def busy(world: World) -> None:
    """Known numbers in the week from 16 to 22 November 2026, the one before, and after both."""
    ann = people_at(world, LONG_AGO)
    to = ann[1]

    def before(errand: Errand) -> None:
        assert inbound.take(errand.work, "telegram", "old")
        item(errand.work, "application", ann[0])
        audit.record(errand.work, "person 1", "submitted", "application LSSC-1", {})
        audit.record(errand.work, "person 1", "submitted", "candidacy 1", {})  # a set: something else

    def during(errand: Errand) -> None:
        work = errand.work
        for number in ("a", "b", "c"):
            inbound.take(work, "telegram", number)
        inbound.take(work, "staff thread", "none")
        letter(work, to, {"text": "No.", "choices": [["helped:exam", "That helped"]]})
        letter(work, to, {"text": 'You said ["helped:exam"'})  # only words
        work.connection.execute(
            insert(tables.of(tables.Reminder)),
            {"person_id": ann[0], "rule": "idle", "matter": 1, "anchor": "2026-11-18", "step": 0, "state": "sent",
             "planned_at": work.now, "look_at": work.now, "ended_at": work.now},
        )  # fmt: skip
        item(work, "hand-off", ann[0], LAST_WEEK + timedelta(days=1))
        item(work, "application", ann[0])
        settled = item(work, "undeliverable", ann[0])
        desk.settle(work, settled, "mk")
        put_off = item(work, "application", ann[0])
        desk.snooze(work, put_off, OPENING + timedelta(days=3))
        for action, subject in (
            ("submitted", "application LSSC-2"), ("submitted", "application LSSC-3"), ("placed", "candidacy 1"),
            ("handed in", "candidacy 1"), ("review: ask", "review 1"), ("review: ask", "review 1"),
            ("review: accept", "review 1"), ("review: lapse", "review 1"), ("certified", "candidacy 1"),
        ):  # fmt: skip
            audit.record(work, "somebody", action, subject, {})
        work.connection.execute(
            insert(tables.of(tables.Unanswered)),
            [{"person_id": ann[0], "question": "Secret words?", "nearest": "[]", "state": "open", "at": work.now}] * 2,
        )
        candidacies.add(work, ann[0], None, date(2022, 12, 1), date(2026, 12, 1), "active")
        candidacies.add(work, ann[0], None, date(2022, 12, 21), date(2026, 12, 21), "active")
        candidacies.add(work, ann[0], None, date(2022, 12, 22), date(2026, 12, 22), "active")  # beyond four weeks

    at(world, WEEK_BEFORE, before)
    at(world, LAST_WEEK, during)
    at(world, OPENING - timedelta(hours=5), lambda errand: inbound.take(errand.work, "slack", "of this week"))


def people_at(world: World, instant: datetime) -> tuple[int, int]:
    def add(errand: Errand) -> tuple[int, int]:
        speaker = people.add(errand.work, "telegram", "4711", name="Ann Secret")
        return speaker.person_id, speaker.address_id

    person, address = at(world, instant, add)
    return person, address


TOLD = """\
The week from 16 November 2026 to 22 November 2026. What waits and what is ahead is told as of Monday 23 November 2026, \
9 am; in brackets, the week before.

Past the time that was promised:
- #2 Wish for a person, since 18 November 2026; `show 2`

At the desk: 4, 1 a week earlier; 1 of them put off.
- Application to decide: 3, the oldest since 11 November 2026; `show 1`
- Wish for a person: 1, since 18 November 2026; `show 2`

Days ahead, until 21 December 2026:
- Candidacies that end: 2, the first on 1 December 2026

What I did alone:
- Messages heard: 3 (1)
- Questions answered from the documents: 1 (0)
- Reminders sent: 1 (0)
- Reviews offered: 2 (0)
- Offers of reviews that lapsed: 1 (0)

What else happened:
- Talks handed to the office: 1 (0)
- Items settled at the desk: 1 (0)
- Applications received: 2 (1)
- Pieces of evidence placed: 1 (0)
- Sets handed in: 1 (0)
- Reviews accepted: 1 (0)
- Certificates issued: 1 (0)
- Addresses that take no messages: 1 (0)

Questions that the documents did not answer: 2 (0)."""


def test_it_tells_what_waits_what_is_ahead_and_what_happened(office: World) -> None:
    member(office)
    busy(office)
    assert sends(office, OPENING) == 1
    told = letters(office)[-1]
    assert told == TOLD
    assert "Secret" not in told


def test_webinars_to_come_are_ahead_with_how_many_signed_up(office: World) -> None:
    member(office)
    ann = people_at(office, LONG_AGO)[0]

    def plan(errand: Errand) -> None:
        for code, days, state in (
            ("A-1", -1, "planned"), ("A-2", 8, "planned"), ("A-3", 3, "cancelled"), ("A-4", 22, "planned"),
            ("A-5", 29, "planned"),
        ):  # fmt: skip
            starts = OPENING + timedelta(days=days)
            it = Webinar(code, "portfolios", "Portfolios", starts, "America/Chicago", 60, 25, state=state)
            number = webinars.add(errand.work, it)
            assert number is not None
            webinars.take(errand.work, number, ann, "waiting" if code == "A-4" else "signed")

    at(office, LAST_WEEK, plan)
    sends(office, OPENING)
    assert "\n- Webinars (1 signed up): 2, the first on 1 December 2026\n" in f"{letters(office)[-1]}\n"


# A statement that reads payments takes longer than any has here; what is told of it is one payment.
SLOWLY = """
    SET LOCAL statement_timeout = '500ms';
    ALTER TABLE payment RENAME TO every_payment;
    CREATE VIEW payment AS SELECT CAST('payment' AS VARCHAR) AS kind,
        CASE WHEN CAST(pg_sleep(0.7) AS VARCHAR) = '' THEN TIMESTAMPTZ '2026-11-18 18:00:00+00' END AS recorded_at
"""


def test_it_comes_though_a_table_takes_longer_to_read_than_a_statement_has(postgresql_url: str) -> None:
    database = prepared(postgresql_url, "this process", upgrade=False)
    office = World(replace(furnished(database), kinds=KINDS))
    member(office)
    with suppress(Undone), database.work(OPENING) as work:  # undone, so that the table is one again
        for each in SLOWLY.split(";"):
            work.connection.execute(text(each))
        assert "- Payments recorded: 1 (0)" in reporting.told(Errand(office.house, work))
        raise Undone
    with database.work(OPENING) as work:
        assert work.connection.execute(text("SHOW statement_timeout")).scalar() == "2s"
    database.close()


def test_it_goes_to_the_mail_of_each_of_the_staff_and_can_be_stopped_there(office: World) -> None:
    member(office)
    member(office, "paul@office.org", "assistant")
    member(office, "chair@library.org", "committee")
    assert sends(office, OPENING) == 2
    assert {address for _, address in office.inboxes} == {MAIL, "paul@office.org"}
    assert [each.stoppable for each in office.inboxes["email", MAIL].values()] == ["reports"]
    mia = Someone(office, "email", MAIL)
    assert mia.says("stop reports").startswith("You get no more weekly reports by mail; `report` gives it")
    assert sends(office, OPENING + timedelta(days=7)) == 1
    assert "The week from 23 November 2026" in mia.says("weekly report")
    assert mia.says("start reports") == "You get weekly reports by mail again; `stop` ends them."
    assert sends(office, OPENING + timedelta(days=14)) == 2
    assert "weekly reports" in mia.says("STOP")
    assert sends(office, OPENING + timedelta(days=21)) == 1


def test_who_is_not_of_the_staff_gets_no_report_and_hears_nothing_of_it(office: World) -> None:
    ann = Someone(office, "telegram", "4711")
    ann.says("menu")
    assert "The week from" not in ann.says("weekly report")
    assert "weekly reports" not in ann.says("stop")


def test_an_address_that_is_not_proved_gets_nothing(office: World) -> None:
    member(office, "U9", channel="slack")

    def claim(errand: Errand) -> None:
        person = people.find(errand.work, "slack", "U9")
        assert person is not None
        people.add_address(errand.work, person, "email", MAIL, "claimed")

    at(office, LONG_AGO, claim)
    assert sends(office, OPENING) == 1
    assert letters(office) == []
    assert letters(office, "slack", "U9") == [SHORT]


SHORT = (
    "The week from 16 November 2026 to 22 November 2026: 0 at the desk; 0 with a day in the next four weeks."
    " `report` tells the rest, in a private talk with me."
)


@pytest.mark.parametrize("place", [("slack", "C1"), ("telegram", "-100")])
def test_where_nobody_has_a_mail_address_the_numbers_go_to_the_desk(office: World, place: tuple[str, str]) -> None:
    member(office, "U9", channel="slack")
    office.house = replace(office.house, desk=place)
    assert sends(office, OPENING) == 1
    assert letters(office, *place) == [SHORT]


def test_a_desk_that_is_a_mailbox_gets_it_too_and_once_where_it_is_also_somebodys(office: World) -> None:
    member(office)
    office.house = replace(office.house, desk=("email", "desk@office.org"))
    assert sends(office, OPENING) == 2
    assert len(letters(office, "email", "desk@office.org")) == 1
    office.house = replace(office.house, desk=("email", MAIL))
    assert sends(office, OPENING + timedelta(days=7)) == 1


def test_where_there_is_nobody_to_send_it_to_nothing_is_sent_until_there_is(office: World, rows: Rows) -> None:
    people_at(office, LONG_AGO)
    assert sends(office, OPENING) == 0
    assert rows("report_sent") == []
    member(office)
    assert sends(office, OPENING + timedelta(hours=1)) == 1


def test_a_quiet_week_is_told_in_two_lines(office: World) -> None:
    member(office)
    sends(office, OPENING)
    first, second = letters(office)[-1].splitlines()
    assert first.startswith("The week from 16 November 2026")
    assert second == (
        "It was a quiet week: nothing waits at the desk, nothing has its day by 21 December 2026, and nothing happened."
    )


def test_it_comes_at_the_opening_on_monday_and_once(office: World) -> None:
    member(office)
    assert [sends(office, OPENING + timedelta(minutes=each)) for each in (-1, 0, 1, 60 * 24 * 6)] == [0, 1, 0, 0]
    assert sends(office, OPENING + timedelta(days=7)) == 1


def test_after_a_time_without_us_only_the_newest_comes_dated_as_it_is(office: World, rows: Rows) -> None:
    member(office)
    sends(office, OPENING)
    thursday = datetime(2026, 12, 17, 20, 30, tzinfo=UTC)
    assert [sends(office, thursday), sends(office, thursday)] == [1, 0]
    assert letters(office)[-1].startswith(
        "The week from 7 December 2026 to 13 December 2026. What waits and what is ahead is told as of Thursday"
        " 17 December 2026, 2:30 pm; in brackets, the week before."
    )
    assert [str(row["monday"]) for row in rows("report_sent")] == ["2026-11-23", "2026-12-14"]


@pytest.mark.parametrize(
    ("back", "opens"),
    [
        (datetime(2026, 11, 24, 8, 59, tzinfo=UTC), datetime(2026, 11, 24, 15, tzinfo=UTC)),  # Tuesday, 2:59 am
        (datetime(2026, 11, 24, 14, 59, tzinfo=UTC), datetime(2026, 11, 24, 15, tzinfo=UTC)),
        (datetime(2026, 11, 24, 23, tzinfo=UTC), datetime(2026, 11, 25, 15, tzinfo=UTC)),  # 5 pm, the closing
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), datetime(2026, 11, 30, 15, tzinfo=UTC)),  # Friday evening
        (datetime(2026, 11, 28, 18, tzinfo=UTC), datetime(2026, 11, 30, 15, tzinfo=UTC)),  # Saturday noon
        (datetime(2026, 11, 30, 5, 59, tzinfo=UTC), datetime(2026, 11, 30, 15, tzinfo=UTC)),  # the last of Sunday
    ],
)
def test_after_a_time_without_us_it_waits_for_the_office_to_open(
    office: World, back: datetime, opens: datetime
) -> None:
    member(office)
    assert [sends(office, back), sends(office, opens - timedelta(seconds=1)), sends(office, opens)] == [0, 0, 1]


def test_until_the_office_closes_it_still_comes(office: World) -> None:
    member(office)
    assert sends(office, datetime(2026, 11, 27, 22, 59, tzinfo=UTC)) == 1


def test_a_clock_that_is_put_back_sends_no_older_week(office: World) -> None:
    member(office)
    assert [sends(office, OPENING), sends(office, OPENING - timedelta(days=7))] == [1, 0]


def test_no_report_of_a_time_before_anybody_was_on_record(office: World) -> None:
    office.house = replace(office.house, staff=frozenset({("email", MAIL)}))
    new = Someone(office, "email", MAIL)
    office.now = OPENING + timedelta(days=1)
    new.says("menu")
    assert sends(office, OPENING + timedelta(days=2)) == 0
    assert sends(office, OPENING + timedelta(days=7)) == 1
    told = letters(office)[-1]
    assert "- Messages heard: 1\n" in f"{told}\n"
    assert "week before" not in told


@pytest.mark.parametrize(
    ("opening", "first", "last"),
    [
        (datetime(2026, 3, 9, 14, tzinfo=UTC), "2 March 2026", "8 March 2026"),  # summer time began on Sunday
        (datetime(2026, 11, 2, 15, tzinfo=UTC), "26 October 2026", "1 November 2026"),  # and ended
        (datetime(2028, 3, 6, 15, tzinfo=UTC), "28 February 2028", "5 March 2028"),  # with 29 February
        (datetime(2027, 1, 4, 15, tzinfo=UTC), "28 December 2026", "3 January 2027"),
    ],
)
def test_a_week_is_that_of_the_offices_clock(office: World, opening: datetime, first: str, last: str) -> None:
    at(office, datetime(2025, 1, 6, 15, tzinfo=UTC), lambda errand: people.add(errand.work, "telegram", "1"))
    member(office)
    # Hours from Monday's midnight to the next one: seven days, and what summer time takes or gives.
    local = opening.astimezone(office.house.office_zone).replace(hour=0)
    begins = (local - timedelta(days=7)).astimezone(UTC)  # on the wall clock
    for number, instant in enumerate(
        (begins - timedelta(seconds=1), begins, local.astimezone(UTC) - timedelta(seconds=1), local.astimezone(UTC))
    ):
        at(office, instant, lambda errand, number=number: inbound.take(errand.work, "slack", f"{number}"))
    assert [sends(office, opening - timedelta(seconds=1)), sends(office, opening)] == [0, 1]
    told = letters(office)[-1]
    assert told.startswith(f"The week from {first} to {last}.")
    assert "- Messages heard: 2 (1)" in told


def test_however_many_processes_tick_each_address_gets_one(office: World, rows: Rows) -> None:
    member(office)
    member(office, "paul@office.org", "assistant")
    office.now = OPENING

    def tick(_number: int) -> int:
        with office.house.database.work(OPENING) as work:
            return reporting.send(Errand(office.house, work))

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(tick, range(8))) == [0] * 7 + [2]
    office.deliver()
    assert [len(letters(office)), len(letters(office, "email", "paul@office.org"))] == [1, 1]
    assert len(rows("report_sent")) == 1


def test_a_crash_before_the_commit_leaves_neither_mark_nor_mail(office: World, rows: Rows) -> None:
    member(office)
    office.now = OPENING

    def crash(errand: Errand) -> None:
        assert reporting.send(errand) == 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.act(crash)
    assert rows("report_sent") == []
    assert sends(office, OPENING) == 1
    assert len(letters(office)) == 1
