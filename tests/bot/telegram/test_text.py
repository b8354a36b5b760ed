"""Our words as Telegram's HTML, in pieces that it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.text import html, length, pieces
from tests.vendors.telegram_texts import marked, parsed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Send `help` now.", "Send <code>help</code> now."),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<b>bold</b> *bold* _x_ [x](y)", "&lt;b&gt;bold&lt;/b&gt; *bold* _x_ [x](y)"),
        ("`a<b`", "<code>a&lt;b</code>"),
        ("a ` alone", "a ` alone"),
        ("`two\nlines`", "`two\nlines`"),
        ("\"quoted\" 'too'", "\"quoted\" 'too'"),
    ],
)
def test_only_a_word_in_backticks_is_marked_up(text: str, shown: str) -> None:
    assert html(text) == shown


@given(st.text(alphabet="<>&`a \n📚\"'/;#"))
def test_telegram_shows_any_text_as_it_was_meant(text: str) -> None:
    assert marked(*parsed(html(text))) == text


def test_telegram_counts_halves_of_large_characters() -> None:
    assert (length("abc"), length("📚"), length("é")) == (3, 2, 1)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("aaaa bbbb\n\ncccc dddd\neeee", ["aaaa bbbb", "cccc dddd\neeee"]),
        ("aaaa bbbb cc\ndddd eeee", ["aaaa bbbb cc", "dddd eeee"]),
        ("aaaa. bbbb bbbb cccc", ["aaaa.", "bbbb bbbb cccc"]),
        ("aaaa bbbb bbbb ccccc", ["aaaa bbbb bbbb", "ccccc"]),
        ("a" * 30, ["a" * 15, "a" * 15]),
        ("aaaa bb `cc dd ee`", ["aaaa bb", "`cc dd ee`"]),
        ("  aaaa  ", ["aaaa"]),
        (" \n ", []),
        ("📚" * 10, ["📚" * 7, "📚" * 3]),
    ],
)
def test_a_long_text_is_cut_where_people_pause(text: str, cut: list[str]) -> None:
    assert pieces(text, 15) == cut


@given(st.text(alphabet="ab. `\n📚", max_size=300))
def test_nothing_but_space_is_lost_and_no_piece_is_too_long(text: str) -> None:
    found = pieces(text, 20)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(0 < length(each) <= 20 for each in found)
