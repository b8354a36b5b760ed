"""Sets that candidates handed in for review, as they were then, one row for each round."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from storage import tables
from storage.database import Work

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
OF = (
    select(*COLUMNS)
    .where(submission.c.candidacy_id == bindparam("the_candidacy"))
    .order_by(submission.c.set_id, submission.c.round)
)


def of(work: Work, candidacy_id: int) -> list[Submission]:
    """All rounds of all sets, by set, the newest round last."""
    return [Submission(*row) for row in work.connection.execute(OF, {"the_candidacy": candidacy_id})]
