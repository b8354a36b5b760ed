"""What may be done only once is done by one process, and another takes over when that one is gone."""

from datetime import datetime, timedelta

from storage import leases, pacing
from storage.database import Database, Work

MINUTE = timedelta(minutes=1)


def of(work: Work, owner: str) -> Work:
    return Work(work.connection, work.now, owner)


def test_one_process_at_a_time_holds_a_lease(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        assert [leases.hold(of(work, who), "telegram", MINUTE) for who in ("a", "b", "a")] == [True, False, True]
    with database.work(now + MINUTE) as work:
        assert [leases.hold(of(work, who), "telegram", MINUTE) for who in ("b", "a")] == [True, False]
        leases.release(of(work, "a"), "telegram")
        assert not leases.hold(of(work, "a"), "telegram", MINUTE)
        leases.release(of(work, "b"), "telegram")
        assert leases.hold(of(work, "a"), "telegram", MINUTE)


def test_messages_wait_their_turn_after_a_burst(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        waits = [pacing.reserve(work, {"slack": 1.0, f"slack {to}": 3.0}, 2, now) for to in "aabc"]
    assert waits == [0.0, 0.0, 1.0, 2.0]


def test_a_pause_ends_at_its_time(database: Database, now: datetime) -> None:
    with database.work(now) as work:
        pacing.pause(work, "slack", now + MINUTE)
        assert pacing.paused(work, ["slack", "telegram"], now) == {"slack"}
        assert pacing.paused(work, ["slack", "telegram"], now + MINUTE) == set()
