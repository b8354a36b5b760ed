"""Keeps what people thought of an answer, and the questions that had none."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from storage import tables
from storage.database import Work

ADD = insert(tables.of(tables.Feedback))
question = tables.of(tables.Unanswered)
UNANSWERED = insert(question)
COLUMNS = (question.c.id, question.c.person_id, question.c.question)
UNGROUPED = (
    select(*COLUMNS)
    .where(question.c.state == "open", question.c.item_id.is_(None))
    .order_by(question.c.id)
    .limit(bindparam("most"))
)
OF_ITEM = select(*COLUMNS).where(question.c.item_id == bindparam("item")).order_by(question.c.id)
JOIN = update(question).where(question.c.id == bindparam("the_id")).values(item_id=bindparam("item"))
SETTLE = update(question).where(question.c.item_id == bindparam("item")).values(state="settled")


@dataclass(frozen=True)
class Unanswered:
    """A question that the documents did not answer, and who asked it."""

    id: int
    person_id: int
    question: str


def add(work: Work, entry: str, helpful: bool) -> None:
    """Count a vote on an entry; who gave it is not kept."""
    work.connection.execute(ADD, {"entry": entry, "helpful": helpful, "at": work.now})


def unanswered(work: Work, person_id: int, words: str, nearest: Sequence[str]) -> None:
    """Note a question the documents did not answer, with the names of the entries that came closest."""
    values = {"person_id": person_id, "question": words, "nearest": json.dumps(list(nearest)), "state": "open"}
    work.connection.execute(UNANSWERED, values | {"at": work.now})


def ungrouped(work: Work, most: int = 200) -> list[Unanswered]:
    """Questions that belong to no desk item yet, oldest first."""
    return [Unanswered(*row) for row in work.connection.execute(UNGROUPED, {"most": most})]


def of_item(work: Work, item_id: int) -> list[Unanswered]:
    """The questions of a desk item, oldest first."""
    return [Unanswered(*row) for row in work.connection.execute(OF_ITEM, {"item": item_id})]


def join(work: Work, question_id: int, item_id: int) -> None:
    """The question belongs to this desk item."""
    work.connection.execute(JOIN, {"the_id": question_id, "item": item_id})


def settle(work: Work, item_id: int) -> None:
    """The questions of a desk item need nobody any more."""
    work.connection.execute(SETTLE, {"item": item_id})
