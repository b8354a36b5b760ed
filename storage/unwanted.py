"""Which kinds of messages a person wants no more of."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work
from storage.prefetch import ByKey

unwanted = tables.of(tables.Unwanted)

ALL = "reminders"  # of every kind
APART = frozenset({"courses", "reports"})  # no reminders: they come until they themselves are stopped

ADD = insert(unwanted).on_conflict_do_nothing().returning(unwanted.c.kind)
KINDS = ByKey(select(unwanted.c.kind), unwanted.c.person_id)
DROP = delete(unwanted).where(unwanted.c.person_id == bindparam("the_person"), unwanted.c.kind == bindparam("the_kind"))


def stop(work: Work, person_id: int, kind: str) -> bool:
    """No more of this kind from now on; False when that was so already."""
    values = {"person_id": person_id, "kind": kind, "since": work.now}
    return work.connection.execute(ADD, values).first() is not None


def allow(work: Work, person_id: int, kind: str) -> bool:
    """This kind is wanted again; False when it was not stopped."""
    return work.connection.execute(DROP, {"the_person": person_id, "the_kind": kind}).rowcount == 1


def kinds(work: Work, person_id: int) -> frozenset[str]:
    """What was stopped."""
    return frozenset(row[0] for row in KINDS.rows(work, person_id))


def wants(work: Work, person_id: int, kind: str) -> bool:
    """Whether neither this kind was stopped nor, where it is one of reminders, all of them."""
    return is_wanted(kind, kinds(work, person_id))


def is_wanted(kind: str, stopped: frozenset[str]) -> bool:
    """The same of somebody who stopped these."""
    return kind not in stopped and (kind in APART or ALL not in stopped)
