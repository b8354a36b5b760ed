"""A button carries its conversation, question and choice in 64 bytes, and nothing made up is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.buttons import found, is_short, packed, unpacked
from flows.dialog.speech import Choice, Outbound, Pressed

LONG = Pressed(7, "job.12.weeks", "entry:" + "a-very-long-name-of-an-entry-" * 3)


@pytest.mark.parametrize(
    ("pressed", "data"),
    [
        (Pressed(0, "", "apply"), "0||apply"),
        (Pressed(123456, "job.1.weeks", "change job.1.weeks"), "2n9c|job.1.weeks|change job.1.weeks"),
        (Pressed(3, "item:17", "settle 17 accept"), "3|item:17|settle 17 accept"),
        (Pressed(3, "q", "a|b"), "3|q|a|b"),
        (LONG, "~BMiyROI6tf7ELstlyITgRw"),
    ],
)
def test_what_a_button_carries(pressed: Pressed, data: str) -> None:
    assert packed(pressed) == data


@given(st.builds(Pressed, st.integers(0, 2**31 - 1), st.text(), st.text()))
def test_every_press_fits_and_is_recognised(pressed: Pressed) -> None:
    data = packed(pressed)
    message = Outbound(
        "?", (Choice("other", "Other"), Choice(pressed.choice, "It")), pressed.conversation, pressed.question
    )
    assert 1 <= len(data.encode("utf-8", "replace")) <= 64
    assert found(data, [Outbound("earlier"), message]) == pressed if is_short(data) else unpacked(data) == pressed


@pytest.mark.parametrize(
    "data", ["", "x", "||", "1|2", "zzzzzz|q|c", "-1|q|c", "1e9|", "~short", "A|q|c", "1234567|q|c"]
)
def test_what_we_never_wrote_is_no_press(data: str) -> None:
    assert (unpacked(data), is_short(data)) == (None, False)


def test_a_digest_of_nothing_that_was_offered_is_no_press() -> None:
    assert found(packed(LONG), [Outbound("?", (Choice("a", "A"),), 7, "job.12.weeks")]) is None
