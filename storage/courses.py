"""Keeps the approved courses, who wants to hear of new ones, and the forms that providers sign."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, delete, exists, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert  # its ON CONFLICT compiles for SQLite too

from flows.program.catalogue import Course
from storage import tables
from storage.database import Work

course = tables.of(tables.Course)
course_wish = tables.of(tables.CourseWish)
course_news = tables.of(tables.CourseNews)
completion_form = tables.of(tables.CompletionForm)
unwanted = tables.of(tables.Unwanted)

KIND = "courses"  # of messages that may be stopped
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another on paper


@dataclass(frozen=True)
class News:
    """A course of which a person is to hear."""

    person_id: int
    course_id: int
    course: Course


COLUMNS = tuple(course.c[name] for name in Course.__dataclass_fields__)
EVERY = select(*COLUMNS).order_by(course.c.starts.is_(None), course.c.starts, course.c.price_cents, course.c.code)
BY_CODE = select(*COLUMNS).where(course.c.code == bindparam("the_code"))
ADD = insert(course)
CHANGE = (
    update(course)
    .where(course.c.code == bindparam("the_code"))
    .values({name: bindparam(f"new_{name}") for name in Course.__dataclass_fields__ if name != "code"})
)
WISH = upsert(course_wish).on_conflict_do_nothing().returning(course_wish.c.set_id)
UNWISH = (
    delete(course_wish)
    .where(course_wish.c.person_id == bindparam("the_person"), course_wish.c.set_id == bindparam("the_set"))
    .returning(course_wish.c.set_id)
)
WISHES = (
    select(course_wish.c.set_id).where(course_wish.c.person_id == bindparam("the_person")).order_by(course_wish.c.since)
)
STOPPED = exists().where(unwanted.c.person_id == course_wish.c.person_id, unwanted.c.kind == KIND)
TOLD = exists().where(course_news.c.person_id == course_wish.c.person_id, course_news.c.course_id == course.c.id)
NEWS = (
    select(course_wish.c.person_id, course.c.id, *COLUMNS)
    .join(course_wish, course_wish.c.set_id == course.c.set_id)
    .where(course.c.added_at > course_wish.c.since, ~STOPPED, ~TOLD)
    .order_by(course_wish.c.person_id, course.c.id)
    .limit(bindparam("most"))
)
TELL = upsert(course_news).on_conflict_do_nothing().returning(course_news.c.course_id)
ID = select(course.c.id).where(course.c.code == bindparam("the_code"))
FORM = select(completion_form.c.code).where(
    completion_form.c.candidacy_id == bindparam("the_candidacy"),
    completion_form.c.course_id == ID.scalar_subquery(),
)
ADD_FORM = upsert(completion_form).on_conflict_do_nothing().returning(completion_form.c.code)
PROVIDERS = (
    select(course.c.provider)
    .join(completion_form, completion_form.c.course_id == course.c.id)
    .where(completion_form.c.candidacy_id == bindparam("the_candidacy"))
    .distinct()
)
OF_FORM = (
    select(course.c.code)
    .join(completion_form, completion_form.c.course_id == course.c.id)
    .where(completion_form.c.candidacy_id == bindparam("the_candidacy"), completion_form.c.code == bindparam("signed"))
)


def every(work: Work) -> list[Course]:
    """The whole catalogue, also what is not approved any more: by start, then by price."""
    return [Course(*row) for row in work.connection.execute(EVERY)]


def by_code(work: Work, code: str) -> Course | None:
    row = work.connection.execute(BY_CODE, {"the_code": code.upper()}).first()
    return Course(*row) if row else None


def add(work: Work, each: Course) -> None:
    work.connection.execute(ADD, asdict(each) | {"added_at": work.now})


def change(work: Work, each: Course) -> None:
    """The course of that code, as it is now."""
    values: Mapping[str, object] = {f"new_{name}": value for name, value in asdict(each).items() if name != "code"}
    work.connection.execute(CHANGE, {"the_code": each.code, **values})


def wish(work: Work, person_id: int, set_id: str) -> bool:
    """The person wants to hear of new courses for a set; False when that was so already."""
    values = {"person_id": person_id, "set_id": set_id, "since": work.now}
    return work.connection.execute(WISH, values).first() is not None


def unwish(work: Work, person_id: int, set_id: str) -> bool:
    """Not any more; False when that was so already."""
    return work.connection.execute(UNWISH, {"the_person": person_id, "the_set": set_id}).first() is not None


def wishes(work: Work, person_id: int) -> list[str]:
    """The sets of which a person wants to hear."""
    return list(work.connection.execute(WISHES, {"the_person": person_id}).scalars())


def news(work: Work, most: int) -> list[News]:
    """Of which new courses people are still to be told, at most so many."""
    return [News(row[0], row[1], Course(*row[2:])) for row in work.connection.execute(NEWS, {"most": most})]


def take(work: Work, each: News) -> bool:
    """Whether it falls to this transaction to tell it; to exactly one, however many processes look at once."""
    values = {"person_id": each.person_id, "course_id": each.course_id, "at": work.now}
    return work.connection.execute(TELL, values).first() is not None


def form(work: Work, candidacy_id: int, code: str) -> str:
    """The code of the form for a candidacy and a course, the same however often it is asked for."""
    there: dict[str, object] = {"the_candidacy": candidacy_id, "the_code": code}
    while (found := work.connection.execute(FORM, there).scalar()) is None:
        signed = "F-" + "".join(secrets.choice(LETTERS) for _ in range(6))
        number = work.connection.execute(ID, {"the_code": code}).scalar_one()
        values = {"candidacy_id": candidacy_id, "course_id": number, "code": signed, "at": work.now}
        work.connection.execute(ADD_FORM, values)
    return str(found)


def providers(work: Work, candidacy_id: int) -> list[str]:
    """The providers of the courses for which a candidacy has a completion form."""
    return list(work.connection.execute(PROVIDERS, {"the_candidacy": candidacy_id}).scalars())


def of_form(work: Work, candidacy_id: int, signed: str) -> str:
    """The code of the course that a form of this candidacy is about; empty for any other form."""
    there = {"the_candidacy": candidacy_id, "signed": signed.upper()}
    return str(work.connection.execute(OF_FORM, there).scalar() or "")
