"""Keeps the webinars, and who has a place at each or waits for one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # its ON CONFLICT compiles for SQLite too

from flows.program.webinars import Webinar
from storage import tables
from storage.database import Work

webinar = tables.of(tables.Webinar)
seat = tables.of(tables.WebinarSeat)

KIND = "webinars"  # of messages that may be stopped


@dataclass(frozen=True)
class Held:
    """A webinar on record, with how many have a place at it; `id` is the program's own number."""

    id: int
    taken: int
    webinar: Webinar

    @property
    def is_full(self) -> bool:
        return self.taken >= self.webinar.seats


@dataclass(frozen=True)
class Seat:
    """Somebody's place; `state` is signed, waiting, cancelled, attended or missed."""

    webinar_id: int
    person_id: int
    state: str
    since: datetime


NAMES = tuple(Webinar.__dataclass_fields__)
HAS_PLACE = ("signed", "attended", "missed")

TAKEN = select(func.count()).where(seat.c.webinar_id == webinar.c.id, seat.c.state.in_(HAS_PLACE)).correlate(webinar)
EVERY = select(webinar.c.id, TAKEN.scalar_subquery(), *(webinar.c[name] for name in NAMES)).order_by(
    webinar.c.starts, webinar.c.id
)
COMING = EVERY.where(webinar.c.state == "planned", webinar.c.starts > bindparam("instant"))
BY_CODE = EVERY.where(webinar.c.code == bindparam("the_code"))
BY_ID = EVERY.where(webinar.c.id == bindparam("the_id"))
OF_PERSON = EVERY.join(seat, seat.c.webinar_id == webinar.c.id).where(
    seat.c.person_id == bindparam("the_person"), seat.c.state.in_(bindparam("states", expanding=True))
)
LOCK = select(webinar.c.id).where(webinar.c.id == bindparam("the_id")).with_for_update()
CODES = select(webinar.c.code)
ADD = upsert(webinar).on_conflict_do_nothing().returning(webinar.c.id)
CHANGE = (
    update(webinar)
    .where(webinar.c.id == bindparam("the_id"))
    .values({name: bindparam(f"new_{name}") for name in NAMES if name != "code"})
)
DROP = webinar.delete().where(webinar.c.id == bindparam("the_id"))
UNDO = select(webinar.c.undo).where(webinar.c.id == bindparam("the_id"))
REMEMBER = update(webinar).where(webinar.c.id == bindparam("the_id")).values(undo=bindparam("what"))
SEATS = (
    select(seat.c.webinar_id, seat.c.person_id, seat.c.state, seat.c.since)
    .where(seat.c.webinar_id == bindparam("the_id"))
    .order_by(seat.c.since, seat.c.id)
)
SEAT_OF = SEATS.where(seat.c.person_id == bindparam("the_person"))
TAKE = insert(seat)
MOVE = (
    update(seat)
    .where(seat.c.webinar_id == bindparam("the_id"), seat.c.person_id == bindparam("the_person"))
    .values(state=bindparam("after"), since=bindparam("instant"))
)


def every(work: Work) -> list[Held]:
    """All webinars, also those that are over or cancelled, by their start."""
    return _read(work, EVERY)


def coming(work: Work) -> list[Held]:
    """Those that are still to begin, the next one first."""
    return _read(work, COMING, instant=work.now)


def by_code(work: Work, code: str) -> Held | None:
    return next(iter(_read(work, BY_CODE, the_code=code.upper())), None)


def by_id(work: Work, webinar_id: int) -> Held | None:
    return next(iter(_read(work, BY_ID, the_id=webinar_id)), None)


def locked(work: Work, webinar_id: int) -> Held | None:
    """A webinar whose places nobody else gives or takes until the transaction ends; None for an unknown one."""
    work.connection.execute(LOCK, {"the_id": webinar_id})
    return by_id(work, webinar_id)


def of_person(work: Work, person_id: int, *states: str) -> list[Held]:
    """The webinars at which somebody's place is in one of these states, by their start."""
    return _read(work, OF_PERSON, the_person=person_id, states=list(states))


def codes(work: Work) -> frozenset[str]:
    return frozenset(work.connection.execute(CODES).scalars())


def add(work: Work, each: Webinar) -> int | None:
    """The id of a new webinar; None when its code is taken."""
    return work.connection.execute(ADD, asdict(each) | {"undo": "", "added_at": work.now}).scalar()


def change(work: Work, webinar_id: int, now: Webinar) -> None:
    """All of it but its code."""
    values = {f"new_{name}": value for name, value in asdict(now).items() if name != "code"}
    work.connection.execute(CHANGE, {"the_id": webinar_id, **values})


def drop(work: Work, webinar_id: int) -> None:
    """Out of the records; IntegrityError for one that somebody signed up for."""
    work.connection.execute(DROP, {"the_id": webinar_id})


def undo(work: Work, webinar_id: int) -> str:
    """What the office did last; empty when that cannot be undone."""
    return str(work.connection.execute(UNDO, {"the_id": webinar_id}).scalar_one())


def remember(work: Work, webinar_id: int, what: str) -> None:
    """What `undo` takes back."""
    work.connection.execute(REMEMBER, {"the_id": webinar_id, "what": what})


def seats(work: Work, webinar_id: int, *states: str) -> list[Seat]:
    """Who has a place or waits, in the order of their signing up; in these states, or in any."""
    found = [Seat(*row) for row in work.connection.execute(SEATS, {"the_id": webinar_id})]
    return [each for each in found if not states or each.state in states]


def seat_of(work: Work, webinar_id: int, person_id: int) -> Seat | None:
    row = work.connection.execute(SEAT_OF, {"the_id": webinar_id, "the_person": person_id}).first()
    return Seat(*row) if row else None


def take(work: Work, webinar_id: int, person_id: int, state: str) -> None:
    """A place, or one at the end of the waiting list, for somebody who has neither."""
    if seat_of(work, webinar_id, person_id) is None:
        values = {"webinar_id": webinar_id, "person_id": person_id, "state": state, "since": work.now}
        work.connection.execute(TAKE, values)
    else:
        move(work, [Seat(webinar_id, person_id, state, work.now)], state)


def move(work: Work, held: Sequence[Seat], after: str) -> None:
    """From one state to another; their order stays."""
    for each in held:
        values = {"the_id": each.webinar_id, "the_person": each.person_id, "after": after, "instant": each.since}
        work.connection.execute(MOVE, values)


def _read(work: Work, statement: Select[Any], **values: object) -> list[Held]:
    return [
        Held(number, taken, Webinar(*cells)) for number, taken, *cells in work.connection.execute(statement, values)
    ]
