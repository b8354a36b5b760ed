"""What candidates show for their competencies: links, narrative and documents, and what each is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work

evidence = tables.of(tables.Evidence)
placement = tables.of(tables.Placement)
chosen = tables.of(tables.ChosenSet)
candidacy = tables.of(tables.Candidacy)


@dataclass(frozen=True)
class Evidence:
    """A link, a piece of narrative ("words") or a document, as it stands; see the table for the fields."""

    id: int
    candidacy_id: int
    number: int
    kind: str
    content: str
    said: str
    learning: str
    state: str
    replaces: int | None
    added_at: datetime
    check_state: str
    check_reason: str
    checked_at: datetime | None
    found: str


@dataclass(frozen=True)
class Placement:
    """What a piece of evidence is for: a competency, and the purpose (evidence, proof, course)."""

    evidence_id: int
    set_id: str
    number: int
    purpose: str


COLUMNS = tuple(evidence.c[name] for name in Evidence.__dataclass_fields__)
PLACES = tuple(placement.c[name] for name in Placement.__dataclass_fields__)
NEXT = select(func.coalesce(func.max(evidence.c.number), 0) + 1).where(
    evidence.c.candidacy_id == bindparam("the_candidacy")
)
ADD = insert(evidence).returning(*COLUMNS)
OF = select(*COLUMNS).where(evidence.c.candidacy_id == bindparam("the_candidacy")).order_by(evidence.c.number)
CURRENT = OF.where(evidence.c.state.in_(("to place", "placed")))
GET = select(*COLUMNS).where(evidence.c.id == bindparam("the_id"))
SAVE = (
    update(evidence)
    .where(evidence.c.id == bindparam("the_id"))
    .values(state=bindparam("the_state"), learning=bindparam("the_learning"))
)
CHECKED = (
    update(evidence)
    .where(evidence.c.id == bindparam("the_id"))
    .values(
        check_state=bindparam("the_state"),
        check_reason=bindparam("the_reason"),
        checked_at=bindparam("the_time"),
        found=bindparam("found"),
    )
)
TO_CHECK = (
    select(*COLUMNS)
    .where(evidence.c.kind == "link", evidence.c.state != "removed", evidence.c.checked_at.is_(None))
    .order_by(evidence.c.id)
    .limit(bindparam("most"))
)
ASK_ANEW = update(evidence).where(evidence.c.id == bindparam("the_id")).values(checked_at=None)
PLACE = upsert(placement).on_conflict_do_nothing()
UNPLACE = delete(placement).where(placement.c.evidence_id == bindparam("the_id"))
PLACED = (
    select(*PLACES)
    .join(evidence, evidence.c.id == placement.c.evidence_id)
    .where(evidence.c.candidacy_id == bindparam("the_candidacy"), evidence.c.state == "placed")
    .order_by(placement.c.set_id, placement.c.number, evidence.c.number)
)
CHOOSE = upsert(chosen).on_conflict_do_nothing()
DROP_CHOICE = delete(chosen).where(
    chosen.c.candidacy_id == bindparam("the_candidacy"), chosen.c.set_id == bindparam("the_set")
)
CHOSEN = (
    select(chosen.c.set_id)
    .where(chosen.c.candidacy_id == bindparam("the_candidacy"))
    .order_by(chosen.c.since, chosen.c.set_id)
)


def add(
    work: Work, candidacy_id: int, kind: str, content: str, *, said: str = "", replaces: int | None = None
) -> Evidence:
    """Keep something that was shown, still to be placed; the caller holds the person's lock, or two get one number."""
    values: dict[str, object] = {"candidacy_id": candidacy_id, "kind": kind, "content": content, "said": said}
    values |= {"learning": "", "state": "to place", "replaces": replaces, "added_at": work.now}
    values["number"] = work.connection.execute(NEXT, {"the_candidacy": candidacy_id}).scalar_one()
    values |= {"check_state": "", "check_reason": "", "checked_at": None, "found": ""}
    return Evidence(*work.connection.execute(ADD, values).one())


def of(work: Work, candidacy_id: int) -> list[Evidence]:
    """All that counts, in the order it came; nothing that was removed or replaced."""
    return [Evidence(*row) for row in work.connection.execute(CURRENT, {"the_candidacy": candidacy_id})]


def every_version(work: Work, candidacy_id: int) -> list[Evidence]:
    """Also what was removed or replaced."""
    return [Evidence(*row) for row in work.connection.execute(OF, {"the_candidacy": candidacy_id})]


def by_id(work: Work, evidence_id: int) -> Evidence | None:
    row = work.connection.execute(GET, {"the_id": evidence_id}).first()
    return Evidence(*row) if row else None


def placements(work: Work, candidacy_id: int) -> list[Placement]:
    """What all that is placed is for, by set, competency and age."""
    return [Placement(*row) for row in work.connection.execute(PLACED, {"the_candidacy": candidacy_id})]


def place(work: Work, evidence_id: int, references: Iterable[tuple[str, int]], purpose: str = "evidence") -> None:
    """Say which competencies a piece is for; those it is for already stay."""
    rows = [
        {"evidence_id": evidence_id, "set_id": set_id, "number": number, "purpose": purpose, "at": work.now}
        for set_id, number in references
    ]
    if rows:
        work.connection.execute(PLACE, rows)


def unplace(work: Work, evidence_id: int) -> None:
    work.connection.execute(UNPLACE, {"the_id": evidence_id})


def save(work: Work, evidence_id: int, state: str, learning: str = "") -> None:
    values = {"the_id": evidence_id, "the_state": state, "the_learning": learning}
    work.connection.execute(SAVE, values)


def checked(work: Work, evidence_id: int, state: str, reason: str, found: str) -> None:
    """What a look at a link found just now."""
    values = {"the_id": evidence_id, "the_state": state, "the_reason": reason, "the_time": work.now, "found": found}
    work.connection.execute(CHECKED, values)


def to_check(work: Work, most: int) -> list[Evidence]:
    """Links that are to be looked at, longest waiting first."""
    return [Evidence(*row) for row in work.connection.execute(TO_CHECK, {"most": most})]


def check_anew(work: Work, evidence_id: int) -> None:
    work.connection.execute(ASK_ANEW, {"the_id": evidence_id})


def choose(work: Work, candidacy_id: int, set_id: str) -> None:
    """The candidate works on this set from now on."""
    work.connection.execute(CHOOSE, {"candidacy_id": candidacy_id, "set_id": set_id, "since": work.now})


def drop_choice(work: Work, candidacy_id: int, set_id: str) -> None:
    work.connection.execute(DROP_CHOICE, {"the_candidacy": candidacy_id, "the_set": set_id})


def chosen_sets(work: Work, candidacy_id: int) -> list[str]:
    """The sets that a candidate works on or has chosen, in the order of choosing."""
    return [row.set_id for row in work.connection.execute(CHOSEN, {"the_candidacy": candidacy_id})]
