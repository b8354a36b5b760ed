"""Addresses that somebody typed into a form and has yet to prove."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage import people, tables
from storage.database import Work

address = tables.of(tables.Address)


@dataclass(frozen=True)
class Owner:
    """An address on record, its state, and whose it is; None when it is nobody's."""

    address_id: int
    person_id: int | None
    state: str


@dataclass(frozen=True)
class Claim:
    """An address that waits for its proof, and how often its person was reminded."""

    address_id: int
    person_id: int
    address: str
    claimed_at: datetime
    reminded: int


CLAIMED = address.c.state == "claimed"
OWNER = select(address.c.id, address.c.person_id, address.c.state).where(
    address.c.channel == "email", address.c.address == bindparam("there")
)
RENEW = (
    update(address)
    .where(address.c.id == bindparam("the_id"), CLAIMED)
    .values(person_id=bindparam("the_person"), created_at=bindparam("now"), reminded=0)
)
WAITING = (
    select(address.c.id, address.c.person_id, address.c.address, address.c.created_at, address.c.reminded)
    .where(CLAIMED, address.c.person_id.is_not(None), address.c.created_at <= bindparam("since"))
    .where(address.c.reminded < bindparam("times"))
    .order_by(address.c.id)
)
REMINDED = (
    update(address)
    .where(address.c.id == bindparam("the_id"), CLAIMED, address.c.reminded == bindparam("before"))
    .values(reminded=bindparam("after"))
)


def owner(work: Work, email: str) -> Owner | None:
    """Whose this mail address is."""
    row = work.connection.execute(OWNER, {"there": people.spelled("email", email)}).first()
    return Owner(*row) if row else None


def add(work: Work, person_id: int, email: str) -> int:
    """The id of a mail address that a person claims; IntegrityError when it is on record already."""
    return people.add_address(work, person_id, "email", email, "claimed")


def renew(work: Work, address_id: int, person_id: int) -> None:
    """The address is claimed anew, by the same or another person: whoever claims last may prove it."""
    work.connection.execute(RENEW, {"the_id": address_id, "the_person": person_id, "now": work.now})


def unproved(work: Work, claimed_before: datetime, reminded_less_than: int) -> list[Claim]:
    """Addresses claimed until then whose person was reminded less often than that."""
    rows = work.connection.execute(WAITING, {"since": claimed_before, "times": reminded_less_than})
    return [Claim(*row) for row in rows]


def remind(work: Work, claim: Claim, times: int) -> bool:
    """Count the person as reminded so often; False when the address was proved, or another process was quicker."""
    values = {"the_id": claim.address_id, "before": claim.reminded, "after": times}
    return work.connection.execute(REMINDED, values).rowcount == 1
