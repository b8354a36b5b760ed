"""Rules of reminders as they are told, and what is due by them: the same as looking at every day by itself."""

from calendar import isleap
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.program.reminding import Rule, due, due_at, rule, step

A_DAY = timedelta(days=1)
GOOD = {"audience": "candidates", "steps": ["1 month before"], "kind": "deadlines", "subject": "Your time"}
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def spelled(many: int, unit: str) -> str:
    return f"{abs(many)} {unit}{'' if abs(many) == 1 else 's'} {'before' if many < 0 else 'after'}"


def in_order(words: list[str]) -> list[str] | None:
    """The steps in the order of time; None where two of them are the same."""
    known = {(31 * each.months + each.days): words for words in words for each in [step(words)]}
    return [known[each] for each in sorted(known)] if len(known) == len(words) else None


STEPS = st.lists(
    st.one_of(
        st.builds(spelled, st.integers(-14, 14).filter(bool), st.just("month")),
        st.builds(spelled, st.integers(-6, 6).filter(bool), st.just("week")),
        st.builds(spelled, st.integers(-40, 40).filter(bool), st.just("day")),
        st.sampled_from(["the day", "the day after"]),
    ),
    min_size=1,
    max_size=5,
)
RULES = STEPS.map(in_order).filter(bool).map(lambda steps: rule("some", {**GOOD, "steps": steps}))
# Where months and years begin and end, leap years and the year 2100 among them, and any other day.
EDGES = st.builds(
    lambda year, month, days: date(year, month, 1) + timedelta(days=days),
    st.sampled_from([2023, 2024, 2027, 2028, 2099, 2100]),
    st.sampled_from([1, 2, 3, 4, 12]),
    st.integers(-3, 3),
)
DAYS = st.one_of(EDGES, st.dates(date(2020, 1, 1), date(2110, 1, 1)))


def moved(anchor: date, months: int, days: int) -> date:
    """A day so many months and days away, month by month; a day that a month does not have is its last."""
    year, month = anchor.year, anchor.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    length = LENGTHS[month - 1] + (month == 2 and isleap(year))
    return date(year, month, min(anchor.day, length)) + timedelta(days=days)


def looked_at(of: Rule, last: date) -> Iterator[tuple[date, int, date]]:
    """Each anchor day near `last`, its newest step on that day, and the day on which that came due."""
    for away in range(-500, 501):
        anchor = last + timedelta(days=away)
        passed = [(number, moved(anchor, each.months, each.days)) for number, each in enumerate(of.steps)]
        passed = [(number, day) for number, day in passed if day <= last]
        if passed:
            yield anchor, *passed[-1]


@given(RULES, DAYS, st.integers(0, 40))
@example(rule("leap", {**GOOD, "steps": ["12 months before"]}), date(2027, 2, 28), 0)
@example(rule("ends", {**GOOD, "steps": ["1 month before", "1 month after"]}), date(2027, 2, 28), 1)
def test_what_is_due_is_what_a_look_at_every_day_finds(of: Rule, last: date, many: int) -> None:
    first = last - timedelta(days=many)
    expected = [(anchor, number) for anchor, number, day in looked_at(of, last) if day >= first]
    assert list(due(of, first, last)) == expected


@given(RULES, DAYS, st.lists(st.integers(0, 70), min_size=1, max_size=5), st.integers(0, 3))
def test_looks_one_after_the_other_find_each_newest_step_and_no_other(
    of: Rule, begin: date, pauses: list[int], overlap: int
) -> None:
    found, newest, before, since = set(), set(), begin, begin - overlap * A_DAY
    for pause in pauses:
        look = before + pause * A_DAY
        found.update(due(of, before - overlap * A_DAY, look))
        newest.update((anchor, number) for anchor, number, day in looked_at(of, look) if day >= since)
        before = look
    assert found == newest


@pytest.mark.parametrize(
    ("anchor", "words", "day"),
    [
        (date(2028, 2, 29), "12 months before", date(2027, 2, 28)),
        (date(2028, 2, 29), "12 months after", date(2029, 2, 28)),
        (date(2028, 2, 29), "1 month before", date(2028, 1, 29)),
        (date(2027, 5, 31), "1 month before", date(2027, 4, 30)),
        (date(2027, 5, 31), "3 months before", date(2027, 2, 28)),
        (date(2028, 5, 31), "3 months before", date(2028, 2, 29)),
        (date(2028, 3, 1), "1 day before", date(2028, 2, 29)),
        (date(2027, 1, 2), "2 weeks before", date(2026, 12, 19)),
        (date(2027, 12, 31), "the day after", date(2028, 1, 1)),
        (date(2027, 12, 31), "the day", date(2027, 12, 31)),
    ],
)
def test_the_day_of_a_step(anchor: date, words: str, day: date) -> None:
    assert step(words).day(anchor) == day


def test_several_anchors_may_share_the_last_day_of_a_short_month() -> None:
    of = rule("ends", {**GOOD, "steps": ["1 month after"]})
    anchors = [anchor for anchor, _ in due(of, date(2027, 2, 28), date(2027, 2, 28))]
    assert anchors == [date(2027, 1, day) for day in (28, 29, 30, 31)]


MOMENTS = st.integers(0, 60 * 24 * 60).map(lambda each: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=each))
HOURS = rule("talks", {**GOOD, "steps": ["1 day before", "1 hour before", "2 hours after"], "moment": True})


@given(st.lists(MOMENTS, max_size=9), MOMENTS, st.lists(st.integers(1, 3000), min_size=1, max_size=9))
def test_a_moment_is_reminded_of_once_by_its_newest_step(
    anchors: list[datetime], begin: datetime, minutes: list[int]
) -> None:
    found: list[tuple[datetime, int]] = []
    newest: list[tuple[datetime, int]] = []
    for pause in minutes:
        before, begin = begin, begin + timedelta(minutes=pause)
        found += due_at(HOURS, anchors, before, begin)
        for anchor in anchors:
            hours = [anchor + timedelta(hours=each) for each in (-24, -1, 2)]
            passed = [number for number, hour in enumerate(hours) if hour <= begin]
            if passed and before < hours[passed[-1]]:
                newest.append((anchor, passed[-1]))
    assert found == newest


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"steps": []}, "no steps"),
        ({"steps": "the day"}, "no steps"),
        ({"steps": ["1 month beforehand"]}, "1 month beforehand"),
        ({"steps": ["one month before"]}, "one month before"),
        ({"steps": ["-1 days before"]}, "-1 days before"),
        ({"steps": ["1 day before", "the day before"]}, "the day before"),
        ({"steps": ["1.5 days before"]}, "1.5 days before"),
        ({"steps": ["1000 days before"]}, "1000 days before"),
        ({"steps": ["3 days before", "2 weeks before"]}, "order of time"),
        ({"steps": ["3 days before", "3 days before"]}, "order of time"),
        ({"steps": ["7 days before", "1 week before"]}, "order of time"),
        ({"steps": ["2 hours before"]}, "hours of a day"),
        ({"steps": ["1 month before"], "moment": True}, "months of a moment"),
        ({"stepps": ["the day"]}, "stepps"),
        ({"weekdays": "no"}, "weekdays"),
        ({"subject": 5}, "subject"),
        ({"kind": ["deadlines"]}, "kind"),
        ({"channel": "pigeon"}, "email or chat"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_by_its_name(changes: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why) as refused:
        rule("four-years", {**GOOD, **changes})
    assert "four-years" in str(refused.value)


@pytest.mark.parametrize("missing", ["audience", "steps", "kind", "subject"])
def test_a_rule_without_what_it_needs_is_refused_by_its_name(missing: str) -> None:
    with pytest.raises(ValueError, match="four-years"):
        rule("four-years", {key: value for key, value in GOOD.items() if key != missing})


@given(st.text(max_size=20))
def test_any_words_are_a_step_or_refused(words: str) -> None:
    try:
        step(words)
    except ValueError as refused:
        assert repr(words) in str(refused)  # noqa: PT017
