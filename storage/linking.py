"""Makes two records of one person into one, and takes an address out of a record again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import SQLModel

from storage import candidacies, codes, conversations, mailboxes, outbox, people, profiles, tables
from storage.applications import IN_WORK
from storage.database import Work

person = tables.of(tables.Person)
address = tables.of(tables.Address)
conversation = tables.of(tables.Conversation)
fact = tables.of(tables.Fact)
role = tables.of(tables.Role)
unwanted = tables.of(tables.Unwanted)
course_wish = tables.of(tables.CourseWish)
course_news = tables.of(tables.CourseNews)
profile = tables.of(tables.Profile)
evaluator = tables.of(tables.Evaluator)
evaluator_set = tables.of(tables.EvaluatorSet)
ballot_vote = tables.of(tables.BallotVote)
reader = tables.of(tables.ReviewReader)
rating = tables.of(tables.ReviewRating)
reminder = tables.of(tables.Reminder)
webinar_seat = tables.of(tables.WebinarSeat)
calendar_event = tables.of(tables.CalendarEvent)
application = tables.of(tables.Application)
candidacy = tables.of(tables.Candidacy)


@dataclass(frozen=True)
class Record:
    """What stands on a person's own row."""

    id: int
    created_at: datetime
    name: str
    time_zone: str
    handed_off: int | None


def refers() -> list[tuple[Table, Column[int]]]:
    """Every column that refers to a person, so that a new table is never forgotten."""
    return [
        (table, column)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.column is person.c.id for key in column.foreign_keys)
    ]


def _moving(table: Table, column: Column[int]) -> Update:
    return update(table).where(column == bindparam("absorbed")).values({column: bindparam("kept")})


IDS = person.c.id.in_(bindparam("ids", expanding=True))
RECORDS = (
    select(*(person.c[name] for name in Record.__dataclass_fields__))
    .where(IDS, person.c.merged_into.is_(None))
    .order_by(person.c.id)
    .with_for_update()
)
ALONE = (
    fact,
    role,
    unwanted,
    course_wish,
    course_news,
    profile,
    evaluator,
    evaluator_set,
    ballot_vote,
    reader,
    reminder,
    webinar_seat,
    calendar_event,
)  # the person is part of their keys, so that two rows may have to become one
MOVE = tuple(_moving(table, column) for table, column in refers() if table not in ALONE)
OPEN = (
    select(conversation.c.id)
    .where(conversation.c.person_id.in_(bindparam("ids", expanding=True)))
    .where(conversation.c.state == literal_column("'open'"))
    .order_by(conversation.c.opened_at.desc(), conversation.c.id.desc())
)
FACTS = select(fact.c.key, fact.c.words, fact.c.as_of).where(fact.c.person_id == bindparam("the_person"))
DROP_FACTS = delete(fact).where(fact.c.person_id == bindparam("the_person"))
ADD_FACTS = insert(fact)
DROP_PROFILE = delete(profile).where(profile.c.person_id == bindparam("the_person"))
ROLES = select(role.c.role).where(role.c.person_id == bindparam("the_person"))
DROP_ROLE = delete(role).where(role.c.person_id == bindparam("the_person"), role.c.role == bindparam("the_role"))
MOVE_ROLES = _moving(role, role.c.person_id)


def _joining(key: Column[Any]) -> tuple[Delete, Update]:
    """What both have is kept once; `key` is, beside the person, the key of its table."""
    table, whose = key.table, key.table.c.person_id
    of_both = select(key).where(whose == bindparam("kept"))
    return delete(table).where(whose == bindparam("absorbed"), key.in_(of_both)), _moving(table, whose)


KEYS = (
    unwanted.c.kind,
    course_wish.c.set_id,
    course_news.c.course_id,
    evaluator_set.c.set_id,
    ballot_vote.c.ballot_id,
    reader.c.review_id,
    webinar_seat.c.webinar_id,
    calendar_event.c.uid,
)
KEPT_IS_ONE = select(evaluator.c.person_id).where(evaluator.c.person_id == bindparam("kept")).exists()
READ_BY_BOTH = select(reader.c.id).where(
    reader.c.person_id == bindparam("absorbed"),
    reader.c.review_id.in_(select(reader.c.review_id).where(reader.c.person_id == bindparam("kept"))),
)
other_seat, other_event, other_step = webinar_seat.alias(), calendar_event.alias(), reminder.alias()


OF_A_STEP = ("rule", "matter", "anchor", "step")  # with the person the key of a reminder


def _weaker(state: str, *stronger: str) -> Delete:
    """The kept record's place at a webinar, where the absorbed one has a better one."""
    better = select(other_seat.c.webinar_id).where(
        other_seat.c.person_id == bindparam("absorbed"), other_seat.c.state.in_(stronger)
    )
    mine = (webinar_seat.c.person_id == bindparam("kept"), webinar_seat.c.state == state)
    return delete(webinar_seat).where(*mine, webinar_seat.c.webinar_id.in_(better))


def _needless(whose: str, other: str, *which: ColumnElement[bool], same: tuple[str, ...] = OF_A_STEP) -> Delete:
    """Those steps of one record's reminders that the other one's, of the `same` matter, make needless."""
    has = select(other_step.c.id).where(other_step.c.person_id == bindparam(other), *which)
    alike = (other_step.c[name] == reminder.c[name] for name in same)
    return delete(reminder).where(reminder.c.person_id == bindparam(whose), has.where(*alike).exists())


def _told_before(whose: str, other: str) -> Delete:
    """What is still planned for one record, where that step or a later one went to the other."""
    later = (other_step.c.state == "sent", other_step.c.step >= reminder.c.step, reminder.c.state == "planned")
    return _needless(whose, other, *later, same=OF_A_STEP[:3])


# What was sent is not sent again, and what is still planned for one of them stays planned.
REMINDERS = (
    _told_before("kept", "absorbed"),
    _told_before("absorbed", "kept"),
    _needless("kept", "absorbed", other_step.c.state == "sent", reminder.c.state != "sent"),
    _needless("kept", "absorbed", other_step.c.state == "planned", reminder.c.state.not_in(("sent", "planned"))),
    _needless("absorbed", "kept"),
    _moving(reminder, reminder.c.person_id),
)
# A file that follows must be newer than all that went to either address.
NEWER = (
    update(calendar_event)
    .where(
        calendar_event.c.person_id == bindparam("kept"),
        calendar_event.c.uid == other_event.c.uid,
        other_event.c.person_id == bindparam("absorbed"),
    )
    .values(sequence=calendar_event.c.sequence + other_event.c.sequence + 1)
)
JOIN: tuple[Delete | Update, ...] = (
    _weaker("cancelled", "signed", "waiting", "attended", "missed"),
    _weaker("waiting", "signed", "attended", "missed"),
    _weaker("missed", "attended"),
    NEWER,
    *REMINDERS,
    delete(rating).where(rating.c.reader_id.in_(READ_BY_BOTH)),
    *(statement for key in KEYS for statement in _joining(key)),
    delete(evaluator).where(evaluator.c.person_id == bindparam("absorbed"), KEPT_IS_ONE),
    _moving(evaluator, evaluator.c.person_id),
)
ABSORB = (
    update(person)
    .where((person.c.id == bindparam("absorbed")) | (person.c.merged_into == bindparam("absorbed")))
    .values(merged_into=bindparam("kept"), handed_off=literal_column("NULL"))
)
KEEP = (
    update(person)
    .where(person.c.id == bindparam("kept"))
    .values(name=bindparam("the_name"), time_zone=bindparam("zone"), handed_off=bindparam("item"))
)
# What was offered before may lead elsewhere in the joined record.
QUIET = update(address).where(address.c.person_id == bindparam("kept")).values(offer="", misses=0)
APPLICATIONS = select(application.c.reference).where(
    application.c.person_id == bindparam("the_person"), application.c.state.in_(IN_WORK)
)
CANDIDACIES = select(candidacy.c.admitted_on).where(
    candidacy.c.person_id == bindparam("the_person"), candidacy.c.state.in_(candidacies.UNDER_WAY)
)
ADD_PERSON = insert(person).returning(person.c.id)
PART = (
    update(address)
    .where(address.c.id == bindparam("there"))
    .values(person_id=bindparam("the_person"), offer="", misses=0)
)
NOT_THERE = (
    update(conversation)
    .where(conversation.c.address_id == bindparam("there"))
    .values(address_id=literal_column("NULL"))
)


def lock(work: Work, person_ids: Iterable[int]) -> list[Record]:
    """These people, the older record first; until the transaction ends nobody else changes anything of theirs.

    Always locked in the order of their ids, so that two transactions never wait for each other. Those that were
    absorbed by another record are left out.
    """
    found = [Record(*row) for row in work.connection.execute(RECORDS, {"ids": sorted(set(person_ids))})]
    return sorted(found, key=lambda each: (each.created_at, each.id))


def lock_both(work: Work, digits: str, channel: str, address: str) -> None:
    """Lock whoever has this address together with the person whose code these digits are, before either alone.

    Where only one transaction writes at a time there is nothing to do.
    """
    if work.connection.dialect.name == "postgresql":
        found = codes.find(work, digits)
        both = (found.person_id if found else None, people.find(work, channel, address))
        lock(work, [each for each in both if each is not None])


def under_way(work: Work, person_id: int) -> list[str]:
    """What a record may hold only once: applications being worked on, by reference, and candidacies under way."""
    who = {"the_person": person_id}
    applied = [row.reference for row in work.connection.execute(APPLICATIONS, who)]
    admitted = [f"candidacy of {row.admitted_on}" for row in work.connection.execute(CANDIDACIES, who)]
    return applied + admitted


def merge(work: Work, kept: Record, absorbed: Record) -> None:
    """Everything of `absorbed` belongs to `kept` from now on; both are locked.

    Of two open conversations the one opened first is set aside. Of two facts the newest is kept.
    """
    both: dict[str, object] = {"kept": kept.id, "absorbed": absorbed.id}
    opened = work.connection.execute(OPEN, {"ids": [kept.id, absorbed.id]}).scalars().all()
    for older in opened[1:]:
        conversations.park(work, older)
    _merge_facts(work, kept.id, absorbed.id)
    _merge_roles(work, kept.id, absorbed.id)
    _merge_profiles(work, kept.id, absorbed.id)
    for statement in (*MOVE, *JOIN, ABSORB, QUIET):
        work.connection.execute(statement, both)
    names = {"the_name": kept.name or absorbed.name, "zone": kept.time_zone or absorbed.time_zone}
    item = kept.handed_off if kept.handed_off is not None else absorbed.handed_off
    work.connection.execute(KEEP, {"kept": kept.id, **names, "item": item})
    candidacies.unsettle(work, kept.id)


def part(work: Work, address_id: int) -> int:
    """The id of a new person with nothing but this address: none of what was offered or given there, or still waits."""
    values = {"created_at": work.now, "name": "", "time_zone": ""}
    person_id = int(work.connection.execute(ADD_PERSON, values).scalar_one())
    work.connection.execute(PART, {"there": address_id, "the_person": person_id})
    work.connection.execute(NOT_THERE, {"there": address_id})
    profiles.not_there(work, address_id)
    codes.revoke(work, address_id)
    mailboxes.revoke(work, address_id)
    outbox.call_back(work, address_id, "unlinked")
    return person_id


def _merge_facts(work: Work, kept: int, absorbed: int) -> None:
    """Facts of one family (job.1 and job.1.more) stay together: those of the record that told it last."""
    mine, theirs = _families(work, kept), _families(work, absorbed)
    newest = {**theirs, **mine}
    newest |= {name: each for name, each in theirs.items() if name in mine and _told(each) > _told(mine[name])}
    for each in (kept, absorbed):
        work.connection.execute(DROP_FACTS, {"the_person": each})
    rows = [{"person_id": kept, **row} for family in newest.values() for row in family]
    if rows:
        work.connection.execute(ADD_FACTS, rows)


def _families(work: Work, person_id: int) -> Mapping[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in work.connection.execute(FACTS, {"the_person": person_id}):
        found.setdefault(row.key.partition(".")[0], []).append(dict(row._mapping))
    return found


def _told(family: list[dict[str, object]]) -> date:
    return max(row["as_of"] for row in family if isinstance(row["as_of"], date))


def _merge_roles(work: Work, kept: int, absorbed: int) -> None:
    """All roles of both; one that both have stays as the kept record has it."""
    for row in work.connection.execute(ROLES, {"the_person": kept}).all():
        work.connection.execute(DROP_ROLE, {"the_person": absorbed, "the_role": row.role})
    work.connection.execute(MOVE_ROLES, {"kept": kept, "absorbed": absorbed})


def _merge_profiles(work: Work, kept: int, absorbed: int) -> None:
    """What the kept record has not told is taken from the other one."""
    mine, theirs = profiles.of(work, kept), profiles.of(work, absorbed)
    both = {each.name: getattr(mine, each.name) or getattr(theirs, each.name) for each in fields(mine)}
    work.connection.execute(DROP_PROFILE, {"the_person": absorbed})
    if profiles.Profile(**both) != mine:
        profiles.put(work, kept, profiles.Profile(**both))
