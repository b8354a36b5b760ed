"""The next smallest step in a set at work."""

import pytest

from flows.program.steps import Step, smallest


@pytest.mark.parametrize(
    ("shown", "told", "step"),
    [
        (set(), set(), Step("begin", 1)),
        ({1, 3}, {1}, Step("tell", 3)),
        ({1}, {1, 2}, Step("show", 2)),
        ({2, 3}, {1, 2}, Step("tell", 3)),
        ({1, 2}, {1, 2}, Step("begin", 3)),
        ({1, 2, 3, 4}, {1, 2, 3, 4}, Step("submit")),
    ],
)
def test_what_is_half_done_comes_before_what_is_not_begun(shown: set[int], told: set[int], step: Step) -> None:
    assert smallest(4, shown, told) == step
