"""Until when a link is open: a day or a span, never longer than a year."""

from datetime import date

import pytest

from flows.dialog.unclear import Unclear
from flows.sharing import until_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2 weeks", date(2026, 12, 7)),
        ("for a month", date(2026, 12, 23)),
        ("Tomorrow.", date(2026, 11, 24)),
        ("until 1 March 2027", date(2027, 3, 1)),
        ("one year", date(2027, 11, 23)),
    ],
)
def test_a_day_or_a_span_is_read(said: str, day: date) -> None:
    assert until_day(said, TODAY) == day


@pytest.mark.parametrize(
    "said", ["0 days", "2 years", "400 days", "1 March 2020", "1 March 2030", "soon", "", "9" * 500]
)
def test_what_is_no_such_time_is_refused(said: str) -> None:
    with pytest.raises(Unclear):
        until_day(said, TODAY)
