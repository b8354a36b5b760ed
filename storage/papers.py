"""Documents that people sent for the office to look at."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from storage import tables
from storage.database import Work

paper = tables.of(tables.Paper)


@dataclass(frozen=True)
class Listed:
    """A document without its content; `size` in bytes."""

    id: int
    about: str
    name: str
    media_type: str
    size: int
    at: datetime


@dataclass(frozen=True)
class Paper:
    """A document with its content."""

    id: int
    person_id: int
    name: str
    media_type: str
    content: bytes


ADD = insert(paper).returning(paper.c.id)
LISTED = (
    select(paper.c.id, paper.c.about, paper.c.name, paper.c.media_type, func.length(paper.c.content), paper.c.at)
    .where(paper.c.person_id == bindparam("the_person"))
    .order_by(paper.c.id)
)
ONE = select(
    paper.c.id, paper.c.about, paper.c.name, paper.c.media_type, func.length(paper.c.content), paper.c.at
).where(paper.c.id == bindparam("the_id"))
GET = select(paper.c.id, paper.c.person_id, paper.c.name, paper.c.media_type, paper.c.content).where(
    paper.c.id == bindparam("the_id")
)


def add(work: Work, person_id: int, about: str, name: str, media_type: str, content: bytes) -> int:
    """Keep a document; its id."""
    values = {"person_id": person_id, "about": about, "name": name, "media_type": media_type, "content": content}
    return int(work.connection.execute(ADD, values | {"at": work.now}).scalar_one())


def of(work: Work, person_id: int) -> list[Listed]:
    """All that a person sent, oldest first."""
    return [Listed(*row) for row in work.connection.execute(LISTED, {"the_person": person_id})]


def listed(work: Work, paper_id: int) -> Listed | None:
    """The document of this id, without its content."""
    row = work.connection.execute(ONE, {"the_id": paper_id}).first()
    return Listed(*row) if row is not None else None


def get(work: Work, paper_id: int) -> Paper | None:
    """The document of this id."""
    row = work.connection.execute(GET, {"the_id": paper_id}).first()
    return Paper(*row) if row is not None else None
