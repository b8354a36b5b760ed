"""What candidates tell about their competencies: pieces in their own words, with every version that there was."""

import dataclasses
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from storage import candidacies, tables
from storage.database import Work

narrative = tables.of(tables.Narrative)
NOWHERE = ("", 0)  # where a text stands that is to be placed


@dataclass(frozen=True)
class About:
    """What is said of a text: what learning it tells of, what proves the experience behind it, and a past course."""

    learning: str = ""
    proof: str = ""
    course: str = ""


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


UNSAID = About()
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
SETTLE = update(narrative).where(narrative.c.id == bindparam("the_id")).returning(*COLUMNS)
MOVE = update(narrative).where(narrative.c.id == bindparam("the_id")).values(state=bindparam("the_state"))


def add(
    work: Work, candidacy_id: int, words: str, reference: tuple[str, int] = NOWHERE, about: About = UNSAID
) -> Piece:
    """A new piece for a competency, or one that is to be placed; the caller holds the person's lock."""
    text = Piece(0, candidacy_id, *reference, 0, 1, words, **asdict(about), state=_state(reference), at=work.now)
    return _kept(work, dataclasses.replace(text, piece=_next(work, text)))


def of(work: Work, candidacy_id: int) -> list[Piece]:
    """All pieces that count or are to be placed, in their newest version, by set, competency and piece."""
    return [Piece(*row) for row in work.connection.execute(OF, {"the_candidacy": candidacy_id})]


def versions(work: Work, candidacy_id: int, set_id: str, number: int, piece: int) -> list[Piece]:
    """Every version of a piece, newest first, also of one that was removed."""
    there = {"the_candidacy": candidacy_id, "the_set": set_id, "the_number": number, "the_piece": piece}
    return [Piece(*row) for row in work.connection.execute(VERSIONS, there)]


def settle(work: Work, text: Piece, reference: tuple[str, int], about: About) -> Piece:
    """A text that was to be placed becomes a piece of a competency; one that is there already keeps its place."""
    there = dataclasses.replace(text, set_id=reference[0], number=reference[1])
    moves = (text.set_id, text.number) != reference
    values = {"set_id": reference[0], "number": reference[1], "piece": _next(work, there) if moves else text.piece}
    values |= {"state": "current", **asdict(about)}
    return Piece(*work.connection.execute(SETTLE.values(values), {"the_id": text.id}).one())


def bring_back(work: Work, now: Piece | None, before: Piece) -> None:
    """An earlier version counts again, in the place of the one that does `now`."""
    if now is not None:
        work.connection.execute(MOVE, {"the_id": now.id, "the_state": "replaced"})
    work.connection.execute(MOVE, {"the_id": before.id, "the_state": "current"})


def replace(work: Work, old: Piece, words: str) -> Piece:
    """A newer version of the piece that counts, with other words."""
    newest = versions(work, old.candidacy_id, old.set_id, old.number, old.piece)[0]
    work.connection.execute(MOVE, {"the_id": old.id, "the_state": "replaced"})
    return _kept(work, dataclasses.replace(old, version=newest.version + 1, words=words, at=work.now))


def remove(work: Work, piece_id: int) -> None:
    """It counts no more, but stays readable."""
    work.connection.execute(MOVE, {"the_id": piece_id, "the_state": "removed"})


def _next(work: Work, text: Piece) -> int:
    """The number of a further piece where this text stands."""
    there = {"the_candidacy": text.candidacy_id, "the_set": text.set_id, "the_number": text.number}
    return int(work.connection.execute(NEXT, there).scalar_one())


def _state(reference: tuple[str, int]) -> str:
    return "to place" if reference == NOWHERE else "current"


def _kept(work: Work, text: Piece) -> Piece:
    values = {name: value for name, value in asdict(text).items() if name != "id"}
    candidacies.touch(work, text.candidacy_id)
    return Piece(*work.connection.execute(ADD, values).one())
