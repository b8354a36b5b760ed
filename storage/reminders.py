"""The ledger of reminders: each step of a rule for a person and matter stands in it once, whoever plans it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    ColumnClause,
    Date,
    DateTime,
    Insert,
    Integer,
    Select,
    String,
    Subquery,
    TableValuedAlias,
    bindparam,
    cast,
    column,
    delete,
    exists,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.among import Among
from storage.audiences import AUDIENCES
from storage.database import Work, take_time
from storage.direct import Direct
from storage.prefetch import ByKey

reminder = tables.of(tables.Reminder)
person = tables.of(tables.Person)
planned = tables.of(tables.Planned)

PLANNED: ColumnClause[str] = literal_column("'planned'")
# What is planned has not ended. So it is found by its person, and by its state by when it is to be looked at.
WAITS, NOT_ENDED = reminder.c.state == PLANNED, reminder.c.ended_at.is_(None)
COLUMNS = ("id", "rule", "matter", "anchor", "step", "look_at")
# A select with an offset is taken for itself by PostgreSQL: so each person is looked up by the whole key of the ledger.
# The statistics by which it would choose a join are old while many are being planned, and what it chooses then takes a
# time that grows with the square of how many.
NONE_SKIPPED: ColumnClause[int] = literal_column("0")
DUE_AT_ONCE = 50  # anchor days of one zone, in a statement
MOST_AT_ONCE = 5000  # people, in a statement: a fraction of a second, even from a cold disk
FILLED = ("person_id", "rule", "matter", "anchor", "step", "state", "planned_at", "look_at")


class Planned(NamedTuple):
    """A step that is planned for a person; see the table for the fields."""

    id: int
    rule: str
    matter: int
    anchor: str
    step: int
    look_at: datetime


@dataclass(frozen=True)
class Due:
    """A step that is due for everybody of an anchor in a zone (IANA; "" for the office's), and when it is looked at."""

    zone: str
    anchor: date | datetime
    step: int
    look_at: datetime


UNTIL = select(planned.c.until).where(planned.c.rule == bindparam("the_rule"))
NEW = insert(planned)
SET_UNTIL = NEW.on_conflict_do_update(index_elements=[planned.c.rule], set_={"until": NEW.excluded.until})
WHO = (
    select(reminder.c.person_id)
    .where(WAITS, reminder.c.look_at <= bindparam("now"))
    .order_by(reminder.c.look_at, reminder.c.person_id)
    .limit(bindparam("most"))
)
# Who is being written to by another tick, or is talking, is left for the next one.
FREE = Direct(
    select(person.c.id)
    .where(Among(person.c.id, "ids"), person.c.merged_into.is_(None))
    .order_by(person.c.id)
    .with_for_update(skip_locked=True, key_share=True)
)
OF = ByKey(
    select(*(reminder.c[name] for name in COLUMNS))
    .where(NOT_ENDED)
    .order_by(reminder.c.look_at, reminder.c.id)
    .with_for_update(skip_locked=True, key_share=True),
    reminder.c.person_id,
)
THESE = Among(reminder.c.id, "ids")  # locked, as `of` gave them: they are planned as long as this transaction lasts
END = Direct(update(reminder).where(THESE).values(state=bindparam("how"), ended_at=bindparam("now")))
# Planned while the records were being joined: the other record has its own.
DROP_ABSORBED = Direct(
    delete(reminder).where(
        Among(reminder.c.person_id, "ids"),
        NOT_ENDED,
        exists().where(person.c.id == reminder.c.person_id, person.c.merged_into.is_not(None)),
    )
)
DROP = Direct(delete(reminder).where(THESE))
PUT_OFF = Direct(update(reminder).where(THESE).values(look_at=bindparam("then")))
LOOK_AGAIN = (
    update(reminder).where(reminder.c.person_id == bindparam("the_person"), NOT_ENDED).values(look_at=bindparam("now"))
)
SENT: ColumnClause[str] = literal_column("'sent'")


def _a_day_ahead(work: Work) -> dict[str, datetime]:
    return {"a_day_ahead": work.now + timedelta(days=1)}


LAST_SENT = ByKey(
    select(func.max(reminder.c.ended_at))
    .where(reminder.c.state == SENT, reminder.c.ended_at <= bindparam("a_day_ahead"))
    .group_by(reminder.c.person_id),
    reminder.c.person_id,
    _a_day_ahead,
)
LATER = reminder.alias("later")
UNSENT = (reminder.c.rule == bindparam("the_rule")) & (reminder.c.state != SENT)
FORGET_AHEAD = delete(reminder).where(UNSENT, reminder.c.planned_at > bindparam("now"))
REOPEN_AHEAD = (
    update(reminder)
    .where(
        UNSENT,
        (reminder.c.ended_at > bindparam("now")) | (reminder.c.look_at > bindparam("now")),
        ~exists().where(
            *(LATER.c[name] == reminder.c[name] for name in ("rule", "matter", "anchor", "person_id")),
            LATER.c.step > reminder.c.step,
            LATER.c.state == SENT,
        ),
    )
    .values(state=PLANNED, ended_at=None, look_at=bindparam("now"))
)


def planned_until(work: Work, rule: str) -> datetime | None:
    """Until when a rule was planned; None for never."""
    found: datetime | None = work.connection.execute(UNTIL, {"the_rule": rule}).scalar()
    return found


def set_planned(work: Work, rule: str, until: datetime) -> None:
    work.connection.execute(SET_UNTIL, {"rule": rule, "until": until})


def plan(work: Work, rule: str, audience: str, due: Iterable[Due], *, moment: bool = False) -> int:
    """Plan a step for everybody of an audience whose zone and anchor are among `due`: how many were new.

    None is planned where the same or a later step of that matter and anchor is on record. After a long pause many are
    due: no statement takes so many that it would run into the time that a statement has.
    """
    statement = _plan(audience, work.connection.dialect.name == "sqlite", moment)
    rows, planned = list(due), 0
    for at in range(0, len(rows), DUE_AT_ONCE):
        values = {"due": _as_json(rows[at : at + DUE_AT_ONCE]), "the_rule": rule, "now": work.now}
        while (new := work.connection.execute(statement, values).rowcount) == MOST_AT_ONCE:
            planned += new
        planned += new
    return planned


def plan_one(work: Work, rule: str, person_id: int, matter: int, anchor: date, step: int) -> None:
    """Plan a step for one person, unless it is on record."""
    about = {"person_id": person_id, "rule": rule, "matter": matter, "anchor": anchor.isoformat(), "step": step}
    when = {"state": "planned", "planned_at": work.now, "look_at": work.now}
    work.connection.execute(insert(reminder).on_conflict_do_nothing(), about | when)


@cache
def _plan(audience: str, sqlite: bool, moment: bool) -> Insert:
    found = _chosen(audience, sqlite, moment).limit(literal_column(str(MOST_AT_ONCE))).subquery("chosen")
    # In the order in which they are sent, so that those who are written to together stand on the same pages.
    chosen = select(*found.c).order_by(found.c.look_at, found.c.person_id)
    return insert(reminder).from_select(FILLED, chosen).on_conflict_do_nothing().execution_options(
        preserve_rowcount=True
    )  # fmt: skip


def count(work: Work, rule: str, audience: str, due: Iterable[Due], *, moment: bool = False) -> dict[int, int]:
    """How many would be planned, by step."""
    chosen = _chosen(audience, work.connection.dialect.name == "sqlite", moment).subquery()
    values = {"due": _as_json(due), "the_rule": rule, "now": work.now}
    rows = work.connection.execute(select(chosen.c.step, func.count()).group_by(chosen.c.step), values)
    return {row[0]: row[1] for row in rows}


def _as_json(due: Iterable[Due]) -> str:
    rows = [
        {"zone": each.zone, "anchor": _as_kept(each.anchor), "key": each.anchor.isoformat(), "step": each.step}
        | {"look_at": _as_kept(each.look_at)}
        for each in due
    ]
    return json.dumps(rows)


def _as_kept(anchor: date | datetime) -> str:
    """As SQLite keeps it as a text, which PostgreSQL reads as well: an instant in UTC, with all its digits."""
    if isinstance(anchor, datetime):
        return f"{anchor.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return anchor.isoformat()


def _chosen(audience: str, sqlite: bool, moment: bool) -> Select[Any]:
    """The rows that are new: their zone and anchor are due, and no such or later step is on record."""
    due = (_due_in_sqlite if sqlite else _due_in_postgresql)(DateTime(timezone=True) if moment else Date())
    of = AUDIENCES[audience].members.subquery("audience")
    found = (
        select(of.c.person_id, of.c.matter, due.c.key, due.c.step, due.c.look_at)
        .join(due, (of.c.zone == due.c.zone) & (of.c.anchor == due.c.anchor))
        .offset(NONE_SKIPPED)
        .subquery("found")
    )
    rule = bindparam("the_rule", type_=String)
    now = bindparam("now", type_=reminder.c.planned_at.type)
    known = reminder.alias("known")
    on_record = (
        select(known.c.id)
        .where(
            known.c.rule == rule,
            known.c.matter == found.c.matter,
            known.c.anchor == found.c.key,
            known.c.step >= found.c.step,
            known.c.person_id == found.c.person_id,
        )
        .offset(NONE_SKIPPED)
        .exists()
    )
    new = (found.c.person_id, rule, found.c.matter, found.c.key, found.c.step, PLANNED, now, found.c.look_at)
    return select(*(each.label(name) for each, name in zip(new, FILLED, strict=True))).where(~on_record)


def _due_in_postgresql(anchor: Any) -> TableValuedAlias:
    return (
        func.json_to_recordset(cast(bindparam("due", type_=String), JSON))
        .table_valued(
            column("zone", String),
            column("anchor", anchor),
            column("key", String),
            column("step", Integer),
            column("look_at", DateTime(timezone=True)),
            name="due",
        )
        .render_derived(with_types=True)
    )


def _due_in_sqlite(anchor: Any) -> Subquery:
    each = func.json_each(bindparam("due", type_=String)).table_valued("value", name="each_due")

    def field(name: str, of: Any) -> Any:
        return func.json_extract(each.c.value, f"$.{name}", type_=of).label(name)

    return select(
        field("zone", String()), field("anchor", anchor), field("key", String()), field("step", Integer()),
        field("look_at", DateTime(timezone=True)),
    ).subquery("due")  # fmt: skip


def who(work: Work, most: int) -> list[int]:
    """Whom the `most` reminders are for that are to be looked at, the longest due first."""
    return list(dict.fromkeys(work.connection.execute(WHO, {"now": work.now, "most": most}).scalars()))


def free(work: Work, person_ids: Sequence[int]) -> list[int]:
    """Those of these people whom nobody else has locked; until the transaction ends they are locked by it.

    Those that were absorbed by another record are left out, and nothing waits for them any more.
    """
    found = [row[0] for row in FREE.rows(work, {"ids": person_ids})]
    if len(found) < len(person_ids):
        DROP_ABSORBED.later(work, {"ids": sorted(set(person_ids) - set(found))})
    return found


def of(work: Work, person_id: int) -> list[Planned]:
    """All that is planned for a person, the longest due first; what another transaction looks at is left out."""
    return [*map(Planned._make, OF.rows(work, person_id))]


def end(work: Work, ids: Sequence[int], how: str) -> None:
    """These come no more: sent, or why they were not."""
    if ids:
        END.later(work, {"ids": ids, "how": how, "now": work.now})


def drop(work: Work, ids: Sequence[int]) -> None:
    """These were never planned: they are again when what they are about comes back."""
    if ids:
        DROP.later(work, {"ids": ids})


def put_off(work: Work, ids: Sequence[int], then: datetime) -> None:
    """These are not looked at before."""
    PUT_OFF.later(work, {"ids": ids, "then": then})


def look_again(work: Work, person_id: int) -> None:
    """The person's wishes have changed: the next tick looks at what waits for them."""
    work.connection.execute(LOOK_AGAIN, {"the_person": person_id, "now": work.now})


def forget_ahead(work: Work, rule: str) -> None:
    """The clock was put back: what it did by this rule while it was ahead is undone, but for what was sent.

    It reads the whole ledger, which may take longer than a statement has otherwise.
    """
    take_time(work)
    for statement in (FORGET_AHEAD, REOPEN_AHEAD):
        work.connection.execute(statement, {"the_rule": rule, "now": work.now})


def last_sent(work: Work, person_id: int) -> datetime | None:
    """When a person was last reminded of anything; what a clock that was a day ahead or more sent does not count."""
    row = LAST_SENT.first(work, person_id)
    return row[0] if row is not None else None
