"""Which kinds of messages a person wants no more of."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work

unwanted = tables.of(tables.Unwanted)

ADD = insert(unwanted).on_conflict_do_nothing().returning(unwanted.c.kind)
KINDS = select(unwanted.c.kind).where(unwanted.c.person_id == bindparam("the_person"))
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
    return frozenset(work.connection.execute(KINDS, {"the_person": person_id}).scalars())
