"""Copies a SQLite database while it is in use: all that was committed when the copying began, and nothing else."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from storage.database import DatabaseError


def copy(engine: Engine, target: Path) -> int:
    """Write the copy as one file that only its owner may read; its size in bytes. Nobody who writes is held up.

    Raises DatabaseError when the copy is not sound, FileExistsError when there is a file already.
    """
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(str(engine.url.database), unfinished)
        _flush(unfinished)
        os.link(unfinished, target)  # unlike a renaming, it never takes the place of another file
        _flush(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(database: str, unfinished: Path) -> None:
    """In one step: SQLite begins anew whenever somebody writes between two steps, so several might never end."""
    with closing(sqlite3.connect(database, timeout=10)) as source, closing(sqlite3.connect(unfinished)) as copied:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, with no second one beside it
        found = copied.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise DatabaseError(f"The copy is damaged as the database is ({found}); restore an older backup.")


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
