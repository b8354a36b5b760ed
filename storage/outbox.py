"""Holds the messages that may go now, in order for each address, until they are sent or given up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    Update,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.dml import ReturningUpdate

from storage import tables
from storage.database import Work
from storage.direct import Direct, Row

LEASE = timedelta(seconds=60)  # longer than any channel takes to send or to give up

outbox = tables.of(tables.Outgoing)
address = tables.of(tables.Address)
row, earlier = outbox.alias("row"), outbox.alias("earlier")


@dataclass(frozen=True)
class Letter:
    """A message leased to this process for its attempt number `attempts`; `body` is JSON of an Outbound.

    Its first `part` pieces went already.
    """

    id: int
    address_id: int
    channel: str
    address: str
    body: str
    attempts: int
    part: int = 0


# Written out, because a partial index is not found by a bound value.
WAITING: ColumnElement[str] = literal_column("'waiting'")
SENT_OFF: ColumnElement[str] = literal_column("'sent'")
THERE = select(address).where(address.c.id == literal_column("outbox.address_id"))
LETTER = (
    outbox.c.id,
    outbox.c.address_id,
    THERE.with_only_columns(address.c.channel).scalar_subquery(),
    THERE.with_only_columns(address.c.address).scalar_subquery(),
    outbox.c.body,
    outbox.c.attempts,
    outbox.c.part,
)

to = bindparam("to", type_=outbox.c.address_id.type)
now = bindparam("now", type_=outbox.c.due.type)
before = select(earlier.c.id).where(earlier.c.address_id == to, earlier.c.state == WAITING).limit(1).subquery("before")
alone = before.c.id.is_(None)
values = {
    outbox.c.address_id: address.c.id,
    outbox.c.body: bindparam("text", type_=outbox.c.body.type),
    outbox.c.state: WAITING,
    outbox.c.due: now,
    outbox.c.lease_owner: case((alone, bindparam("me", type_=outbox.c.lease_owner.type)), else_=literal_column("''")),
    outbox.c.lease_until: case((alone, bindparam("until", type_=outbox.c.lease_until.type)), else_=now),
    outbox.c.attempts: case((alone, literal_column("1")), else_=literal_column("0")),
    outbox.c.error: literal_column("''"),
    outbox.c.created_at: now,
    outbox.c.matter: bindparam("about", type_=outbox.c.matter.type),
    outbox.c.part: literal_column("0"),
    outbox.c.sent_as: literal_column("''"),
}
ADD = Direct(
    insert(outbox)
    .from_select(
        list(values),
        select(*values.values()).join_from(address, before, true(), isouter=True).where(address.c.id == to),
    )
    .returning(*LETTER)
)


def _left(to: Any, body: Any, about: Any) -> dict[str, Any]:
    """A message that waits for whoever claims it."""
    nobody: dict[str, Any] = dict.fromkeys(("lease_owner", "error", "sent_as"), literal_column("''"))
    none: dict[str, Any] = dict.fromkeys(("attempts", "part"), literal_column("0"))
    times: dict[str, Any] = dict.fromkeys(("due", "lease_until", "created_at"), now)
    return {"address_id": to, "body": body, "matter": about, "state": WAITING, **nobody, **none, **times}


LEAVE = Direct(insert(outbox).values(_left(to, values[outbox.c.body], values[outbox.c.matter])))
# PostgreSQL takes all of them in one statement.
each = (
    func.unnest(
        bindparam("tos", type_=ARRAY(Integer)),
        bindparam("texts", type_=ARRAY(String)),
        bindparam("abouts", type_=ARRAY(String)),
    )
    .table_valued("to", "text", "about", name="each")
    .render_derived()
)
left = _left(each.c.to, each.c.text, each.c.about)
LEAVE_ALL = Direct(insert(outbox).from_select(list(left), select(*left.values())))

free = (row.c.state == WAITING, row.c.due <= bindparam("now"), row.c.lease_until <= bindparam("now"))
first = (
    ~select(earlier.c.id)
    .where(earlier.c.address_id == row.c.address_id, earlier.c.id < row.c.id, earlier.c.state == WAITING)
    .correlate(row)
    .exists()
)
heads = (
    select(row.c.id)
    .join(address, address.c.id == row.c.address_id)
    .where(*free, first, address.c.channel.in_(bindparam("channels", expanding=True)))
    .order_by(row.c.due, row.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=row)
    .cte("heads")
)
head = (
    select(row.c.id)
    .where(*free, first, row.c.address_id == bindparam("to"))
    .with_for_update(skip_locked=True, of=row)
    .cte("head")
)
lease = update(outbox).values(
    lease_owner=bindparam("me"), lease_until=bindparam("until"), attempts=outbox.c.attempts + 1
)
CLAIM = lease.where(outbox.c.id.in_(select(heads.c.id))).returning(*LETTER)
CLAIM_FOR = lease.where(outbox.c.id.in_(select(head.c.id))).returning(*LETTER)

mine = update(outbox).where(
    outbox.c.id == bindparam("the_id"),
    outbox.c.lease_owner == bindparam("me"),
    outbox.c.attempts == bindparam("attempt"),
    outbox.c.state == WAITING,
)
SENT = mine.values(state="sent", sent_at=bindparam("now"), error="", sent_as=bindparam("named"))
GONE = mine.values(part=bindparam("parts"), lease_until=bindparam("until"))
BODY = select(outbox.c.body).where(outbox.c.id == bindparam("the_id"), outbox.c.address_id == bindparam("to"))
BODY_TO = (
    select(outbox.c.body)
    .join(address, address.c.id == outbox.c.address_id)
    .where(outbox.c.id == bindparam("the_id"), address.c.person_id == bindparam("the_person"))
)
FIRST_OF = (
    select(outbox.c.sent_as)
    .where(outbox.c.matter == bindparam("about"), outbox.c.matter != literal_column("''"))
    .where(outbox.c.address_id == bindparam("to"), outbox.c.sent_as != literal_column("''"))
    .order_by(outbox.c.id)
    .limit(1)
)
SENT_AS = select(outbox.c.sent_as).where(outbox.c.id == bindparam("the_id"))
ABOUT = (
    select(outbox.c.id, outbox.c.address_id, outbox.c.body)
    .where(outbox.c.matter == bindparam("about"), outbox.c.matter != literal_column("''"))
    .where(outbox.c.state != literal_column("'failed'"))
    .order_by(outbox.c.id)
)
MATTER = (
    select(outbox.c.matter)
    .where(outbox.c.address_id == bindparam("to"), outbox.c.sent_as == bindparam("named"))
    .where(outbox.c.sent_as != literal_column("''"))
    .order_by(outbox.c.id.desc())
    .limit(1)
)
NAMED = (
    select(outbox.c.id)
    .where(outbox.c.address_id == bindparam("to"), outbox.c.sent_as == bindparam("named"))
    .where(outbox.c.sent_as != literal_column("''"))
    .order_by(outbox.c.id.desc())
    .limit(1)
)
FAILED = mine.values(state="failed", error=bindparam("why"))
LATER = mine.values(due=bindparam("then"), error=bindparam("why"), lease_owner="", lease_until=bindparam("now"))
QUEUE = select(func.count(), func.min(outbox.c.created_at)).where(outbox.c.state == WAITING)
QUEUED = select(*LETTER).where(outbox.c.address_id == bindparam("to"), outbox.c.state == WAITING).order_by(outbox.c.id)
TO = select(address.c.id).where(address.c.channel == bindparam("the_channel"), address.c.address == bindparam("there"))
BODIES = select(outbox.c.body).where(outbox.c.address_id == TO.scalar_subquery()).order_by(outbox.c.id.desc())
NOT_YET_SENT = BODIES.where(outbox.c.state == WAITING).limit(bindparam("most"))
LAST_ONES = BODIES.where(outbox.c.state == SENT_OFF).limit(bindparam("most"))
READDRESS = update(outbox).where(outbox.c.address_id == bindparam("old"), outbox.c.state == WAITING)
READDRESSED = READDRESS.values(address_id=bindparam("new"))
SHOWN = (
    update(outbox)
    .where(outbox.c.id == bindparam("the_id"), outbox.c.state == WAITING)
    .values(state="sent", sent_at=bindparam("now"), error="")
)
LAST_SENT = select(func.max(outbox.c.id)).where(outbox.c.address_id == bindparam("to"), outbox.c.state == SENT_OFF)
CALL_BACK = (
    update(outbox)
    .where(outbox.c.address_id == bindparam("to"), outbox.c.state == WAITING, outbox.c.lease_until <= bindparam("now"))
    .values(state="failed", error=bindparam("why"))
)
LAST = select(outbox.c.id, outbox.c.body).where(outbox.c.address_id == bindparam("to")).order_by(outbox.c.id.desc())
LAST_WAITING = LAST.where(outbox.c.state == WAITING).limit(bindparam("most"))
LAST_GONE = LAST.where(outbox.c.state == SENT_OFF).limit(bindparam("most"))
PURGE = delete(outbox).where(
    outbox.c.id.in_(
        select(row.c.id)
        .where(row.c.state != WAITING, func.coalesce(row.c.sent_at, row.c.created_at) < bindparam("instant"))
        .order_by(row.c.id)
        .limit(bindparam("most"))
    )
)


def add(work: Work, address_id: int, body: str, matter: str = "") -> Letter | None:
    """Put a message (JSON of an Outbound) in the queue of an address; `matter` names what it is about.

    The letter itself, leased to this process, when it is the only one there: send it right after the commit. None when
    earlier ones wait: it follows them. Letters of transactions that run at the same time have no order between them.
    """
    return queue(work, address_id, body, matter)()


def queue(work: Work, address_id: int, body: str, matter: str = "") -> Callable[[], Letter | None]:
    """The same as `add`, which is told when it is asked for: best after the commit."""
    values = {"to": address_id, "text": body, "now": work.now, "me": work.owner, "until": work.now + LEASE}
    values["about"] = matter
    rows = ADD.later(work, values)
    return lambda: _to_be_sent(*rows())


def leave(work: Work, letters: Iterable[tuple[int, str, str]]) -> None:
    """Put messages in the queues of their addresses, as with `add`, for whoever claims them: address id, body, matter.

    Best for many at once, which the process that writes them could not send before its leases end.
    """
    rows = list(letters)
    if work.connection.dialect.name != "postgresql":
        LEAVE.many(work, [{"to": to, "text": body, "about": matter} for to, body, matter in rows], now=work.now)
    elif rows:
        tos, texts, abouts = (list(column) for column in zip(*rows, strict=True))
        LEAVE_ALL.later(work, {"tos": tos, "texts": texts, "abouts": abouts, "now": work.now})


def _to_be_sent(row: Row) -> Letter | None:
    letter = Letter(*row)
    return letter if letter.attempts else None


def claim(work: Work, most: int, channels: Iterable[str]) -> list[Letter]:
    """Lease the first letters of at most `most` addresses of these channels, longest due first.

    A letter put off holds its address.
    """
    return _leased(work, CLAIM, {"most": most, "channels": list(channels)})


def claim_for(work: Work, address_id: int) -> Letter | None:
    """Lease the first letter of one address, unless it is put off or leased."""
    return next(iter(_leased(work, CLAIM_FOR, {"to": address_id})), None)


def sent(work: Work, letter: Letter, sent_as: str = "") -> bool:
    """Note that a letter went out, and its name at the vendor; False when its lease was lost, so it is sent again."""
    return _settle(work, SENT, letter, {"now": work.now, "named": sent_as})


def gone(work: Work, letter: Letter, parts: int) -> bool:
    """Note that the first `parts` pieces of a letter went out, and lease it anew; False as in `sent`."""
    return _settle(work, GONE, letter, {"parts": parts, "until": work.now + LEASE})


def sent_as(work: Work, letter_id: int) -> str:
    """The vendor's name of what was sent for a letter; "" when it has none or was not sent."""
    return work.connection.execute(SENT_AS, {"the_id": letter_id}).scalar() or ""


def body(work: Work, letter_id: int, address_id: int) -> str:
    """JSON of a letter to this address; "" when it is not kept any more."""
    return work.connection.execute(BODY, {"the_id": letter_id, "to": address_id}).scalar() or ""


def body_to(work: Work, letter_id: int, person_id: int) -> str:
    """JSON of a letter to any address of a person; "" when it is not kept any more, or was for somebody else."""
    return work.connection.execute(BODY_TO, {"the_id": letter_id, "the_person": person_id}).scalar() or ""


def first_of(work: Work, address_id: int, matter: str) -> str:
    """The vendor's name of the first letter about a matter to an address; "" when none was sent."""
    return work.connection.execute(FIRST_OF, {"to": address_id, "about": matter}).scalar() or ""


def about(work: Work, matter: str) -> list[tuple[int, int, str]]:
    """The letters about a matter that were not given up, oldest first: id, address id and body."""
    return [(row.id, row.address_id, row.body) for row in work.connection.execute(ABOUT, {"about": matter})]


def matter_of(work: Work, address_id: int, sent_as: str) -> str:
    """What the message of this name in this place is about; "" when it is about no matter or not ours."""
    return work.connection.execute(MATTER, {"to": address_id, "named": sent_as}).scalar() or ""


def named(work: Work, address_id: int, sent_as: str) -> int:
    """The id of the letter of this name to an address; 0 when there is none."""
    return int(work.connection.execute(NAMED, {"to": address_id, "named": sent_as}).scalar() or 0) if sent_as else 0


def last_bodies(work: Work, channel: str, address: str, most: int) -> list[str]:
    """JSON of what an address was last told, newest first: what was sent, after what may have been."""
    there = {"the_channel": channel, "there": address, "most": most}
    return [row.body for query in (NOT_YET_SENT, LAST_ONES) for row in work.connection.execute(query, there)]


def readdress(work: Work, old: int, new: int) -> None:
    """Let what waits for one address (by id) go to another one."""
    work.connection.execute(READDRESSED, {"old": old, "new": new})


def later(work: Work, letter: Letter, due: datetime, error: str) -> bool:
    """Put a letter off until `due`, which holds back the later ones of its address; False as in `sent`."""
    return _settle(work, LATER, letter, {"then": due, "why": error, "now": work.now})


def failed(work: Work, letter: Letter, error: str) -> bool:
    """Give a letter up for good; False as in `sent`."""
    return _settle(work, FAILED, letter, {"why": error})


def queued(work: Work, address_id: int) -> list[Letter]:
    """All that waits for one address, in order, whoever leased it: for a terminal, which nobody else sends to."""
    return [Letter(*each) for each in work.connection.execute(QUEUED, {"to": address_id})]


def shown(work: Work, letters: Iterable[Letter]) -> None:
    """Note that these are on the terminal's screen, whoever leased them."""
    rows = [{"the_id": letter.id, "now": work.now} for letter in letters]
    if rows:
        work.connection.execute(SHOWN, rows)


def waiting(work: Work) -> tuple[int, timedelta]:
    """How many letters wait, and the age of the oldest (zero when none does)."""
    count, oldest = work.connection.execute(QUEUE).one()
    return count, work.now - oldest if oldest else timedelta()


def last_sent(work: Work, address_id: int) -> int:
    """The id of the last letter sent to an address, 0 when there is none."""
    return work.connection.execute(LAST_SENT, {"to": address_id}).scalar() or 0


def call_back(work: Work, address_id: int, why: str) -> None:
    """Give up what waits for an address and is not being sent at this moment."""
    work.connection.execute(CALL_BACK, {"to": address_id, "now": work.now, "why": why})


def recent(work: Work, address_id: int, most: int) -> list[tuple[int, str]]:
    """The last letters to an address that were sent or wait, newest first: id and body; at most twice `most`."""
    where = {"to": address_id, "most": most}
    # Two statements, because each has its own partial index. What waits is newer than what was sent.
    return [(row.id, row.body) for each in (LAST_WAITING, LAST_GONE) for row in work.connection.execute(each, where)]


def purge_sent_before(work: Work, instant: datetime, most: int = 1000) -> int:
    """Delete at most `most` of the letters sent, or written and given up, before `instant`, oldest first; how many."""
    return work.connection.execute(PURGE, {"instant": instant, "most": most}).rowcount


def _leased(work: Work, statement: ReturningUpdate[Any], values: dict[str, object]) -> list[Letter]:
    values |= {"now": work.now, "me": work.owner, "until": work.now + LEASE}
    return sorted((Letter(*each) for each in work.connection.execute(statement, values)), key=lambda each: each.id)


def _settle(work: Work, statement: Update, letter: Letter, values: dict[str, object]) -> bool:
    values |= {"the_id": letter.id, "me": work.owner, "attempt": letter.attempts}
    return work.connection.execute(statement, values).rowcount == 1
