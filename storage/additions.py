"""What candidates add to their record of their own accord, and what they were asked for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from storage import tables
from storage.database import Work

addition = tables.of(tables.Addition)
request = tables.of(tables.RecordRequest)
candidacy = tables.of(tables.Candidacy)


@dataclass(frozen=True)
class Addition:
    """A free addition, words or a link."""

    id: int
    candidacy_id: int
    number: int
    content: str
    added_at: datetime


@dataclass(frozen=True)
class Request:
    """A wish for more; `answered_at` is None while it is open."""

    id: int
    candidacy_id: int
    number: int
    words: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


ADDED = tuple(addition.c[name] for name in Addition.__dataclass_fields__)
ASKED = tuple(request.c[name] for name in Request.__dataclass_fields__)
NEXT = select(func.coalesce(func.max(addition.c.number), 0) + 1).where(
    addition.c.candidacy_id == bindparam("the_candidacy")
)
ADD = insert(addition).returning(*ADDED)
OF = (
    select(*ADDED)
    .where(addition.c.candidacy_id == bindparam("the_candidacy"), addition.c.state == "current")
    .order_by(addition.c.number)
)
REMOVE = update(addition).where(addition.c.id == bindparam("the_id")).values(state="removed")
NEXT_REQUEST = select(func.coalesce(func.max(request.c.number), 0) + 1).where(
    request.c.candidacy_id == bindparam("the_candidacy")
)
ASK = insert(request).returning(*ASKED)
REQUESTS = select(*ASKED).where(request.c.candidacy_id == bindparam("the_candidacy")).order_by(request.c.number)
ANSWER = (
    update(request)
    .where(request.c.id == bindparam("the_id"), request.c.answered_at.is_(None))
    .values(answer=bindparam("told"), answered_at=bindparam("now"))
)
LOCKED = select(candidacy.c.person_id).where(candidacy.c.id == bindparam("the_id")).with_for_update()


def add(work: Work, candidacy_id: int, content: str) -> Addition:
    """Keep an addition; the caller holds the person's lock, or two get one number."""
    number = work.connection.execute(NEXT, {"the_candidacy": candidacy_id}).scalar_one()
    values: dict[str, object] = {"candidacy_id": candidacy_id, "number": number, "content": content}
    return Addition(*work.connection.execute(ADD, values | {"state": "current", "added_at": work.now}).one())


def of(work: Work, candidacy_id: int) -> list[Addition]:
    """All that was not removed, in the order it came."""
    return [Addition(*row) for row in work.connection.execute(OF, {"the_candidacy": candidacy_id})]


def remove(work: Work, addition_id: int) -> None:
    work.connection.execute(REMOVE, {"the_id": addition_id})


def ask(work: Work, candidacy_id: int, words: str, asked_by: str) -> Request | None:
    """A wish for more, to the candidate of that candidacy; None when there is no such candidacy, which is locked."""
    if work.connection.execute(LOCKED, {"the_id": candidacy_id}).first() is None:
        return None
    number = work.connection.execute(NEXT_REQUEST, {"the_candidacy": candidacy_id}).scalar_one()
    values: dict[str, object] = {"candidacy_id": candidacy_id, "number": number, "words": words, "asked_by": asked_by}
    values |= {"asked_at": work.now, "answer": "", "answered_at": None}
    return Request(*work.connection.execute(ASK, values).one())


def requests(work: Work, candidacy_id: int) -> list[Request]:
    """All that a candidate was asked for, oldest first."""
    return [Request(*row) for row in work.connection.execute(REQUESTS, {"the_candidacy": candidacy_id})]


def answer(work: Work, request_id: int, words: str) -> None:
    work.connection.execute(ANSWER, {"the_id": request_id, "told": words, "now": work.now})
