"""How a message is laid out for Telegram."""

from dataclasses import replace

import pytest

from bot.channels.telegram.layout import Button, keyboard, parts, start_word
from flows.dialog.speech import Choice, File, Outbound

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
LONG = Choice("1", "In a library, in a position that does not require an MLIS")
PICTURE = File("card.png", "image/png", b"png", "A card")
PAPER = File("page.pdf", "application/pdf", b"pdf")


def labels(message: Outbound, many_people: bool = False) -> list[list[str]]:
    return [[each.label for each in row] for row in keyboard(message, many_people)]


def test_short_choices_stand_side_by_side() -> None:
    message = Outbound("Are you a member?", YES_NO, 5, "member")
    assert keyboard(message, False) == [[Button("Yes", "5|member|yes"), Button("No", "5|member|no")]]
    assert parts(message) == [message]


def test_longer_choices_stand_one_below_the_other() -> None:
    choices = (Choice("fees", "Work out my price"), Choice("apply", "Apply"))
    assert labels(Outbound("What?", choices)) == [["Work out my price"], ["Apply"]]


def test_choices_that_are_cut_stand_whole_and_numbered_in_the_text() -> None:
    message = Outbound("Where do you work?", (LONG, Choice("2", "Nowhere")))
    assert labels(message) == [["1. In a library, in a position that…"], ["2. Nowhere"]]
    told = f"Where do you work?\n\n1. {LONG.label}\n2. Nowhere"
    assert parts(message) == [replace(message, text=told)]


def test_many_choices_are_numbered() -> None:
    message = Outbound("Which?", tuple(Choice(str(number), f"Set {number}") for number in range(1, 10)))
    assert labels(message)[0] == ["1. Set 1", "2. Set 2", "3. Set 3"]
    assert parts(message)[0].text.endswith("\n8. Set 8\n9. Set 9")


def test_only_a_hundred_choices_get_a_button() -> None:
    message = Outbound("Which?", tuple(Choice(str(number), f"{number}") for number in range(150)))
    assert sum(map(len, keyboard(message, False))) == 100


def test_the_choices_stand_below_the_last_piece() -> None:
    message = Outbound(f"{'a' * 4000}\n\n{'b' * 4000}", YES_NO, edits=3)
    first, last = Outbound("a" * 4000, edits=3), Outbound("b" * 4000, YES_NO)
    assert parts(message) == [first, last]


def test_choices_without_words_get_some() -> None:
    assert parts(Outbound("", YES_NO)) == [Outbound("Please choose:", YES_NO)]


def test_of_nothing_nothing_is_sent() -> None:
    assert parts(Outbound(" \n")) == []


def test_words_stand_below_the_first_file() -> None:
    message = Outbound("Your progress", YES_NO, files=(PICTURE, PAPER))
    assert parts(message) == [Outbound("Your progress", files=(PICTURE,)), Outbound("", YES_NO, files=(PAPER,))]


def test_a_picture_without_words_is_described() -> None:
    assert parts(Outbound("", files=(PICTURE,))) == [Outbound("A card", files=(PICTURE,))]


@pytest.mark.parametrize(("length", "pieces"), [(1024, 1), (1025, 2)])
def test_what_is_too_long_to_stand_below_a_picture_goes_before_it(length: int, pieces: int) -> None:
    assert len(parts(Outbound("x" * length, files=(PICTURE,)))) == pieces


def test_a_private_choice_in_a_group_leads_to_the_private_chat() -> None:
    message = Outbound("Let us do it in private.", (Choice("private:apply", "Apply"), Choice("entry:exam", "The exam")))
    assert keyboard(message, True) == [[Button("Apply", start="apply"), Button("The exam", "0||entry:exam")]]
    assert keyboard(message, False)[0][0] == Button("Apply", "0||private:apply")


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("private:apply", "apply"),
        ("private:my data", "my_data"),
        ("private:entry:x", "menu"),
        ("private:" + "x" * 65, "menu"),
    ],
)
def test_a_link_carries_only_what_telegram_allows(key: str, word: str) -> None:
    assert start_word(key) == word
