"""Opens the database, SQLite or PostgreSQL, so that one transaction at a time may write and none is lost.

Exception
└── DatabaseError    the database cannot be used as it is; the message says what to do
"""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool

from storage import travelling

HEAD = "0016"  # the newest migration; a test compares it with the migrations themselves
LOCK_SECONDS = 2
CONNECT_SECONDS = 5
UTC_DAYS = "-c timezone=UTC"  # or the day of an instant would depend on how the server is set up
PLANS = "-c plan_cache_mode=force_generic_plan -c jit=off"  # our statements are short and come again and again
WAL_TRIES = 20
TAKE_TIME = text("SET LOCAL statement_timeout = '60s'")
READING = "lssc_reading"  # an execution option: the connection only reads, and need not wait for whoever writes


class DatabaseError(Exception):
    """The database cannot be used as it is; the message says what to do."""


@dataclass(frozen=True)
class Work:
    """One transaction: everything in it is committed together or not at all. `owner` names this process in leases.

    `ahead` holds what was read for many in one statement (storage/prefetch.py).
    """

    connection: Connection
    now: datetime
    owner: str
    ahead: dict[Any, dict[int, Any]] = field(default_factory=dict, repr=False, compare=False)


def take_time(work: Work) -> None:
    """Until the transaction ends, a statement may take longer than others: for what reads whole tables, and waits for
    nobody. SQLite knows no such limit."""
    if work.connection.dialect.name == "postgresql":
        work.connection.execute(TAKE_TIME)


@dataclass(frozen=True)
class Database:
    """A database with the current tables; `idle` are connections between two transactions.

    They pass over the pool of the engine, which takes longer for every turn than two of its statements.
    """

    engine: Engine
    owner: str
    idle: deque[Connection] = field(default_factory=deque, compare=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def work(self, now: datetime) -> Iterator[Work]:
        """One transaction, committed at the end of the block, rolled back when it raises."""
        connection = self._idle() or self.engine.connect()
        try:
            with connection.begin() as transaction:
                yield Work(connection, now, self.owner)
                if transaction.is_active:
                    travelling.commit(connection)
                    transaction.commit()
                else:
                    travelling.forget(connection)
        except BaseException:
            if connection.invalidated:  # a server that went away took the other connections with it
                self.close()
            else:
                travelling.forget(connection)
            connection.close()
            raise
        self.idle.append(connection)

    def close(self) -> None:
        """Ends the connections that are not in use; a later transaction opens its own."""
        while connection := self._idle():
            connection.close()
        self.engine.dispose()

    def _idle(self) -> Connection | None:
        with suppress(IndexError):
            return self.idle.pop()
        return None


def connect(url: str) -> Engine:
    """An engine for `url`, not yet connected; raises DatabaseError when the address cannot be understood."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseError(
            "LSSC_DATABASE_URL is not a database address: it looks like sqlite:///lssc.db "
            "or postgresql+psycopg://name:password@host/database"
        ) from None
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        return _sqlite(parsed)
    if parsed.drivername == "postgresql+psycopg":
        return _postgresql(parsed)
    raise DatabaseError(
        f"LSSC_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://, not {parsed.drivername}"
    )


def version(engine: Engine) -> str | None:
    """The migration the database is at, or None when it is empty.

    Raises DatabaseError when it cannot be read or belongs to another program.
    """
    try:
        with engine.connect().execution_options(**{READING: True}) as connection:
            tables = set(inspect(connection).get_table_names())
            if tables - {"alembic_version"} and not tables >= {"alembic_version", "person", "conversation", "outbox"}:
                raise DatabaseError(f"{engine.url.database} holds tables of another program; nothing was changed.")
            if "alembic_version" not in tables:
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError as error:
        raise DatabaseError(_explained(engine, error)) from None


def prepared(url: str, owner: str, *, upgrade: bool) -> Database:
    """The database at `url` with the current tables; an empty or (with `upgrade`) an older one is brought up to date.

    Raises DatabaseError when it is damaged, another program's, newer than this program, or older without `upgrade`.
    """
    engine = connect(url)
    with ExitStack() as unless_ready:
        unless_ready.callback(engine.dispose)
        _check(version(engine), upgrade=upgrade)
        _bring_up_to_date(engine)
        unless_ready.pop_all()
    return Database(engine, owner)


def _check(found: str | None, *, upgrade: bool) -> None:
    if found is not None and found > HEAD:
        raise DatabaseError(
            f"The database is at version {found}, newer than this program knows ({HEAD}): install the newer program. "
            "Nothing was changed."
        )
    if found not in (None, HEAD) and not upgrade:
        raise DatabaseError(f"The database is at version {found}, this program needs {HEAD}: run `lssc db upgrade`.")


def _bring_up_to_date(engine: Engine) -> None:
    try:
        if engine.dialect.name == "sqlite":
            _write_ahead(engine)
        if version(engine) != HEAD:
            from storage.migrations import run  # alembic takes a second to import

            run.upgrade(engine)
    except DBAPIError as error:
        raise DatabaseError(_explained(engine, error)) from None


def _postgresql(url: URL) -> Engine:
    waits = f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout={LOCK_SECONDS}s"
    given = url.query.get("options", "")
    options = {
        "options": f"{given} {waits} {UTC_DAYS} {PLANS}",
        "connect_timeout": url.query.get("connect_timeout", CONNECT_SECONDS),
    }
    engine = create_engine(url, pool_size=8, max_overflow=8, pool_use_lifo=True, connect_args=options)
    event.listen(engine, "before_cursor_execute", _after_what_waits)
    return engine


def _after_what_waits(connection: Connection, *_: object) -> None:
    travelling.send(connection)


def _sqlite(url: URL) -> Engine:
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": LOCK_SECONDS}}
    if url.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    elif not Path(str(url.database)).parent.is_dir():
        raise DatabaseError(f"The folder of the database file does not exist: {Path(str(url.database)).parent}")
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_at_once)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # or the driver begins transactions of its own, and updates get lost
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_at_once(connection: Connection) -> None:
    """By the driver itself: it is sent at every turn, and through SQLAlchemy it takes as long as a statement of use."""
    driver: Any = connection.connection.dbapi_connection
    begin = "BEGIN" if connection.get_execution_options().get(READING) else "BEGIN IMMEDIATE"
    try:
        driver.execute(begin)
    except sqlite3.Error as error:  # as SQLAlchemy raises it, or nobody would know that it may pass
        raise DBAPIError.instance(begin, None, error, sqlite3.Error) from error


def _write_ahead(engine: Engine) -> None:
    """Let readers and the writer work side by side; written into the file, so only once it is known to be ours."""
    connection = engine.raw_connection()
    try:
        for attempt in range(1, WAL_TRIES + 1):  # SQLite does not wait here: several processes may start at once
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if attempt == WAL_TRIES:
                    raise DBAPIError.instance("PRAGMA journal_mode", None, error, sqlite3.Error) from error
                sleep(LOCK_SECONDS / WAL_TRIES)
            else:
                return
    finally:
        connection.close()


def _explained(engine: Engine, error: DBAPIError) -> str:
    where, reason = engine.url.database, next(iter(str(error.orig).splitlines()), "no reason given")
    if getattr(error.orig, "sqlite_errorname", "") in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
        return f"{where} is not a database or is damaged. Nothing was changed; move it away or restore a backup."
    if engine.url.host:
        where = f"{where} on {engine.url.host}"
    if isinstance(error, OperationalError):
        return f"The database {where} cannot be reached: {reason}"
    return f"The database {where} cannot be used: {reason}"
