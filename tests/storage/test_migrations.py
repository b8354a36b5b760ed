"""The migrations make exactly the tables of the program, whole or not at all, however many processes start at once."""

import multiprocessing
import re
import shutil
import sqlite3
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import sqlmodel
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect, text
from sqlmodel import SQLModel

from storage import database as opening
from storage.database import HEAD, DatabaseError, connect, prepared, version
from storage.migrations import run


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    engine = connect(empty_url)
    yield engine
    engine.dispose()


def test_the_program_knows_the_newest_migration() -> None:
    assert ScriptDirectory(run.FOLDER).get_heads() == [HEAD]


def test_migrations_and_tables_agree(engine: Engine) -> None:
    run.upgrade(engine)
    assert run.check(engine) == []


def test_a_migrated_database_equals_one_made_from_the_tables(engine: Engine) -> None:
    run.upgrade(engine)
    migrated = _description(engine)
    with engine.begin() as connection:
        SQLModel.metadata.drop_all(connection)
        SQLModel.metadata.create_all(connection)
    assert migrated == _description(engine)


def test_an_upgrade_that_fails_midway_changes_nothing(engine: Engine) -> None:
    def fail(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "CREATE TABLE outbox" in statement:
            raise ZeroDivisionError

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(ZeroDivisionError):
        run.upgrade(engine)
    assert inspect(engine).get_table_names() == []
    event.remove(engine, "before_cursor_execute", fail)
    run.upgrade(engine)
    assert run.check(engine) == []


def test_a_table_may_be_replaced_in_an_upgrade_and_only_there(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/lssc.db")
    enforced = set()

    def look(_connection: Connection, cursor: sqlite3.Cursor, statement: str, *_: object) -> None:
        if statement.strip().startswith("CREATE TABLE"):
            enforced.add(cursor.connection.execute("PRAGMA foreign_keys").fetchone()[0])

    event.listen(engine, "before_cursor_execute", look)
    run.upgrade(engine)
    assert enforced == {0}
    with engine.connect() as connection:
        settings = ("foreign_keys", "busy_timeout")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in settings] == [1, 2000]
    engine.dispose()


def test_an_upgrade_that_would_leave_rows_without_their_person_changes_nothing(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    orphan = sqlite3.connect(engine.url.database or "")
    orphan.execute("INSERT INTO fact VALUES (4711, 'hours', '20', '2026-11-23')")
    orphan.commit()
    orphan.close()
    with pytest.raises(DatabaseError) as refusal:
        run.upgrade(engine)
    assert str(refusal.value) == "The upgrade would leave rows that refer to nothing; nothing was changed."
    engine.dispose()


def test_processes_that_start_at_once_make_one_database(empty_url: str) -> None:
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(4)
    processes = [fork.Process(target=_start, args=(empty_url, start)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    database = prepared(empty_url, "me", upgrade=False)
    assert run.check(database.engine) == []
    database.close()


def test_a_version_nobody_wrote_is_refused(engine: Engine) -> None:
    run.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(DatabaseError) as refusal:
        run.upgrade(engine)
    assert str(refusal.value) == (
        "The database cannot be brought up to date, nothing was changed: Can't locate revision identified by '0000'"
    )
    assert version(engine) == "0000"


def test_differences_are_told_in_plain_words(engine: Engine) -> None:
    run.upgrade(engine)
    with engine.begin() as connection:
        for statement in (
            "DROP INDEX uq_conversation_open",
            "DROP TABLE feedback",
            "ALTER TABLE survey ADD COLUMN person_id INTEGER",
            "ALTER TABLE person RENAME COLUMN name TO nickname",
            "CREATE TABLE recipe (name VARCHAR)",
        ):
            connection.execute(text(statement))
    assert sorted(run.check(engine)) == [
        "The column person.name is missing.",
        "The column person.nickname is not of this program.",
        "The column survey.person_id is not of this program.",
        "The index ix_feedback_entry is missing.",
        "The index uq_conversation_open is missing.",
        "The table feedback is missing.",
    ]


def test_a_drafted_migration_runs(engine: Engine, tmp_path: Path) -> None:
    versions = tmp_path / "100% versions"
    shutil.copytree(run.FOLDER / "versions", versions)
    run.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE survey"))
    path = run.draft(engine, "surveys come back", versions)
    assert path.name == f"{int(HEAD) + 1:04}_surveys_come_back.py"
    found = spec_from_file_location("drafted", path)
    assert found is not None
    assert found.loader is not None
    drafted = module_from_spec(found)
    found.loader.exec_module(drafted)
    assert (drafted.revision, drafted.down_revision, drafted.sqlmodel) == (f"{int(HEAD) + 1:04}", HEAD, sqlmodel)


def _start(url: str, start: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    opening.prepared(url, "me", upgrade=True).close()


def _description(engine: Engine) -> list[tuple[object, ...]]:
    if engine.dialect.name == "sqlite":
        query = "SELECT type, name, sql FROM sqlite_master WHERE tbl_name != 'alembic_version'"
    else:
        query = """
            SELECT 'index', indexname, indexdef FROM pg_indexes
                WHERE schemaname = 'public' AND tablename != 'alembic_version'
            UNION SELECT 'constraint', conname, conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'
            UNION SELECT table_name, column_name,
                concat_ws(' ', row_number() OVER (PARTITION BY table_name ORDER BY ordinal_position),
                    data_type, is_nullable, column_default)
                FROM information_schema.columns WHERE table_schema = 'public' AND table_name != 'alembic_version'"""
    with engine.connect() as connection:
        return sorted(tuple(_plain(str(each)) for each in row) for row in connection.execute(text(query)))


def _plain(told: str) -> str:
    """A table that SQLite made anew has its name in quotation marks, and its constraints in another order."""
    return "\n".join(sorted(line.strip() for line in re.split(r"[,\n]", told.replace('"', "")) if line.strip()))
