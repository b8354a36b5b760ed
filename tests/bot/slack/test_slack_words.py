"""Slack's way of writing becomes plain words, and plain words cannot become anything else in Slack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.words import escaped, mentions, plain, without_mention


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("<https://ala.org>", "https://ala.org"),
        ("<https://ala.org/a?b=1&amp;c=2>", "https://ala.org/a?b=1&c=2"),
        ("<https://ala.org|our page>", "our page (https://ala.org)"),
        ("<http://ala.org|ala.org>", "ala.org"),
        ("<mailto:ann@ala.org|ann@ala.org>", "ann@ala.org"),
        ("<tel:+15551234|555-1234>", "555-1234"),
        ("ask <@U123> or <@U123|ann> in <#C1|general>, <#C2>", "ask @U123 or @ann in #general, #C2"),
        ("<!here> <!subteam^S1|@team> <!date^1700000000^{date}|yesterday>", "@here @team yesterday"),
        ("<", "<"),
    ],
)
def test_what_was_written_is_read_as_the_person_sees_it(written: str, meant: str) -> None:
    assert plain(written) == meant


@given(st.text())
def test_what_was_typed_comes_back_as_it_was(text: str) -> None:
    assert plain(escaped(text)) == text


@given(st.text(alphabet="<>@!U1&|ab"))
def test_no_text_can_mention_or_notify_anybody(text: str) -> None:
    assert not {"<", ">"} & set(escaped(text))


@pytest.mark.parametrize("text", ["<@UBOT> hello", "<@UBOT>: hello", "<@UBOT|lssc>, hello", "hello <@UBOT>"])
def test_the_bots_own_name_is_left_out(text: str) -> None:
    assert mentions(text, "UBOT")
    assert without_mention(text, "UBOT") == "hello"
