"""Lines that a mail program broke are joined (RFC 3676); those that the person ended stay apart."""

import pytest

from bot.channels.email.reading.bodies import text
from bot.channels.email.reading.mime import read
from tests.bot.email.reading.mails import heard

FLOWED = "Content-Type: text/plain; charset=utf-8; Format=Flowed"


def flowed(body: str, parameters: str = "") -> bytes:
    return f"From: nora@reedmoor.example\nSubject: Re: Dates\n{FLOWED}{parameters}\n\n{body}".encode()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("The desk lends what it has, and keeps a \nlist of it, which grows \nlonger.\n", "The desk lends what it has, and keeps a list of it, which grows longer."),
        ("One.\nTwo \nand a half.\n", "One.\nTwo and a half."),
        ("One paragraph \nof two lines. \n\nAnother.\n", "One paragraph of two lines.\n\nAnother."),
        ("It came \n From the desk.\n", "It came From the desk."),
        ("1. yes \n2. no \n- and more \n* and more\n", "1. yes\n2. no\n- and more\n* and more"),
        ("Yes, \ngladly.\n-- \nNora \nVale\n", "Yes, gladly."),
        ("Yes, \ngladly.\n\n> Which date \n> suits you?\n", "Yes, gladly."),
        ("Yes, \n> which date?\ngladly.\n", "Yes,\n> which date?\ngladly."),
        ("> One \n> or two?\nThe \nfirst.\n\n> And this \n> one?\nThe \nlast.\n", "> One\n> or two?\nThe first.\n\n> And this\n> one?\nThe last."),
        ("The last line \n", "The last line"),
        (" \n \nYes\n", "Yes"),
    ],
)  # fmt: skip
def test_soft_line_ends_are_none(body: str, said: str) -> None:
    assert heard(flowed(body)).new_text == said


def test_spaces_that_only_mark_a_break_are_taken_out() -> None:
    body = "Wir haben die Bib \nliothek  \nbesucht.\n"
    assert heard(flowed(body, "; DelSp=Yes")).new_text == "Wir haben die Bibliothek besucht."
    assert heard(flowed("図書館 \nです。\n", "; delsp=yes")).new_text == "図書館です。"


def test_attributions_and_heads_are_found_all_the_same() -> None:
    on = "On Tue, 3 Mar 2026 at 10:15, Desk \n<desk@reedmoor.example> wrote:\n\n> Which?\n"
    head = "From: Desk <desk@reedmoor.example> \nSent: 3 March 2026 10:15 \nTo: Nora \nSubject: Dates\n\nWhich?\n"
    assert [heard(flowed(f"The \nsecond.\n\n{below}")).new_text for below in (on, head)] == ["The second."] * 2


def test_a_whole_text_that_is_uncertain_is_joined_as_well() -> None:
    said = heard(flowed("---------- Forwarded message ---------\nFrom: a@b.example\nSubject: x\n\nA line \nbroken.\n"))
    assert (said.new_text, said.uncertain) == ("A line broken.", True)


def test_other_texts_keep_their_lines() -> None:
    raw = flowed("One \ntwo\n").replace(b"; Format=Flowed", b"")
    assert heard(raw).new_text == "One\ntwo"


def test_whoever_does_not_ask_for_marks_sees_none() -> None:
    assert text(read(flowed("One \ntwo\n"))) == "One \ntwo\n"


@pytest.mark.parametrize("odd", ["\x05", "\x05\x05\x05", "a \x05 \x05", "a\x05"])
def test_marks_of_the_senders_own_do_no_harm(odd: str) -> None:
    assert heard(flowed(f"{odd * 5000}\nYes.\n")).new_text.endswith("Yes.")
