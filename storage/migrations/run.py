"""Brings a database up to date, and says where it differs from the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text
from sqlmodel import SQLModel

from storage.database import DatabaseError

FOLDER = Path(__file__).parent
PATIENCE_SECONDS = 60
KINDS = {"fk": "foreign key"}
LOCK = 0x4C535343  # any number will do, as long as every version of this program takes the same


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest migration, or change nothing; of several processes one does it, the others wait.

    Raises DatabaseError when the database is at a migration that is not ours, DBAPIError when it refuses.
    """
    with _alone(engine) as connection:
        try:
            command.upgrade(_config(connection), "head")
        except CommandError as error:
            raise DatabaseError(f"The database cannot be brought up to date, nothing was changed: {error}") from None


def check(engine: Engine) -> list[str]:
    """Where the database differs from the tables of this program, one sentence each; empty when all is well."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        return [_in_words(difference) for difference in compare_metadata(context, SQLModel.metadata)]


def draft(engine: Engine, message: str, folder: Path = FOLDER / "versions") -> Path:
    """Write the next migration from the differences between the database and the tables, for a programmer to finish."""
    with _alone(engine) as connection:
        config = _config(connection)
        config.set_main_option("version_locations", _escaped(folder))
        number = max(int(each.name[:4]) for each in folder.glob("0*.py")) + 1
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04}", version_path=folder)
    return next(folder.glob(f"{number:04}*.py"))


def ours(_item: object, name: str | None, kind: str, reflected: bool, _compared: Any) -> bool:
    """Whether a thing found in the database is compared: the tables of other programs are left alone."""
    return not (kind == "table" and reflected and name not in SQLModel.metadata.tables)


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", _escaped(FOLDER))
    config.set_main_option("path_separator", "newline")
    return config


def _escaped(folder: Path) -> str:
    return str(folder).replace("%", "%%")


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other upgrade runs beside."""
    if engine.dialect.name == "sqlite":
        with _sqlite_alone(engine) as connection:
            yield connection
    else:
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            yield connection


@contextmanager
def _sqlite_alone(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        before = driver.execute("PRAGMA busy_timeout").fetchone()[0]
        driver.execute(f"PRAGMA busy_timeout={PATIENCE_SECONDS * 1000}")
        # SQLite changes a table by replacing it, which would delete the rows that refer to it.
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise DatabaseError("The upgrade would leave rows that refer to nothing; nothing was changed.")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
            driver.execute(f"PRAGMA busy_timeout={before}")


def _in_words(difference: Any) -> str:
    if isinstance(difference, list):  # one column, several ways
        return " ".join(_in_words(each) for each in difference)
    verb, *rest = difference
    action, _, kind = verb.partition("_")
    if action == "modify":
        _schema, table, column, *_known, found, wanted = rest
        return f"The {kind} of column {table}.{column} is {found}, not {wanted}."
    thing = rest[-1]
    name = f"{rest[-2]}.{thing.name}" if kind == "column" else thing.name
    return f"The {KINDS.get(kind, kind)} {name} {'is missing' if action == 'add' else 'is not of this program'}."
