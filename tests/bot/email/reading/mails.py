"""Mails for the tests, made of their texts."""

from bot.channels.email.reading.cutting import Said, said
from bot.channels.email.reading.mime import read


def plain(text: str, *, charset: str = "utf-8") -> bytes:
    """A mail with one plain text."""
    head = f"From: Nora Vale <nora@reedmoor.example>\nSubject: Re: Your portfolio\nContent-Type: text/plain; charset={charset}\n\n"
    return head.encode() + text.encode(charset)


def html(source: str) -> bytes:
    """A mail with one HTML text."""
    head = "From: Nora Vale <nora@reedmoor.example>\nSubject: Re: Your portfolio\nContent-Type: text/html; charset=utf-8\n\n"
    return head.encode() + source.encode()


def heard(raw: bytes) -> Said:
    return said(read(raw))


def lines(text: str) -> list[str]:
    """The lines that are not blank, trimmed."""
    return [line.strip() for line in text.splitlines() if line.strip()]
