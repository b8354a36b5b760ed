"""Keeps the applications to the program as their applicants confirmed them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update

from storage import tables
from storage.database import Work
from storage.prefetch import ByKey

application = tables.of(tables.Application)

IN_WORK = ("submitted", "returned", "accepted")  # the states of an application that is not decided with admission yet


@dataclass(frozen=True)
class Application:
    """One application; `details` is JSON, the fee in US cents.

    `state` is submitted, returned, accepted, declined, withdrawn or admitted, and `changed_at` when it became so;
    `membership` (of ALA) is claimed, confirmed, not confirmed, or empty. Admission needs `accepted_on` and
    `settled_on`. `answers` (JSON: words and day by question) fills in the form again, `reason` is why it was returned
    or declined.
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
    answers: str = ""
    reason: str = ""


CHANGING = tuple(name for name in Application.__dataclass_fields__ if name not in ("id", "reference", "person_id"))
ADD = insert(application).returning(application.c.id)
FOUND = select(*(application.c[name] for name in Application.__dataclass_fields__))
OF = ByKey(FOUND.order_by(application.c.id.desc()), application.c.person_id)
LOCKED = FOUND.where(application.c.reference == bindparam("the_reference")).with_for_update(of=application)
SAVE = (
    update(application)
    .where(application.c.id == bindparam("the_id"))
    .values({name: bindparam(f"new_{name}") for name in CHANGING})
)
SET_STATE = (
    update(application)
    .where(application.c.id == bindparam("the_id"))
    .values(state=bindparam("after"), changed_at=bindparam("now"))
)
TAKEN = select(application.c.id).where(application.c.reference == bindparam("candidate"))


def add(
    work: Work,
    person_id: int,
    reference: str,
    details: str,
    fee_cents: int,
    membership: str = "",
    answers: str = "",
) -> int:
    """The id of a new application, submitted now; IntegrityError when the reference is taken."""
    values = {"person_id": person_id, "reference": reference, "state": "submitted", "details": details}
    times = {"submitted_at": work.now, "changed_at": work.now}
    more = {"fee_cents": fee_cents, "membership": membership, "answers": answers, "reason": ""}
    return int(work.connection.execute(ADD, values | times | more).scalar_one())


def latest(work: Work, person_id: int) -> Application | None:
    """A person's application in work, else the newest one; joined records may hold a newer one that is over."""
    found = of(work, person_id)
    return next((each for each in found if each.state in IN_WORK), found[0] if found else None)


def of(work: Work, person_id: int) -> list[Application]:
    """All applications of a person, newest first."""
    return [Application(*row) for row in OF.rows(work, person_id)]


def locked(work: Work, reference: str) -> Application | None:
    """An application as it is now; nobody else changes it, or its money, before this transaction ends."""
    row = work.connection.execute(LOCKED, {"the_reference": reference}).first()
    return Application(*row) if row else None


def save(work: Work, changed: Application) -> None:
    """Write an application that was `locked` back as it has become."""
    new = {f"new_{name}": getattr(changed, name) for name in CHANGING}
    work.connection.execute(SAVE, {"the_id": changed.id} | new)


def set_state(work: Work, application_id: int, state: str) -> None:
    work.connection.execute(SET_STATE, {"the_id": application_id, "after": state, "now": work.now})


def free_reference(work: Work, candidate: str) -> bool:
    """Whether no application has this reference yet."""
    return work.connection.execute(TAKEN, {"candidate": candidate}).first() is None
