"""The links by which candidates share parts of their record, and every look at them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, case, func, insert, select, update

from storage import tables
from storage.database import Work

share = tables.of(tables.Share)
view = tables.of(tables.ShareView)
PERSON, PREVIEW = "person", "preview"


@dataclass(frozen=True)
class Share:
    """A link; see the table for the fields."""

    id: int
    candidacy_id: int
    number: int
    reader: str
    parts: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.ends_at

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(json.loads(self.parts))


@dataclass(frozen=True)
class Views:
    """How often a link was looked at by people and by programs, and when a person last did."""

    people: int = 0
    previews: int = 0
    last: datetime | None = None


COLUMNS = tuple(share.c[name] for name in Share.__dataclass_fields__)
NEXT = select(func.coalesce(func.max(share.c.number), 0) + 1).where(share.c.candidacy_id == bindparam("the_candidacy"))
ADD = insert(share).returning(*COLUMNS)
OF = select(*COLUMNS).where(share.c.candidacy_id == bindparam("the_candidacy")).order_by(share.c.number)
BY_TOKEN = select(*COLUMNS).where(share.c.token_hash == bindparam("hashed"))
EXTEND = update(share).where(share.c.id == bindparam("the_id")).values(ends_at=bindparam("until"))
END = (
    update(share).where(share.c.id == bindparam("the_id"), share.c.ended_at.is_(None)).values(ended_at=bindparam("now"))
)
SEE = insert(view)
BY_PERSON = view.c.by == PERSON
SEEN = (
    select(
        view.c.share_id,
        func.sum(case((BY_PERSON, 1), else_=0)),
        func.sum(case((BY_PERSON, 0), else_=1)),
        func.max(case((BY_PERSON, view.c.at))),
    )
    .join(share, share.c.id == view.c.share_id)
    .where(share.c.candidacy_id == bindparam("the_candidacy"))
    .group_by(view.c.share_id)
)
LOOKS = (
    select(view.c.at)
    .where(view.c.share_id == bindparam("the_share"), BY_PERSON)
    .order_by(view.c.at.desc(), view.c.id.desc())
    .limit(bindparam("most"))
)


def hashed(token: str) -> str:
    """What is kept of a token: it is random and long, so that a plain hash cannot be guessed back."""
    return sha256(token.encode()).hexdigest()


def add(work: Work, candidacy_id: int, token: str, reader: str, parts: Sequence[str], until: datetime) -> Share:
    """A new link; the caller holds the person's lock, or two get one number."""
    number = work.connection.execute(NEXT, {"the_candidacy": candidacy_id}).scalar_one()
    values: dict[str, object] = {"candidacy_id": candidacy_id, "number": number, "token_hash": hashed(token)}
    values |= {"reader": reader, "parts": json.dumps(list(parts)), "made_at": work.now, "ends_at": until}
    return Share(*work.connection.execute(ADD, values | {"ended_at": None}).one())


def of(work: Work, candidacy_id: int) -> list[Share]:
    """All that there ever were, oldest first."""
    return [Share(*row) for row in work.connection.execute(OF, {"the_candidacy": candidacy_id})]


def by_token(work: Work, token: str) -> Share | None:
    """The link of that token, whether it is open or not."""
    row = work.connection.execute(BY_TOKEN, {"hashed": hashed(token)}).first()
    return Share(*row) if row is not None else None


def extend(work: Work, share_id: int, until: datetime) -> None:
    work.connection.execute(EXTEND, {"the_id": share_id, "until": until})


def end(work: Work, share_id: int) -> None:
    """Nobody sees anything by it from now on."""
    work.connection.execute(END, {"the_id": share_id, "now": work.now})


def seen(work: Work, share_id: int, by: str) -> None:
    """A look at it, by PERSON or PREVIEW; no more is kept about who looked."""
    work.connection.execute(SEE, {"share_id": share_id, "at": work.now, "by": by})


def views(work: Work, candidacy_id: int) -> dict[int, Views]:
    """The looks at each link, by its id; links nobody looked at are left out."""
    rows = work.connection.execute(SEEN, {"the_candidacy": candidacy_id})
    return {number: Views(int(people), int(previews), last) for number, people, previews, last in rows}


def looks(work: Work, share_id: int, most: int) -> list[datetime]:
    """When people looked at a link, newest first."""
    return list(work.connection.execute(LOOKS, {"the_share": share_id, "most": most}).scalars())
