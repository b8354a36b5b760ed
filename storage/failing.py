"""Counts how often a message could not be taken for a reason of its own, so that others do not wait for ever."""

from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work

failing = tables.of(tables.Failing)

NEW = insert(failing)
AGAIN = NEW.on_conflict_do_update(
    index_elements=[failing.c.channel, failing.c.message_id],
    set_={"times": failing.c.times + 1, "error": NEW.excluded.error, "at": NEW.excluded.at},
).returning(failing.c.times)
FORGET = delete(failing).where(failing.c.at < bindparam("instant"))


def again(work: Work, channel: str, message_id: str, error: str) -> int:
    """Note that a message failed; how often it has by now."""
    values = {"channel": channel, "message_id": message_id, "times": 1, "error": error, "at": work.now}
    return int(work.connection.execute(AGAIN, values).scalar_one())


def forget_before(work: Work, instant: datetime) -> int:
    """Forget the messages that last failed before `instant`; how many."""
    return work.connection.execute(FORGET, {"instant": instant}).rowcount
