"""On PostgreSQL, statements whose answer nobody waits for travel with the next one, or with the commit.

Every statement that is waited for costs a way to the server and back, which takes longer than the statement itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

WAITING = "lssc_waiting"  # in the notes that SQLAlchemy keeps with a connection


class Sent:
    """A statement on its way; `cursor` is None until it was sent."""

    def __init__(self, connection: Connection, text: str, values: Any) -> None:
        self._connection, self.text, self.values = connection, text, values
        self.cursor: Any = None
        self._rows: list[Any] | None = None

    def rows(self) -> list[Any]:
        """What it gave; when nothing took it along yet, it goes now."""
        if self.cursor is None:
            send(self._connection)
        if self._rows is None:
            self._rows = list(self.cursor.fetchall())
        return self._rows


def later(connection: Connection, text: str, values: Any) -> Sent:
    """Queue a statement behind those that wait already."""
    sent = Sent(connection, text, values)
    connection.info.setdefault(WAITING, []).append(sent)
    return sent


def send(connection: Connection) -> None:
    """Send what waits, and wait for it; everything else that uses the connection comes after this."""
    if connection.info.get(WAITING):
        run(connection, lambda _: None)


def commit(connection: Connection) -> None:
    """Commit together with what waits; without that, SQLAlchemy commits as ever.

    The driver's own `commit()` would wait for what it travels with first, which is one more way to the server.
    """
    if connection.info.get(WAITING):
        run(connection, lambda driver: driver.execute("COMMIT"))


def run(connection: Connection, act: Callable[[Any], T], *, at_once: bool = False) -> T:
    """What `act` gives, with the driver's connection, after all that waits.

    What is sent together is waited for once, and so are several statements of `act` itself with `at_once`. Errors are
    those of SQLAlchemy.
    """
    driver: Any = connection.connection.dbapi_connection
    try:
        with _along(connection, driver, at_once=at_once):
            return act(driver)
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrapped(connection, error) from error


def forget(connection: Connection) -> None:
    """Drop what waits: its transaction was undone.

    SQLAlchemy believes in a commit that failed with what travelled with it, so the driver is told as well.
    """
    connection.info.pop(WAITING, None)
    driver: Any = connection.connection.dbapi_connection
    driver.rollback()


@contextmanager
def _along(connection: Connection, driver: Any, *, at_once: bool) -> Iterator[None]:
    waiting: list[Sent] = connection.info.get(WAITING) or []
    if not waiting and not at_once:
        yield
        return
    with driver.pipeline():
        for each in waiting:
            each.cursor = driver.execute(each.text, each.values)
        waiting.clear()
        yield


def wrapped(connection: Connection, error: Any) -> BaseException:
    """The error as SQLAlchemy raises it; a lost connection is given up, so that the next transaction has a new one."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if lost:
        connection.invalidate(error)
    base = dialect.loaded_dbapi.Error
    found: BaseException = DBAPIError.instance(None, None, error, base, connection_invalidated=lost)
    return found
