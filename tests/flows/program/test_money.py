import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.program.money import cents, dollars


def test_amounts_are_shown_with_cents_only_where_there_are_any() -> None:
    shown = [dollars(amount) for amount in (35000, 16250, 5, 0, 124000, -17500)]
    assert shown == ["$350", "$162.50", "$0.05", "$0", "$1,240", "-$175"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$350", 35000),
        ("350", 35000),
        (" $ 1,240.05 ", 124005),
        ("162.5", None),
        ("1,24", None),
        ("free", None),
        ("", None),
        ("-5", None),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: int | None) -> None:
    assert cents(text) == amount


@given(st.integers(0, 10**9))
def test_what_is_shown_is_read_back(amount: int) -> None:
    assert cents(dollars(amount)) == amount
