"""Keeps the forms people are filling in, with their answers in their own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, String, bindparam, delete, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage import tables
from storage.database import Work
from storage.direct import Direct
from storage.prefetch import ByKey

conversation = tables.of(tables.Conversation)


class words_by_key(FunctionElement[str]):  # noqa: N801 - named as an SQL function
    """An aggregate: one JSON object of keys and words, as text."""

    type = String()
    inherit_cache = True


@compiles(words_by_key, "sqlite")
def _on_sqlite(element: words_by_key, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_object({compiler.process(element.clauses, **options)})"


@compiles(words_by_key, "postgresql")
def _on_postgresql(element: words_by_key, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(json_object_agg({compiler.process(element.clauses, **options)}) AS text)"


answer = tables.of(tables.Answer)


@dataclass(frozen=True)
class Conversation:
    """A form being filled in, or one that was; `facts` (JSON) were pinned at its opening.

    `state` is open, parked, done or cancelled, and `changed_at` is when it became so; `address_id` is where it went on
    last.
    """

    id: int
    person_id: int
    script: str
    facts: str
    state: str
    outcome: str
    opened_at: datetime
    changed_at: datetime
    address_id: int | None = None


COLUMNS = tuple(conversation.c[name] for name in Conversation.__dataclass_fields__)
OPEN = conversation.c.state == literal_column("'open'")  # written out: a partial index is not found by a bound value

BY_ID = select(*COLUMNS).where(conversation.c.id == bindparam("the_id"))
PARKED = Direct(
    select(*COLUMNS)
    .where(conversation.c.person_id == bindparam("person"), conversation.c.state == "parked")
    .order_by(conversation.c.changed_at.desc(), conversation.c.id.desc())
)
DRAFTS = ByKey(
    select(*COLUMNS)
    .where(conversation.c.script == bindparam("the_script"))
    .where(conversation.c.state.in_([literal_column(f"'{state}'") for state in ("open", "parked", "cancelled")]))
    .order_by(conversation.c.changed_at.desc(), conversation.c.id.desc()),
    conversation.c.person_id,
)
LAST_CANCELLED = (
    select(*COLUMNS)
    .where(conversation.c.person_id == bindparam("person"), conversation.c.state == "cancelled")
    .where(conversation.c.script == bindparam("the_script"))
    .where(select(answer.c.key).where(answer.c.conversation_id == conversation.c.id).exists())
    .order_by(conversation.c.changed_at.desc(), conversation.c.id.desc())
    .limit(1)
)
INSERT = insert(conversation).returning(conversation.c.id)
MOVE = (
    update(conversation)
    .where(conversation.c.id == bindparam("the_id"), conversation.c.state == bindparam("before"))
    .values(state=bindparam("after"), changed_at=bindparam("now"))
)
MOVE_TO = Direct(
    update(conversation).where(conversation.c.id == bindparam("the_id")).values(address_id=bindparam("there"))
)
PIN = update(conversation).where(conversation.c.id == bindparam("the_id")).values(facts=bindparam("pinned"))
CLOSE = Direct(
    update(conversation)
    .where(conversation.c.id == bindparam("the_id"))
    .values(state=bindparam("after"), outcome=bindparam("how"), changed_at=bindparam("now"))
)
# The answers of the conversation in the same row, as a text of JSON: a statement less in every turn.
ANSWERED = (
    select(words_by_key(answer.c.key, answer.c.words))
    .where(answer.c.conversation_id == conversation.c.id)
    .correlate(conversation)
    .scalar_subquery()
)
ANSWERS = select(answer.c.key, answer.c.words).where(answer.c.conversation_id == bindparam("the_id"))
SAID = select(answer.c.key, answer.c.words, answer.c.at).where(answer.c.conversation_id == bindparam("the_id"))
NEW_ANSWER = insert(answer)
PUT = Direct(
    NEW_ANSWER.on_conflict_do_update(
        index_elements=[answer.c.conversation_id, answer.c.key],
        set_={name: NEW_ANSWER.excluded[name] for name in ("words", "channel", "at")},
    ),
    *answer.c.keys(),
)
FORGET = delete(answer).where(answer.c.conversation_id == bindparam("the_id"), answer.c.key == bindparam("the_key"))
MOVE_ANSWER = (
    update(answer)
    .where(answer.c.conversation_id == bindparam("the_id"), answer.c.key == bindparam("before"))
    .values(key=bindparam("after"))
)
DROP = Direct(delete(answer).where(answer.c.conversation_id == bindparam("the_id")))
DROP_OLD = delete(answer).where(
    answer.c.conversation_id.in_(
        select(conversation.c.id).where(
            conversation.c.state.in_(("done", "cancelled")), conversation.c.changed_at < bindparam("instant")
        )
    )
)


def open_(work: Work, person_id: int, script: str, facts: str, address_id: int | None = None) -> int:
    """The id of a new open conversation; IntegrityError when the person has one open: park or close it first."""
    values: dict[str, object] = {"person_id": person_id, "script": script, "facts": facts, "state": "open"}
    values["outcome"] = ""
    values |= {"opened_at": work.now, "changed_at": work.now, "address_id": address_id}
    return int(work.connection.execute(INSERT, values).scalar_one())


def move(work: Work, conversation_id: int, address_id: int) -> None:
    """The conversation goes on at this address."""
    MOVE_TO.later(work, {"the_id": conversation_id, "there": address_id})


def pin(work: Work, conversation_id: int, facts: str) -> None:
    """Pin other facts (JSON), for a form that begins again."""
    work.connection.execute(PIN, {"the_id": conversation_id, "pinned": facts})


def by_id(work: Work, conversation_id: int) -> Conversation | None:
    return _one(work.connection.execute(BY_ID, {"the_id": conversation_id}).first())


def answers(work: Work, conversation_id: int) -> dict[str, str]:
    """The person's words by question key."""
    return {row.key: row.words for row in work.connection.execute(ANSWERS, {"the_id": conversation_id})}


def said(work: Work, conversation_id: int) -> dict[str, tuple[str, datetime]]:
    """The person's words by question key, and the instant they were said or filled in."""
    rows = work.connection.execute(SAID, {"the_id": conversation_id})
    return {row.key: (row.words, row.at) for row in rows}


def put(work: Work, conversation_id: int, answers: Mapping[str, str], channel: str) -> None:
    """Store words under their question keys, over what stood there."""
    where = {"conversation_id": conversation_id, "channel": channel, "at": work.now}
    for key, words in answers.items():
        PUT.later(work, where | {"key": key, "words": words})


def forget(work: Work, conversation_id: int, keys: Iterable[str]) -> None:
    """Forget the answers under these keys; keys without an answer are passed over."""
    rows = [{"the_id": conversation_id, "the_key": key} for key in keys]
    if rows:
        work.connection.execute(FORGET, rows)


def rekey(work: Work, conversation_id: int, keys: Mapping[str, str]) -> None:
    """Put answers from one key under another that has none; when and where they were said stays with them."""
    rows = [{"the_id": conversation_id, "before": before, "after": after} for before, after in keys.items()]
    if rows:
        work.connection.execute(MOVE_ANSWER, rows)


def park(work: Work, conversation_id: int) -> bool:
    """Set an open conversation aside; False when it was not open."""
    return _move(work, conversation_id, "open", "parked")


def resume(work: Work, conversation_id: int) -> bool:
    """Open a parked or cancelled conversation again; False when it was neither. IntegrityError when another is open."""
    return _move(work, conversation_id, "parked", "open") or _move(work, conversation_id, "cancelled", "open")


def parked(work: Work, person_id: int) -> list[Conversation]:
    """The conversations set aside, newest first."""
    return [Conversation(*row) for row in PARKED.rows(work, {"person": person_id})]


def drafts(work: Work, person_id: int, script: str) -> list[Conversation]:
    """Everything of this script that is open, set aside or cancelled, newest first."""
    return [Conversation(*row) for row in DRAFTS.rows(work, person_id, the_script=script)]


def close(
    work: Work, conversation_id: int, state: Literal["done", "cancelled"], outcome: str, *, keep_answers: bool = False
) -> None:
    """End a conversation and delete its answers; a cancelled draft may keep them until `drop_answers_before`."""
    values = {"the_id": conversation_id, "after": state, "how": outcome, "now": work.now}
    CLOSE.later(work, values)
    if not keep_answers:
        DROP.later(work, {"the_id": conversation_id})


def last_cancelled(work: Work, person_id: int, script: str) -> Conversation | None:
    """The newest cancelled conversation of this script that still has answers."""
    return _one(work.connection.execute(LAST_CANCELLED, {"person": person_id, "the_script": script}).first())


def drop_answers_before(work: Work, instant: datetime) -> int:
    """Delete the answers of conversations that ended before `instant`; how many answers."""
    return work.connection.execute(DROP_OLD, {"instant": instant}).rowcount


def _move(work: Work, conversation_id: int, before: str, after: str) -> bool:
    values = {"the_id": conversation_id, "before": before, "after": after, "now": work.now}
    return work.connection.execute(MOVE, values).rowcount == 1


def _one(row: Row[*tuple[Any, ...]] | None) -> Conversation | None:
    return Conversation(*row) if row else None
