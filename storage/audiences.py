"""Whom reminders are for: each audience gives the people, the zone their days end in, the matter and its anchor.

The zone is empty for those whose day is taken to be the office's. An audience is also the stop condition of its rules:
whoever is no longer in it is not reminded. What takes more than the database to know is left to whoever writes the
words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    String,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    select,
)

from storage import tables
from storage.database import Work
from storage.prefetch import ByKey

address = tables.of(tables.Address)
application = tables.of(tables.Application)
candidacy = tables.of(tables.Candidacy)
certificate = tables.of(tables.Certificate)
conversation = tables.of(tables.Conversation)
evidence = tables.of(tables.Evidence)
fact = tables.of(tables.Fact)
reader = tables.of(tables.ReviewReader)
share = tables.of(tables.Share)
submission = tables.of(tables.Submission)
seat = tables.of(tables.WebinarSeat)
webinar = tables.of(tables.Webinar)

ANYWHERE = literal("", String)
ACTIVE = candidacy.c.state == literal_column("'active'")
FROZEN = candidacy.c.state == literal_column("'frozen'")
LATER_ROUND = tables.of(tables.Submission).alias("later_round")
IS_NEWEST = ~exists().where(
    LATER_ROUND.c.candidacy_id == submission.c.candidacy_id,
    LATER_ROUND.c.set_id == submission.c.set_id,
    LATER_ROUND.c.round > submission.c.round,
)


@dataclass(frozen=True)
class Audience:
    """`members` has the columns person_id, zone, matter and anchor; `zones` gives those in use, None for no zone."""

    members: Select[Any]
    zones: Select[Any] | None = None


def _day(column: Any) -> Any:
    """The day of an instant by UTC, which both databases find without knowing of zones."""
    return func.date(column, type_=Date)


def _members(person_id: Any, matter: Any, anchor: Any, zone: Any = ANYWHERE) -> Select[Any]:
    return select(
        person_id.label("person_id"), zone.label("zone"), matter.label("matter"), anchor.label("anchor")
    )  # fmt: skip


def _of_candidates(anchor: Any, state: Any) -> Audience:
    """By the candidacies' own columns alone, for which there are indexes."""
    members = _members(candidacy.c.person_id, candidacy.c.id, anchor, candidacy.c.zone).where(state)
    return Audience(members, _zones(state))


def _zones(state: Any) -> Select[Any]:
    """The zones in use, each found by a step in the index: there are few, and candidacies may be millions."""
    first = select(func.min(candidacy.c.zone).label("zone")).where(state, candidacy.c.zone > "")
    found = first.cte("zones", recursive=True)
    after = select(func.min(candidacy.c.zone)).where(state, candidacy.c.zone > found.c.zone).scalar_subquery()
    found = found.union_all(select(after).where(found.c.zone.is_not(None)))
    return select(found.c.zone).where(found.c.zone.is_not(None))


def _of_sets(state: str) -> Audience:
    return Audience(
        _members(candidacy.c.person_id, submission.c.id, _day(submission.c.changed_at))
        .join(candidacy, submission.c.candidacy_id == candidacy.c.id)
        .where(submission.c.state == literal_column(f"'{state}'"), ACTIVE, IS_NEWEST)
    )


def _of_applications(state: str, anchor: Any) -> Audience:
    mine = _members(application.c.person_id, application.c.id, anchor)
    return Audience(mine.where(application.c.state == literal_column(f"'{state}'")))


AUDIENCES: Mapping[str, Audience] = {
    "applications begun": Audience(
        _members(conversation.c.person_id, conversation.c.id, _day(conversation.c.changed_at)).where(
            conversation.c.script == literal_column("'apply'"), conversation.c.state == literal_column("'open'")
        )
    ),
    "applications to be paid": _of_applications("accepted", application.c.accepted_on),
    "applications to be decided": _of_applications("submitted", _day(application.c.submitted_at)),
    "applications sent back": _of_applications("returned", _day(application.c.changed_at)),
    "addresses to be confirmed": Audience(
        _members(address.c.person_id, address.c.id, _day(address.c.created_at)).where(
            address.c.state == literal_column("'claimed'"), address.c.person_id.is_not(None)
        )
    ),
    "who will have the hours": Audience(
        _members(fact.c.person_id, fact.c.person_id, _day(fact.c.words)).where(
            fact.c.key == literal_column("'qualifies'")
        )
    ),
    "candidates": _of_candidates(candidacy.c.deadline, ACTIVE),
    "candidates whose time is over": _of_candidates(candidacy.c.deadline, FROZEN),
    "candidates by pace": _of_candidates(candidacy.c.next_due, ACTIVE),
    "candidates with a set begun": _of_candidates(candidacy.c.touched_on, ACTIVE),
    "candidates with links to place": Audience(
        _members(candidacy.c.person_id, candidacy.c.id, func.min(_day(evidence.c.added_at), type_=Date))
        .join(candidacy, evidence.c.candidacy_id == candidacy.c.id)
        .where(evidence.c.state == literal_column("'to place'"), ACTIVE)
        .group_by(candidacy.c.person_id, candidacy.c.id)
    ),
    "sets with gaps": _of_sets("returned"),
    "sets to revise": _of_sets("revise"),
    "offers of reviews": Audience(
        _members(reader.c.person_id, reader.c.id, reader.c.answer_by).where(reader.c.seat == literal_column("'asked'"))
    ),
    "reviews at hand": Audience(
        _members(reader.c.person_id, reader.c.id, reader.c.due).where(
            reader.c.seat == literal_column("'reading'"), reader.c.due.is_not(None)
        )
    ),
    "certificates": Audience(
        _members(candidacy.c.person_id, certificate.c.id, certificate.c.until)
        .join(candidacy, certificate.c.candidacy_id == candidacy.c.id)
        .where(certificate.c.state == literal_column("'current'"))
        .where(exists().where(address.c.person_id == candidacy.c.person_id))  # nobody is left of whoever was forgotten
    ),
    "places at webinars": Audience(
        _members(seat.c.person_id, webinar.c.id, webinar.c.starts)
        .join(webinar, seat.c.webinar_id == webinar.c.id)
        .where(seat.c.state == literal_column("'signed'"), webinar.c.state == literal_column("'planned'"))
    ),
    "shared records": Audience(
        _members(candidacy.c.person_id, share.c.id, _day(share.c.ends_at))
        .join(candidacy, share.c.candidacy_id == candidacy.c.id)
        .where(share.c.ended_at.is_(None))
    ),
}


def zones(work: Work, name: str) -> list[str]:
    """The zones that somebody of an audience lives in; the empty one where the office's day is taken."""
    found = AUDIENCES[name].zones
    return [""] if found is None else list(work.connection.execute(found).scalars())


def anchors(work: Work, name: str, first: datetime, last: datetime) -> list[datetime]:
    """The instants between these that something of an audience is anchored at."""
    return list(work.connection.execute(_anchors(name), {"first": first, "last": last}).scalars())


@cache
def _anchors(name: str) -> Select[Any]:
    of = AUDIENCES[name].members.subquery()
    return select(of.c.anchor).where(of.c.anchor.between(bindparam("first"), bindparam("last"))).distinct()


def of_person(work: Work, name: str, person_id: int) -> list[tuple[int, date | datetime]]:
    """The matters and anchors by which somebody is in an audience."""
    return [(matter, anchor) for matter, anchor in matters(name).rows(work, person_id) if anchor is not None]


@cache
def matters(name: str) -> ByKey:
    """The same as it is read, by person."""
    of = AUDIENCES[name].members.subquery()
    return ByKey(select(of.c.matter, of.c.anchor).order_by(of.c.matter), of.c.person_id)
