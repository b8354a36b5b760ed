"""Opening a database: what is accepted, what is refused in one sentence, and that refusing changes nothing."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, String, Table, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.trouble import passing
from storage import inbound
from storage.database import HEAD, Database, DatabaseError, connect, prepared, version


def test_a_database_that_does_not_exist_yet_is_made(empty_url: str, now: datetime) -> None:
    database = prepared(empty_url, "me", upgrade=False)
    with database.work(now) as work:
        assert inbound.take(work, "telegram", "1")
    assert version(database.engine) == HEAD
    database.close()


def test_a_database_in_memory_serves_every_thread(now: datetime) -> None:
    database = prepared("sqlite://", "me", upgrade=False)

    def take(number: int) -> bool:
        with database.work(now) as work:
            return inbound.take(work, "telegram", str(number))

    with ThreadPoolExecutor(1) as writer:
        assert list(writer.map(take, [1, 1])) == [True, False]
    database.close()


def test_a_program_of_today_needs_nothing_done_to_a_database_of_today(database_url: str) -> None:
    for upgrade in (True, False):
        prepared(database_url, "me", upgrade=upgrade).close()


def test_an_older_database_is_brought_up_to_date_only_on_request(empty_url: str) -> None:
    _pretend_version(empty_url, "0000")
    with pytest.raises(DatabaseError) as refusal:
        prepared(empty_url, "me", upgrade=False)
    assert str(refusal.value) == f"The database is at version 0000, this program needs {HEAD}: run `lssc db upgrade`."


def test_a_newer_database_is_left_alone(empty_url: str) -> None:
    _pretend_version(empty_url, "9999")
    with pytest.raises(DatabaseError) as refusal:
        prepared(empty_url, "me", upgrade=True)
    assert str(refusal.value) == (
        f"The database is at version 9999, newer than this program knows ({HEAD}): install the newer program. "
        "Nothing was changed."
    )


@pytest.mark.parametrize("tables", [["person"], ["recipe"], ["alembic_version", "recipe"]])
def test_a_database_of_another_program_is_left_alone(empty_url: str, tables: list[str]) -> None:
    engine = connect(empty_url)
    with engine.begin() as connection:
        for name in tables:
            table = Table(name, MetaData(), Column("version_num", String))
            table.create(connection)
            connection.execute(table.insert().values(version_num="0001"))
    engine.dispose()
    with pytest.raises(DatabaseError) as refusal:
        prepared(empty_url, "me", upgrade=True)
    assert str(refusal.value) == f"{engine.url.database} holds tables of another program; nothing was changed."


def _text(path: Path) -> None:
    path.write_text("Dear diary, this is not a database but it is long enough to be taken for one.\n" * 100)


def _noise_at_the_start(path: Path) -> None:
    _ours(path)
    content = bytearray(path.read_bytes())
    content[100:1000] = bytes(range(1, 226)) * 4
    path.write_bytes(content)


def _cut_short(path: Path) -> None:
    _ours(path)
    path.write_bytes(path.read_bytes()[:20000])


def _newer(path: Path) -> None:
    _pretend_version(f"sqlite:///{path}", "9999")


def _another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()


def _ours(path: Path) -> None:
    prepared(f"sqlite:///{path}", "me", upgrade=True).close()


@pytest.mark.parametrize("write", [_text, _noise_at_the_start, _cut_short, _newer, _another_program])
def test_a_file_that_is_refused_stays_as_it_was_to_the_byte(write: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "lssc.db"
    write(path)
    before = path.read_bytes()
    for upgrade in (True, False):
        with pytest.raises(DatabaseError) as refusal:
            prepared(f"sqlite:///{path}", "me", upgrade=upgrade)
        assert str(refusal.value).endswith(
            ("Nothing was changed; move it away or restore a backup.", "Nothing was changed.", "nothing was changed.")
        )
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["lssc.db"]


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://lssc:secret@/lssc?host={tmp_path}&password=secret"
    with pytest.raises(DatabaseError) as refusal:
        prepared(url, "me", upgrade=True)
    message = str(refusal.value)
    assert message.startswith("The database lssc cannot be reached: ")
    assert "secret" not in message


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite+aiosqlite:///x.db", "must begin with sqlite:/// or postgresql+psycopg://, not sqlite+aiosqlite"),
        ("postgresql://u:secret@h/d", "must begin with sqlite:/// or postgresql+psycopg://, not postgresql"),
        ("postgres://u:secret@h/d", "must begin with sqlite:/// or postgresql+psycopg://, not postgres"),
        ("mysql://u:secret@h/d", "must begin with sqlite:/// or postgresql+psycopg://, not mysql"),
    ],
)
def test_a_database_this_program_cannot_use_is_named_by_its_kind_alone(url: str, sentence: str) -> None:
    with pytest.raises(DatabaseError) as refusal:
        connect(url)
    assert str(refusal.value) == f"LSSC_DATABASE_URL {sentence}"


@pytest.mark.parametrize("url", ["", "lssc.db", "postgresql:u:secret@h/d", "postgresql+psycopg://u:secret@h:port/d"])
def test_an_address_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(DatabaseError) as refusal:
        connect(url)
    assert str(refusal.value) == (
        "LSSC_DATABASE_URL is not a database address: it looks like sqlite:///lssc.db "
        "or postgresql+psycopg://name:password@host/database"
    )


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError) as refusal:
        connect(f"sqlite:///{tmp_path}/data/lssc.db")
    assert str(refusal.value) == f"The folder of the database file does not exist: {tmp_path}/data"


def test_sqlite_keeps_what_it_confirmed_and_what_refers_to_it(tmp_path: Path, now: datetime) -> None:
    for _ in ("a new file", "a known one"):
        pragmas = ("PRAGMA journal_mode", "PRAGMA synchronous", "PRAGMA foreign_keys")
        assert _asked(f"sqlite:///{tmp_path}/lssc.db", now, *pragmas) == ["wal", 2, 1]


def test_sqlite_waits_two_seconds_and_no_longer(sqlite_url: str, now: datetime) -> None:
    assert _asked(sqlite_url, now, "PRAGMA busy_timeout") == [2000]


def test_postgresql_waits_two_seconds_and_no_longer(postgresql_url: str, now: datetime) -> None:
    assert _asked(postgresql_url, now, "SHOW lock_timeout", "SHOW statement_timeout") == ["2s", "2s"]


def test_options_of_the_address_are_kept(postgresql_url: str, now: datetime) -> None:
    url = f"{postgresql_url}&options=-c%20application_name%3Dlibrary"
    assert _asked(url, now, "SHOW application_name", "SHOW lock_timeout") == ["library", "2s"]


def test_a_unit_of_work_is_one_commit(database: Database, now: datetime) -> None:
    seen: list[str] = []
    event.listen(database.engine, "commit", lambda _: seen.append("commit"))
    event.listen(database.engine, "rollback", lambda _: seen.append("rollback"))
    with database.work(now) as work:
        for number in range(3):
            inbound.take(work, "telegram", str(number))
        assert not seen
    assert seen == ["commit"]


def test_a_unit_of_work_that_fails_leaves_nothing(database: Database, now: datetime) -> None:
    def crash() -> None:
        with database.work(now) as work:
            inbound.take(work, "telegram", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    with database.work(now) as work:
        assert work.connection.execute(text("SELECT count(*) FROM inbound")).scalar() == 0


def test_a_server_that_went_away_fails_one_transaction_and_no_second(postgresql_url: str, now: datetime) -> None:
    database = prepared(postgresql_url, "me", upgrade=False)
    with database.work(now) as one, database.work(now) as two, database.work(now) as three:
        numbers = [work.connection.execute(text("SELECT pg_backend_pid()")).scalar() for work in (one, two, three)]
    _end(postgresql_url, numbers)
    with pytest.raises(DBAPIError) as loss:
        _take(database, now)
    assert loss.value.connection_invalidated
    assert _take(database, now)
    database.close()


def test_connections_are_used_again_and_not_kept_after_the_end(postgresql_url: str, now: datetime) -> None:
    database = prepared(postgresql_url, "me", upgrade=False)
    for _ in range(3):
        with database.work(now) as work:
            assert [*database.idle] == []
        assert [*database.idle] == [work.connection]
    database.close()
    assert [*database.idle] == []
    assert work.connection.closed


def test_no_update_is_lost_between_threads(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        work.connection.execute(text("INSERT INTO survey VALUES ('counter', 0, '')"))
    read = "SELECT year FROM survey" if database.is_sqlite else "SELECT year FROM survey FOR UPDATE"

    def count(_: int) -> None:
        with database.work(now) as work:
            year = work.connection.execute(text(read)).scalar_one()
            work.connection.execute(text("UPDATE survey SET year = :year"), {"year": year + 1})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, range(100)))
    with database.work(now) as work:
        assert work.connection.execute(text("SELECT year FROM survey")).scalar() == 100


def _take(database: Database, now: datetime) -> bool:
    with database.work(now) as work:
        return inbound.take(work, "telegram", "1")


def _end(url: str, numbers: list[int]) -> None:
    """As when the server of these connections is stopped."""
    engine = connect(url)
    with engine.begin() as connection:
        for number in numbers:
            connection.execute(text("SELECT pg_terminate_backend(:number, 2000)"), {"number": number})
    engine.dispose()


def _asked(url: str, now: datetime, *questions: str) -> list[object]:
    database = prepared(url, "me", upgrade=True)
    with database.work(now) as work:
        answers = [work.connection.exec_driver_sql(question).scalar() for question in questions]
    database.close()
    return answers


def _pretend_version(url: str, number: str) -> None:
    prepared(url, "me", upgrade=True).close()
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})
    engine.dispose()


def test_a_database_that_another_process_keeps_locked_may_be_tried_again(sqlite_url: str, now: datetime) -> None:
    one, other = (prepared(sqlite_url, name, upgrade=False) for name in ("one", "other"))
    with one.work(now), pytest.raises(OperationalError) as locked, other.work(now):
        pass
    assert passing(locked.value)
    assert version(other.engine) == HEAD  # who only reads does not wait
    one.close()
    other.close()
