"""Other processes are woken at the commit, on PostgreSQL; on SQLite nothing is said."""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

import pytest
from sqlalchemy import event

from storage import wake
from storage.database import Database, connect, prepared


def wait_for(so: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not so():
        assert time.monotonic() < end
        time.sleep(0.01)


class Listening:
    """Somebody who listens on a thread."""

    def __init__(self, database: Database) -> None:
        self.woken, self.stop, self.lost = 0, Event(), False
        self.thread = Thread(target=self._listen, args=(database,))
        self.thread.start()
        wait_for(lambda: self.woken == 1)

    def _listen(self, database: Database) -> None:
        try:
            wake.listen(database, self._wake, self.stop)
        except ConnectionError:
            self.lost = True

    def _wake(self) -> None:
        self.woken += 1


@pytest.fixture
def server(postgresql_url: str) -> Database:
    return prepared(postgresql_url, "this process", upgrade=False)


def test_a_commit_wakes_and_a_rollback_does_not(server: Database, now: datetime) -> None:
    other = Listening(server)
    with server.work(now) as work:
        wake.others(work)
        work.connection.get_transaction().rollback()  # type: ignore[union-attr]
    with server.work(now) as work:
        wake.others(work)
        wake.others(work)
        time.sleep(0.05)
        assert other.woken == 1
    wait_for(lambda: other.woken == 2)
    other.stop.set()
    other.thread.join(5)
    assert (other.woken, other.lost, other.thread.is_alive()) == (2, False, False)
    server.close()


def test_a_lost_connection_is_told(server: Database, now: datetime) -> None:
    other = Listening(server)
    with server.work(now) as work:
        work.connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN lssc_outbox'"
        )
    other.thread.join(10)
    assert (other.lost, other.thread.is_alive()) == (True, False)
    server.close()


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(ConnectionError):
        wake.listen(Database(connect("postgresql+psycopg://u@127.0.0.1:1/lssc"), "me"), lambda: None, Event())


def test_on_sqlite_nothing_is_said(sqlite_url: str, now: datetime) -> None:
    database = prepared(sqlite_url, "this process", upgrade=False)
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    with database.work(now) as work:
        wake.others(work)
    database.close()
    assert said == []
