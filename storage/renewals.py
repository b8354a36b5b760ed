"""Keeps the contact hours that holders log for the renewal of a certificate, and what became of each renewal."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import bindparam, func, insert, literal_column, select, update

from storage import tables
from storage.database import Work

contact_hour = tables.of(tables.ContactHour)
renewal = tables.of(tables.Renewal)
certificate = tables.of(tables.Certificate)
SECONDS = 3600  # of an hour


@dataclass(frozen=True)
class Entry:
    """A line of the log; see the table for the fields. `hours` is None while the office has to say how many."""

    id: int
    certificate_id: int
    number: int
    day: date
    told: str
    seconds: int | None
    what: str
    set_id: str | None
    link: str
    state: str
    logged_at: datetime

    @property
    def hours(self) -> Fraction | None:
        return None if self.seconds is None else Fraction(self.seconds, SECONDS)


@dataclass(frozen=True)
class Renewal:
    """A request for renewal and what became of it; see the table for the fields."""

    id: int
    certificate_id: int
    ends: date
    state: str
    requested_at: datetime
    decided_at: datetime | None
    reason: str
    seconds: int | None
    since: date | None
    until: date | None


LOGGED = tuple(contact_hour.c[name] for name in Entry.__dataclass_fields__)
ASKED = tuple(renewal.c[name] for name in Renewal.__dataclass_fields__)
NEXT = select(func.coalesce(func.max(contact_hour.c.number), 0) + 1).where(
    contact_hour.c.certificate_id == bindparam("the_certificate")
)
ADD = insert(contact_hour).returning(*LOGGED)
OF = (
    select(*LOGGED)
    .where(contact_hour.c.certificate_id == bindparam("the_certificate"))
    .order_by(contact_hour.c.day, contact_hour.c.number)
)
BY_ID = select(*LOGGED).where(contact_hour.c.id == bindparam("the_id"))
CHANGE = (
    update(contact_hour)
    .where(contact_hour.c.id == bindparam("the_id"))
    .values({name: bindparam(f"new_{name}") for name in ("day", "told", "seconds", "what", "set_id", "link")})
)
MOVE = (
    update(contact_hour)
    .where(contact_hour.c.id == bindparam("the_id"), contact_hour.c.state != bindparam("the_state"))
    .values(state=bindparam("the_state"))
)
PROVE = update(contact_hour).where(contact_hour.c.id == bindparam("the_id")).values(link=bindparam("the_link"))
VALUE = update(contact_hour).where(contact_hour.c.id == bindparam("the_id")).values(seconds=bindparam("worth"))
ASK = insert(renewal).returning(*ASKED)
RENEWALS = (
    select(*ASKED).where(renewal.c.certificate_id == bindparam("the_certificate")).order_by(renewal.c.id)
)  # fmt: skip
RENEWAL = select(*ASKED).where(renewal.c.id == bindparam("the_id"))
DECIDE = (
    update(renewal)
    .where(renewal.c.id == bindparam("the_id"), renewal.c.state == literal_column("'requested'"))
    .values(
        state=bindparam("the_state"),
        reason=bindparam("why"),
        decided_at=bindparam("now"),
        seconds=bindparam("counted"),
        since=bindparam("begins"),
        until=bindparam("lasts"),
    )
)
EXTEND = (
    update(certificate)
    .where(certificate.c.id == bindparam("the_certificate"))
    .values(until=bindparam("lasts"), changed_at=bindparam("now"))
)


def seconds(hours: Fraction | None) -> int | None:
    """What is stored of so many contact hours; whole, because hours are told in minutes or to two places."""
    return None if hours is None else round(hours * SECONDS)


def log(
    work: Work, certificate_id: int, day: date, told: str, hours: Fraction | None, what: str, set_id: str | None,
    link: str,
) -> Entry:  # fmt: skip
    """A new line; the caller holds the person's lock, or two get one number."""
    number = work.connection.execute(NEXT, {"the_certificate": certificate_id}).scalar_one()
    values: dict[str, object] = {"certificate_id": certificate_id, "number": number, "day": day, "told": told}
    values |= {"seconds": seconds(hours), "what": what, "set_id": set_id, "link": link, "state": "current"}
    return Entry(*work.connection.execute(ADD, values | {"logged_at": work.now}).one())


def of(work: Work, certificate_id: int) -> list[Entry]:
    """All lines, also what was removed, by day."""
    return [Entry(*row) for row in work.connection.execute(OF, {"the_certificate": certificate_id})]


def entry(work: Work, entry_id: int) -> Entry | None:
    row = work.connection.execute(BY_ID, {"the_id": entry_id}).first()
    return Entry(*row) if row else None


def change(work: Work, changed: Entry) -> None:
    """The line of that id, as it is now."""
    values: dict[str, object] = {
        f"new_{name}": getattr(changed, name) for name in ("day", "told", "seconds", "what", "set_id", "link")
    }
    work.connection.execute(CHANGE, values | {"the_id": changed.id})


def move(work: Work, entry_id: int, state: str) -> bool:
    """Remove a line, or make it current again; False when it is so already."""
    return work.connection.execute(MOVE, {"the_id": entry_id, "the_state": state}).rowcount == 1


def prove(work: Work, entry_id: int, link: str) -> None:
    """The proof of a line is there from now on."""
    work.connection.execute(PROVE, {"the_id": entry_id, "the_link": link})


def value(work: Work, entry_id: int, hours: Fraction) -> None:
    """A line is worth so many contact hours."""
    work.connection.execute(VALUE, {"the_id": entry_id, "worth": seconds(hours)})


def ask(work: Work, certificate_id: int, ends: date) -> Renewal:
    """A request to renew the term that ends on a day. IntegrityError while another one is open."""
    values: dict[str, object] = {"certificate_id": certificate_id, "ends": ends, "state": "requested", "reason": ""}
    return Renewal(*work.connection.execute(ASK, values | {"requested_at": work.now}).one())


def renewals(work: Work, certificate_id: int) -> list[Renewal]:
    """Everything that was asked for and became of it, oldest first."""
    return [Renewal(*row) for row in work.connection.execute(RENEWALS, {"the_certificate": certificate_id})]


def renewal_of(work: Work, renewal_id: int) -> Renewal | None:
    row = work.connection.execute(RENEWAL, {"the_id": renewal_id}).first()
    return Renewal(*row) if row else None


def decide(
    work: Work,
    asked: Renewal,
    state: str,
    reason: str = "",
    counted: Fraction | None = None,
    begins: date | None = None,
    lasts: date | None = None,
) -> bool:
    """A request ends in that state; one that is renewed has the certificate last until `lasts`. False: it had ended."""
    values: dict[str, object] = {"the_id": asked.id, "the_state": state, "why": reason, "now": work.now}
    values |= {"counted": seconds(counted), "begins": begins, "lasts": lasts}
    if work.connection.execute(DECIDE, values).rowcount != 1:
        return False
    if lasts is not None:
        work.connection.execute(EXTEND, {"the_certificate": asked.certificate_id, "lasts": lasts, "now": work.now})
    return True
