"""A statement that goes to the driver as it is does what SQLAlchemy would have done with it, also when it fails."""

from contextlib import suppress
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


COUNT = text("SELECT count(*) FROM feedback")
WAITS = Direct(ADD, *COLUMNS)
BROKEN = Direct(insert(tables.of(tables.Answer)), "conversation_id", "key", "words", "channel", "at")


def said(now: datetime, entry: str = "fee") -> dict[str, object]:
    return {"entry": entry, "helpful": True, "at": now}


def test_what_is_not_waited_for_comes_before_what_follows(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        WAITS.later(work, said(now))
        assert work.connection.execute(COUNT).scalar() == 1
        WAITS.later(work, said(now))
        assert [row[2] for row in Direct(NEWEST).rows(work, {"name": "fee"})] != []
        WAITS.later(work, said(now))
        assert work.connection.execute(COUNT).scalar() == 3


def test_what_is_not_waited_for_is_committed_and_told_then(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        work.connection.execute(COUNT)
        first, second = WAITS.later(work, said(now, "one")), WAITS.later(work, said(now, "two"))
    with database.work(now) as work:
        assert work.connection.execute(COUNT).scalar() == 2
    assert [rows()[0][2] for rows in (second, first, first)] == ["two", "one", "one"]


def test_what_is_not_waited_for_alone_is_committed(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        WAITS.later(work, said(now))
    with database.work(now) as work:
        assert work.connection.execute(COUNT).scalar() == 1


def test_it_can_be_asked_for_before_the_commit(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        rows = WAITS.later(work, said(now))
        assert (rows()[0][2], work.connection.execute(COUNT).scalar()) == ("fee", 1)


def test_what_fails_at_the_commit_undoes_everything_and_spares_the_next(database: Database, now: datetime) -> None:
    def answer_nothing() -> None:
        with database.work(now) as work:
            work.connection.execute(ADD, said(now))
            BROKEN.later(work, {"conversation_id": 404, "key": "sex", "words": "private", "channel": "x", "at": now})
            WAITS.later(work, said(now))

    with pytest.raises(IntegrityError) as refusal:
        answer_nothing()
    assert "private" not in str(refusal.value)
    with database.work(now) as work:
        assert work.connection.execute(COUNT).scalar() == 0


@pytest.mark.parametrize("breaks", [True, False])
def test_what_waits_when_a_transaction_is_undone_is_undone_too(database: Database, now: datetime, breaks: bool) -> None:
    with suppress(KeyError), database.work(now) as work:
        WAITS.later(work, said(now))
        if breaks:
            raise KeyError
        work.connection.get_transaction().rollback()  # type: ignore[union-attr]
    with database.work(now) as work:
        assert work.connection.execute(COUNT).scalar() == 0


def test_a_savepoint_takes_back_what_waited_in_it_only(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        WAITS.later(work, said(now))
        savepoint = work.connection.begin_nested()
        WAITS.later(work, said(now))
        savepoint.rollback()
        assert work.connection.execute(COUNT).scalar() == 1
