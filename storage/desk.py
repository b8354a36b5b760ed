"""Keeps the list of what needs a person of the office."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from storage import tables
from storage.database import Work

desk_item = tables.of(tables.DeskItem)


@dataclass(frozen=True)
class Item:
    """Something to settle; `details` is JSON, `person_id` None when it is about nobody in particular."""

    id: int
    kind: str
    person_id: int | None
    details: str
    created_at: datetime


ADD = insert(desk_item).returning(desk_item.c.id)
OPEN = (
    select(*(desk_item.c[name] for name in Item.__dataclass_fields__))
    .where(desk_item.c.state == "open")
    .order_by(desk_item.c.created_at, desk_item.c.id)
)
OPEN_FOR = OPEN.where(desk_item.c.person_id == bindparam("the_person"))
SETTLE = (
    update(desk_item)
    .where(desk_item.c.id == bindparam("the_id"), desk_item.c.state == "open")
    .values(state="settled", settled_at=bindparam("now"))
)


def add(work: Work, kind: str, person_id: int | None, details: str) -> int:
    """The id of a new open item; `details` is JSON."""
    values = {"kind": kind, "person_id": person_id, "details": details, "state": "open", "created_at": work.now}
    return int(work.connection.execute(ADD, values).scalar_one())


def open_items(work: Work) -> list[Item]:
    """What is not settled yet, oldest first."""
    return [Item(*row) for row in work.connection.execute(OPEN)]


def open_for(work: Work, person_id: int) -> list[Item]:
    """What is not settled yet about one person, oldest first."""
    return [Item(*row) for row in work.connection.execute(OPEN_FOR, {"the_person": person_id})]


def settle(work: Work, item_id: int) -> bool:
    """Mark an item as settled; False when it was settled before."""
    return work.connection.execute(SETTLE, {"the_id": item_id, "now": work.now}).rowcount == 1
