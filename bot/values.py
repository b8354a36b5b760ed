"""Reads the value of a setting from its text, or says what was expected.

ValueError
└── Unfit    the text is no such value; the message completes the sentence "It must be ..."
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PLACES = ("email", "slack", "telegram", "terminal")
YEARS = range(2000, 2101)  # of any instant that somebody may mean


class Unfit(ValueError):
    """The text is no such value."""


@dataclass(frozen=True)
class Place:
    """Where somebody is reached."""

    channel: str
    address: str


def text(words: str) -> str:
    """Any words."""
    return words


def instant(words: str) -> datetime:
    """An ISO time; one without a zone is in UTC."""
    try:
        read = datetime.fromisoformat(words)
    except ValueError:
        raise Unfit("an ISO time such as 2026-11-22T09:00-06:00") from None
    if read.year not in YEARS:
        raise Unfit(f"an ISO time of the years {YEARS[0]} to {YEARS[-1]}")
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def zone(words: str) -> ZoneInfo:
    """A zone of the IANA database."""
    try:
        return ZoneInfo(words)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unfit("the name of a time zone such as America/Chicago") from None


def switch(words: str) -> bool:
    """On or off."""
    known = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
    if words.lower() not in known:
        raise Unfit("on or off")
    return known[words.lower()]


def listen(words: str) -> tuple[str, int]:
    """`host:port`; an IPv6 host stands in brackets."""
    host, _, port = words.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise Unfit("host:port such as 127.0.0.1:8080")
    return host.strip("[]"), int(port)


def place(words: str) -> Place:
    """`channel:address`."""
    channel, _, address = words.strip().partition(":")
    if channel not in PLACES or not address.strip() or (channel == "email" and "@" not in address):
        raise Unfit("an address such as email:a@b.org, slack:U123 or telegram:456")
    return Place(channel, address.strip())


def places(words: str) -> tuple[Place, ...]:
    """Addresses separated by commas or spaces."""
    return tuple(place(each) for each in re.split(r"[,\s]+", words) if each)


def mail_address(words: str) -> str:
    """One mail address, with a name before it if wanted."""
    if not re.fullmatch(r"[^<>@\s]+@[^<>@\s]+|[^<>@]*<[^<>@\s]+@[^<>@\s]+>", words):
        raise Unfit("a mail address such as lssc@example.org")
    return words


def domain(words: str) -> str:
    """A domain name."""
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", words):
        raise Unfit("a domain such as mail.example.org")
    return words.lower()


def database(words: str) -> str:
    """The address of a SQLite file or of a PostgreSQL database."""
    return _address(
        words,
        ("sqlite", "postgresql+psycopg"),
        "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME",
        host=False,
    )


def web(words: str) -> str:
    """The address of a web server."""
    return _address(words, ("http", "https"), "an address that begins with https:// or http://")


def smtp(words: str) -> str:
    """The address of a server for outgoing mail."""
    schemes = ("smtp", "smtps", "smtp+starttls")
    return _address(words, schemes, "smtp://user:pass@host:port, smtps://... or smtp+starttls://...")


def imap(words: str) -> str:
    """The address of a mailbox."""
    schemes = ("imap", "imaps", "imap+starttls")
    return _address(words, schemes, "imaps://user:pass@host:port/INBOX, imap+starttls://... or imap://...")


def _address(words: str, schemes: tuple[str, ...], expected: str, *, host: bool = True) -> str:
    try:
        parts = urlsplit(words)
        fits = parts.scheme in schemes and "://" in words and (bool(parts.hostname) or not host) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise Unfit(expected)
    return words
