"""Reminders wait until the day that people name in their own words."""

from datetime import date

import pytest

from flows.dialog.unclear import Unclear
from flows.program import waiting

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("until 1 June", date(2027, 6, 1)),
        ("tomorrow", date(2026, 11, 24)),
        ("next week", date(2026, 11, 30)),
        ("til next week", date(2026, 11, 30)),
        ("'til 1 June", date(2027, 6, 1)),
        ("until the next month", date(2026, 12, 1)),
        ("next year", date(2027, 1, 1)),
        ("until in 10 days", date(2026, 12, 3)),
        ("for two weeks", date(2026, 12, 7)),
        ("a fortnight", date(2026, 12, 7)),
        ("Christmas", date(2026, 12, 25)),
        ("New Year’s", date(2027, 1, 1)),
        ("13 May", date(2027, 5, 13)),
    ],
)
def test_the_day_that_is_meant(words: str, day: date) -> None:
    assert waiting.until(words, TODAY) == day


def test_a_feast_of_today_is_that_of_next_year() -> None:
    assert waiting.until("Christmas", date(2026, 12, 25)) == date(2027, 12, 25)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("yesterday", waiting.OVER),
        ("today", waiting.OVER),
        ("1 June 2020", waiting.OVER),
        ("31 February", "February 2027 has 28 days, not 31. Which day is it?"),
        ("", waiting.EXAMPLE),
        ("the cows come home", waiting.EXAMPLE),
    ],
)
def test_why_there_is_no_such_day(words: str, why: str) -> None:
    with pytest.raises(Unclear) as hint:
        waiting.until(words, TODAY)
    assert str(hint.value) == why
