"""Keeps the candidacies: who was admitted when, until when, and which competency sets are complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, literal_column, select, update

from storage import tables
from storage.database import Work
from storage.prefetch import ByKey

candidacy = tables.of(tables.Candidacy)
complete_set = tables.of(tables.CompleteSet)
person = tables.of(tables.Person)
address = tables.of(tables.Address)


@dataclass(frozen=True)
class Candidacy:
    """Somebody's time to complete the sets; `state` is active, frozen, certified, withdrawn or ended.

    `application_id` is None for those who were admitted before the assistant kept the records.
    """

    id: int
    person_id: int
    application_id: int | None
    admitted_on: date
    deadline: date
    state: str


@dataclass(frozen=True)
class CompleteSet:
    """A competency set that is complete, since when, and how: by course, by portfolio, or as imported."""

    set_id: str
    completed_on: date
    way: str


@dataclass(frozen=True)
class Candidate:
    """A person with a candidacy, as the office lists them; `email` is empty when none is known."""

    name: str
    email: str
    candidacy: Candidacy


UNDER_WAY = ("active", "frozen")
COLUMNS = tuple(candidacy.c[name] for name in Candidacy.__dataclass_fields__)
ADD = insert(candidacy).returning(candidacy.c.id)
OF = (
    select(*COLUMNS)
    .where(candidacy.c.person_id == bindparam("the_person"))
    .order_by(candidacy.c.admitted_on.desc(), candidacy.c.id.desc())
)
BY_ID = ByKey(select(*COLUMNS), candidacy.c.id)
LATEST = (
    select(*COLUMNS)
    .where(candidacy.c.person_id == bindparam("the_person"))
    .order_by(candidacy.c.state.in_(UNDER_WAY).desc(), candidacy.c.admitted_on.desc(), candidacy.c.id.desc())
    .limit(1)
)
PAST = (
    select(*COLUMNS)
    .where(candidacy.c.state == "active", candidacy.c.deadline < bindparam("today"))
    .order_by(candidacy.c.id)
)
LOCKED = select(*COLUMNS).where(candidacy.c.id == bindparam("the_candidacy")).with_for_update()
MOVE = (
    update(candidacy)
    .where(candidacy.c.id == bindparam("the_candidacy"), candidacy.c.state == bindparam("before"))
    .values(state=bindparam("after"))
)
EXTEND = (
    update(candidacy)
    .where(candidacy.c.id == bindparam("the_candidacy"))
    .values(state="active", deadline=bindparam("until"), zone="")
)
UNSETTLED = (
    select(*COLUMNS)
    .where(candidacy.c.zone == literal_column("''"), candidacy.c.state.in_(("active", "frozen")))
    .order_by(candidacy.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
SETTLE = (
    update(candidacy)
    .where(candidacy.c.id == bindparam("the_candidacy"))
    .values(zone=bindparam("the_zone"), next_due=bindparam("next"))
)
UNSETTLE = update(candidacy).where(candidacy.c.id == bindparam("the_candidacy")).values(zone="")
UNSETTLE_ALL = update(candidacy).where(candidacy.c.person_id == bindparam("the_person")).values(zone="")
ZONE = select(candidacy.c.zone).where(candidacy.c.id == bindparam("the_candidacy"))
TOUCH = update(candidacy).where(candidacy.c.id == bindparam("the_candidacy")).values(touched_on=bindparam("today"))


ADD_SET = insert(complete_set)
SET_COLUMNS = (complete_set.c.set_id, complete_set.c.completed_on, complete_set.c.way)
IN_ORDER = (complete_set.c.completed_on, complete_set.c.set_id)
SETS = ByKey(select(*SET_COLUMNS).order_by(*IN_ORDER), complete_set.c.candidacy_id)
EVERY_SET = select(complete_set.c.candidacy_id, *SET_COLUMNS).order_by(*IN_ORDER)
# Somebody may have several addresses; the office's list names the first that is of mail.
EMAIL = (
    select(address.c.address)
    .where(address.c.person_id == person.c.id, address.c.channel == "email")
    .order_by(address.c.id)
    .limit(1)
    .correlate(person)
    .scalar_subquery()
)
EVERYBODY = (
    select(person.c.name, EMAIL, *COLUMNS)
    .join(candidacy, candidacy.c.person_id == person.c.id)
    .order_by(candidacy.c.admitted_on, candidacy.c.id)
)


def add(work: Work, person_id: int, application_id: int | None, admitted_on: date, deadline: date, state: str) -> int:
    """The id of a new candidacy; `deadline` is its last day."""
    values: dict[str, object] = {"person_id": person_id, "application_id": application_id, "admitted_on": admitted_on}
    values |= {"deadline": deadline, "state": state, "created_at": work.now}
    return int(work.connection.execute(ADD, values).scalar_one())


def by_id(work: Work, candidacy_id: int) -> Candidacy:
    """NoResultFound for one that is not there."""
    [row] = BY_ID.rows(work, candidacy_id)
    return Candidacy(*row)


def find(work: Work, candidacy_id: int) -> Candidacy | None:
    """The same; None for one that is not there."""
    row = BY_ID.first(work, candidacy_id)
    return Candidacy(*row) if row else None


def latest(work: Work, person_id: int) -> Candidacy | None:
    """A person's candidacy under way, else the newest one; joined records may hold a newer one that is over."""
    row = work.connection.execute(LATEST, {"the_person": person_id}).first()
    return Candidacy(*row) if row else None


def of(work: Work, person_id: int) -> list[Candidacy]:
    """All candidacies of a person, newest first."""
    return [Candidacy(*row) for row in work.connection.execute(OF, {"the_person": person_id})]


def past(work: Work, today: date) -> list[Candidacy]:
    """The active candidacies whose last day was before `today`."""
    return [Candidacy(*row) for row in work.connection.execute(PAST, {"today": today})]


def locked(work: Work, candidacy_id: int) -> Candidacy:
    """A candidacy that nobody else changes until the transaction ends."""
    return Candidacy(*work.connection.execute(LOCKED, {"the_candidacy": candidacy_id}).one())


def move(work: Work, candidacy_id: int, before: str, after: str) -> bool:
    """From one state to another; False when it is not in the first one (any more)."""
    values = {"the_candidacy": candidacy_id, "before": before, "after": after}
    return work.connection.execute(MOVE, values).rowcount == 1


def extend(work: Work, candidacy_id: int, until: date) -> None:
    """It is active again, and `until` is its last day."""
    work.connection.execute(EXTEND, {"the_candidacy": candidacy_id, "until": until})


def add_sets(work: Work, candidacy_id: int, complete: Mapping[str, tuple[date, str]]) -> None:
    """Record complete sets by their ids: since when and how. IntegrityError for one that is complete already."""
    rows = [
        {"candidacy_id": candidacy_id, "set_id": set_id, "completed_on": day, "way": way}
        for set_id, (day, way) in complete.items()
    ]
    if rows:
        work.connection.execute(ADD_SET, rows)
        work.connection.execute(UNSETTLE, {"the_candidacy": candidacy_id})


def unsettled(work: Work, most: int) -> list[Candidacy]:
    """Candidacies under way of which it is to be found out anew where their days end and when the next set is due."""
    return [Candidacy(*row) for row in work.connection.execute(UNSETTLED, {"most": most})]


def settle(work: Work, candidacy_id: int, zone: str, next_due: date | None) -> None:
    """What the planning of reminders goes by, as the table has it."""
    values = {"the_candidacy": candidacy_id, "the_zone": zone, "next": next_due}
    work.connection.execute(SETTLE, values)


def unsettle(work: Work, person_id: int) -> None:
    """The person's clock has changed."""
    work.connection.execute(UNSETTLE_ALL, {"the_person": person_id})


def touch(work: Work, candidacy_id: int) -> None:
    """Something was sent for this candidacy today, where its days end; by UTC as long as that is to be found out."""
    zone = work.connection.execute(ZONE, {"the_candidacy": candidacy_id}).scalar_one()
    today = work.now.astimezone(ZoneInfo(zone or "UTC")).date()
    work.connection.execute(TOUCH, {"the_candidacy": candidacy_id, "today": today})


def sets(work: Work, candidacy_id: int) -> list[CompleteSet]:
    """The complete sets of a candidacy, oldest first."""
    return [CompleteSet(*row) for row in SETS.rows(work, candidacy_id)]


def everybody(work: Work) -> list[Candidate]:
    """All candidacies with their people, longest ago first."""
    rows = work.connection.execute(EVERYBODY)
    return [Candidate(name, email or "", Candidacy(*candidacy)) for name, email, *candidacy in rows]


def every_set(work: Work) -> dict[int, list[CompleteSet]]:
    """The complete sets of all candidacies, by candidacy."""
    found: dict[int, list[CompleteSet]] = {}
    for candidacy_id, *row in work.connection.execute(EVERY_SET):
        found.setdefault(candidacy_id, []).append(CompleteSet(*row))
    return found
