import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.program.cards import MASK, card_number, without_card

# Published test numbers of the issuers: no money is behind them.
CARDS = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111.1111.1111.1111",
    "4111 - 1111 - 1111 - 1111",
    "4111 1111\n1111 1111",
    "4111\u20131111\u20131111\u20131111",
    "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
    "41 11 11 11 11 11 11 11",
    "41111111 11111111",
    "\uff14\uff11\uff11\uff11 1111 1111 1111",
    "4222222222222",
    "5555 5555 5555 4444",
    "2223 0031 2200 3222",
    "3782 822463 10005",
    "378282246310005",
    "3056 930902 5904",
    "6011 1111 1111 1117",
    "3530 1113 3330 0000",
    "6304 0000 0000 0000",
    "4000 0000 0000 0000 006",
]
OTHERS = [
    "800-545-2433 2424",
    "+1 (800) 545-2433 extension 2424",
    "3122802424 3035550199",
    "+44 20 7946 0958 12",
    "+8613800138006",
    "my membership number is 411111111111",
    "4111 1111 1111 1112",
    "2016 2017 2018 2019 2020",
    "from 2009-03-01 to 2010-11-30",
    "from 30-06-2009 - 30-06-2011",
    "9780306406157",
    "978-0-306-40615-7",
    "barcode 21234000123459",
    "0000 0000 0000 0000",
    "1,820 hours",
    "",
]


@pytest.mark.parametrize("card", CARDS)
def test_card_numbers_are_recognized_and_masked_however_they_are_typed(card: str) -> None:
    assert card_number(card)
    assert without_card(f"My card is {card}, thanks.") == f"My card is {MASK}, thanks."


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not card_number(text)
    assert without_card(text) == text


def test_what_stands_around_a_card_number_stays() -> None:
    assert without_card("4111 1111 1111 1111 12/28 and 5555555555554444") == f"{MASK} 12/28 and {MASK}"
    assert without_card("20 hours, 4111 1111 1111 1111") == f"20 hours, {MASK}"


def check_digit(digits: str) -> str:
    return next(last for last in "0123456789" if luhn(digits + last))


def luhn(digits: str) -> bool:
    """Written apart from the program's own, after ISO/IEC 7812-1, annex B."""
    odd, even = digits[::-1][::2], digits[::-1][1::2]
    return (sum(map(int, odd)) + sum(sum(divmod(2 * int(digit), 10)) for digit in even)) % 10 == 0


@given(st.from_regex(r"[1-9][0-9]{14,17}", fullmatch=True))
def test_any_16_to_19_digits_with_the_right_check_digit_are_refused(digits: str) -> None:
    assert card_number(f"no. {digits}{check_digit(digits)}.")
    assert not card_number(f"no. {digits}{(int(check_digit(digits)) + 1) % 10}.")


@given(st.text(st.sampled_from("0123456789 -.+a"), max_size=60))
def test_a_masked_text_holds_no_card_number(text: str) -> None:
    assert not card_number(without_card(text))


@given(st.from_regex(r"[0-9]{1,12}", fullmatch=True))
def test_fewer_than_13_digits_are_never_a_card_number(digits: str) -> None:
    assert not card_number(digits)
