"""Remembers which messages were acted on, so that a second delivery changes nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work
from storage.direct import Direct

inbound = tables.of(tables.Heard)

TAKE = Direct(insert(inbound).on_conflict_do_nothing().returning(inbound.c.message_id), *inbound.c.keys())
TAKEN = (
    insert(inbound)
    .values({name: bindparam(name) for name in ("channel", "message_id", "at")})
    .on_conflict_do_nothing()
    .returning(inbound.c.message_id)
    .cte("taken")
)
KEY = (inbound.c.channel, inbound.c.message_id)
OLD = select(*KEY).where(inbound.c.at < bindparam("instant")).limit(bindparam("most"))
KNOWN = select(inbound.c.at).where(
    inbound.c.channel == bindparam("the_channel"), inbound.c.message_id == bindparam("the_id")
)
FORGET = delete(inbound).where(tuple_(*KEY).in_(OLD))


def take(work: Work, channel: str, message_id: str) -> bool:
    """Whether this message is heard for the first time; it counts as heard once the transaction is committed."""
    return bool(TAKE.rows(work, taken(work, channel, message_id)))


def is_known(work: Work, channel: str, message_id: str) -> bool:
    """Whether this message was heard."""
    return work.connection.execute(KNOWN, {"the_channel": channel, "the_id": message_id}).first() is not None


def taken(work: Work, channel: str, message_id: str) -> dict[str, Any]:
    """The values of TAKE."""
    return {"channel": channel, "message_id": message_id, "at": work.now}


def forget_before(work: Work, instant: datetime, most: int = 1000) -> int:
    """Forget at most `most` of the messages heard before `instant`; how many were forgotten."""
    return work.connection.execute(FORGET, {"instant": instant, "most": most}).rowcount
