"""Reminders by the clock: on the right day in every zone, never at night, once, and whatever the clock does meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.exchange import Errand, House
from handlers.reminders import planning, releasing
from notifications import reminders as rulebook
from storage import candidacies, people
from storage.database import Database, prepared
from tests.handlers.acting import Rows
from tests.handlers.conftest import furnished

RULE = rulebook.rules()["last-days"]  # two weeks, and three days, before the last day of a candidacy
BEFORE = (timedelta(days=14), timedelta(days=3))
YEAR = 2028  # which has a 29 February
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


class Town:
    """Candidates by their ids: where they live and which is their last day; `sent` are the steps, oldest first."""

    def __init__(self, database: Database) -> None:
        self.house: House = furnished(database)
        self.rows = Rows(database)
        self.zones: dict[int, ZoneInfo] = {}
        self.last_days: dict[int, date] = {}
        self.added: dict[int, date] = {}
        self.sent: list[tuple[int, int, datetime]] = []
        self._known: set[int] = set()

    def add(self, now: datetime, zone: str, last_day: date) -> int:
        with self.house.database.work(now) as work:
            person_id = people.add(work, "telegram", str(len(self.zones))).person_id
            people.set_time_zone(work, person_id, zone)
            candidacies.add(work, person_id, None, date(2024, 1, 1), last_day, "active")
        self.zones[person_id], self.last_days[person_id] = ZoneInfo(zone), last_day
        self.added[person_id] = self.local(person_id, now).date()
        return person_id

    def local(self, person_id: int, now: datetime) -> datetime:
        return now.astimezone(self.zones[person_id])

    def tick(self, now: datetime) -> None:
        act: Callable[[Any], Any] = partial(self._act, now)
        act(planning.settle)
        act(partial(planning.plan, of=RULE))
        if act(partial(releasing.release, people=act(partial(releasing.who, most=5000)))):
            new = [row for row in self.rows("reminder") if row["state"] == "sent" and row["id"] not in self._known]
            self._known.update(row["id"] for row in new)
            self.sent += [(row["person_id"], row["step"], now) for row in new]

    def _act(self, now: datetime, what: Callable[[Errand], Any]) -> Any:
        with self.house.database.work(now) as work:
            return what(Errand(self.house, work))

    def check_manners(self) -> None:
        """Never at night, none twice, none after a later one, and each message is on record."""
        newest: dict[int, int] = {}
        for person_id, step, now in self.sent:
            assert time(8) <= self.local(person_id, now).time() < time(21)
            assert step > newest.get(person_id, -1)
            newest[person_id] = step
        assert len(self.rows("outbox")) == len(self.sent)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = prepared(url, "this process", upgrade=False)
    yield database
    database.close()


@cache
def changes(zone: str) -> tuple[timedelta | None, ...]:
    """How far a zone is from UTC, noon by noon."""
    noon = datetime(YEAR, 1, 1, 12, tzinfo=UTC)
    return tuple((noon + days * A_DAY).astimezone(ZoneInfo(zone)).utcoffset() for days in range(366))


def days_to_try(zone: str) -> list[date]:
    """29 February, and the days around each change of the clock."""
    offsets = changes(zone)
    changed = [number for number in range(1, 366) if offsets[number] != offsets[number - 1]]
    around = {number - away for number in changed for away in (0, 1)}
    return [date(YEAR, 2, 29), *(date(YEAR, 1, 1) + number * A_DAY for number in sorted(around))]


def in_every_zone(database: Database, zones: list[str]) -> None:
    town, begin = Town(database), datetime(YEAR, 1, 1, tzinfo=UTC)
    due = {town.add(begin, zone, day + BEFORE[1]): day for zone in zones for day in days_to_try(zone)}
    begins = {datetime.combine(day, time(), UTC) for day in due.values()}
    hours = sorted({begin + hour * AN_HOUR for begin in begins for hour in range(-15, 37)})  # as a day goes around
    for now in hours:
        town.tick(now)
    town.check_manners()
    last = {
        person_id: town.local(person_id, now).date()
        for person_id, step, now in town.sent
        if RULE.is_last(step)
    }  # fmt: skip
    assert last == due


def test_a_reminder_comes_on_the_right_day_by_every_clock_of_the_world(sqlite_url: str) -> None:
    alike = {changes(zone): zone for zone in sorted(available_timezones())}
    with opened(sqlite_url) as database:
        in_every_zone(database, sorted(alike.values()))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_reminder_comes_on_the_right_day_in_every_zone_of_the_world(database: Database) -> None:
    in_every_zone(database, sorted(available_timezones()))


ZONES = ("America/Chicago", "Pacific/Honolulu", "Asia/Tokyo", "Europe/Berlin", "Pacific/Chatham")
PAUSE = 4 * AN_HOUR  # from one tick to the next, or a story takes too long
BEGIN = datetime(2027, 10, 20, 4, 30, tzinfo=UTC)
JUMPS = st.tuples(st.just("jump"), st.sampled_from([AN_HOUR, -AN_HOUR, 30 * A_DAY, -30 * A_DAY]))
WALKS = st.tuples(st.just("walk"), st.sampled_from([2 * PAUSE, A_DAY, 10 * A_DAY, 30 * A_DAY]))
NEW = st.tuples(st.sampled_from(ZONES), st.integers(0, 50).map(lambda many: many * A_DAY))
FORTH, BACK, MONTH = ("jump", 30 * A_DAY), ("jump", -30 * A_DAY), ("walk", 30 * A_DAY)


def lived(database: Database, story: list[tuple[str, timedelta]]) -> None:
    """The clock runs and jumps, people are put on record, and at last two days go by as they should."""
    town, now = Town(database), BEGIN
    for what, much in [*story, ("walk", 2 * A_DAY)]:
        if what == "jump":
            now += much
        elif what == "walk":
            for _ in range(much // PAUSE):
                town.tick(now)
                now += PAUSE
        else:
            town.add(now, what, now.date() + much)
        town.tick(now)
    town.check_manners()
    newest = {person_id: step for person_id, step, _ in town.sent}
    for person_id, last_day in town.last_days.items():
        yesterday = town.local(person_id, now).date() - A_DAY
        came_due = [number for number, before in enumerate(BEFORE) if last_day - before <= yesterday]
        of_use = yesterday < last_day and came_due and last_day - BEFORE[came_due[-1]] >= town.added[person_id]
        if of_use:
            assert newest.get(person_id, -1) >= came_due[-1]


@given(st.lists(st.one_of(JUMPS, WALKS, NEW, NEW), min_size=2, max_size=10))
@example([("Asia/Tokyo", 33 * A_DAY), FORTH, BACK, ("walk", 29 * A_DAY)])
@example([("Asia/Tokyo", 17 * A_DAY), FORTH, BACK, ("walk", 10 * A_DAY)])
@example([("Asia/Tokyo", 14 * A_DAY), FORTH, ("walk", A_DAY), BACK])
@example([FORTH, ("walk", A_DAY), BACK, ("America/Chicago", 14 * A_DAY), ("walk", A_DAY)])
@example([("America/Chicago", 40 * A_DAY), FORTH, ("walk", A_DAY), BACK, MONTH])
@settings(max_examples=8)
def test_whatever_the_clock_does_nothing_comes_twice_and_nothing_of_use_is_lost(
    sqlite_template: Path, story: list[tuple[str, timedelta]]
) -> None:
    with TemporaryDirectory() as folder:
        shutil.copyfile(sqlite_template, f"{folder}/lssc.db")
        with opened(f"sqlite:///{folder}/lssc.db") as database:
            lived(database, story)


def test_whoever_was_reminded_by_a_clock_that_was_ahead_is_reminded_again_by_the_right_one(database: Database) -> None:
    town, now = Town(database), datetime(2027, 10, 20, 15, 0, tzinfo=UTC)
    ann = town.add(now, "America/Chicago", now.date() + 40 * A_DAY)
    with database.work(now) as work:
        candidacies.add(work, ann, None, date(2024, 1, 1), now.date() + 16 * A_DAY, "active")
    town.tick(now)
    town.tick(now + 30 * A_DAY)
    assert [step for _, step, _ in town.sent] == [0]
    for days in range(15):
        town.tick(now + days * A_DAY)
    assert [(step, (when - now).days) for _, step, when in town.sent[1:]] == [(0, 2), (1, 13)]


@pytest.mark.parametrize(("hour", "looks_at"), [(2, 8), (11, 11), (22, 32)])
def test_what_is_planned_at_night_is_looked_at_once_the_night_is_over(
    database: Database, hour: int, looks_at: int
) -> None:
    town, zone = Town(database), ZoneInfo("America/Denver")
    day = datetime(YEAR, 5, 16, tzinfo=zone)
    town.add(day, zone.key, day.date() + BEFORE[0])
    town.tick(day + hour * AN_HOUR)
    [row] = town.rows("reminder")
    assert (row["look_at"], row["state"]) == (day + looks_at * AN_HOUR, "sent" if hour == looks_at else "planned")
    town.tick(day + looks_at * AN_HOUR)
    assert [now for _, _, now in town.sent] == [day + looks_at * AN_HOUR]


def test_who_is_put_on_record_after_a_clock_was_put_back_is_reminded(database: Database) -> None:
    town, now = Town(database), datetime(2027, 10, 20, 15, 0, tzinfo=UTC)
    town.tick(now + 30 * A_DAY)
    bob = town.add(now, "America/Chicago", now.date() + 14 * A_DAY)
    town.tick(now)
    assert town.sent == [(bob, 0, now)]


@pytest.mark.long
@pytest.mark.timeout(3600)
@given(st.lists(st.one_of(JUMPS, WALKS, NEW, NEW), min_size=2, max_size=30))
@settings(max_examples=300)
def test_the_same_for_a_long_time(sqlite_template: Path, story: list[tuple[str, timedelta]]) -> None:
    with TemporaryDirectory() as folder:
        shutil.copyfile(sqlite_template, f"{folder}/lssc.db")
        with opened(f"sqlite:///{folder}/lssc.db") as database:
            lived(database, story)
