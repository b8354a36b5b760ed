"""The office's hours, and hours as people call them."""

from datetime import datetime

import pytest

from flows.program import office


@pytest.mark.parametrize(
    ("hour", "minute", "told"),
    [(0, 0, "midnight"), (0, 5, "12:05 am"), (9, 0, "9 am"), (12, 0, "noon"), (12, 30, "12:30 pm"), (17, 0, "5 pm")],
)
def test_an_hour_is_called_as_people_call_it(hour: int, minute: int, told: str) -> None:
    at = datetime(2026, 11, 24, hour, minute)  # noqa: DTZ001 - on the wall clock
    assert (office.hour_in_words(at), office.hour_in_words(at.time())) == (told, told)
    assert office.in_words(at) == f"Tuesday 24 November 2026, {told}"


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_open"),
    [
        (24, 8, 59, False),
        (24, 9, 0, True),
        (27, 16, 59, True),
        (27, 17, 0, False),
        (28, 12, 0, False),
        (29, 12, 0, False),
    ],
)
def test_the_office_is_there_on_working_days_from_nine_to_five(day: int, hour: int, minute: int, is_open: bool) -> None:
    assert office.is_open(datetime(2026, 11, day, hour, minute)) == is_open  # noqa: DTZ001
