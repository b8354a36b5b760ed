from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from flows.program.years import months_after, years_after, years_before


def test_a_leap_day_becomes_28_february_where_there_is_none() -> None:
    leap = date(2012, 2, 29)
    assert (years_after(leap, 4), years_after(leap, 5), years_before(leap, 5)) == (
        date(2016, 2, 29),
        date(2017, 2, 28),
        date(2007, 2, 28),
    )


def test_a_month_that_is_shorter_ends_on_its_last_day() -> None:
    assert (months_after(date(2011, 12, 31), 2), months_after(date(2011, 3, 31), -1)) == (
        date(2012, 2, 29),
        date(2011, 2, 28),
    )


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 40))
def test_years_after_and_before_undo_each_other_but_for_leap_days(day: date, years: int) -> None:
    back = years_before(years_after(day, years), years)
    assert back == day or (day.month, day.day) == (2, 29)
