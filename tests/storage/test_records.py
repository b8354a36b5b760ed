"""The small records: applications, surveys, opinions, the desk and the audit."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import applications, audit, desk, feedback, people, surveys
from storage.applications import Application
from storage.database import Database
from storage.desk import Item

HOUR = timedelta(hours=1)


def test_the_application_in_work_is_found_before_a_newer_one_that_is_over(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ana, bob = (people.add(work, "telegram", address).person_id for address in ("4711", "4712"))
        assert applications.latest(work, ana) is None
        first = applications.add(work, ana, "LSSC-1", "{}", 35000)
        second = applications.add(work, ana, "LSSC-2", '{"name": "Ana"}', 32500)
        applications.add(work, bob, "LSSC-3", "{}", 35000)
        assert [applications.free_reference(work, each) for each in ("LSSC-2", "LSSC-4")] == [False, True]
    with database.work(now + HOUR) as work:
        applications.set_state(work, second, "withdrawn")
        found = applications.latest(work, ana)
        assert found is not None
        assert found.id == first
        applications.set_state(work, first, "declined")
        assert applications.latest(work, ana) == Application(
            second, "LSSC-2", ana, "withdrawn", '{"name": "Ana"}', 32500, now, now + HOUR, "", None, None
        )


def test_a_reference_is_given_once(database: Database, now: datetime) -> None:
    def apply_twice() -> None:
        with database.work(now) as work:
            person = people.add(work, "telegram", "4711").person_id
            for _ in range(2):
                applications.add(work, person, "LSSC-1", "{}", 35000)

    with pytest.raises(IntegrityError):
        apply_twice()


def test_a_survey_leads_back_to_nobody(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        people.add(work, "telegram", "4711")
        surveys.add(work, 2026, '{"age": "40-49"}')
        (row,) = work.connection.exec_driver_sql("SELECT * FROM survey").all()
        assert row == (row.key, 2026, '{"age": "40-49"}')
        if database.is_sqlite:
            query = "SELECT sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE name = 'survey'"
            assert work.connection.exec_driver_sql(query).scalar() == 1


def test_every_survey_is_written_anew_with_each_one_so_that_neither_place_nor_key_nor_transaction_tells_them_apart(
    database: Database, now: datetime
) -> None:
    told, keys = [f"{number:02}" for number in range(30)], set[str]()
    for answers in told:
        with database.work(now) as work:
            surveys.add(work, 2026, answers)
            rows = work.connection.exec_driver_sql("SELECT key, answers FROM survey").all()
        assert keys.isdisjoint(row.key for row in rows)
        keys = {row.key for row in rows}
    assert sorted(row.answers for row in rows) == told
    assert [row.answers for row in rows] != told  # one time in 30! they would be
    if not database.is_sqlite:
        with database.work(now) as work:
            query = "SELECT DISTINCT xmin::text FROM survey"
            assert len(work.connection.exec_driver_sql(query).all()) == 1
            in_place = work.connection.exec_driver_sql("SELECT answers FROM survey ORDER BY ctid").scalars().all()
            assert in_place != told


def test_surveys_at_the_same_time_are_all_kept_once(database: Database, now: datetime) -> None:
    def answered(number: int) -> None:
        with database.work(now) as work:
            surveys.add(work, 2026, f"{number:02}")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(answered, range(20)))
    with database.work(now) as work:
        rows = work.connection.exec_driver_sql("SELECT answers FROM survey ORDER BY answers").scalars().all()
    assert rows == [f"{number:02}" for number in range(20)]


def test_a_crash_while_a_survey_is_stored_loses_none(database: Database, now: datetime) -> None:
    def killed() -> None:
        with database.work(now) as work:
            surveys.add(work, 2026, "never committed")
            raise KeyboardInterrupt

    with database.work(now) as work:
        surveys.add(work, 2025, "before")
    with pytest.raises(KeyboardInterrupt):
        killed()
    with database.work(now) as work:
        assert work.connection.exec_driver_sql("SELECT year, answers FROM survey").all() == [(2025, "before")]


def test_opinions_are_counted_without_the_person(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        people.add(work, "telegram", "4711")
        feedback.add(work, "fees", True)
        feedback.add(work, "fees", False)
        rows = work.connection.exec_driver_sql("SELECT id, entry, helpful FROM feedback ORDER BY id").all()
        assert rows == [(1, "fees", True), (2, "fees", False)]


def test_a_question_without_an_answer_is_kept_with_its_nearest_entries(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        person = people.add(work, "telegram", "4711").person_id
        feedback.unanswered(work, person, "May my dog apply?", ("fees", "eligibility"))
        query = "SELECT person_id, question, nearest, state FROM unanswered"
        assert work.connection.exec_driver_sql(query).all() == [
            (person, "May my dog apply?", '["fees", "eligibility"]', "open")
        ]


OPEN = ("open", None, "", "", None, None, None, 0)


def test_the_desk_sees_what_is_open_oldest_first(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        person = people.add(work, "telegram", "4711").person_id
        late = desk.add(work, "unreachable", person, '{"address": 1}')
    with database.work(now - HOUR) as work:
        early = desk.add(work, "script error", None, "{}")
        settled = desk.add(work, "script error", None, "{}")
    with database.work(now + HOUR) as work:
        assert [desk.settle(work, settled), desk.settle(work, settled)] == [True, False]
        assert desk.open_items(work) == [
            Item(early, "script error", None, "{}", now - HOUR, *OPEN),
            Item(late, "unreachable", person, '{"address": 1}', now, *OPEN),
        ]


def test_the_audit_tells_who_did_what(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        audit.record(work, "desk: mk", "withdraw", "application 7", {"from": "submitted"})
        query = "SELECT actor, action, subject, details FROM audit"
        assert work.connection.exec_driver_sql(query).all() == [
            ("desk: mk", "withdraw", "application 7", '{"from": "submitted"}')
        ]


def test_an_application_is_written_back_as_it_has_become(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ana = people.add(work, "telegram", "4711").person_id
        applications.add(work, ana, "LSSC-1", '{"Name": "Ana"}', 32_500, "claimed", '{"name": ["Ana", "2026-11-23"]}')
        assert applications.locked(work, "LSSC-2") is None
        found = applications.locked(work, "LSSC-1")
        assert found is not None
        changed = replace(found, state="returned", fee_cents=35_000, membership="not confirmed", reason="no number")
        applications.save(work, changed)
    with database.work(now + HOUR) as work:
        assert applications.latest(work, ana) == changed
