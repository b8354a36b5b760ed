"""Money and awards: every entry is kept, and no award is given out twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from storage import applications, money, people
from storage.database import Database, Work
from storage.money import Payment, Use

DAY = date(2026, 11, 20)


def applied(work: Work, address: str) -> int:
    person = people.add(work, "telegram", address).person_id
    return applications.add(work, person, f"LSSC-{address}", "{}", 35_000)


def test_payments_are_kept_in_the_order_they_were_recorded(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ann, bob = applied(work, "ann"), applied(work, "bob")
        money.record(work, ann, "payment", 15_000, "library", DAY, "mk", "PO 17")
        money.record(work, ann, "reversal", -15_000, "library", DAY, "mk")
        money.record(work, bob, "payment", 100, "applicant", DAY, "mk")
        assert money.payments(work, ann) == [
            Payment(1, "payment", 15_000, "library", "PO 17", DAY, now, "mk"),
            Payment(2, "reversal", -15_000, "library", "", DAY, now, "mk"),
        ]


def test_an_award_is_kept_for_one_application_until_it_is_released(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ann, bob = applied(work, "ann"), applied(work, "bob")
        award = money.add_award(work, "State Library", "OH", 50, None, 1, "", "mk")
        assert [money.reserve(work, award, ann), money.reserve(work, award, bob)] == [True, False]
        assert [(each.giver, each.left) for each in money.awards(work)] == [("State Library", 0)]
        assert money.use(work, ann) == Use(award, "State Library", 50, None, "reserved", now)
        assert [money.move_use(work, ann, "released"), money.move_use(work, ann, "released")] == [True, False]
        assert [money.reserve(work, award, bob), money.reserve(work, award, ann)] == [True, False]


def test_an_award_that_was_used_is_not_given_back(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        ann = applied(work, "ann")
        award = money.add_award(work, "State Library", "", None, 10_000, 1, "", "mk")
        money.reserve(work, award, ann)
        assert [money.move_use(work, ann, "used"), money.move_use(work, ann, "released")] == [True, False]
        assert [each.taken for each in money.awards(work)] == [1]


def test_an_award_nobody_gave_cannot_be_reserved(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        assert not money.reserve(work, 4711, applied(work, "ann"))


@pytest.mark.parametrize("number", [1, 2])
def test_the_last_award_is_reserved_once_however_many_ask_at_the_same_moment(
    database: Database, now: datetime, number: int
) -> None:
    with database.work(now) as work:
        award = money.add_award(work, "State Library", "OH", 50, None, number, "", "mk")
        asking = [applied(work, f"person {each}") for each in range(6)]

    def reserve(application: int) -> bool:
        with database.work(now) as work:
            return money.reserve(work, award, application)

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(reserve, asking)) == number
    with database.work(now) as work:
        assert [each.left for each in money.awards(work)] == [0]
