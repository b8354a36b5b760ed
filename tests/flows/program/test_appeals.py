from datetime import date

from flows.program.appeals import step_due
from flows.program.rules import Rules

DAY = date(2012, 1, 1)


def test_no_clock_runs_by_default(rules: Rules) -> None:
    assert step_due(1, DAY, rules) is None


def test_with_the_later_policy_the_steps_have_10_30_30_and_30_days(all_on: Rules) -> None:
    assert [step_due(step, DAY, all_on) for step in range(6)] == [
        None,
        date(2012, 1, 11),
        date(2012, 1, 31),
        date(2012, 1, 31),
        date(2012, 1, 31),
        None,
    ]
