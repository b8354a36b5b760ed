"""Keeps the voluntary statistics of applicants apart from the applicants."""

from sqlalchemy import insert

from storage import tables
from storage.database import Work

ADD = insert(tables.of(tables.Survey))


def add(work: Work, key: str, year: int, answers: str) -> None:
    """Store one survey (JSON) under a random key; the year is all that is kept of the time."""
    work.connection.execute(ADD, {"key": key, "year": year, "answers": answers})
