"""Six-digit codes that prove an address: given in one place, typed in another; only their hashes are kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import scrypt

from sqlalchemy import bindparam, delete, func, insert, select, update

from storage import tables
from storage.database import Work

code = tables.of(tables.LinkCode)
attempt = tables.of(tables.LinkTry)
address = tables.of(tables.Address)
newer = code.alias("newer")


@dataclass(frozen=True)
class Code:
    """A code on record, and the address it was given to, with whoever has that now.

    `replaced` says that the address got a newer one since.
    """

    id: int
    address_id: int
    channel: str
    address: str
    state: str
    person_id: int | None
    expires_at: datetime
    used_at: datetime | None
    replaced: bool


GIVE = insert(code)
LIVE = select(code.c.id).where(
    code.c.code_hash == bindparam("hashed"), code.c.used_at.is_(None), code.c.expires_at > bindparam("now")
)
FIND = (
    select(code.c.id, code.c.address_id, address.c.channel, address.c.address, address.c.state, address.c.person_id)
    .add_columns(code.c.expires_at, code.c.used_at)
    .add_columns(select(newer.c.id).where(newer.c.address_id == code.c.address_id, newer.c.id > code.c.id).exists())
    .join(address, address.c.id == code.c.address_id)
    .where(code.c.code_hash == bindparam("hashed"))
    .order_by(code.c.id.desc())
    .limit(1)
)
USE = update(code).where(code.c.id == bindparam("the_id"), code.c.used_at.is_(None)).values(used_at=bindparam("now"))
REVOKE = (
    update(code)
    .where(code.c.address_id == bindparam("there"), code.c.used_at.is_(None), code.c.expires_at > bindparam("now"))
    .values(expires_at=bindparam("now"))
)
GIVEN = select(func.count()).where(code.c.address_id == bindparam("there"), code.c.created_at > bindparam("since"))
WRONG = insert(attempt)
TRIES = (
    select(attempt.c.at)
    .where(attempt.c.address_id == bindparam("there"), attempt.c.at > bindparam("since"))
    .order_by(attempt.c.at)
)
ALL_TRIES = select(func.count()).where(attempt.c.at > bindparam("since"))
FORGET = (
    delete(code).where(code.c.expires_at < bindparam("instant")),
    delete(attempt).where(attempt.c.at < bindparam("instant")),
)


def give(work: Work, address_id: int, lasts: timedelta) -> str:
    """A new code for an address, like no other that is still good; those it got before count no longer."""
    while True:
        digits = f"{secrets.randbelow(1_000_000):06}"
        if work.connection.execute(LIVE, {"hashed": _hashed(digits), "now": work.now}).first() is None:
            break
    values = {"code_hash": _hashed(digits), "address_id": address_id, "created_at": work.now, "used_at": None}
    work.connection.execute(GIVE, values | {"expires_at": work.now + lasts})
    return digits


def find(work: Work, digits: str) -> Code | None:
    """The newest code of these digits, also one that is used, over or replaced."""
    row = work.connection.execute(FIND, {"hashed": _hashed(digits)}).first()
    return Code(*row) if row else None


def use(work: Work, code_id: int) -> bool:
    """Use a code up; False when it was used before."""
    return work.connection.execute(USE, {"the_id": code_id, "now": work.now}).rowcount == 1


def revoke(work: Work, address_id: int) -> None:
    """No code given to an address is good any more."""
    work.connection.execute(REVOKE, {"there": address_id, "now": work.now})


def given(work: Work, address_id: int, since: datetime) -> int:
    """How many codes an address got since then."""
    return int(work.connection.execute(GIVEN, {"there": address_id, "since": since}).scalar_one())


def wrong(work: Work, address_id: int) -> None:
    """A wrong code was typed at this address."""
    work.connection.execute(WRONG, {"address_id": address_id, "at": work.now})


def wrong_at(work: Work, address_id: int, since: datetime) -> list[datetime]:
    """When wrong codes were typed at an address since then, oldest first."""
    return [row.at for row in work.connection.execute(TRIES, {"there": address_id, "since": since})]


def all_wrong(work: Work, since: datetime) -> int:
    """How many wrong codes were typed anywhere since then."""
    return int(work.connection.execute(ALL_TRIES, {"since": since}).scalar_one())


def forget_before(work: Work, instant: datetime) -> None:
    """Forget the codes that were over, and the wrong ones typed, before `instant`."""
    for statement in FORGET:
        work.connection.execute(statement, {"instant": instant})


def _hashed(digits: str) -> str:
    """Slow on purpose: a reader of the database needs hours to try all million codes, and most live ten minutes."""
    return scrypt(digits.encode(), salt=b"lssc link code", n=2**12, r=8, p=1, dklen=16).hex()
