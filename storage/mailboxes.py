"""What mail alone needs to know of an address: whom a reply address was made for, and what came back undelivered."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select, update

from storage import tables
from storage.database import Work
from storage.prefetch import ByKey

address = tables.of(tables.Address)
outbox = tables.of(tables.Outgoing)
person = tables.of(tables.Person)


@dataclass(frozen=True)
class Mailbox:
    """An address on record, by its id; `matter` is what the letter there was about, empty when it is gone or had none.

    `revoked`: the letter's reply address speaks for nobody any more.
    """

    address_id: int
    person_id: int | None
    address: str
    state: str
    matter: str
    revoked: bool


letter = bindparam("letter", type_=outbox.c.id.type)
MATTER = (
    select(outbox.c.matter).where(outbox.c.id == letter, outbox.c.address_id == bindparam("the_id")).scalar_subquery()
)
FIND = select(
    address.c.id,
    address.c.person_id,
    address.c.address,
    address.c.state,
    func.coalesce(MATTER, ""),
    (address.c.revoked >= letter).label("revoked"),
).where(address.c.id == bindparam("the_id"), address.c.channel == "email")
NEWEST = select(func.coalesce(func.max(outbox.c.id), 0)).scalar_subquery()
REVOKE = update(address).where(address.c.id == bindparam("the_id")).values(revoked=NEWEST)
BOUNCED = (
    update(address)
    .where(address.c.id == bindparam("the_id"))
    .values(bounces=address.c.bounces + 1)
    .returning(address.c.bounces)
)
CAME_THROUGH = update(address).where(address.c.id == bindparam("the_id"), address.c.bounces > 0).values(bounces=0)
AWAY = update(person).where(person.c.id == bindparam("the_id")).values(away_until=bindparam("until"))
AWAY_UNTIL = ByKey(select(person.c.away_until), person.c.id)
WRITTEN_SINCE = (
    select(func.count())
    .select_from(outbox)
    .join(address, address.c.id == outbox.c.address_id)
    .where(address.c.channel == "email", address.c.address == bindparam("there"))
    .where(outbox.c.created_at >= bindparam("since", type_=outbox.c.created_at.type))
)


def find(work: Work, address_id: int, letter_id: int) -> Mailbox | None:
    """The mail address of this id, as the letter of that id knew it; None when there is none."""
    row = work.connection.execute(FIND, {"the_id": address_id, "letter": letter_id}).first()
    return Mailbox(*row) if row is not None else None


def revoke(work: Work, address_id: int) -> None:
    """The reply addresses of all letters until now speak for nobody any more."""
    work.connection.execute(REVOKE, {"the_id": address_id})


def bounced(work: Work, address_id: int) -> int:
    """How many mails in a row came back from there for a passing reason, this one included."""
    return int(work.connection.execute(BOUNCED, {"the_id": address_id}).scalar_one())


def came_through(work: Work, address_id: int) -> None:
    """Somebody wrote from there, so the count begins anew."""
    work.connection.execute(CAME_THROUGH, {"the_id": address_id})


def away(work: Work, person_id: int, until: date) -> None:
    """A person's mail said that they are away, the last day included."""
    work.connection.execute(AWAY, {"the_id": person_id, "until": until})


def away_until(work: Work, person_id: int) -> date | None:
    """The last day of the absence that is known of."""
    row = AWAY_UNTIL.first(work, person_id)
    return row[0] if row is not None else None


def written_since(work: Work, email: str, since: datetime) -> int:
    """How many mails were written to an address since then."""
    return int(work.connection.execute(WRITTEN_SINCE, {"there": email, "since": since}).scalar_one())
