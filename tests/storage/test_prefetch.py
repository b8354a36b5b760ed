"""What is read ahead for many is what would be read for each, and the database is not asked for it again."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select

from storage import prefetch, tables
from storage.database import Database, Work
from storage.prefetch import Ahead, ByKey

person, address = tables.of(tables.Person), tables.of(tables.Address)
OF = ByKey(select(address.c.address, address.c.created_at).order_by(address.c.id.desc()), address.c.person_id)
SINCE_THEN = select(address.c.address).where(address.c.created_at >= bindparam("since"))
SINCE = ByKey(SINCE_THEN, address.c.person_id)
TOMORROW = ByKey(SINCE_THEN, address.c.person_id, lambda work: {"since": work.now + timedelta(days=1)})


def three(work: Work) -> list[int]:
    """People with none, one and two addresses."""
    born = [
        work.connection.execute(insert(person).returning(person.c.id), _person(work.now)).scalar_one() for _ in "abc"
    ]
    for number, count in zip(born, (0, 1, 2), strict=True):
        for which in range(count):
            values = {"person_id": number, "channel": "telegram", "address": f"{number}/{which}", "state": "proved"}
            days = timedelta(days=which)
            work.connection.execute(
                insert(address), {**values, "created_at": work.now + days, "misses": 0, "offer": ""}
            )
    return born


def _person(now: datetime) -> dict[str, object]:
    return {"created_at": now, "name": "Ann", "time_zone": ""}


def test_what_is_read_ahead_is_what_each_reads(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        people = three(work)
        alone = [[list(row) for row in OF.rows(work, each)] for each in people]
        prefetch.read_ahead(work, Ahead(OF, people))
        assert [[list(row) for row in OF.rows(work, each)] for each in people] == alone
        assert [len(each) for each in alone] == [0, 1, 2]
        assert alone[2] == [[f"{people[2]}/1", now + timedelta(days=1)], [f"{people[2]}/0", now]]
        assert [OF.first(work, each) is None for each in people] == [True, False, False]


def test_it_is_not_asked_for_again_in_its_transaction_and_is_in_the_next(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        *_, last = people = three(work)
        prefetch.read_ahead(work, Ahead(OF, people[:2]), Ahead(OF, [last]))
        work.connection.execute(address.delete())
        assert len(OF.rows(work, last)) == 2
    with database.work(now) as work:
        assert OF.rows(work, last) == []


def test_another_value_is_another_reading(database: Database, now: datetime) -> None:
    later = {"since": now + timedelta(days=1)}
    with database.work(now) as work:
        *_, last = people = three(work)
        prefetch.read_ahead(work, Ahead(SINCE, people, later), Ahead(SINCE, [], {"since": now}))
        assert len(SINCE.rows(work, last, **later)) == 1
        assert len(SINCE.rows(work, last, since=now)) == 2


def test_a_value_of_the_transaction_counts_for_one_and_for_many(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        people = three(work)
        alone = [len(TOMORROW.rows(work, each)) for each in people]
        prefetch.read_ahead(work, Ahead(TOMORROW, people))
        assert [len(TOMORROW.rows(work, each)) for each in people] == alone == [0, 0, 1]
