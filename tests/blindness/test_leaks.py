"""A mark is found in whatever way a text tells it, so that the proof of the blind review can fail."""

import json
from base64 import b64encode, urlsafe_b64encode
from email.header import Header
from html import escape
from quopri import encodestring
from urllib.parse import quote, quote_plus

import pytest

from bot.channels.email import tokens
from bot.channels.email.return_paths import ReturnPaths
from bot.channels.email.tokens import Token
from tests.blindness.leaks import Marks, leaks

MARKS = Marks(("Quxzornia", "Vexlimörph"), ("QV",), (8100001, 8200003))
SAID = "by Quxzornia"
PATHS = ReturnPaths("lssc", "assistant.example", b"k" * 40, "https://assistant.example")
WHOSE = Token(8200003, 17)


@pytest.mark.parametrize(
    "text",
    [
        SAID, SAID.lower(), SAID.upper(), "myQuxzorniaPage", "Q\u0301uxzo\u00adrnia", "Ｑｕｘｚｏｒｎｉａ", "vexlimorph", "Vexlimo\u0308rph",
        "Q.V.", "(Q. V.)", "said Q V", "QV", "qv", "_q.v._",
        "person 8100001", "#8100001", "forget:8100001:yes",
        quote("Vexlimörph"), quote("Quxzornia", safe="").replace("Q", "%51"), "%2551uxzornia", quote_plus("a Vexlimörph"),
        escape("Vexlimörph").replace("ö", "&#246;"), "Vexlim&ouml;rph", "&#x51;uxzornia", "&amp;#x51;uxzornia",
        json.dumps("Vexlimörph"), json.dumps(json.dumps("Vexlimörph")), "\\u0051uxzornia",
        encodestring("a Vexlimörph".encode()).decode(), "Quxz=\r\nornia", "=51uxzornia",
        b64encode(SAID.encode()).decode(), b64encode(f" {SAID}".encode()).decode(), b64encode(f"  {SAID}".encode()).decode(),
        urlsafe_b64encode("ÿÿÿ Quxzornia ÿÿ".encode()).decode().rstrip("="), "x" + b64encode(SAID.encode()).decode(),
        b64encode(b64encode(SAID.encode())).decode(), b64encode(b"\xff\xd8" + SAID.encode() + b"\x00\xfe").decode(),
        b64encode(("x" * 53 + SAID).encode()).decode()[:76] + "\r\n" + b64encode(("x" * 53 + SAID).encode()).decode()[76:],
        b64encode(b"signed, Q.V.").decode(), quote(b64encode(SAID.encode()).decode()),
        SAID.encode().hex(), SAID.encode().hex().upper(),
        Header(SAID, "utf-8").encode(), Header("Vexlimörph", "iso-8859-1").encode(), "=?utf-8?q?Quxz?=\r\n =?utf-8?q?ornia?=",
        PATHS.reply(WHOSE), PATHS.bounce(WHOSE), *PATHS.unsubscribe("reviews", WHOSE), f"<{tokens.made(b'k', 'x', WHOSE)}@a.example>".replace("<", "<lssc+"),
    ],
)  # fmt: skip
def test_a_mark_is_found(text: str) -> None:
    assert leaks(text, MARKS) != []


@pytest.mark.parametrize(
    "text",
    [
        "", "A review of cataloging", "QVC", "IQ versus", "q, v", "REQV-1", "18100001", "81000010", "8100002",
        PATHS.reply(Token(8200004, 8200003 - 1)), b64encode(b"Nobody at all is named here").decode(), "Quxz ornia", "%", "=?x?q?a?=x", "\\u12",
    ],
)  # fmt: skip
def test_what_tells_nobody_is_no_leak(text: str) -> None:
    assert leaks(text, MARKS) == []


def test_marks_are_joined_and_taken_from_each_other() -> None:
    one, other = Marks(("Ann", "Lee"), ("AL",), (1, 2)), Marks(("Lee", "Kim"), ("KL",), (2, 3))
    assert one + other == Marks(("Ann", "Lee", "Kim"), ("AL", "KL"), (1, 2, 3))
    assert one - other == Marks(("Ann",), ("AL",), (1,))
    assert leaks("Ann and Lee, 1 and 2", one - other) == ["ann", "1"]
