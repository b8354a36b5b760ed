"""Messages that wait for the end of somebody's quiet hours; only then do they go into the outbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from storage import tables
from storage.database import Work

held = tables.of(tables.HeldLetter)


@dataclass(frozen=True)
class Held:
    """A message (JSON of an Outbound) that waits; `matter` names what it is about."""

    id: int
    person_id: int
    body: str
    matter: str


ADD = insert(held)
DUE = (
    select(held.c.id, held.c.person_id, held.c.body, held.c.matter)
    .where(held.c.due <= bindparam("now"))
    .order_by(held.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
DROP = delete(held).where(held.c.id == bindparam("the_id"))
PUT_OFF = update(held).where(held.c.id == bindparam("the_id")).values(due=bindparam("then"))
LOOK_AGAIN = update(held).where(held.c.person_id == bindparam("the_person")).values(due=bindparam("now"))
COUNT = select(func.count()).select_from(held).where(held.c.person_id == bindparam("the_person"))


def add(work: Work, person_id: int, body: str, matter: str, due: datetime) -> None:
    """Hold a message for a person until `due`."""
    values = {"person_id": person_id, "body": body, "matter": matter, "due": due, "created_at": work.now}
    work.connection.execute(ADD, values)


def due(work: Work, most: int) -> list[Held]:
    """What may go now, oldest first; nobody else gets it before this transaction ends."""
    return [Held(*row) for row in work.connection.execute(DUE, {"now": work.now, "most": most})]


def drop(work: Work, held_id: int) -> None:
    work.connection.execute(DROP, {"the_id": held_id})


def put_off(work: Work, held_id: int, until: datetime) -> None:
    work.connection.execute(PUT_OFF, {"the_id": held_id, "then": until})


def look_again(work: Work, person_id: int) -> None:
    """The person's hours have changed: the next tick looks at what waits for them."""
    work.connection.execute(LOOK_AGAIN, {"the_person": person_id, "now": work.now})


def count(work: Work, person_id: int) -> int:
    """How many messages wait for a person."""
    return int(work.connection.execute(COUNT, {"the_person": person_id}).scalar_one())
