"""Keeps the voluntary statistics of applicants so that no row can be told to be a certain person's.

A form's closing and its survey row must be written together, or a crash between them loses or doubles the answers.
But then their place in the table and, on PostgreSQL, the number of the transaction (xmin) would say whose row it is. So
each survey takes up to thirty earlier ones out and writes them all again, in random order under new random keys: in
the table as it stands, all of these have the same transaction, no place in time, and keys that were never seen before.

What somebody with the whole database can still learn: the first survey of all is the first person's, and the only one
of a year is of somebody who answered in that year; a rare combination may point to a person by what it says; of two
copies of the database, from before and after a person answered, only the later has that person's row. Such an earlier
copy may also lie in deleted rows, beside the words that were typed into the form: on PostgreSQL until VACUUM, on SQLite
until VACUUM or until the freed pages and the `-wal` file are written over.
"""

import secrets
from operator import itemgetter

from sqlalchemy import String, bindparam, cast, delete, func, insert, select, text, union_all

from storage import tables
from storage.database import Work
from storage.direct import Direct

TOGETHER = 30  # among so many a survey hides; more would only take longer

survey = tables.of(tables.Survey)
# Keys are random, so the first ones in their order are chosen by chance.
take = (
    delete(survey)
    .where(survey.c.key.in_(select(survey.c.key).order_by(survey.c.key).limit(TOGETHER)))
    .returning(survey.c.year, survey.c.answers)
)
TAKE = Direct(take)
ADD = Direct(insert(survey), "key", "year", "answers")

ONE_AT_A_TIME = Direct(text("LOCK TABLE survey IN SHARE ROW EXCLUSIVE MODE"))
taken = take.cte("taken")
new = select(
    bindparam("the_year", type_=survey.c.year.type).label("year"),
    bindparam("the_answers", type_=survey.c.answers.type).label("answers"),
)
together = union_all(select(taken.c.year, taken.c.answers), new).subquery("together")
key = func.replace(cast(func.gen_random_uuid(), String), "-", "")
ADD_AMONG_OTHERS = Direct(
    insert(survey).from_select(
        ["key", "year", "answers"],
        select(key, together.c.year, together.c.answers).order_by(func.gen_random_uuid()),
    )
)


def add(work: Work, year: int, answers: str) -> None:
    """Store one survey (JSON) among the others; the year is all that is kept of the time.

    On PostgreSQL nobody else stores one until the transaction ends: call it last.
    """
    if work.connection.dialect.name == "postgresql":
        ONE_AT_A_TIME.later(work, {})
        ADD_AMONG_OTHERS.later(work, {"the_year": year, "the_answers": answers})
        return
    all_of_them = [(year, answers), *TAKE.rows(work, {})]
    keyed = [{"key": secrets.token_hex(16), "year": year, "answers": answers} for year, answers in all_of_them]
    # In the order of their keys, which are random, they are in random order.
    ADD.many(work, sorted(keyed, key=itemgetter("key")))
