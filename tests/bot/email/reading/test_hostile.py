"""Mails made to take long, to fill the memory, or to make the reading fail."""

import tracemalloc
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.email.reading.cutting import said
from bot.channels.email.reading.mime import read
from bot.channels.email.reading.words import addresses, decoded, parameters
from tests.bot.email.reading import test_html, test_mime
from tests.bot.email.reading.mails import html, plain
from tests.bot.email.reading.shapes import SHAPES
from tests.timing import grows_at_most, spent

MEGABYTE = 1_000_000
SECONDS = 2.0
DOUBLED = 2.6
NOISE = 0.03
"""Seconds below which a ratio of times tells nothing."""

REPLY = (
    "The second.\n\nNora\n-- \nNora Vale\n\nOn Tue, 3 Mar 2026 at 10:15, Desk <\ndesk@reedmoor.example> wrote:\n\n"
    "> Which?\n\nFrom: Desk <desk@reedmoor.example>\nSent: 3 March 2026 10:15\nTo: Nora\nSubject: Dates\n\nWhich?\nSent from my phone\n"
)
MAILS = [test_mime.WHOLE, plain(REPLY), html(test_html.GMAIL_SIGNED), html(test_html.OUTLOOK_DESKTOP)]


def everything(raw: bytes) -> None:
    """All that is read of a mail."""
    mail = read(raw)
    for name in mail.headers:
        mail.headers.all(name)
        addresses(mail.headers.raw(name))
    said(mail)


@pytest.mark.alone
@pytest.mark.parametrize("size", [40_000, MEGABYTE])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_megabyte_of_any_shape_takes_two_seconds_at_most_and_doubling_it_twice_the_time(
    shape: str, size: int
) -> None:
    def of(size: int) -> Callable[[], object]:
        return partial(everything, SHAPES[shape](size))

    after = spent(of(size))
    assert after < SECONDS
    assert after <= NOISE or grows_at_most(DOUBLED, of, size, first=after)


@pytest.mark.parametrize(
    "shape",
    ["text: more than", "text: newlines", "text: dashes", "header: one field", "parts: tiny", "HTML: less than"],
)
def test_ten_megabytes_are_read_in_bounded_memory(shape: str) -> None:
    raw = SHAPES[shape](10 * MEGABYTE)
    tracemalloc.start()
    try:
        said(read(raw))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * len(raw)


@pytest.mark.parametrize("letter", [*'()<>"\\@,;:[]=?', "=?a?q?", "=?utf-8?q?a?= ", "a@b,", ";a=b", ";a*0*=b", '"('])
def test_a_value_full_of_one_sign_is_read(letter: str) -> None:
    value = letter * (8192 // len(letter))
    assert max(spent(partial(reading, value)) for reading in (addresses, parameters, decoded)) < 0.4


def test_two_hundred_and_fifty_brackets_hide_no_sender() -> None:
    mail = read(b"From: " + b"(" * 250 + b" nora@reedmoor.example\n\nHello")
    assert [one.address for one in addresses(mail.headers.raw("From"))] == ["nora@reedmoor.example"]


@pytest.mark.parametrize("raw", MAILS)
def test_a_mail_with_any_one_byte_changed_or_lost_is_read(raw: bytes) -> None:
    for place in range(len(raw)):
        for changed in (b"", b"\x00", b"\n", b">", b"<", b"\xff", b":"):
            mail = read(raw[:place] + changed + raw[place + 1 :])
            assert isinstance(said(mail).new_text, str)
            assert all(isinstance(part.content(), bytes) for part in mail.parts)


@pytest.mark.parametrize("raw", MAILS)
def test_a_mail_broken_off_anywhere_is_read(raw: bytes) -> None:
    for end in range(len(raw)):
        assert isinstance(said(read(raw[:end])).new_text, str)


PIECES = [
    b"\n", b"\n\n", b"\r\n", b">", b"> ", b"-- \n", b":", b"<", b"@", b"=?", b"?=", b"--", b"--b\n", b"boundary=b", b"\x00", b"\xff",
    b"\xc3", b"&#", b";", b'"', b"(", b"wrote:", b"On 5 March 2026 at 10:15 A <a@b> wrote:\n", b"From: a@b\n", b"Sent: 2026 10:15\n",
    b"Subject: ", b"<blockquote>", b"</div>", b"<p>", b"<a href=http://x>", b"Content-Type: text/html\n", b"Content-Type: message/rfc822\n",
    b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Transfer-Encoding: base64\n", b"\t", b" ", b"|", b"AB> ", b"\xe2\x80\x8b",
    b"_____\n", b"a", b"Nora",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=60))
def test_any_bytes_are_read(pieces: list[bytes]) -> None:
    mail = read(b"".join(pieces))
    heard = said(mail)
    assert isinstance(heard.new_text, str)
    assert [part.text() for part in mail.parts] == [part.text() for part in read(b"".join(pieces)).parts]
