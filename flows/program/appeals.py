"""The days allowed for each step of an appeal, where the program sets any."""

from datetime import date, timedelta

from flows.program.rules import Rules


def step_due(step: int, begun: date, rules: Rules) -> date | None:
    """The last day of a step (the first is 1) that began on that day; None when no clock runs."""
    clocks = rules.optional.appeals
    if not clocks.on or not 1 <= step <= len(clocks.days):
        return None
    return begun + timedelta(days=clocks.days[step - 1])
