"""Keeps the pace that a vendor allows, for all processes together, because limits are per token."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work

pace = tables.of(tables.Pace)

NEXT = select(pace.c.scope, pace.c.next_at).where(pace.c.scope.in_(bindparam("scopes", expanding=True)))
LOCKED = NEXT.order_by(pace.c.scope).with_for_update()
NEW = insert(pace)
SET = NEW.on_conflict_do_update(index_elements=[pace.c.scope], set_={"next_at": NEW.excluded.next_at})
PAUSES = select(pace.c.scope).where(
    pace.c.scope.in_(bindparam("scopes", expanding=True)), pace.c.next_at > bindparam("now")
)


def reserve(work: Work, spacing: Mapping[str, float], burst: int, now: datetime) -> float:
    """How many seconds from `now` to wait before sending, the place in the queue of every scope being taken.

    `spacing` gives the seconds between two messages by scope; `burst` messages may go at once. `now` is real time,
    not that of the transaction, which may stand still.
    """
    known = {row.scope: row.next_at for row in work.connection.execute(LOCKED, {"scopes": list(spacing)})}
    rows, wait = [], 0.0
    for scope, seconds in sorted(spacing.items()):
        begin = max(known.get(scope, now), now)
        wait = max(wait, (begin - now).total_seconds() - seconds * (burst - 1))
        rows.append({"scope": scope, "next_at": begin + timedelta(seconds=seconds)})
    work.connection.execute(SET, rows)
    return max(wait, 0.0)


def pause(work: Work, channel: str, until: datetime) -> None:
    """A vendor asked not to be written to until then (real time)."""
    work.connection.execute(SET, {"scope": _pause(channel), "next_at": until})


def paused(work: Work, channels: list[str], now: datetime) -> set[str]:
    """Those of `channels` that are to be left alone at the moment."""
    found = work.connection.execute(PAUSES, {"scopes": [_pause(each) for each in channels], "now": now})
    return {row.scope.removeprefix("pause ") for row in found}


def _pause(channel: str) -> str:
    return f"pause {channel}"
