"""Sets that candidates handed in for review, as they were then, one row for each round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # its ON CONFLICT compiles for SQLite too

from storage import candidacies, tables
from storage.database import Work
from storage.prefetch import ByKey

submission = tables.of(tables.Submission)


@dataclass(frozen=True)
class Submission:
    """A set in one round; see the table for the fields."""

    id: int
    candidacy_id: int
    set_id: str
    round: int
    receipt: str
    state: str
    contents: str
    passed: str
    open_numbers: str
    feedback: str
    asked_at: datetime
    submitted_at: datetime | None
    changed_at: datetime


COLUMNS = tuple(submission.c[name] for name in Submission.__dataclass_fields__)
OF = ByKey(select(*COLUMNS).order_by(submission.c.set_id, submission.c.round), submission.c.candidacy_id)
BY_ID = select(*COLUMNS).where(submission.c.id == bindparam("the_id"))
BY_RECEIPT = select(*COLUMNS).where(submission.c.receipt == bindparam("the_receipt"))
CHECKING = select(*COLUMNS).where(submission.c.state == "checking").order_by(submission.c.id).limit(bindparam("most"))
ANEW = (
    "receipt", "state", "contents", "passed", "open_numbers", "feedback", "asked_at", "submitted_at", "changed_at",
)  # fmt: skip
FRESH = upsert(submission)
ADD = FRESH.on_conflict_do_update(
    index_elements=[submission.c.candidacy_id, submission.c.set_id, submission.c.round],
    set_={name: FRESH.excluded[name] for name in ANEW},
    where=submission.c.state.in_(("taken back", "returned")),
).returning(*COLUMNS)
MOVE = (
    update(submission)
    .where(submission.c.id == bindparam("the_id"), submission.c.state.in_(bindparam("before", expanding=True)))
    .values(
        state=bindparam("after"),
        open_numbers=bindparam("asked"),
        feedback=bindparam("told"),
        changed_at=bindparam("now"),
    )
)
SUBMIT = (
    update(submission)
    .where(submission.c.id == bindparam("the_id"), submission.c.state == "checking")
    .values(
        state="submitted",
        contents=bindparam("contents_now"),
        submitted_at=bindparam("now"),
        changed_at=bindparam("now"),
    )
)


def of(work: Work, candidacy_id: int) -> list[Submission]:
    """All rounds of all sets, by set, the newest round last."""
    return [Submission(*row) for row in OF.rows(work, candidacy_id)]


def newest(work: Work, candidacy_id: int, set_id: str) -> Submission | None:
    """The newest round of a set."""
    rounds = [each for each in of(work, candidacy_id) if each.set_id == set_id]
    return rounds[-1] if rounds else None


def add(
    work: Work, candidacy_id: int, set_id: str, round_: int, receipt: str, contents: str, passed: str, asked: str
) -> Submission:
    """A set is handed in, frozen; `asked` (JSON) are the competencies of a revision, empty for all.

    The caller holds the person's lock. A round that was taken back or returned is begun anew in its
    place. NoResultFound for one that goes on.
    """
    fresh = {"candidacy_id": candidacy_id, "set_id": set_id, "round": round_, "receipt": receipt, "state": "checking"}
    told = {"contents": contents, "passed": passed, "open_numbers": asked, "feedback": "", "submitted_at": None}
    candidacies.touch(work, candidacy_id)
    return Submission(
        *work.connection.execute(ADD, fresh | told | {"asked_at": work.now, "changed_at": work.now}).one()
    )


def by_id(work: Work, submission_id: int) -> Submission | None:
    row = work.connection.execute(BY_ID, {"the_id": submission_id}).first()
    return Submission(*row) if row else None


def by_receipt(work: Work, receipt: str) -> Submission | None:
    row = work.connection.execute(BY_RECEIPT, {"the_receipt": receipt}).first()
    return Submission(*row) if row else None


def checking(work: Work, most: int) -> list[Submission]:
    """Those whose links are to be looked at before they go on, oldest first."""
    return [Submission(*row) for row in work.connection.execute(CHECKING, {"most": most})]


def move(
    work: Work, submission_id: int, before: Sequence[str], after: str, *, asked: str = "[]", feedback: str = ""
) -> bool:
    """From one of some states to another; False when it was in none of them, and nothing was changed.

    `asked` (JSON) are the competencies that a revision asks for, `feedback` what the candidate is told of them.
    """
    values = {"the_id": submission_id, "before": list(before), "after": after, "asked": asked, "told": feedback}
    return work.connection.execute(MOVE, values | {"now": work.now}).rowcount > 0


def submit(work: Work, submission_id: int, contents: str) -> bool:
    """The links were looked at, and it goes on; False when it was taken back, or went on before."""
    values = {"the_id": submission_id, "contents_now": contents, "now": work.now}
    return work.connection.execute(SUBMIT, values).rowcount > 0
