"""The links by which candidates show what they can do, and the competencies each is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # its ON CONFLICT compiles for SQLite too

from storage import candidacies, tables
from storage.database import Work

evidence = tables.of(tables.Evidence)
placement = tables.of(tables.Placement)
chosen = tables.of(tables.ChosenSet)
candidacy = tables.of(tables.Candidacy)


@dataclass(frozen=True)
class Evidence:
    """A link as it stands; see the table for the fields."""

    id: int
    candidacy_id: int
    number: int
    content: str
    said: str
    state: str
    added_at: datetime
    check_state: str
    check_reason: str


@dataclass(frozen=True)
class Placement:
    """A competency that a link is for."""

    evidence_id: int
    set_id: str
    number: int


@dataclass(frozen=True)
class Unchecked:
    """A link that nobody has looked at yet, and whose it is."""

    id: int
    number: int
    content: str
    person_id: int


COLUMNS = tuple(evidence.c[name] for name in Evidence.__dataclass_fields__)
PLACES = tuple(placement.c[name] for name in Placement.__dataclass_fields__)
NEXT = select(func.coalesce(func.max(evidence.c.number), 0) + 1).where(
    evidence.c.candidacy_id == bindparam("the_candidacy")
)
ADD = insert(evidence).returning(*COLUMNS)
OF = (
    select(*COLUMNS)
    .where(evidence.c.candidacy_id == bindparam("the_candidacy"), evidence.c.state != "removed")
    .order_by(evidence.c.number)
)
MOVE = update(evidence).where(evidence.c.id == bindparam("the_id")).values(state=bindparam("the_state"))
UNCHECKED = (
    select(evidence.c.id, evidence.c.number, evidence.c.content, candidacy.c.person_id)
    .join(candidacy, candidacy.c.id == evidence.c.candidacy_id)
    .where(evidence.c.checked_at.is_(None), evidence.c.state != "removed")
    .order_by(evidence.c.id)
    .limit(bindparam("most"))
)
CHECKED = (
    update(evidence)
    .where(evidence.c.id == bindparam("the_id"), evidence.c.checked_at.is_(None))
    .values(check_state=bindparam("the_state"), check_reason=bindparam("the_reason"), checked_at=bindparam("now"))
    .returning(evidence.c.state)
)
LOOK_AGAIN = update(evidence).where(evidence.c.id == bindparam("the_id")).values(checked_at=None)
PLACE = upsert(placement).on_conflict_do_nothing()
UNPLACE = delete(placement).where(placement.c.evidence_id == bindparam("the_id"))
PLACED = (
    select(*PLACES)
    .join(evidence, evidence.c.id == placement.c.evidence_id)
    .where(evidence.c.candidacy_id == bindparam("the_candidacy"))
    .order_by(placement.c.set_id, placement.c.number, evidence.c.number)
)
CHOOSE = upsert(chosen).on_conflict_do_nothing()
DROP = delete(chosen).where(
    chosen.c.candidacy_id == bindparam("the_candidacy"), chosen.c.set_id == bindparam("the_set")
)
CHOSEN = (
    select(chosen.c.set_id)
    .where(chosen.c.candidacy_id == bindparam("the_candidacy"))
    .order_by(chosen.c.since, chosen.c.set_id)
)


def add(work: Work, candidacy_id: int, content: str, said: str = "") -> Evidence:
    """Keep a link, still to be placed; the caller holds the person's lock, or two get one number."""
    values: dict[str, object] = {"candidacy_id": candidacy_id, "content": content, "said": said, "state": "to place"}
    values["number"] = work.connection.execute(NEXT, {"the_candidacy": candidacy_id}).scalar_one()
    values |= {"added_at": work.now, "check_state": "", "check_reason": "", "checked_at": None}
    candidacies.touch(work, candidacy_id)
    return Evidence(*work.connection.execute(ADD, values).one())


def of(work: Work, candidacy_id: int) -> list[Evidence]:
    """All that was not removed, in the order it came."""
    return [Evidence(*row) for row in work.connection.execute(OF, {"the_candidacy": candidacy_id})]


def placements(work: Work, candidacy_id: int) -> list[Placement]:
    """What the links are for, by set, competency and age."""
    return [Placement(*row) for row in work.connection.execute(PLACED, {"the_candidacy": candidacy_id})]


def place(work: Work, evidence_id: int, references: Iterable[tuple[str, int]]) -> None:
    """Say which competencies a link is for; those it is for already stay."""
    rows = [
        {"evidence_id": evidence_id, "set_id": set_id, "number": number, "at": work.now}
        for set_id, number in references
    ]
    work.connection.execute(PLACE, rows)
    work.connection.execute(MOVE, {"the_id": evidence_id, "the_state": "placed"})


def remove(work: Work, evidence_id: int) -> None:
    """It is for nothing any more."""
    work.connection.execute(UNPLACE, {"the_id": evidence_id})
    work.connection.execute(MOVE, {"the_id": evidence_id, "the_state": "removed"})


def unchecked(work: Work, most: int) -> list[Unchecked]:
    """Links that are to be looked at, oldest first."""
    return [Unchecked(*row) for row in work.connection.execute(UNCHECKED, {"most": most})]


def checked(work: Work, evidence_id: int, state: str, reason: str) -> bool:
    """Record what a look at a link found; False when it was removed, or another process recorded a look before."""
    values = {"the_id": evidence_id, "the_state": state, "the_reason": reason, "now": work.now}
    row = work.connection.execute(CHECKED, values).first()
    return row is not None and row.state != "removed"


def look_again(work: Work, evidence_id: int) -> None:
    """The link is to be looked at anew."""
    work.connection.execute(LOOK_AGAIN, {"the_id": evidence_id})


def choose(work: Work, candidacy_id: int, set_id: str) -> None:
    """The candidate works on this set from now on."""
    work.connection.execute(CHOOSE, {"candidacy_id": candidacy_id, "set_id": set_id, "since": work.now})


def drop(work: Work, candidacy_id: int, set_id: str) -> None:
    """The candidate does not work on this set any more."""
    work.connection.execute(DROP, {"the_candidacy": candidacy_id, "the_set": set_id})


def chosen_sets(work: Work, candidacy_id: int) -> list[str]:
    """The sets that a candidate works on, in the order of beginning."""
    return [row.set_id for row in work.connection.execute(CHOSEN, {"the_candidacy": candidacy_id})]
