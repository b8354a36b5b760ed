"""Which anchor days a step is due for: found near the step, and the same as if every day were looked at."""

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.program import reminding
from flows.program.reminding import Rule
from notifications import reminders

FAR = timedelta(days=6 * 365)  # longer than any step


def by_looking_at_every_day(of: Rule, first: date, last: date) -> Iterator[tuple[date, int]]:
    for number in range((last + FAR - (first - FAR)).days):
        anchor = first - FAR + timedelta(days=number)
        passed = [step for step, each in enumerate(of.steps) if each.day(anchor) <= last]
        if passed and of.steps[passed[-1]].day(anchor) >= first:
            yield anchor, passed[-1]


@settings(max_examples=50)
@given(
    st.sampled_from([each for each in reminders.rules().values() if not each.moment]),
    st.dates(date(2024, 1, 1), date(2032, 12, 31)),
    st.integers(0, 40),
)
def test_the_anchor_days_that_are_due(of: Rule, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    assert [*reminding.due(of, first, last)] == [*by_looking_at_every_day(of, first, last)]
