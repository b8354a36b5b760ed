"""The measure of growth lets a linear time pass and stops a quadratic one."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.timing import grows_at_most


def linear(size: int) -> Callable[[], object]:
    return partial(sum, range(size * 2000))


def quadratic(size: int) -> Callable[[], object]:
    return lambda: [sum(range(size)) for _ in range(size)]


@pytest.mark.alone
def test_a_linear_time_passes_and_a_quadratic_one_does_not() -> None:
    assert grows_at_most(2.6, linear, 800)
    assert not grows_at_most(2.6, quadratic, 800)
