"""Keeps the applications to the program as their applicants confirmed them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update

from storage import tables
from storage.database import Work

application = tables.of(tables.Application)


@dataclass(frozen=True)
class Application:
    """One application; `details` is JSON, the fee in US cents.

    `state` is submitted, returned, accepted, declined, withdrawn or admitted; `membership` (of ALA) claimed, confirmed,
    not confirmed, or empty. Admission needs `accepted_on` and `settled_on`.
    """

    id: int
    reference: str
    person_id: int
    state: str
    details: str
    fee_cents: int
    submitted_at: datetime
    changed_at: datetime
    membership: str
    accepted_on: date | None
    settled_on: date | None


ADD = insert(application).returning(application.c.id)
LATEST = (
    select(*(application.c[name] for name in Application.__dataclass_fields__))
    .where(application.c.person_id == bindparam("person"))
    .order_by(application.c.id.desc())
    .limit(1)
)
SET_STATE = (
    update(application)
    .where(application.c.id == bindparam("the_id"))
    .values(state=bindparam("after"), changed_at=bindparam("now"))
)
TAKEN = select(application.c.id).where(application.c.reference == bindparam("candidate"))


def add(work: Work, person_id: int, reference: str, details: str, fee_cents: int, membership: str = "") -> int:
    """The id of a new application, submitted now; IntegrityError when the reference is taken."""
    values = {"person_id": person_id, "reference": reference, "state": "submitted", "details": details}
    times = {"submitted_at": work.now, "changed_at": work.now}
    money = {"fee_cents": fee_cents, "membership": membership}
    return int(work.connection.execute(ADD, values | times | money).scalar_one())


def latest(work: Work, person_id: int) -> Application | None:
    """The newest application of a person."""
    row = work.connection.execute(LATEST, {"person": person_id}).first()
    return Application(*row) if row else None


def set_state(work: Work, application_id: int, state: str) -> None:
    work.connection.execute(SET_STATE, {"the_id": application_id, "after": state, "now": work.now})


def free_reference(work: Work, candidate: str) -> bool:
    """Whether no application has this reference yet."""
    return work.connection.execute(TAKEN, {"candidate": candidate}).first() is None
