"""Keeps what people thought of an answer, and the questions that had none."""

import json
from collections.abc import Sequence

from sqlalchemy import insert

from storage import tables
from storage.database import Work

ADD = insert(tables.of(tables.Feedback))
UNANSWERED = insert(tables.of(tables.Unanswered))


def add(work: Work, entry: str, helpful: bool) -> None:
    """Count a vote on an entry; who gave it is not kept."""
    work.connection.execute(ADD, {"entry": entry, "helpful": helpful, "at": work.now})


def unanswered(work: Work, person_id: int, question: str, nearest: Sequence[str]) -> None:
    """Note a question the documents did not answer, with the names of the entries that came closest."""
    values = {"person_id": person_id, "question": question, "nearest": json.dumps(list(nearest)), "state": "open"}
    work.connection.execute(UNANSWERED, values | {"at": work.now})
