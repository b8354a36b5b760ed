from datetime import date, timedelta
from importlib import resources

from hypothesis import given
from hypothesis import strategies as st

from flows.program import policy as policies
from flows.program.progress import Progress, certified, certified_on, progress
from flows.program.rules import Rules

REQUIRED = ("foundations", "technology", "communication")
DAY = date(2012, 1, 1)
SHARED = policies.load((resources.files("flows.program") / "policy.toml").read_text(encoding="utf-8")).on(DAY)


def test_three_required_and_three_electives_make_a_certificate(rules: Rules) -> None:
    assert certified([*REQUIRED, "access", "youth", "reference"], rules)
    assert not certified([*REQUIRED, "access", "youth"], rules)


def test_a_fourth_elective_never_stands_in_for_a_required_set(rules: Rules) -> None:
    complete = ("foundations", "technology", "access", "youth", "reference", "cataloging")
    assert progress(complete, rules) == Progress(
        required_complete=("foundations", "technology"),
        required_missing=("communication",),
        electives_complete=("access", "cataloging", "reference", "youth"),
        electives_missing=0,
        electives_open=("advisory", "collection", "supervision"),
        spare=1,
    )
    assert progress(complete, rules).counted == 5
    assert not certified(complete, rules)


def test_acquisitions_count_for_nothing(rules: Rules) -> None:
    assert not certified([*REQUIRED, "access", "youth", "acquisitions"], rules)


def test_the_certificate_is_earned_when_the_last_needed_set_is_complete(rules: Rules) -> None:
    order = ("access", "youth", "reference", "supervision", "technology", "foundations", "communication", "cataloging")
    complete = {group: DAY + timedelta(days=place) for place, group in enumerate(order)}
    assert certified_on(complete, rules) == complete["communication"]
    del complete["technology"]
    assert certified_on(complete, rules) is None


sets = ("foundations", "technology", "communication", "access", "advisory", "cataloging", "reference", "youth")


@given(st.dictionaries(st.sampled_from(sets), st.dates(DAY, DAY + timedelta(days=30))))
def test_the_day_of_the_certificate_is_the_first_on_which_the_sets_suffice(complete: dict[str, date]) -> None:
    rules = SHARED
    days = (
        day
        for day in (DAY + timedelta(days=days) for days in range(31))
        if certified([group for group, done in complete.items() if done <= day], rules)
    )
    assert certified_on(complete, rules) == next(days, None)
