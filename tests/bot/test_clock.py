"""The clock: real unless a time is set."""

from datetime import UTC, datetime, timedelta

from bot import clock


def test_now_is_an_instant_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_a_fixed_clock_stands_still() -> None:
    instant = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert clock.chosen(instant)() == clock.chosen(instant)() == instant


def test_without_a_fixed_time_the_clock_runs() -> None:
    assert clock.chosen(None)() - clock.now() < timedelta(minutes=1)
