"""Wakes the other processes that send when there is something for them; PostgreSQL alone can, and only as a hint."""

from collections.abc import Callable
from threading import Event
from typing import Any

import psycopg
from sqlalchemy import text

from storage.database import CONNECT_SECONDS, Database, Work

NOTIFY = text("NOTIFY lssc_outbox")
POLL = 0.5  # seconds between two looks at whether to stop
PATIENCE: dict[str, Any] = {
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "connect_timeout": CONNECT_SECONDS,
}


def others(work: Work) -> None:
    """Once this transaction is committed, let the other processes look at the outbox."""
    if work.connection.dialect.name == "postgresql":
        work.connection.execute(NOTIFY)


def listen(database: Database, woken: Callable[[], None], stop: Event) -> None:
    """Call `woken` whenever another process left something, until `stop` is set; on a connection of its own.

    Raises OSError when the connection is lost. What was left before was not heard, so `woken` comes once at first.
    """
    address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(address, autocommit=True, **PATIENCE) as connection:
            connection.execute("LISTEN lssc_outbox")
            woken()
            while not stop.is_set():
                for _ in connection.notifies(timeout=POLL, stop_after=1):
                    woken()
    except psycopg.Error as error:
        raise ConnectionError("the database does not wake us any more") from error
