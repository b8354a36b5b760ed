"""Letters go out in order for each address, by whoever holds the lease."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage import outbox, people
from storage.database import Database, prepared
from storage.outbox import LEASE, Letter

MINUTE = timedelta(minutes=1)


@pytest.fixture
def other(database: Database) -> Database:
    """Another process on the same database."""
    return replace(database, owner="other process")


@pytest.fixture
def address(database: Database, now: datetime) -> int:
    with database.work(now) as work:
        return people.add(work, "telegram", "4711").address_id


def _bodies(letters: list[Letter]) -> list[str]:
    return [each.body for each in letters]


def test_a_letter_with_nothing_before_it_is_born_leased(
    database: Database, other: Database, now: datetime, address: int
) -> None:
    with database.work(now) as work:
        letter = outbox.add(work, address, '"one"')
        assert letter is not None
        assert letter == Letter(letter.id, address, "telegram", "4711", '"one"', 1)
    with other.work(now + LEASE - timedelta(microseconds=1)) as work:
        assert outbox.claim(work, 10, ["telegram"]) == []
        assert outbox.claim_for(work, address) is None
    with database.work(now) as work:
        assert outbox.sent(work, letter)
        assert outbox.last_sent(work, address) == letter.id


def test_a_letter_that_was_left_behind_is_claimed_when_its_lease_is_over(
    database: Database, other: Database, now: datetime, address: int
) -> None:
    with database.work(now) as work:
        letter = outbox.add(work, address, '"one"')
        assert letter is not None
    with other.work(now + LEASE) as work:
        assert outbox.claim(work, 10, ["telegram"]) == [replace(letter, attempts=2)]


def test_the_letters_of_one_turn_follow_each_other(database: Database, now: datetime, address: int) -> None:
    with database.work(now) as work:
        first = outbox.add(work, address, "1")
        assert first is not None
        assert [outbox.add(work, address, body) for body in "23"] == [None, None]
        assert outbox.claim_for(work, address) is None
    sent = []
    letter: Letter | None = first
    while letter:
        sent.append(letter.body)
        with database.work(now) as work:
            assert outbox.sent(work, letter)
        with database.work(now) as work:
            letter = outbox.claim_for(work, address)
    assert sent == ["1", "2", "3"]


def test_claiming_takes_the_first_letter_of_each_address(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        for number in range(3):
            address = people.add(work, "slack", f"U{number}").address_id
            for letter in "ab":
                outbox.add(work, address, f"{letter}{number}")
    with database.work(now + LEASE) as work:
        assert outbox.claim(work, 2, ["telegram"]) == []
        assert _bodies(outbox.claim(work, 2, ["slack"])) == ["a0", "a1"]
        assert _bodies(outbox.claim(work, 2, ["slack", "telegram"])) == ["a2"]
        assert outbox.claim(work, 2, ["slack"]) == []


def test_two_that_claim_at_once_do_not_wait_for_each_other(postgresql_url: str, now: datetime) -> None:
    database = prepared(postgresql_url, "one", upgrade=False)
    with database.work(now) as work:
        for number in range(4):
            outbox.add(work, people.add(work, "slack", f"U{number}").address_id, f"letter {number}")
    with database.work(now + LEASE) as one, replace(database, owner="two").work(now + LEASE) as two:
        assert _bodies(outbox.claim(one, 2, ["slack"])) == ["letter 0", "letter 1"]
        assert _bodies(outbox.claim(two, 10, ["slack"])) == ["letter 2", "letter 3"]
    database.close()


def test_a_letter_put_off_holds_its_address_and_no_other(
    database: Database, other: Database, now: datetime, address: int
) -> None:
    with database.work(now) as work:
        letter = outbox.add(work, address, "first")
        assert letter is not None
        outbox.add(work, address, "second")
        assert outbox.later(work, letter, now + MINUTE, "Too Many Requests: retry after 60")
        elsewhere = people.add(work, "telegram", "4712").address_id
        outbox.add(work, elsewhere, "elsewhere")
    with other.work(now + MINUTE - timedelta(seconds=1)) as work:
        assert [letter.body for letter in outbox.queued(work, elsewhere)] == ["elsewhere"]
        assert outbox.claim_for(work, address) is None
    with other.work(now + MINUTE) as work:
        assert outbox.claim_for(work, address) == replace(letter, attempts=2)


def test_a_letter_added_behind_one_put_off_waits_for_it(database: Database, now: datetime, address: int) -> None:
    with database.work(now) as work:
        letter = outbox.add(work, address, "first")
        assert letter is not None
        outbox.later(work, letter, now + MINUTE, "")
        assert outbox.add(work, address, "second") is None


def test_who_lost_the_lease_can_settle_nothing(
    database: Database, other: Database, now: datetime, address: int
) -> None:
    with database.work(now) as work:
        slow = outbox.add(work, address, "one")
        assert slow is not None
    with other.work(now + LEASE) as work:
        quick = outbox.claim_for(work, address)
        assert quick is not None
    with database.work(now + LEASE) as work:
        assert not outbox.sent(work, slow)
        assert not outbox.sent(work, quick)
        assert not outbox.later(work, slow, now, "")
        assert not outbox.failed(work, slow, "")
    with other.work(now + LEASE) as work:
        assert not outbox.sent(work, slow)
        assert outbox.sent(work, quick)
        assert not outbox.sent(work, quick)


def test_an_attempt_that_was_repeated_is_fenced_off_from_its_own_process(
    database: Database, now: datetime, address: int
) -> None:
    with database.work(now) as work:
        slow = outbox.add(work, address, "one")
        assert slow is not None
    with database.work(now + LEASE) as work:
        quick = outbox.claim_for(work, address)
        assert quick is not None
        assert not outbox.sent(work, slow)
        assert outbox.sent(work, quick)


def test_a_letter_given_up_makes_way(database: Database, now: datetime, address: int) -> None:
    with database.work(now) as work:
        letter = outbox.add(work, address, "first")
        assert letter is not None
        outbox.add(work, address, "second")
        assert outbox.failed(work, letter, "Forbidden: bot was blocked by the user")
        second = outbox.claim_for(work, address)
        assert second is not None
        assert (second.body, outbox.last_sent(work, address)) == ("second", 0)


def test_a_terminal_sees_and_settles_what_a_dead_process_had_leased(
    database: Database, other: Database, now: datetime, address: int
) -> None:
    with database.work(now) as work:
        letter = outbox.add(work, address, "first")
        assert letter is not None
        outbox.add(work, address, "second")
    with other.work(now) as work:
        queue = outbox.queued(work, address)
        assert _bodies(queue) == ["first", "second"]
        outbox.shown(work, queue)
        assert outbox.queued(work, address) == []
        assert outbox.last_sent(work, address) == queue[1].id
    with database.work(now) as work:
        assert not outbox.sent(work, letter)


def test_how_many_wait_and_how_long(database: Database, now: datetime, address: int) -> None:
    with database.work(now) as work:
        assert outbox.waiting(work) == (0, timedelta())
        letter = outbox.add(work, address, "first")
        assert letter is not None
    with database.work(now + MINUTE) as work:
        outbox.add(work, address, "second")
        assert outbox.waiting(work) == (2, MINUTE)
        outbox.sent(work, letter)
        assert outbox.waiting(work) == (1, timedelta())


def test_settled_letters_are_purged_by_age_and_their_numbers_never_return(
    database: Database, now: datetime, address: int
) -> None:
    with database.work(now) as work:
        for body, settle in zip("abc", [outbox.sent, outbox.sent, None], strict=True):
            letter = outbox.add(work, address, body)
            assert letter is not None
            if settle:
                settle(work, letter)
            else:
                outbox.failed(work, letter, "")
    with database.work(now + MINUTE) as work:
        assert [outbox.purge_sent_before(work, now + MINUTE, most=2) for _ in range(3)] == [2, 1, 0]
        assert outbox.last_sent(work, address) == 0
        new = outbox.add(work, address, "d")
        assert new is not None
        assert new.id == letter.id + 1
        assert outbox.purge_sent_before(work, now + 2 * MINUTE) == 0


@pytest.fixture(autouse=True)
def _no_letter_changed_hands_twice(database: Database, now: datetime) -> Iterator[None]:
    """Whatever a test did, at most one letter of an address is leased to somebody."""
    yield
    query = "SELECT address_id FROM outbox WHERE state = 'waiting' AND lease_owner != ''"
    with database.work(now) as work:
        leased = work.connection.exec_driver_sql(query).scalars().all()
    assert len(leased) == len(set(leased))
