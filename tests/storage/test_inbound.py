"""Duplicates are dropped."""

from datetime import datetime, timedelta

import pytest

from storage import inbound
from storage.database import Database


def test_a_message_is_taken_once_however_often_it_is_delivered(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        first = inbound.take(work, "telegram", "7")
    with database.work(now + timedelta(minutes=1)) as work:
        assert [first, inbound.take(work, "telegram", "7"), inbound.take(work, "slack", "7")] == [True, False, True]


def test_a_message_whose_transaction_failed_may_come_again(database: Database, now: datetime) -> None:
    def crash() -> None:
        with database.work(now) as work:
            assert inbound.take(work, "telegram", "7")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    with database.work(now) as work:
        assert inbound.take(work, "telegram", "7")


def test_old_messages_are_forgotten_in_portions(database: Database, now: datetime) -> None:
    with database.work(now - timedelta(days=31)) as work:
        for number in range(5):
            inbound.take(work, "telegram", str(number))
    with database.work(now) as work:
        inbound.take(work, "telegram", "new")
        month = now - timedelta(days=30)
        assert [inbound.forget_before(work, month, most=3) for _ in range(3)] == [3, 2, 0]
        assert not inbound.take(work, "telegram", "new")
