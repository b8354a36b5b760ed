"""What candidates tell about their competencies: pieces in their own words, with every version that there was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from storage import tables
from storage.database import Work

narrative = tables.of(tables.Narrative)


@dataclass(frozen=True)
class Piece:
    """A version of a piece; see the table for the fields."""

    id: int
    candidacy_id: int
    set_id: str
    number: int
    piece: int
    version: int
    words: str
    learning: str
    proof: str
    course: str
    state: str
    at: datetime


COLUMNS = tuple(narrative.c[name] for name in Piece.__dataclass_fields__)
WHERE = (
    narrative.c.candidacy_id == bindparam("the_candidacy"),
    narrative.c.set_id == bindparam("the_set"),
    narrative.c.number == bindparam("the_number"),
)
NEXT = select(func.coalesce(func.max(narrative.c.piece), 0) + 1).where(*WHERE)
ADD = insert(narrative).returning(*COLUMNS)
OF = (
    select(*COLUMNS)
    .where(narrative.c.candidacy_id == bindparam("the_candidacy"), narrative.c.state.in_(("current", "to place")))
    .order_by(narrative.c.set_id, narrative.c.number, narrative.c.piece, narrative.c.version)
)
VERSIONS = (
    select(*COLUMNS).where(*WHERE, narrative.c.piece == bindparam("the_piece")).order_by(narrative.c.version.desc())
)
MOVE = update(narrative).where(narrative.c.id == bindparam("the_id")).values(state=bindparam("the_state"))


def add(work: Work, candidacy_id: int, words: str, set_id: str = "", number: int = 0, **told: str) -> Piece:
    """A new piece for a competency, or one that is to be placed; the caller holds the person's lock.

    `told` may give `learning`, `proof` and `course`.
    """
    there = {"the_candidacy": candidacy_id, "the_set": set_id, "the_number": number}
    piece = work.connection.execute(NEXT, there).scalar_one()
    state = "current" if set_id else "to place"
    return _kept(work, candidacy_id, set_id, number, piece, 1, state, {"words": words, **told})


def of(work: Work, candidacy_id: int) -> list[Piece]:
    """All pieces that count or are to be placed, in their newest version, by set, competency and piece."""
    return [Piece(*row) for row in work.connection.execute(OF, {"the_candidacy": candidacy_id})]


def versions(work: Work, candidacy_id: int, set_id: str, number: int, piece: int) -> list[Piece]:
    """Every version of a piece, newest first, also of one that was removed."""
    there = {"the_candidacy": candidacy_id, "the_set": set_id, "the_number": number, "the_piece": piece}
    return [Piece(*row) for row in work.connection.execute(VERSIONS, there)]


def replace(work: Work, old: Piece, words: str, **told: str) -> Piece:
    """A newer version of a piece, whose words were replaced; what is not `told` anew stays as it was."""
    newest = versions(work, old.candidacy_id, old.set_id, old.number, old.piece)[0]
    for each in (newest, old):
        if each.state in ("current", "to place"):
            work.connection.execute(MOVE, {"the_id": each.id, "the_state": "replaced"})
    said = {"learning": old.learning, "proof": old.proof, "course": old.course} | told | {"words": words}
    state = "current" if old.set_id else "to place"
    return _kept(work, old.candidacy_id, old.set_id, old.number, old.piece, newest.version + 1, state, said)


def remove(work: Work, piece_id: int) -> None:
    """It counts no more, but stays readable."""
    work.connection.execute(MOVE, {"the_id": piece_id, "the_state": "removed"})


def _kept(
    work: Work, candidacy_id: int, set_id: str, number: int, piece: int, version: int, state: str, told: dict[str, str]
) -> Piece:
    values: dict[str, object] = {"candidacy_id": candidacy_id, "set_id": set_id, "number": number, "piece": piece}
    values |= {"version": version, "learning": "", "proof": "", "course": "", **told, "state": state, "at": work.now}
    return Piece(*work.connection.execute(ADD, values).one())
