"""Addresses that somebody typed into a form and has yet to prove."""

from dataclasses import dataclass

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


CLAIMED = address.c.state == "claimed"
OWNER = select(address.c.id, address.c.person_id, address.c.state).where(
    address.c.channel == "email", address.c.address == bindparam("there")
)
RENEW = (
    update(address)
    .where(address.c.id == bindparam("the_id"), CLAIMED)
    .values(person_id=bindparam("the_person"), created_at=bindparam("now"))
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
