"""Questions to the review committee, and its members' words on them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work

ballot = tables.of(tables.Ballot)
vote = tables.of(tables.BallotVote)


@dataclass(frozen=True)
class Ballot:
    """See the table for the fields; `kind` is "evaluator" or "third reader"."""

    id: int
    kind: str
    subject_id: int
    state: str
    asked_at: datetime
    reminded_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Vote:
    """One member's word."""

    person_id: int
    says: bool


COLUMNS = tuple(ballot.c[name] for name in Ballot.__dataclass_fields__)
ASK = upsert(ballot).on_conflict_do_nothing().returning(ballot.c.id)
LOCKED = select(*COLUMNS).where(ballot.c.id == bindparam("the_id")).with_for_update()
NEWEST = select(*COLUMNS).where(ballot.c.kind == bindparam("the_kind"), ballot.c.subject_id == bindparam("the_subject"))
NEWEST = NEWEST.order_by(ballot.c.id.desc()).limit(1)
DROP = (
    update(ballot)
    .where(
        ballot.c.kind == bindparam("the_kind"),
        ballot.c.subject_id == bindparam("the_subject"),
        ballot.c.state == "open",
    )
    .values(state="dropped", ended_at=bindparam("now"))
)
OPEN = select(*COLUMNS).where(ballot.c.state == "open").order_by(ballot.c.id)
END = (
    update(ballot)
    .where(ballot.c.id == bindparam("the_id"), ballot.c.state == "open")
    .values(state=bindparam("how"), ended_at=bindparam("now"))
)
REMINDED = update(ballot).where(ballot.c.id == bindparam("the_id")).values(reminded_at=bindparam("now"))
NEW = upsert(vote)
VOTE = NEW.on_conflict_do_update(
    index_elements=[vote.c.ballot_id, vote.c.person_id],
    set_={"says": NEW.excluded["says"], "at": NEW.excluded["at"]},
)
VOTES = select(vote.c.person_id, vote.c.says).where(vote.c.ballot_id == bindparam("the_id")).order_by(vote.c.at)


def ask(work: Work, kind: str, subject_id: int) -> int | None:
    """The id of a new question; None when the same one is open."""
    values = {"kind": kind, "subject_id": subject_id, "state": "open", "asked_at": work.now, "reminded_at": work.now}
    return work.connection.execute(ASK, values).scalar()


def locked(work: Work, ballot_id: int) -> Ballot | None:
    """A question that nobody else changes until the transaction ends."""
    row = work.connection.execute(LOCKED, {"the_id": ballot_id}).first()
    return Ballot(*row) if row else None


def open_ones(work: Work) -> list[Ballot]:
    """The open questions, oldest first."""
    return [Ballot(*row) for row in work.connection.execute(OPEN)]


def end(work: Work, ballot_id: int, how: str) -> bool:
    """Decided (yes, no) or dropped; False when that was so before."""
    return work.connection.execute(END, {"the_id": ballot_id, "how": how, "now": work.now}).rowcount == 1


def newest(work: Work, kind: str, subject_id: int) -> Ballot | None:
    """The question that was asked last about somebody or something."""
    row = work.connection.execute(NEWEST, {"the_kind": kind, "the_subject": subject_id}).first()
    return Ballot(*row) if row else None


def drop(work: Work, kind: str, subject_id: int) -> bool:
    """Nobody needs to decide it any more; False when it was not open."""
    values = {"the_kind": kind, "the_subject": subject_id, "now": work.now}
    return work.connection.execute(DROP, values).rowcount > 0


def reminded(work: Work, ballot_id: int) -> None:
    work.connection.execute(REMINDED, {"the_id": ballot_id, "now": work.now})


def vote_for(work: Work, ballot_id: int, person_id: int, *, says: bool) -> None:
    """A member's word, in the place of an earlier one; the caller holds the question."""
    work.connection.execute(VOTE, {"ballot_id": ballot_id, "person_id": person_id, "says": says, "at": work.now})


def votes(work: Work, ballot_id: int) -> list[Vote]:
    return [Vote(*row) for row in work.connection.execute(VOTES, {"the_id": ballot_id})]
