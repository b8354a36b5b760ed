"""Lets one process at a time do what may be done only once, such as polling with a token."""

from datetime import timedelta

from sqlalchemy import bindparam, or_, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work

lease = tables.of(tables.Lease)

NEW = insert(lease)
HOLD = NEW.on_conflict_do_update(
    index_elements=[lease.c.name],
    set_={"owner": NEW.excluded.owner, "until": NEW.excluded.until},
    where=or_(lease.c.owner == NEW.excluded.owner, lease.c.until <= bindparam("now", type_=lease.c.until.type)),
).returning(lease.c.name)
RELEASE = (
    update(lease)
    .where(lease.c.name == bindparam("the_name"), lease.c.owner == bindparam("me"))
    .values(until=bindparam("now", type_=lease.c.until.type))
)


def hold(work: Work, name: str, length: timedelta) -> bool:
    """Take or renew a lease for this process; False when another one has it."""
    values = {"name": name, "owner": work.owner, "until": work.now + length, "now": work.now}
    return work.connection.execute(HOLD, values).first() is not None


def release(work: Work, name: str) -> None:
    """Give a lease back, if this process has it."""
    work.connection.execute(RELEASE, {"the_name": name, "me": work.owner, "now": work.now})
