"""Undoing a part's transfer encoding, whatever it went through on the way."""

import binascii

from bot.channels.email.reading.words import from_base64


def content(body: bytes, encoding: str) -> bytes:
    """The bytes that were encoded; an unknown encoding is none."""
    name = encoding.partition(";")[0].strip(" \t\"'").lower()
    if name == "quoted-printable":
        return binascii.a2b_qp(body)
    if name == "base64":
        return from_base64(body)
    if name in ("x-uuencode", "uuencode", "x-uue"):
        return _from_uuencode(body)
    return body


def _from_uuencode(body: bytes) -> bytes:
    _, begin, lines = body.partition(b"begin ")
    if not begin:
        return body
    return b"".join(map(_line, lines.split(b"\n")[1:]))


def _line(line: bytes) -> bytes:
    """One line; what cannot be read is left out."""
    line = line.rstrip(b"\r")
    if not line or line == b"end":
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
