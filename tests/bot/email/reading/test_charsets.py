"""Charsets and transfer encodings, right, wrong and damaged."""

import base64

import pytest

from bot.channels.email.reading.charsets import text
from bot.channels.email.reading.transfer import content

GREETING = "Grüße, señora — 5 €"


@pytest.mark.parametrize(
    ("data", "charset", "read"),
    [
        (GREETING.encode(), "utf-8", GREETING),
        (GREETING.encode(), "iso-8859-1", GREETING),  # called Latin-1, but UTF-8
        (GREETING.encode(), "", GREETING),
        (GREETING.encode(), "x-unknown", GREETING),
        (GREETING.encode("cp1252"), "iso-8859-1", GREETING),
        (GREETING.encode("cp1252"), "us-ascii", GREETING),
        (GREETING.encode("cp1252"), "utf-8", GREETING),
        (b"caf\xc3\xa9 gr\xfc\xc3\x9fe", "utf-8", "café gr\ufffdße"),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет"),
        ("Привет".encode("cp1251"), "windows-1251", "Привет"),
        ("日程".encode("iso-2022-jp"), "ISO-2022-JP", "日程"),
        ("日程".encode("cp932"), "Shift_JIS", "日程"),
        ("联通".encode("gbk"), "gb2312", "联通"),  # its bytes are UTF-8, too
        ("날짜".encode("cp949"), "ks_c_5601-1987", "날짜"),
        (b"a\x00b\x1bc\x7f\n\td", "utf-8", "abc\n\td"),
        ("yes".encode("utf-16"), "utf-16", "yes"),
        (b"+ZeU-", "utf-7", "日"),
        (b"yes", "punycode", "yes"),
        (b"yes", "idna", "yes"),
        (b"yes", "undefined", "yes"),
        (b"\xff\xfe\x00", "utf-16", "\ufffd"),
        (b"\x1b$B\xff", "iso-2022-jp", "\ufffd"),
    ],
)
def test_bytes_become_the_text_that_was_meant(data: bytes, charset: str, read: str) -> None:
    assert text(data, charset) == read


@pytest.mark.parametrize(
    ("body", "encoding", "meant"),
    [
        (b"caf=C3=A9 and =\nmore", "quoted-printable", b"caf\xc3\xa9 and more"),
        (b"50=% off =G1 =", "Quoted-Printable", b"50=% off =G1 "),
        (b"cmVl\r\nZG1vb3I=", "base64", b"reedmoor"),
        (b"cmVlZG1vb3I", "BASE64 ", b"reedmoor"),  # padding lost
        (b"cmVl*ZG1v\xffb3I=", "base64", b"reedmoor"),
        (b"cmVlZG1vb3I=\n-- \nlist footer", "base64", b"reedmoor"),
        (b"cmVlZ", "base64", b"ree"),
        (b"", "base64", b""),
        (b"begin 644 a.txt\n(<F5E9&UO;W( \n`\nend\n", "x-uuencode", b"reedmoor"),
        (b"plain", "8bit", b"plain"),
        (b"plain", "nonsense", b"plain"),
    ],
)
def test_transfer_encodings_are_undone_as_far_as_they_can_be_read(body: bytes, encoding: str, meant: bytes) -> None:
    assert content(body, encoding) == meant


def test_what_was_encoded_whole_comes_out_whole() -> None:
    every = bytes(range(256)) * 50
    assert content(base64.encodebytes(every), "base64") == every
