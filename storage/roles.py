"""Keeps who is what in the program."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work

role = tables.of(tables.Role)
person = tables.of(tables.Person)


@dataclass(frozen=True)
class Held:
    """A role that somebody has; `seat` and `chair` are for members of the committee."""

    person_id: int
    name: str
    role: str
    seat: str
    chair: bool
    since: datetime


COLUMNS = (role.c.person_id, person.c.name, role.c.role, role.c.seat, role.c.chair, role.c.since)
ALL = select(*COLUMNS).join(person, person.c.id == role.c.person_id).order_by(role.c.role, role.c.since)
OF = select(role.c.role, role.c.chair).where(role.c.person_id == bindparam("the_person"))
NEW = insert(role)
GIVE = NEW.on_conflict_do_update(
    index_elements=[role.c.person_id, role.c.role],
    set_={name: NEW.excluded[name] for name in ("seat", "chair", "given_by")},
)
NO_CHAIR = update(role).where(role.c.role == bindparam("the_role")).values(chair=False)
TAKE = delete(role).where(role.c.person_id == bindparam("the_person"), role.c.role == bindparam("the_role"))


def give(work: Work, person_id: int, name: str, by: str, seat: str = "", *, chair: bool = False) -> None:
    """Give somebody a role, or another seat in it; `by` says who decided that. Who chairs is the only one to do so."""
    if chair:
        work.connection.execute(NO_CHAIR, {"the_role": name})
    values = {"person_id": person_id, "role": name, "seat": seat, "chair": chair, "since": work.now, "given_by": by}
    work.connection.execute(GIVE, values)


def take(work: Work, person_id: int, name: str) -> bool:
    """Take a role away; False when they did not have it."""
    return work.connection.execute(TAKE, {"the_person": person_id, "the_role": name}).rowcount == 1


def of(work: Work, person_id: int) -> frozenset[str]:
    """The names of the roles that somebody has; whoever chairs the committee has `chair` as well."""
    rows = work.connection.execute(OF, {"the_person": person_id}).all()
    return frozenset(name for row in rows for name in (row.role, *(["chair"] if row.chair else [])))


def everybody(work: Work) -> list[Held]:
    """Every role that somebody has, by role, longest first."""
    return [Held(*row) for row in work.connection.execute(ALL)]
