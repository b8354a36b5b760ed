"""Guidelines for evidence: for one set or for all, every version that there was."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, insert, select

from storage import tables
from storage.database import Work

guideline = tables.of(tables.Guideline)
GENERAL = ""  # instead of the id of a set


@dataclass(frozen=True)
class Guideline:
    """A version; see the table for the fields."""

    id: int
    set_id: str
    since: date
    edition: int
    kind: str
    words: str
    set_by: str
    at: datetime


COLUMNS = tuple(guideline.c[name] for name in Guideline.__dataclass_fields__)
ALL = select(*COLUMNS).order_by(guideline.c.set_id, guideline.c.since.desc(), guideline.c.edition.desc())
OF_SET = ALL.where(guideline.c.set_id == bindparam("the_set"))
NEXT = select(func.coalesce(func.max(guideline.c.edition), 0) + 1).where(
    guideline.c.set_id == bindparam("the_set"), guideline.c.since == bindparam("day")
)
ADD = insert(guideline).returning(*COLUMNS)


def add(work: Work, set_id: str, since: date, kind: str, words: str, set_by: str) -> Guideline:
    """A new version; those before it stay."""
    edition = work.connection.execute(NEXT, {"the_set": set_id, "day": since}).scalar_one()
    values = {
        "set_id": set_id,
        "since": since,
        "edition": edition,
        "kind": kind,
        "words": words,
        "set_by": set_by,
        "at": work.now,
    }
    return Guideline(*work.connection.execute(ADD, values).one())


def versions(work: Work, set_id: str) -> list[Guideline]:
    """All versions for a set, or of the general ones, the newest first."""
    return [Guideline(*row) for row in work.connection.execute(OF_SET, {"the_set": set_id})]


def everything(work: Work) -> list[Guideline]:
    """All versions of all sets, the newest of each first."""
    return [Guideline(*row) for row in work.connection.execute(ALL)]


def current(work: Work, set_id: str) -> Guideline | None:
    """The newest version for a set, else the newest general one."""
    found = versions(work, set_id) or (versions(work, GENERAL) if set_id else [])
    return found[0] if found else None
