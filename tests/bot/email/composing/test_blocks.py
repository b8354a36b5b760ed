"""A plain text keeps all its words when it becomes paragraphs and lists."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.email.composing.blocks import Block, Line, Span, blocks, spans
from tests.timing import grows_at_most, spent


def line(words: str, number: int = 0) -> Line:
    return Line((Span(words),), number)


def test_paragraphs_lists_and_quotes_are_told_apart() -> None:
    text = "> Which set?\nPlease answer:\n1. Name?\n2) Post?\n\n\n- one\n* two\n\nThe end."
    assert blocks(text) == [
        Block("quote", (line("Which set?"),)),
        Block("paragraph", (line("Please answer:"),)),
        Block("numbers", (line("Name?", 1), line("Post?", 2))),
        Block("bullets", (line("one"), line("two"))),
        Block("paragraph", (line("The end."),)),
    ]


def test_a_list_goes_on_with_its_own_number() -> None:
    assert blocks("6. Where?") == [Block("numbers", (line("Where?", 6),))]


def test_letters_are_a_list_only_in_their_order() -> None:
    assert blocks("a. Name\nb. Post\nc. Library") == [
        Block("letters", (line("Name", 1), line("Post", 2), line("Library", 3)))
    ]
    assert blocks("x. y\na. Name") == [Block("paragraph", (line("x. y"),)), Block("letters", (line("Name", 1),))]


@pytest.mark.parametrize(
    "words", ["-5 degrees", "1.5 hours", "2026. It was", "1.", "-", "a.m. is early", "*", "S. Smith"]
)
def test_what_only_begins_like_a_list_is_a_paragraph(words: str) -> None:
    assert blocks(words) == [Block("paragraph", (line(words),))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("send `status`.", [Span("send "), Span("status", "code"), Span(".")]),
        ("(see https://a.org/x_(y)).", [Span("(see "), Span("https://a.org/x_(y)", "link"), Span(").")]),
        ("HTTP://a.org/?b=1&c=2, or", [Span("HTTP://a.org/?b=1&c=2", "link"), Span(", or")]),
        ("javascript:alert(1) http:// https://. ftp://a.org", [Span("javascript:alert(1) http:// https://. ftp://a.org")]),
        ('https://a.org/"onclick="x', [Span("https://a.org/", "link"), Span('"onclick="x')]),
    ],
)  # fmt: skip
def test_words_to_send_and_links_are_found(words: str, expected: list[Span]) -> None:
    assert list(spans(words)) == expected


@given(st.text(alphabet=st.sampled_from("ab1. -*>`:/htps()\n,")) | st.text())
def test_no_word_is_lost(text: str) -> None:
    kept = "".join(span.words for block in blocks(text) for each in block.lines for span in each.spans)
    marks = set("0123456789abcdefghijklmnopqrstuvwxyz.)-•*>` ")  # what a list's own marks are made of
    assert [each for each in kept if not each.isspace()] == [each for each in _rest(text, kept) if not each.isspace()]
    assert {each for each in text if not each.isspace()} - set(kept) <= marks


def _rest(text: str, kept: str) -> str:
    """The characters of `kept` as they are found in `text`, in order."""
    found, at = [], 0
    for each in kept:
        if each.isspace():
            continue
        at = text.index(each, at) + 1
        found.append(each)
    return "".join(found)


@pytest.mark.alone
@pytest.mark.parametrize("shape", ["https://a" + ")" * 8, "`a", "1. x\n", "http://a.", "a. \n", "> "])
def test_twice_the_text_takes_about_twice_the_time(shape: str) -> None:
    def of(size: int) -> Callable[[], object]:
        return partial(blocks, shape * size)

    of(1000)()
    assert spent(of(16_000)) < 0.05 or grows_at_most(3, of, 16_000)
