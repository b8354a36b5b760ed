"""A statement that goes to the driver as it is does what SQLAlchemy would have done with it, also when it fails."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert, select, text
from sqlalchemy.exc import IntegrityError

from storage import tables
from storage.database import Database
from storage.direct import Direct

feedback = tables.of(tables.Feedback)
ADD = insert(feedback).returning(feedback.c.id, feedback.c.at, feedback.c.entry)
NEWEST = select(feedback).where(feedback.c.entry == bindparam("name")).order_by(feedback.c.id.desc()).limit(1)
COLUMNS = ("entry", "helpful", "at")


def test_rows_are_those_that_sqlalchemy_gives(database: Database, now: datetime) -> None:
    statement = Direct(NEWEST)
    with database.work(now) as work:
        for helpful in (False, True):
            work.connection.execute(ADD, {"entry": "fee", "helpful": helpful, "at": now})
        asked = {"name": "fee"}
        assert [tuple(row) for row in statement.rows(work, asked)] == [
            tuple(row) for row in work.connection.execute(NEWEST, asked)
        ]
        assert statement.rows(work, {"name": "dates"}) == []


def test_an_instant_in_any_zone_comes_back_in_utc(database: Database, now: datetime) -> None:
    denver = now.astimezone(timezone(timedelta(hours=-7)))
    with database.work(now) as work:
        ((_, at, entry),) = Direct(ADD, *COLUMNS).rows(work, {"entry": "fee", "helpful": True, "at": denver})
    assert (at, at.tzinfo, entry) == (now, UTC, "fee")


def test_rows_written_are_counted(database: Database, now: datetime) -> None:
    add = Direct(insert(feedback), *COLUMNS)
    with database.work(now) as work:
        assert add.count(work, {"entry": "fee", "helpful": True, "at": now}) == 1


def test_a_row_that_breaks_a_rule_is_refused_as_by_sqlalchemy(database: Database, now: datetime) -> None:
    add = Direct(insert(tables.of(tables.Answer)), "conversation_id", "key", "words", "channel", "at")

    def answer_nothing() -> None:
        with database.work(now) as work:
            values = {"conversation_id": 404, "key": "sex", "words": "private", "channel": "telegram", "at": now}
            add.count(work, values)

    with pytest.raises(IntegrityError) as refusal:
        answer_nothing()
    assert "private" not in str(refusal.value)
    with database.work(now) as work:
        assert work.connection.execute(text("SELECT count(*) FROM answer")).scalar() == 0
