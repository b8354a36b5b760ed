"""Keeps the answers that the office added to the knowledge base."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import bindparam, func, insert, or_, select, update

from storage import tables
from storage.database import Work

published_answer = tables.of(tables.PublishedAnswer)
State: TypeAlias = Literal["draft", "published", "withdrawn"]


@dataclass(frozen=True)
class Written:
    """An answer of the office; `phrasings` are questions that it answers, `expires_on` is its last day."""

    id: int
    title: str
    answer: str
    phrasings: tuple[str, ...]
    state: str
    author: str
    changed_at: datetime
    expires_on: date | None


COLUMNS = tuple(published_answer.c[name] for name in Written.__dataclass_fields__)
BY_ID = select(*COLUMNS).where(published_answer.c.id == bindparam("the_id"))
ALL = select(*COLUMNS).order_by(published_answer.c.id)
LIVE = ALL.where(
    published_answer.c.state == "published",
    or_(published_answer.c.expires_on.is_(None), published_answer.c.expires_on >= bindparam("day")),
)
NEWEST = select(func.max(published_answer.c.changed_at))
ADD = insert(published_answer).returning(published_answer.c.id)
SET_STATE = (
    update(published_answer)
    .where(published_answer.c.id == bindparam("the_id"))
    .values(state=bindparam("after"), expires_on=bindparam("until"), changed_at=bindparam("now"))
)
REWRITE = (
    update(published_answer)
    .where(published_answer.c.id == bindparam("the_id"))
    .values(
        title=bindparam("the_title"),
        answer=bindparam("words"),
        phrasings=bindparam("asked"),
        author=bindparam("who"),
        changed_at=bindparam("now"),
    )
)


def add(work: Work, title: str, answer: str, phrasings: Sequence[str], author: str, item_id: int | None) -> int:
    """The id of a new draft."""
    values = {"title": title, "answer": answer, "phrasings": _json(phrasings), "state": "draft", "author": author}
    times = {"created_at": work.now, "changed_at": work.now, "expires_on": None, "item_id": item_id}
    return int(work.connection.execute(ADD, values | times).scalar_one())


def by_id(work: Work, answer_id: int) -> Written | None:
    row = work.connection.execute(BY_ID, {"the_id": answer_id}).first()
    return _written(row) if row else None


def everything(work: Work) -> list[Written]:
    """Every answer that the office ever wrote, oldest first."""
    return [_written(row) for row in work.connection.execute(ALL)]


def live(work: Work, today: date) -> list[Written]:
    """The answers that are given today, oldest first."""
    return [_written(row) for row in work.connection.execute(LIVE, {"day": today})]


def newest(work: Work) -> datetime | None:
    """When anything about these answers was changed last."""
    found: datetime | None = work.connection.execute(NEWEST).scalar()
    return found


def set_state(work: Work, answer_id: int, state: State, expires_on: date | None = None) -> None:
    values = {"the_id": answer_id, "after": state, "until": expires_on, "now": work.now}
    work.connection.execute(SET_STATE, values)


def rewrite(work: Work, answer_id: int, title: str, answer: str, phrasings: Sequence[str], author: str) -> None:
    """Other words for a draft."""
    values = {"the_id": answer_id, "the_title": title, "words": answer, "asked": _json(phrasings)}
    work.connection.execute(REWRITE, values | {"who": author, "now": work.now})


def _json(phrasings: Sequence[str]) -> str:
    return json.dumps(list(phrasings), ensure_ascii=False)


def _written(row: Sequence[Any]) -> Written:
    id_, title, answer, phrasings, *rest = row
    return Written(id_, title, answer, tuple(json.loads(str(phrasings))), *rest)
