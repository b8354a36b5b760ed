"""What evaluators may see of a submission: the blind review's read model, without a column that leads to a person.

Everything that is sent to an evaluator is made of this and of nothing else, which a test proves by rendering all of it.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from storage import tables
from storage.database import Work

review = tables.of(tables.Review)
submission = tables.of(tables.Submission)


@dataclass(frozen=True)
class Package:
    """A set as it was handed in; `contents` is JSON, `reference` all that names it."""

    review_id: int
    reference: str
    set_id: str
    round: int
    contents: str


FOUND = (
    select(review.c.id, review.c.reference, submission.c.set_id, submission.c.round, submission.c.contents)
    .join(submission, submission.c.id == review.c.submission_id)
    .where(review.c.id == bindparam("the_review"))
)


def of(work: Work, review_id: int) -> Package:
    """NoResultFound for a review that is not there."""
    return Package(*work.connection.execute(FOUND, {"the_review": review_id}).one())
