"""What the terminal shows, and how it knows a message."""

import asyncio
import os

from bot.channels.terminal import block, message_id, rendered, typed_lines
from flows.dialog.speech import Choice, Outbound, cleaned

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


async def lines(data: bytes) -> list[str]:
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    found = [line async for line in typed_lines(reading)]
    os.close(reading)
    return found


def test_choices_are_numbered_lines_below_the_text() -> None:
    assert rendered(Outbound("Do you work in a library?", YES_NO)) == "Do you work in a library?\n 1. Yes\n 2. No"


def test_a_block_holds_all_that_was_said_and_ends_with_two_dashes() -> None:
    assert block([Outbound("One."), Outbound("Two?", YES_NO)]) == "One.\nTwo?\n 1. Yes\n 2. No\n--\n"


def test_a_block_may_be_empty() -> None:
    assert block([]) == "--\n"


def test_no_line_of_a_message_looks_like_the_end_of_the_block() -> None:
    assert block([Outbound("before\n--\n -- \nafter")]) == "before\n- -\n- -\nafter\n--\n"


def test_long_lines_are_wrapped_and_choices_hang() -> None:
    wrapped = rendered(Outbound("one two three four five", (Choice("a", "six seven eight nine ten"),)), 20)
    assert wrapped == "one two three four\nfive\n 1. six seven eight\n    nine ten"


def test_the_same_words_before_the_same_screen_are_the_same_message() -> None:
    assert message_id("ann", 3, "yes") == message_id("ann", 3, "yes")
    others = {message_id("ann", 4, "yes"), message_id("ann", 3, "no"), message_id("bob", 3, "yes")}
    assert len(others | {message_id("ann", 3, "yes")}) == 4


def test_the_name_of_a_line_with_a_card_number_does_not_betray_the_number() -> None:
    assert message_id("ann", 3, "4111 1111 1111 1111") == message_id("ann", 3, "5555 5555 5555 4444")


def test_a_line_is_a_message_also_when_it_is_empty_or_has_no_end() -> None:
    assert asyncio.run(lines(b"one\r\n\ntwo")) == ["one", "", "two"]


def test_what_is_no_utf8_is_replaced() -> None:
    assert asyncio.run(lines(b"caf\xe9 \xf0\x9f\x8d\x8e\n")) == ["caf\ufffd \U0001f34e"]


def test_a_long_line_arrives_whole() -> None:
    assert asyncio.run(lines(b"x" * 60_000)) == ["x" * 60_000]


def test_what_no_database_takes_is_left_out() -> None:
    assert cleaned("a\x00b\udcff") == "ab?"
