"""Planning for many at once: by the indexes that are there for it, and in statements of bounded size."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, insert, text

from storage import candidacies, reminders, tables
from storage.database import Database
from storage.reminders import MOST_AT_ONCE, Due

ZONE = "America/Chicago"
LAST = date(2027, 5, 31)
INDEXES = {
    "candidates": "ix_candidacy_deadline",
    "candidates whose time is over": "ix_candidacy_frozen",
    "candidates by pace": "ix_candidacy_next_due",
    "candidates with a set begun": "ix_candidacy_touched_on",
}


def crowd(database: Database, now: datetime, many: int, days: int = 1) -> None:
    """So many candidates in one zone, every second one past their time, their days spread over so many days."""
    people = [{"id": number, "created_at": now, "name": "Ann", "time_zone": ""} for number in range(1, many + 1)]
    with database.work(now) as work:
        work.connection.execute(insert(tables.of(tables.Person)), people)
        work.connection.execute(insert(candidacies.candidacy), [_candidacy(each["id"], now, days) for each in people])


def _candidacy(person_id: int, now: datetime, days: int) -> dict[str, object]:
    day = LAST - timedelta(days=person_id // 2 % days)
    found: dict[str, object] = dict.fromkeys(("admitted_on", "deadline", "next_due", "touched_on"), day)
    state = "frozen" if person_id % 2 else "active"
    return {**found, "person_id": person_id, "state": state, "created_at": now, "zone": ZONE}


def test_more_people_than_one_statement_takes_are_all_planned_and_only_once(database: Database, now: datetime) -> None:
    many = MOST_AT_ONCE + 1
    crowd(database, now, 2 * many)
    due = [Due(ZONE, LAST, 1, now), Due("America/Denver", LAST, 1, now)]
    with database.work(now) as work:
        assert reminders.plan(work, "four-years", "candidates", due) == many
        assert reminders.plan(work, "four-years", "candidates", due) == 0
        assert reminders.plan(work, "four-years", "candidates", [Due(ZONE, LAST, 0, now)]) == 0
        assert reminders.plan(work, "four-years", "candidates", [Due(ZONE, LAST, 2, now)]) == many
    with database.work(now) as work:
        assert len(reminders.who(work, 3 * many)) == many


def test_more_days_than_one_statement_takes_are_all_looked_at(database: Database, now: datetime) -> None:
    crowd(database, now, 6)
    days = [LAST - timedelta(days=away) for away in range(4 * reminders.DUE_AT_ONCE, -1, -1)]
    due = [Due(ZONE, day, 1, now) for day in days]
    with database.work(now) as work:
        assert reminders.plan(work, "four-years", "candidates", due) == 3


def test_what_is_planned_stands_in_the_order_in_which_it_is_sent(database: Database, now: datetime) -> None:
    crowd(database, now, 6, days=2)
    day_before, earlier = LAST - timedelta(days=1), now - timedelta(hours=1)
    with database.work(now) as work:
        reminders.plan(work, "four-years", "candidates", [Due(ZONE, LAST, 1, now), Due(ZONE, day_before, 1, earlier)])
        written = list(work.connection.execute(text("SELECT person_id FROM reminder ORDER BY id")).scalars())
        assert written == [2, 6, 4] == reminders.who(work, 10)


@pytest.mark.parametrize(("audience", "index"), INDEXES.items())
def test_planning_finds_people_by_the_index_for_it(
    database: Database, now: datetime, audience: str, index: str
) -> None:
    statements: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        statements.append((statement, parameters))

    crowd(database, now, 4000, days=1000)
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    with database.work(now) as work:
        work.connection.execute(text("ANALYZE candidacy"))
        if not database.is_sqlite:  # so few rows are faster read than found
            for way in ("seqscan", "hashjoin", "mergejoin"):
                work.connection.execute(text(f"SET LOCAL enable_{way} = off"))
        event.listen(database.engine, "before_cursor_execute", note)
        reminders.plan(work, "some", audience, [Due(ZONE, LAST, 0, now)])
        event.remove(database.engine, "before_cursor_execute", note)
        [(statement, parameters)] = statements
        rows = work.connection.exec_driver_sql(f"{explain} {statement}", parameters)  # type: ignore[arg-type]
        plan = "\n".join(str(row) for row in rows)
    assert index in plan
