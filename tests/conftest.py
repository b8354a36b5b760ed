"""Databases for the tests: SQLite in a file, and PostgreSQL from a private server where it is installed."""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlmodel import SQLModel

from faq.knowledge import Knowledge
from storage.database import Database, prepared
from tests import postgresql
from tests.vendors import chromium, mailserver

ABSENT = "PostgreSQL: not installed here, its half of the storage tests did not run (apt install postgresql)"
BOTH = ["sqlite", "postgresql"]
NUMBERS = count(1)
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk takes milliseconds for a commit, and the tests make some hundred thousand
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
# Each start of the program would compile it again, which takes twice as long as the start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
settings.register_profile("lssc", deadline=None)  # a busy machine is slow, not wrong; `alone` tests measure time
settings.load_profile("lssc")
FIGURE = "figure"  # the property of a test that measures something; printed at the end, whichever process ran the test


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in (each for outcome in ("passed", "failed") for each in terminalreporter.getreports(outcome)):
        for name, value in report.user_properties:
            if name == FIGURE:
                terminalreporter.write_line(str(value))
    if postgresql.INSTALLED is None:
        terminalreporter.write_line(ABSENT)
    if chromium.INSTALLED is None:
        terminalreporter.write_line(chromium.ABSENT)
    if reason := mailserver.absent():
        terminalreporter.write_line(reason)


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/lssc.db"
    else:
        folder, name = request.getfixturevalue("postgresql_folder"), f"test_{next(NUMBERS)}"
        postgresql.run(folder, f"CREATE DATABASE {name} TEMPLATE template0")
        yield postgresql.url(folder, name)
        postgresql.run(folder, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with the current tables and nothing in them, on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with the current tables, on SQLite and on PostgreSQL."""
    opened = prepared(database_url, "this process", upgrade=False)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    prepared(f"sqlite:///{path}", "template", upgrade=True).close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """As `database_url`, on SQLite only."""
    shutil.copyfile(sqlite_template, tmp_path / "lssc.db")
    return f"sqlite:///{tmp_path}/lssc.db"


@pytest.fixture(scope="session")
def postgresql_database(postgresql_folder: Path) -> str:
    postgresql.run(postgresql_folder, "CREATE DATABASE lssc TEMPLATE template0")
    prepared(postgresql.url(postgresql_folder, "lssc"), "template", upgrade=True).close()
    return postgresql.url(postgresql_folder, "lssc")


@pytest.fixture
def postgresql_url(postgresql_folder: Path, postgresql_database: str) -> str:
    """As `database_url`, on PostgreSQL only."""
    tables = [*reversed(SQLModel.metadata.sorted_tables)]
    empty = [f"DELETE FROM {table.name}" for table in tables]  # noqa: S608
    restart = [
        f"SELECT setval(pg_get_serial_sequence('{each.name}', 'id'), 1, false)" for each in tables if "id" in each.c
    ]
    # Emptied before each test: a truncation or a copy of the whole database takes seven times as long.
    postgresql.run(postgresql_folder, "; ".join(["SET lock_timeout = '5s'", *empty, *restart]), "lssc")
    return postgresql_database


@pytest.fixture(scope="session")
def postgresql_folder() -> Iterator[Path]:
    """The folder with the socket of a private PostgreSQL server."""
    if postgresql.INSTALLED is None:
        pytest.skip(ABSENT)
    with postgresql.server() as folder:
        yield folder


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The real knowledge base, opened once."""
    from bot import rulebook
    from tests.conversations.playing import usual

    return rulebook.knowledge(usual(), rulebook.read(usual()), datetime(2026, 11, 22, 15, 0, tzinfo=UTC), None)
