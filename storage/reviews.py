"""Reviews of submissions: who was asked to read, what each says, and what it came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import bindparam, delete, func, insert, select, update

from flows.program.panel import Seat
from storage import tables
from storage.database import Work

review = tables.of(tables.Review)
reader = tables.of(tables.ReviewReader)
rating = tables.of(tables.ReviewRating)


@dataclass(frozen=True)
class Review:
    """See the table for the fields."""

    id: int
    submission_id: int
    reference: str
    state: str
    outcome: str
    allowed: bool
    draft: str
    draft_due: date | None
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Reader:
    """One who was asked; see the table for the fields."""

    id: int
    review_id: int
    person_id: int
    seat: str
    third: bool
    word: str
    comment: str
    why: str
    asked_at: datetime
    answer_by: datetime
    due: date | None
    extended: bool
    late: bool
    answered_at: datetime | None
    assessed_at: datetime | None
    ended_at: datetime | None


COLUMNS = tuple(review.c[name] for name in Review.__dataclass_fields__)
READER = tuple(reader.c[name] for name in Reader.__dataclass_fields__)
CHANGING = ("state", "outcome", "allowed", "draft", "draft_due", "changed_at")
MOVING = tuple(name for name in Reader.__dataclass_fields__ if name not in ("id", "review_id", "person_id", "asked_at"))
ADD = insert(review).returning(*COLUMNS)
LOCKED = select(*COLUMNS).where(review.c.id == bindparam("the_id")).with_for_update()
OF_SUBMISSION = select(func.max(review.c.id)).where(review.c.submission_id == bindparam("the_submission"))
REFERENCE = select(review.c.reference).where(review.c.id == bindparam("the_id"))
BY_REFERENCE = select(review.c.id).where(review.c.reference == bindparam("the_reference"))
SAVE = (
    update(review)
    .where(review.c.id == bindparam("the_id"))
    .values({name: bindparam(f"new_{name}") for name in CHANGING})
)
READERS = select(*READER).where(reader.c.review_id == bindparam("the_review")).order_by(reader.c.id)
ASK = insert(reader).returning(*READER)
SAVE_READER = (
    update(reader).where(reader.c.id == bindparam("the_id")).values({name: bindparam(f"new_{name}") for name in MOVING})
)
OF_PERSON = select(*READER).where(reader.c.person_id == bindparam("the_person")).order_by(reader.c.id)
OPEN = review.c.state == "open"
IN_OPEN = select(*READER).join(review, review.c.id == reader.c.review_id).where(OPEN).order_by(reader.c.id)
TO_ANSWER = IN_OPEN.where(reader.c.seat == Seat.ASKED.value, reader.c.answer_by <= bindparam("now_or_soon"))
TO_ASSESS = IN_OPEN.where(reader.c.seat == Seat.READING.value, reader.c.due <= bindparam("day"))
ASSESSED = (
    select(review.c.id)
    .where(OPEN, reader.c.seat == Seat.ASSESSED.value)
    .join(reader, reader.c.review_id == review.c.id)
    .group_by(review.c.id)
    .having(func.max(reader.c.assessed_at) <= bindparam("before"))
    .order_by(review.c.id)
)
ALL_OPEN = select(review.c.id).where(OPEN).order_by(review.c.id)
DRAFTS = select(review.c.id).where(review.c.state == "concluded", review.c.draft_due <= bindparam("day"))
ASSESSED_SINCE = select(func.count()).where(
    reader.c.person_id == bindparam("the_person"),
    reader.c.seat == Seat.ASSESSED.value,
    reader.c.assessed_at >= bindparam("since"),
)
DROP_RATINGS = delete(rating).where(rating.c.reader_id == bindparam("the_reader"))
RATE = insert(rating)
RATINGS = (
    select(rating.c.number, rating.c.rating, rating.c.comment)
    .where(rating.c.reader_id == bindparam("the_reader"))
    .order_by(rating.c.number)
)


def add(work: Work, submission_id: int, reference: str) -> Review:
    """A new review; IntegrityError when the reference is taken."""
    values: dict[str, object] = {"submission_id": submission_id, "reference": reference, "state": "open", "outcome": ""}
    values |= {"allowed": False, "draft": "", "opened_at": work.now, "changed_at": work.now}
    return Review(*work.connection.execute(ADD, values).one())


def locked(work: Work, review_id: int) -> Review | None:
    """A review that nobody else changes until the transaction ends."""
    row = work.connection.execute(LOCKED, {"the_id": review_id}).first()
    return Review(*row) if row else None


def of_submission(work: Work, submission_id: int) -> int | None:
    """The id of the newest review of a submission."""
    return work.connection.execute(OF_SUBMISSION, {"the_submission": submission_id}).scalar()


def by_reference(work: Work, reference: str) -> int | None:
    """The id of the review of that reference."""
    return work.connection.execute(BY_REFERENCE, {"the_reference": reference.upper()}).scalar()


def reference(work: Work, review_id: int) -> str:
    """The reference of the review of that id."""
    return str(work.connection.execute(REFERENCE, {"the_id": review_id}).scalar_one())


def save(work: Work, changed: Review) -> None:
    """Write a review that was `locked` back as it has become."""
    new = {f"new_{name}": getattr(changed, name) for name in CHANGING} | {"new_changed_at": work.now}
    work.connection.execute(SAVE, {"the_id": changed.id} | new)


def readers(work: Work, review_id: int) -> list[Reader]:
    """Everybody who was asked, in that order."""
    return [Reader(*row) for row in work.connection.execute(READERS, {"the_review": review_id})]


def ask(work: Work, review_id: int, person_id: int, answer_by: datetime, *, third: bool) -> Reader:
    """One more is asked; the caller holds the review. IntegrityError for whoever was asked before."""
    values: dict[str, object] = {"review_id": review_id, "person_id": person_id, "seat": Seat.ASKED.value}
    values |= {"third": third, "word": "", "comment": "", "why": "", "extended": False, "late": False}
    return Reader(*work.connection.execute(ASK, values | {"asked_at": work.now, "answer_by": answer_by}).one())


def save_reader(work: Work, changed: Reader) -> None:
    """Write a reader back; the caller holds the review."""
    new = {f"new_{name}": getattr(changed, name) for name in MOVING}
    work.connection.execute(SAVE_READER, {"the_id": changed.id} | new)


def of_person(work: Work, person_id: int) -> list[Reader]:
    """Every time somebody was asked, oldest first."""
    return [Reader(*row) for row in work.connection.execute(OF_PERSON, {"the_person": person_id})]


def to_answer(work: Work, until: datetime) -> list[Reader]:
    """Offers that lapse by then unless they are answered."""
    return [Reader(*row) for row in work.connection.execute(TO_ANSWER, {"now_or_soon": until})]


def to_assess(work: Work, day: date) -> list[Reader]:
    """Readers whose last day is that one or before it."""
    return [Reader(*row) for row in work.connection.execute(TO_ASSESS, {"day": day})]


def assessed(work: Work, before: datetime) -> list[int]:
    """Open reviews, by id, whose newest assessment was confirmed by then."""
    return list(work.connection.execute(ASSESSED, {"before": before}).scalars())


def open_ones(work: Work) -> list[int]:
    """Open reviews, by id, oldest first."""
    return list(work.connection.execute(ALL_OPEN).scalars())


def assessed_since(work: Work, person_id: int, day: date) -> int:
    """How many reviews somebody has assessed since that day, in UTC."""
    since = datetime.combine(day, time.min, UTC)
    return int(work.connection.execute(ASSESSED_SINCE, {"the_person": person_id, "since": since}).scalar_one())


def drafts(work: Work, day: date) -> list[int]:
    """Concluded reviews, by id, whose outcome is to be reminded of on that day or before."""
    return list(work.connection.execute(DRAFTS, {"day": day}).scalars())


def rate(work: Work, reader_id: int, ratings: Mapping[int, tuple[str, str]]) -> None:
    """Rating and comment by competency, in the place of what stood there."""
    work.connection.execute(DROP_RATINGS, {"the_reader": reader_id})
    rows = [
        {"reader_id": reader_id, "number": number, "rating": word, "comment": comment}
        for number, (word, comment) in ratings.items()
    ]
    if rows:
        work.connection.execute(RATE, rows)


def ratings(work: Work, reader_id: int) -> dict[int, tuple[str, str]]:
    """Rating and comment by competency."""
    rows = work.connection.execute(RATINGS, {"the_reader": reader_id})
    return {number: (word, comment) for number, word, comment in rows}
