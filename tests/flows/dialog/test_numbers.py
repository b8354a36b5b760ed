"""Numbers are read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dialog.numbers import digits, read_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("20", 20),
        ("1,040", 1040),
        ("1 040", 1040),
        ("19.5", 19.5),
        ("19,5", 19.5),
        (".5", 0.5),
        ("-5", -5),
        ("minus 5", -5),
        ("two thousand", 2000),
        ("twenty-five", 25),
        ("twenty five", 25),
        ("one hundred and four", 104),
        ("a hundred", 100),
        ("eighteen hundred twenty", 1820),
        ("two thousand five hundred", 2500),
        ("a dozen", 12),
        ("2k", 2000),
        ("1.5k", 1500),
        ("2½", 2.5),
        ("2 1/2", 2.5),
        ("two and a half", 2.5),
        ("3/4", 0.75),
        ("three quarters", 0.75),
        ("half", 0.5),
        ("15-20", 17.5),
        ("15 to 20", 17.5),
        ("between fifteen and twenty", 17.5),
        ("about 20 hours", 20),
        ("$350", 350),
        ("none", 0),
        ("zero", 0),
        ("twenty twenty-two", 2022),
    ],
)
def test_a_number_is_read_in_every_usual_form(words: str, number: float) -> None:
    assert read_number(words) == number


@pytest.mark.parametrize(
    "words", ["", "many", "5 and 6 and 7", "3/4/2024", "2024-03-04", "9:30", "one of them", "1" * 500]
)
def test_words_without_one_plain_number_have_none(words: str) -> None:
    assert read_number(words) is None


def test_numbers_in_words_become_digits_where_they_stand() -> None:
    assert digits("Twenty-five hours for a year and a half, no one else") == "25 hours for 1.5 years, no one else"


@given(st.integers(min_value=0, max_value=999_999))
def test_every_whole_number_is_read_with_and_without_commas(number: int) -> None:
    assert (read_number(f"{number:,}"), read_number(str(number))) == (number, number)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    read_number(text)
