"""Dates are read in US and ISO forms; ambiguous and impossible ones are asked back with the reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dialog.dates import NoDate, When, read_date, read_day
from flows.dialog.unclear import Unclear

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("words", "first", "precision"),
    [
        ("03/04/2024", date(2024, 3, 4), "day"),
        ("3/4/24", date(2024, 3, 4), "day"),
        ("13/04/2024", date(2024, 4, 13), "day"),
        ("2024-03-04", date(2024, 3, 4), "day"),
        ("2024/03/04", date(2024, 3, 4), "day"),
        ("14.03.2024", date(2024, 3, 14), "day"),
        ("March 5th, 2022", date(2022, 3, 5), "day"),
        ("5 March 2022", date(2022, 3, 5), "day"),
        ("3/5/85", date(1985, 3, 5), "day"),
        ("the 3rd of May 2024", date(2024, 5, 3), "day"),
        ("May 3", date(2026, 5, 3), "day"),
        ("yesterday", date(2026, 11, 21), "day"),
        ("two years ago", date(2024, 11, 22), "day"),
        ("the end of May 2023", date(2023, 5, 31), "day"),
        ("March 2022", date(2022, 3, 1), "month"),
        ("Mar '22", date(2022, 3, 1), "month"),
        ("3/2022", date(2022, 3, 1), "month"),
        ("2022-03", date(2022, 3, 1), "month"),
        ("last March", date(2026, 3, 1), "month"),
        ("last November", date(2025, 11, 1), "month"),
        ("spring 2022", date(2022, 3, 1), "season"),
        ("last fall", date(2025, 9, 1), "season"),
        ("early 2023", date(2023, 1, 1), "season"),
        ("2022", date(2022, 1, 1), "year"),
        ("last year", date(2025, 1, 1), "year"),
    ],
)
def test_a_date_is_read_with_its_precision(words: str, first: date, precision: str) -> None:
    value = read_date(words, TODAY)
    assert isinstance(value, When)
    assert (value.first, value.precision) == (first, precision)


@pytest.mark.parametrize(
    ("words", "kind", "reason"),
    [
        ("31/02/2024", "impossible", "February 2024 has 29 days, not 31. Which day is it?"),
        ("February 30, 2023", "impossible", "February 2023 has 28 days, not 30. Which day is it?"),
        ("13/13/2024", "impossible", "There is no month 13. Please write the date like 3 May 2024."),
        ("03.04.2024", "ambiguous", "03.04.2024 can be 4 March 2024 or 3 April 2024. Which one is it?"),
        (
            "01/02/03",
            "ambiguous",
            "01/02/03 can be read in several ways. Please write the year in full, such as 3 May 2024.",
        ),
        ("March 22", "ambiguous", "Is March 22 the day, or March of the year 2022?"),
        ("March 2022 or May 2022", "ambiguous", "I see more than one date there. Which one is it?"),
        ("soon", "none", "I could not read a date there. An example: 3 May 2024, or 2024-05-03."),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(words: str, kind: str, reason: str) -> None:
    assert read_date(words, TODAY) == NoDate(reason, kind)  # type: ignore[arg-type]


def test_a_day_is_asked_for_when_only_a_month_was_told_or_it_is_out_of_bounds() -> None:
    assert read_day("5/3/2024", TODAY, date(2020, 1, 1), TODAY) == date(2024, 5, 3)
    with pytest.raises(Unclear, match="give the day too"):
        read_day("May 2024", TODAY)
    with pytest.raises(Unclear, match="too early: it should be 1 January 2020 or later"):
        read_day("5/3/2019", TODAY, date(2020, 1, 1))
    with pytest.raises(Unclear, match="too late: it should be 22 November 2026 or earlier"):
        read_day("5/3/2027", TODAY, None, TODAY)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_every_day_is_read_in_iso_and_us_form(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
    )
    assert [read_date(form, TODAY) for form in forms] == [When(day, day, "day")] * 4


@given(st.text(alphabet="0123456789/-.' marchjuneotf", max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    read_date(text, TODAY)
