"""Keeps what was paid for applications, and the assistance that givers hand out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work

payment = tables.of(tables.Payment)
award = tables.of(tables.Award)
award_use = tables.of(tables.AwardUse)

Kind: TypeAlias = Literal["payment", "refund", "reversal"]
UseState: TypeAlias = Literal["reserved", "used", "released"]


@dataclass(frozen=True)
class Payment:
    """Money for one application in US cents; a refund or a reversal is negative."""

    id: int
    kind: str
    amount_cents: int
    payer: str
    reference: str
    received_on: date
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class Award:
    """Assistance of one giver, a percentage or a flat amount in US cents, of which `taken` are reserved or used.

    `state` is a state's code, or empty for everywhere.
    """

    id: int
    giver: str
    state: str
    percent: int | None
    amount_cents: int | None
    number: int
    contact: str
    taken: int

    @property
    def left(self) -> int:
        return self.number - self.taken


@dataclass(frozen=True)
class Use:
    """The award that is kept for one application; `state` is reserved, used or released."""

    award_id: int
    giver: str
    percent: int | None
    amount_cents: int | None
    state: str
    changed_at: datetime


RECORD = insert(payment)
PAYMENTS = (
    select(*(payment.c[name] for name in Payment.__dataclass_fields__))
    .where(payment.c.application_id == bindparam("the_application"))
    .order_by(payment.c.id)
)
HELD = award_use.c.state.in_(("reserved", "used"))
TAKEN = (
    select(func.count())
    .where(award_use.c.award_id == award.c.id, HELD)
    .correlate(award)
    .scalar_subquery()
    .label("taken")
)
COLUMNS = tuple(TAKEN if name == "taken" else award.c[name] for name in Award.__dataclass_fields__)
AWARDS = select(*COLUMNS).order_by(award.c.state, award.c.giver, award.c.id)
AWARD = select(*COLUMNS).where(award.c.id == bindparam("the_award"))
LOCK = select(award.c.id).where(award.c.id == bindparam("the_award")).with_for_update()
ADD_AWARD = insert(award).returning(award.c.id)
CHANGE_AWARD = (
    update(award)
    .where(award.c.id == bindparam("the_award"))
    .values(number=bindparam("new_number"), contact=bindparam("new_contact"))
)
USE = (
    select(award.c.id, award.c.giver, award.c.percent, award.c.amount_cents, award_use.c.state, award_use.c.changed_at)
    .join(award_use, award_use.c.award_id == award.c.id)
    .where(award_use.c.application_id == bindparam("the_application"))
)
NEW_USE = upsert(award_use)
RESERVE = NEW_USE.on_conflict_do_update(
    index_elements=[award_use.c.application_id],
    set_={name: NEW_USE.excluded[name] for name in ("award_id", "state", "changed_at")},
)
MOVE_USE = (
    update(award_use)
    .where(award_use.c.application_id == bindparam("the_application"), award_use.c.state == "reserved")
    .values(state=bindparam("after"), changed_at=bindparam("now"))
)


def record(
    work: Work,
    application_id: int,
    kind: Kind,
    amount_cents: int,
    payer: str,
    received_on: date,
    by: str,
    reference: str = "",
) -> None:
    """Record money that came in, or (negative) went back; `reference` is a purchase order or the like."""
    values: dict[str, object] = {
        "application_id": application_id,
        "kind": kind,
        "amount_cents": amount_cents,
        "payer": payer,
    }
    values |= {"reference": reference, "received_on": received_on, "recorded_at": work.now, "recorded_by": by}
    work.connection.execute(RECORD, values)


def payments(work: Work, application_id: int) -> list[Payment]:
    """All money of an application in the order it was recorded."""
    return [Payment(*row) for row in work.connection.execute(PAYMENTS, {"the_application": application_id})]


def awards(work: Work) -> list[Award]:
    """Everything that givers hand out, by state."""
    return [Award(*row) for row in work.connection.execute(AWARDS)]


def locked_award(work: Work, award_id: int) -> Award | None:
    """An award as it is now; nobody else reserves one of it before this transaction ends."""
    # The lock is its own statement: a count beside a row it waited for would be as it was before the wait.
    work.connection.execute(LOCK, {"the_award": award_id})
    row = work.connection.execute(AWARD, {"the_award": award_id}).first()
    return Award(*row) if row else None


def add_award(
    work: Work,
    giver: str,
    state: str,
    percent: int | None,
    amount_cents: int | None,
    number: int,
    contact: str,
    by: str,
) -> int:
    """The id of a new award: a percentage, or a flat amount in US cents."""
    values: dict[str, object] = {
        "giver": giver,
        "state": state,
        "percent": percent,
        "amount_cents": amount_cents,
        "number": number,
    }
    values |= {"contact": contact, "created_at": work.now, "created_by": by}
    return int(work.connection.execute(ADD_AWARD, values).scalar_one())


def change_award(work: Work, award_id: int, number: int, contact: str) -> None:
    work.connection.execute(CHANGE_AWARD, {"the_award": award_id, "new_number": number, "new_contact": contact})


def use(work: Work, application_id: int) -> Use | None:
    """The award that is or was kept for an application."""
    row = work.connection.execute(USE, {"the_application": application_id}).first()
    return Use(*row) if row else None


def reserve(work: Work, award_id: int, application_id: int) -> bool:
    """Keep one of an award for an application; False when none is left or there is no such award."""
    found = locked_award(work, award_id)
    if found is None or found.left <= 0:
        return False
    values = {"application_id": application_id, "award_id": award_id, "state": "reserved", "changed_at": work.now}
    work.connection.execute(RESERVE, values)
    return True


def move_use(work: Work, application_id: int, state: UseState) -> bool:
    """The reserved award of an application is used or released; False when none is reserved."""
    values = {"the_application": application_id, "after": state, "now": work.now}
    return work.connection.execute(MOVE_USE, values).rowcount == 1
