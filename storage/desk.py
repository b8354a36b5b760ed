"""Keeps the list of what needs a person of the office, and the thread of each item."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, case, func, insert, literal_column, or_, select, update

from storage import tables
from storage.database import Work

desk_item = tables.of(tables.DeskItem)
desk_note = tables.of(tables.DeskNote)
NoteKind: TypeAlias = Literal["note", "to person", "from person"]


@dataclass(frozen=True)
class Item:
    """Something to settle; `details` is JSON, `person_id` None when it is about nobody in particular.

    `due` is when the person was told to expect an answer, `reminded` how far the office was reminded of it since;
    `settled_by` and `action` say who settled it and how.
    """

    id: int
    kind: str
    person_id: int | None
    details: str
    created_at: datetime
    state: str
    settled_at: datetime | None
    settled_by: str
    action: str
    assigned_to: int | None
    snoozed_until: datetime | None
    due: datetime | None
    reminded: int


@dataclass(frozen=True)
class Note:
    """A line in the thread of an item; `kind` says whether it is the office's own, or was said to or by the person."""

    at: datetime
    kind: NoteKind
    author: str
    words: str


ADD = insert(desk_item).returning(desk_item.c.id)
ITEMS = select(*(desk_item.c[name] for name in Item.__dataclass_fields__))
OPEN_ONLY = desk_item.c.state == "open"
BY_ID = ITEMS.where(desk_item.c.id == bindparam("the_id"))
LOCKED = BY_ID.with_for_update(key_share=True)
# What somebody waits for longer than they were told comes first; then by age.
QUEUE = (
    ITEMS.where(OPEN_ONLY)
    .where(or_(desk_item.c.snoozed_until.is_(None), desk_item.c.snoozed_until <= bindparam("now")))
    .order_by(case((desk_item.c.reminded > 0, 0), else_=1), desk_item.c.created_at, desk_item.c.id)
)
OPEN = ITEMS.where(OPEN_ONLY).order_by(desk_item.c.created_at, desk_item.c.id)
OPEN_FOR = OPEN.where(desk_item.c.person_id == bindparam("the_person"))
ABOUT = ITEMS.where(desk_item.c.person_id == bindparam("the_person")).order_by(desk_item.c.id)
OVERDUE = OPEN.where(desk_item.c.due <= bindparam("now"))
COUNT = select(func.count()).select_from(desk_item).where(OPEN_ONLY)
SETTLE = (
    update(desk_item)
    .where(desk_item.c.id == bindparam("the_id"), OPEN_ONLY)
    .values(state="settled", settled_at=bindparam("now"), settled_by=bindparam("who"), action=bindparam("how"))
)
REOPEN = (
    update(desk_item)
    .where(desk_item.c.id == bindparam("the_id"))
    .values(state="open", settled_at=literal_column("NULL"), settled_by="", action="")
)
ASSIGN = update(desk_item).where(desk_item.c.id == bindparam("the_id")).values(assigned_to=bindparam("to"))
SNOOZE = update(desk_item).where(desk_item.c.id == bindparam("the_id")).values(snoozed_until=bindparam("then"))
EXPECT = (
    update(desk_item)
    .where(desk_item.c.id == bindparam("the_id"))
    .values(due=bindparam("then"), reminded=bindparam("times"))
)
DETAIL = update(desk_item).where(desk_item.c.id == bindparam("the_id")).values(details=bindparam("text"))
NOTE = insert(desk_note)
NOTES = (
    select(*(desk_note.c[name] for name in Note.__dataclass_fields__))
    .where(desk_note.c.item_id == bindparam("the_id"))
    .order_by(desk_note.c.id)
)


def add(work: Work, kind: str, person_id: int | None, details: str, due: datetime | None = None) -> int:
    """The id of a new open item; `details` is JSON, `due` when somebody was told to expect an answer."""
    values = {"kind": kind, "person_id": person_id, "details": details, "state": "open", "created_at": work.now}
    empty = {"settled_by": "", "action": "", "due": due, "reminded": 0}
    return int(work.connection.execute(ADD, values | empty).scalar_one())


def by_id(work: Work, item_id: int) -> Item | None:
    row = work.connection.execute(BY_ID, {"the_id": item_id}).first()
    return Item(*row) if row else None


def locked(work: Work, item_id: int) -> Item | None:
    """The same, and nobody else changes it until the transaction ends."""
    row = work.connection.execute(LOCKED, {"the_id": item_id}).first()
    return Item(*row) if row else None


def queue(work: Work) -> list[Item]:
    """What is to be settled now: overdue first, then the oldest; without what is put off."""
    return [Item(*row) for row in work.connection.execute(QUEUE, {"now": work.now})]


def open_items(work: Work) -> list[Item]:
    """What is not settled yet, oldest first, with what is put off."""
    return [Item(*row) for row in work.connection.execute(OPEN)]


def open_for(work: Work, person_id: int) -> list[Item]:
    """What is not settled yet about one person, oldest first."""
    return [Item(*row) for row in work.connection.execute(OPEN_FOR, {"the_person": person_id})]


def about(work: Work, person_id: int) -> list[Item]:
    """Everything about one person, settled or not, oldest first."""
    return [Item(*row) for row in work.connection.execute(ABOUT, {"the_person": person_id})]


def overdue(work: Work) -> list[Item]:
    """Open items whose person was told to expect an answer before now, oldest first."""
    return [Item(*row) for row in work.connection.execute(OVERDUE, {"now": work.now})]


def count(work: Work) -> int:
    """How many items are open."""
    return int(work.connection.execute(COUNT).scalar_one())


def settle(work: Work, item_id: int, who: str = "", how: str = "done") -> bool:
    """Mark an item as settled; False when it was settled before."""
    values = {"the_id": item_id, "now": work.now, "who": who, "how": how}
    return work.connection.execute(SETTLE, values).rowcount == 1


def reopen(work: Work, item_id: int) -> None:
    work.connection.execute(REOPEN, {"the_id": item_id})


def assign(work: Work, item_id: int, person_id: int | None) -> None:
    work.connection.execute(ASSIGN, {"the_id": item_id, "to": person_id})


def snooze(work: Work, item_id: int, until: datetime | None) -> None:
    """Leave an item out of the queue until then."""
    work.connection.execute(SNOOZE, {"the_id": item_id, "then": until})


def expect(work: Work, item_id: int, due: datetime | None, reminded: int) -> None:
    """Somebody was told when to expect an answer, or the office was reminded that it is overdue."""
    work.connection.execute(EXPECT, {"the_id": item_id, "then": due, "times": reminded})


def describe(work: Work, item_id: int, details: str) -> None:
    """Other details (JSON) for an item."""
    work.connection.execute(DETAIL, {"the_id": item_id, "text": details})


def note(work: Work, item_id: int, kind: NoteKind, author: str, words: str) -> None:
    """Add a line to the thread of an item."""
    values = {"item_id": item_id, "at": work.now, "kind": kind, "author": author, "words": words}
    work.connection.execute(NOTE, values)


def notes(work: Work, item_id: int) -> list[Note]:
    """The thread of an item, oldest first."""
    return [Note(*row) for row in work.connection.execute(NOTES, {"the_id": item_id})]
