"""Keeps the certificates: numbered in order within each year, each with a code by which anybody can check it."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # its ON CONFLICT compiles for SQLite too

from flows.program.certificates import ALPHABET, AT_FIRST, CODE_LENGTH, PARTS, numbered
from storage import tables
from storage.database import Work

certificate = tables.of(tables.Certificate)
counting = tables.of(tables.CertificateCount)
candidacy = tables.of(tables.Candidacy)


@dataclass(frozen=True)
class Certificate:
    """A certificate and whose it is; see the table for the fields."""

    id: int
    person_id: int
    candidacy_id: int
    number: str
    code: str
    name: str
    set_ids: tuple[str, ...]
    since: date
    until: date
    awarded_on: date
    shows: tuple[str, ...]
    state: str
    reason: str

    @property
    def revoked(self) -> bool:
        return self.state == "revoked"


COLUMNS = (
    certificate.c.id,
    candidacy.c.person_id,
    *(
        certificate.c[name]
        for name in (
            "candidacy_id", "number", "code", "name", "sets", "since", "until",
            "awarded_on", "shows", "state", "reason",
        )
    ),
)  # fmt: skip
ALL = select(*COLUMNS).join(candidacy, candidacy.c.id == certificate.c.candidacy_id).order_by(certificate.c.id)
BY_NUMBER = ALL.where(func.upper(certificate.c.number) == bindparam("the_number"))
BY_CODE = ALL.where(certificate.c.code == bindparam("the_code"))
OF_CANDIDACY = ALL.where(certificate.c.candidacy_id == bindparam("the_candidacy"))
OF_PERSON = ALL.where(candidacy.c.person_id == bindparam("the_person"))
TAKEN = select(certificate.c.id).where(certificate.c.number == bindparam("the_number"))
HOW_MANY = select(func.count()).select_from(certificate)
# Whoever numbers a certificate holds the year's row until the end of the transaction, so that no number is left out.
NEXT = (
    upsert(counting)
    .values(year=bindparam("the_year"), last=1)
    .on_conflict_do_update(index_elements=["year"], set_={"last": counting.c.last + 1})
    .returning(counting.c.last)
)
ADD = insert(certificate)
CERTIFY = (
    update(candidacy).where(candidacy.c.id == bindparam("the_candidacy")).values(state=literal_column("'certified'"))
)
SHOW = (
    update(certificate)
    .where(certificate.c.id == bindparam("the_id"))
    .values(shows=bindparam("parts"), changed_at=bindparam("now"))
)
RENAME = (
    update(certificate)
    .where(certificate.c.id == bindparam("the_id"))
    .values(name=bindparam("the_name"), changed_at=bindparam("now"))
)
MOVE = (
    update(certificate)
    .where(certificate.c.id == bindparam("the_id"), certificate.c.state != bindparam("the_state"))
    .values(state=bindparam("the_state"), reason=bindparam("why"), changed_at=bindparam("now"))
)


def issue(
    work: Work,
    candidacy_id: int,
    name: str,
    set_ids: Sequence[str],
    since: date,
    until: date,
    awarded_on: date,
    number: str = "",
) -> Certificate:
    """A new certificate, numbered unless a `number` is given; the candidacy is certified from now on.

    IntegrityError for a candidacy that has one, or a number that is taken.
    """
    values: dict[str, object] = {
        "candidacy_id": candidacy_id, "name": name, "sets": json.dumps(list(set_ids)), "since": since, "until": until,
        "awarded_on": awarded_on, "shows": ",".join(AT_FIRST), "state": "current", "reason": "",
    }  # fmt: skip
    values |= {"number": number or _next(work, awarded_on.year), "code": _code()}
    work.connection.execute(ADD, values | {"issued_at": work.now, "changed_at": work.now})
    work.connection.execute(CERTIFY, {"the_candidacy": candidacy_id})
    [issued] = _read(work, OF_CANDIDACY, the_candidacy=candidacy_id)
    return issued


def _next(work: Work, year: int) -> str:
    """The next number of a year; those that certificates of before brought along are passed over."""
    while True:
        number = numbered(year, int(work.connection.execute(NEXT, {"the_year": year}).scalar_one()))
        if not taken(work, number):
            return number


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def taken(work: Work, number: str) -> bool:
    return work.connection.execute(TAKEN, {"the_number": number}).first() is not None


def by_number(work: Work, number: str) -> Certificate | None:
    """However its letters are written."""
    return next(iter(_read(work, BY_NUMBER, the_number=number.upper())), None)


def by_code(work: Work, code: str) -> Certificate | None:
    return next(iter(_read(work, BY_CODE, the_code=code)), None)


def of_candidacy(work: Work, candidacy_id: int) -> Certificate | None:
    return next(iter(_read(work, OF_CANDIDACY, the_candidacy=candidacy_id)), None)


def latest(work: Work, person_id: int) -> Certificate | None:
    """A person's certificate that lasts longest."""
    return max(_read(work, OF_PERSON, the_person=person_id), key=lambda each: (each.until, each.id), default=None)


def everything(work: Work) -> list[Certificate]:
    """All certificates, in the order in which they came on record."""
    return _read(work, ALL)


def how_many(work: Work) -> int:
    return int(work.connection.execute(HOW_MANY).scalar_one())


def show(work: Work, certificate_id: int, parts: Sequence[str]) -> None:
    """What the public check page may tell from now on."""
    told = ",".join(each for each in PARTS if each in parts)
    work.connection.execute(SHOW, {"the_id": certificate_id, "parts": told, "now": work.now})


def rename(work: Work, certificate_id: int, name: str) -> None:
    """Another name is printed on it from now on."""
    work.connection.execute(RENAME, {"the_id": certificate_id, "the_name": name, "now": work.now})


def move(work: Work, certificate_id: int, state: str, reason: str) -> bool:
    """Revoke it, or make it current again; False when it is so already."""
    values = {"the_id": certificate_id, "the_state": state, "why": reason, "now": work.now}
    return work.connection.execute(MOVE, values).rowcount == 1


def _read(work: Work, statement: Select[Any], **values: object) -> list[Certificate]:
    rows = work.connection.execute(statement, values).all()
    return [
        Certificate(
            row.id, row.person_id, row.candidacy_id, row.number, row.code, row.name, tuple(json.loads(row.sets)),
            row.since, row.until, row.awarded_on, tuple(filter(None, row.shows.split(","))), row.state, row.reason,
        )
        for row in rows
    ]  # fmt: skip
