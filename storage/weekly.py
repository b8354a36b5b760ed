"""Counts what the weekly report tells of, and remembers for which weeks it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import tables
from storage.database import Work, take_time

report_sent = tables.of(tables.ReportSent)
person = tables.of(tables.Person)
inbound = tables.of(tables.Heard)
outbox = tables.of(tables.Outgoing)
reminder = tables.of(tables.Reminder)
audit = tables.of(tables.Audit)
desk_item = tables.of(tables.DeskItem)
unanswered = tables.of(tables.Unanswered)
application = tables.of(tables.Application)
payment = tables.of(tables.Payment)
candidacy = tables.of(tables.Candidacy)
certificate = tables.of(tables.Certificate)
course = tables.of(tables.Course)
review = tables.of(tables.Review)
reader = tables.of(tables.ReviewReader)
webinar = tables.of(tables.Webinar)
seat = tables.of(tables.WebinarSeat)

CHANNELS = ("telegram", "slack", "email", "terminal")  # what else stands among the heard is no message
SUBJECTS = ("application", "candidacy")  # of the audit, where one word is said of both

Counted = str | tuple[str, str]  # a name of COUNTS, or an action of the audit and what it was about


@dataclass(frozen=True)
class Span:
    """A week: from `since` until before `until` (instants), and its days from `first` to `last`, both counted."""

    since: datetime
    until: datetime
    first: date
    last: date


@dataclass(frozen=True)
class Due:
    """What has its day soon: how many, how many of them before today, and the first day."""

    count: int
    past: int
    first: date


def _within(column: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(column >= bindparam("since"), column < bindparam("until"))


def _of_each(column: ColumnElement[Any]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How many rows are of the week before, and how many of the week: both by one look at the table."""
    middle = bindparam("middle", type_=column.type)
    return func.count().filter(column < middle), func.count().filter(column >= middle)


def _count(column: ColumnElement[datetime], *conditions: ColumnElement[bool]) -> Select[int, int]:
    return select(*_of_each(column)).where(_within(column), *conditions)


def _count_days(column: ColumnElement[date]) -> Select[int, int]:
    return select(*_of_each(column)).where(column.between(bindparam("first_day"), bindparam("last_day")))


def _due(column: ColumnElement[date], *conditions: ColumnElement[bool], overdue: bool = False) -> Select[Any]:
    """`overdue`: what is past its day and still open counts, too."""
    since = () if overdue else (column >= bindparam("today"),)
    past = func.coalesce(func.sum(case((column < bindparam("today"), 1), else_=0)), 0)
    return select(func.count(), past, func.min(column)).where(column <= bindparam("horizon"), *since, *conditions)


NEWEST = select(func.max(report_sent.c.monday))
TAKE = insert(report_sent).on_conflict_do_nothing().returning(report_sent.c.monday)
BEGAN = select(func.min(person.c.created_at))
SUBJECT = case(*((audit.c.subject.like(f"{each} %"), each) for each in SUBJECTS), else_=literal(""))
ACTIONS = (
    select(audit.c.action, SUBJECT.label("about"), *_of_each(audit.c.at))
    .where(_within(audit.c.at))
    .group_by(audit.c.action, SUBJECT.label("about"))
)
# A letter is JSON, in which a quotation mark of somebody's words is written `\"`: only our own marks are found.
COUNTS: Mapping[str, Select[int, int]] = {
    "heard": _count(inbound.c.at, inbound.c.channel.in_(CHANNELS)),
    "answered": _count(outbox.c.created_at, outbox.c.body.like('%["helped:%')),
    "reminders": _count(reminder.c.ended_at, reminder.c.state == "sent"),
    "hand-offs": _count(desk_item.c.created_at, desk_item.c.kind == "hand-off"),
    "undeliverable": _count(desk_item.c.created_at, desk_item.c.kind == "undeliverable"),
    "settled": _count(desk_item.c.settled_at, desk_item.c.settled_by != ""),
    "late": _count(desk_item.c.settled_at, desk_item.c.reminded > 0),
    "unanswered": _count(unanswered.c.at),
    "payments": _count(payment.c.recorded_at, payment.c.kind == "payment"),
}
COUNTS_OF_DAYS: Mapping[str, Select[int, int]] = {
    "accepted": _count_days(application.c.accepted_on),
    "settled fees": _count_days(application.c.settled_on),
}
GROUPS = select(func.count(unanswered.c.item_id.distinct())).where(_within(unanswered.c.at))
OPEN_AT = select(func.count()).where(
    desk_item.c.created_at < bindparam("instant"),
    or_(desk_item.c.settled_at.is_(None), desk_item.c.settled_at >= bindparam("instant")),
)
IN_OPEN = reader.c.review_id.in_(select(review.c.id).where(review.c.state == "open"))
AHEAD: Mapping[str, Select[Any]] = {
    "candidacies": _due(candidacy.c.deadline, candidacy.c.state == "active"),
    "reviews": _due(reader.c.due, reader.c.seat == "reading", IN_OPEN, overdue=True),
    "courses": _due(course.c.valid_until),
    "certificates": _due(certificate.c.until, certificate.c.state == "current"),
}
# By the instant of the answer, which the caller makes a day.
OFFERS = (
    select(func.count(), func.min(reader.c.answer_by))
    .where(reader.c.seat == "asked", IN_OPEN)
    .where(reader.c.answer_by < bindparam("until"))
)
# By the instant of the beginning, too.
WEBINARS = (
    select(webinar.c.starts, func.count(seat.c.id))
    .select_from(webinar.outerjoin(seat, and_(seat.c.webinar_id == webinar.c.id, seat.c.state == "signed")))
    .where(webinar.c.state == "planned", webinar.c.starts > bindparam("since"), webinar.c.starts < bindparam("until"))
    .group_by(webinar.c.id, webinar.c.starts)
    .order_by(webinar.c.starts)
)


def newest(work: Work) -> date | None:
    """The Monday of the newest report that was sent."""
    return work.connection.execute(NEWEST).scalar()


def take(work: Work, monday: date) -> bool:
    """Whether the report of this Monday is sent now for the first time; it counts once the transaction is committed."""
    return work.connection.execute(TAKE, {"monday": monday, "at": work.now}).first() is not None


def began(work: Work) -> datetime | None:
    """Since when anybody is on record."""
    return work.connection.execute(BEGAN).scalar()


def counts(work: Work, before: Span, week: Span) -> dict[Counted, tuple[int, int]]:
    """What happened in a week and in the one before it, which comes first.

    By the names of COUNTS and COUNTS_OF_DAYS; what the audit tells of by the action and by what it was about, one of
    SUBJECTS, else "". Tables are read as a whole, which may take longer than a statement has otherwise.
    """
    take_time(work)
    bounds = {"since": before.since, "middle": week.since, "until": week.until}
    days = {"first_day": before.first, "middle": week.first, "last_day": week.last}
    found: dict[Counted, tuple[int, int]] = {}
    for statements, values in ((COUNTS, bounds), (COUNTS_OF_DAYS, days)):
        for name, each in statements.items():
            earlier, now = work.connection.execute(each, values).one()
            found[name] = earlier, now
    for action, about, earlier, now in work.connection.execute(ACTIONS, bounds):
        found[action, about] = earlier, now
    return found


def groups(work: Work, span: Span) -> int:
    """In how many groups, each an item of the desk, the questions of a week are that the documents did not answer."""
    return int(work.connection.execute(GROUPS, {"since": span.since, "until": span.until}).scalar_one())


def open_at(work: Work, instant: datetime) -> int:
    """How many items were open at the desk at an instant."""
    return int(work.connection.execute(OPEN_AT, {"instant": instant}).scalar_one())


def ahead(work: Work, today: date, horizon: date) -> dict[str, Due]:
    """What has its day from today to `horizon`, by the names of AHEAD; nothing where there is none."""
    found = {}
    for name, statement in AHEAD.items():
        number, past, first = work.connection.execute(statement, {"today": today, "horizon": horizon}).one()
        if number:
            found[name] = Due(int(number), int(past), first)
    return found


def offers(work: Work, until: datetime) -> tuple[int, datetime | None]:
    """How many offers of reviews lapse before `until` unless they are answered, and when the first does."""
    number, first = work.connection.execute(OFFERS, {"until": until}).one()
    return int(number), first


def webinars(work: Work, until: datetime) -> list[tuple[datetime, int]]:
    """When each webinar to come begins before `until`, the next one first, and how many are signed up for it."""
    found = work.connection.execute(WEBINARS, {"since": work.now, "until": until})
    return [(starts, int(signed)) for starts, signed in found]
