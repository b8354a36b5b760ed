"""Writes down who changed which record, when and how."""

import json
from collections.abc import Mapping

from sqlalchemy import insert

from storage import tables
from storage.database import Work

RECORD = insert(tables.of(tables.Audit))


def record(work: Work, actor: str, action: str, subject: str, details: Mapping[str, object]) -> None:
    """Add a line to the audit; `details` must hold no words of a message."""
    values = {"at": work.now, "actor": actor, "action": action, "subject": subject}
    work.connection.execute(RECORD, values | {"details": json.dumps(details)})
