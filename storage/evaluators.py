"""Evaluators: who wishes to be one, who is trained for which sets, and what keeps them from reading."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, delete, func, insert, or_, select, update

from flows.program.panel import Seat
from storage import tables
from storage.database import Work

evaluator = tables.of(tables.Evaluator)
of_set = tables.of(tables.EvaluatorSet)
conflict = tables.of(tables.Conflict)
reader = tables.of(tables.ReviewReader)
person = tables.of(tables.Person)


@dataclass(frozen=True)
class Evaluator:
    """See the table for the fields; `state` is applied, selected, declined, trained or left."""

    person_id: int
    state: str
    workplace: str
    experience: str
    resume: str
    yearly_limit: int | None
    applied_at: datetime
    practiced_on: date | None
    practice: str
    trained_on: date | None
    paused_until: date | None
    willing_on: date | None
    willing_asked_on: date | None
    willing_reminded: int


@dataclass(frozen=True)
class Conflict:
    """What keeps an evaluator from reading: a workplace, or one candidate."""

    person_id: int
    candidate_id: int | None
    workplace: str
    why: str


@dataclass(frozen=True)
class Record:
    """How somebody dealt with what they were asked to read."""

    at_hand: int
    this_year: int
    asked: int
    accepted: int
    last: datetime | None


COLUMNS = tuple(evaluator.c[name] for name in Evaluator.__dataclass_fields__)
CHANGING = tuple(name for name in Evaluator.__dataclass_fields__ if name not in ("person_id", "applied_at"))
ADD = insert(evaluator)
FOUND = select(*COLUMNS).where(evaluator.c.person_id == bindparam("the_person"))
SAVE = (
    update(evaluator)
    .where(evaluator.c.person_id == bindparam("the_person"))
    .values({name: bindparam(f"new_{name}") for name in CHANGING})
)
ALL = select(*COLUMNS).order_by(evaluator.c.person_id)
TRAINED = (
    select(*COLUMNS)
    .join(of_set, of_set.c.person_id == evaluator.c.person_id)
    .where(evaluator.c.state == "trained", of_set.c.set_id == bindparam("the_set"))
    .order_by(evaluator.c.person_id)
)
SAID_BEFORE = (
    select(*COLUMNS)
    .where(
        evaluator.c.state == "trained",
        func.coalesce(evaluator.c.willing_on, evaluator.c.trained_on) <= bindparam("day"),
    )
    .order_by(evaluator.c.person_id)
    .with_for_update()
)
SETS = select(of_set.c.set_id).where(of_set.c.person_id == bindparam("the_person")).order_by(of_set.c.set_id)
DROP_SETS = delete(of_set).where(of_set.c.person_id == bindparam("the_person"))
ADD_SET = insert(of_set)
ADD_CONFLICT = insert(conflict)
CONFLICTS = select(conflict.c.person_id, conflict.c.candidate_id, conflict.c.workplace, conflict.c.why).order_by(
    conflict.c.id
)
CONFLICTS_OF = CONFLICTS.where(conflict.c.person_id == bindparam("the_person"))
DROP_CONFLICTS = delete(conflict).where(conflict.c.person_id == bindparam("the_person"), conflict.c.why == "declared")
# A review counts against the year from the day it was accepted, unless it was given back.
TAKEN = and_(reader.c.seat.in_((Seat.READING.value, Seat.ASSESSED.value)), reader.c.answered_at >= bindparam("since"))
PENDING = or_(TAKEN, reader.c.seat == Seat.ASKED.value)
ACCEPTED = reader.c.due.is_not(None)
RECORDS = select(
    reader.c.person_id,
    func.sum(case((reader.c.seat.in_((Seat.ASKED.value, Seat.READING.value)), 1), else_=0)),
    func.sum(case((PENDING, 1), else_=0)),
    func.count(),
    func.sum(case((ACCEPTED, 1), else_=0)),
    func.max(reader.c.asked_at),
).group_by(reader.c.person_id)


def add(
    work: Work, person_id: int, state: str, workplace: str, experience: str, resume: str, limit: int | None
) -> None:
    """Somebody wishes to be an evaluator, or is taken in as one; IntegrityError for one who is on record."""
    values: dict[str, object] = {"person_id": person_id, "state": state, "workplace": workplace}
    values |= {
        "experience": experience,
        "resume": resume,
        "yearly_limit": limit,
        "applied_at": work.now,
        "practice": "",
        "willing_reminded": 0,
    }
    work.connection.execute(ADD, values)


def find(work: Work, person_id: int) -> Evaluator | None:
    row = work.connection.execute(FOUND, {"the_person": person_id}).first()
    return Evaluator(*row) if row else None


def save(work: Work, changed: Evaluator) -> None:
    """Write an evaluator back as they have become; the caller holds the person's lock."""
    new = {f"new_{name}": getattr(changed, name) for name in CHANGING}
    work.connection.execute(SAVE, {"the_person": changed.person_id} | new)


def everybody(work: Work) -> list[Evaluator]:
    return [Evaluator(*row) for row in work.connection.execute(ALL)]


def trained(work: Work, set_id: str) -> list[Evaluator]:
    """Those who are approved and trained for a set."""
    return [Evaluator(*row) for row in work.connection.execute(TRAINED, {"the_set": set_id})]


def said_before(work: Work, day: date) -> list[Evaluator]:
    """Those who are trained, and said that they go on (by their training, at first) on that day or before; locked."""
    return [Evaluator(*row) for row in work.connection.execute(SAID_BEFORE, {"day": day})]


def sets(work: Work, person_id: int) -> list[str]:
    return list(work.connection.execute(SETS, {"the_person": person_id}).scalars())


def set_sets(work: Work, person_id: int, set_ids: Collection[str]) -> None:
    """These sets, in the place of those that stood there."""
    work.connection.execute(DROP_SETS, {"the_person": person_id})
    rows = [{"person_id": person_id, "set_id": each} for each in sorted(set(set_ids))]
    if rows:
        work.connection.execute(ADD_SET, rows)


def add_conflict(work: Work, person_id: int, why: str, *, candidate: int | None = None, workplace: str = "") -> None:
    values: dict[str, object] = {"person_id": person_id, "candidate_id": candidate, "workplace": workplace}
    work.connection.execute(ADD_CONFLICT, values | {"why": why, "at": work.now})


def declare(work: Work, person_id: int, workplaces: Collection[str]) -> None:
    """These declared conflicts, in the place of those that stood there."""
    work.connection.execute(DROP_CONFLICTS, {"the_person": person_id})
    for each in workplaces:
        add_conflict(work, person_id, "declared", workplace=each)


def conflicts(work: Work, person_id: int | None = None) -> list[Conflict]:
    """Those of one evaluator, or of all."""
    rows = (
        work.connection.execute(CONFLICTS)
        if person_id is None
        else work.connection.execute(CONFLICTS_OF, {"the_person": person_id})
    )
    return [Conflict(*row) for row in rows]


def records(work: Work, since: datetime) -> dict[int, Record]:
    """How everybody dealt with what they were asked; `this_year` counts from `since`."""
    rows = work.connection.execute(RECORDS, {"since": since})
    return {person_id: Record(*figures) for person_id, *figures in rows}
