"""Portfolios as they were submitted, and the guidelines that applied."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from storage import tables
from storage.database import Work

submission = tables.of(tables.Submission)
guideline = tables.of(tables.Guideline)


@dataclass(frozen=True)
class Submission:
    """A portfolio for a set as it was frozen; see the table for the fields."""

    id: int
    receipt: str
    candidacy_id: int
    set_id: str
    version: int
    state: str
    submitted_at: datetime
    changed_at: datetime
    frozen: str
    guideline: str
    warnings: str
    open: str
    feedback: str


@dataclass(frozen=True)
class Guideline:
    """What the office tells about a set (empty: about all); `words` is a text or a link."""

    set_id: str
    version: str
    words: str
    at: datetime
    by: str


COLUMNS = tuple(submission.c[name] for name in Submission.__dataclass_fields__)
ADD = insert(submission).returning(submission.c.id)
OF = (
    select(*COLUMNS)
    .where(submission.c.candidacy_id == bindparam("the_candidacy"))
    .order_by(submission.c.set_id, submission.c.version)
)
GET = select(*COLUMNS).where(submission.c.receipt == bindparam("the_receipt")).with_for_update()
SAVE = (
    update(submission)
    .where(submission.c.id == bindparam("the_id"))
    .values(
        state=bindparam("the_state"), changed_at=bindparam("now"), open=bindparam("open_"), feedback=bindparam("told")
    )
)
GUIDELINE_COLUMNS = tuple(guideline.c[name] for name in Guideline.__dataclass_fields__)
ADD_GUIDELINE = insert(guideline)
NEWEST = (
    select(*GUIDELINE_COLUMNS)
    .where(guideline.c.set_id.in_((bindparam("the_set"), "")))
    .order_by((guideline.c.set_id == "").asc(), guideline.c.id.desc())
    .limit(1)
)


def add(
    work: Work, receipt: str, candidacy_id: int, set_id: str, version: int, frozen: str, guideline: str, warnings: str
) -> int:
    """The id of a new submission. IntegrityError for a second one of a set that is at hand."""
    values: dict[str, object] = {"receipt": receipt, "candidacy_id": candidacy_id, "set_id": set_id, "frozen": frozen}
    values |= {"version": version, "state": "submitted", "submitted_at": work.now, "changed_at": work.now}
    values |= {"guideline": guideline, "warnings": warnings, "open": "", "feedback": ""}
    return int(work.connection.execute(ADD, values).scalar_one())


def of(work: Work, candidacy_id: int) -> list[Submission]:
    """All submissions of a candidacy, by set, oldest first."""
    return [Submission(*row) for row in work.connection.execute(OF, {"the_candidacy": candidacy_id})]


def locked(work: Work, receipt: str) -> Submission | None:
    """The submission with this receipt; nobody else changes it until the end of the transaction."""
    row = work.connection.execute(GET, {"the_receipt": receipt}).first()
    return Submission(*row) if row else None


def save(work: Work, submission_id: int, state: str, open_: str = "", feedback: str = "") -> None:
    """`open_` (JSON) are the numbers to be revised, `feedback` what the candidate is told."""
    values = {"the_id": submission_id, "the_state": state, "now": work.now, "open_": open_, "told": feedback}
    work.connection.execute(SAVE, values)


def set_guideline(work: Work, set_id: str, version: str, words: str, by: str) -> None:
    values = {"set_id": set_id, "version": version, "words": words, "at": work.now, "by": by}
    work.connection.execute(ADD_GUIDELINE, values)


def guideline_for(work: Work, set_id: str) -> Guideline | None:
    """The guideline of a set now: its own, else the one for all sets."""
    row = work.connection.execute(NEWEST, {"the_set": set_id}).first()
    return Guideline(*row) if row else None
