"""LSSC_IMAP_URL names a mailbox in every way that people need, and never one that sends a password in the open."""

import asyncio

import pytest

from bot import values
from bot.channels.email.imap import Imap
from bot.channels.email.incoming import incoming
from bot.channels.email.lmtp import Lmtp
from bot.channels.email.mailbox import Mailbox, mailbox
from bot.settings import Settings, SettingsError
from tests.bot.email.arriving import Books, opened


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("imaps://ann:pw@mail.example.org", Mailbox("mail.example.org", 993, "tls", "ann", "pw")),
        (
            "imaps://ann%40example.org:p%40ss%2Fw%3Ard@mail.example.org:1993/Desk/LSSC%20%C3%A9/",
            Mailbox("mail.example.org", 1993, "tls", "ann@example.org", "p@ss/w:rd", folder="Desk/LSSC é"),
        ),
        ("imap+starttls://a:b@h.example", Mailbox("h.example", 143, "starttls", "a", "b")),
        ("imap://a:b@localhost/INBOX", Mailbox("localhost", 143, "plain", "a", "b")),
        ("imap://a:b@[::1]:1143", Mailbox("::1", 1143, "plain", "a", "b")),
        ("imaps://a;AUTH=XOAUTH2:to%2Bken@h/x", Mailbox("h", 993, "tls", "a", "to+ken", token=True, folder="x")),
        ("imaps://a%3Bb;auth=xoauth2:t@h", Mailbox("h", 993, "tls", "a;b", "t", token=True)),
        ("imaps://a;AUTH=*:b@h", Mailbox("h", 993, "tls", "a", "b")),
    ],
)
def test_a_mailbox_is_read_from_its_address(url: str, expected: Mailbox) -> None:
    assert mailbox(values.imap(url)) == expected


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("imaps://mail.example.org/INBOX", "LSSC_IMAP_URL needs a user and a password"),
        ("imaps://ann@mail.example.org", "LSSC_IMAP_URL needs a user and a password"),
        ("imap://ann:hunter2@mail.example.org", "LSSC_IMAP_URL would send the password to mail.example.org"),
        ("imaps://ann;AUTH=GSSAPI:hunter2@h", "LSSC_IMAP_URL asks for AUTH=GSSAPI"),
        ("imaps://ann:hunter2%0d%0aA1%20NOOP@h", "LSSC_IMAP_URL has a character"),
    ],
)
def test_a_mailbox_that_cannot_be_meant_is_told_without_its_password(url: str, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        mailbox(values.imap(url))
    assert (str(refused.value).startswith(told), "hunter2" in str(refused.value)) == (True, False)


def test_the_password_is_never_shown() -> None:
    chosen = mailbox("imaps://ann:hunter2@mail.example.org")
    assert ("hunter2" in repr(chosen), chosen.shown) == (False, "ann at mail.example.org:993, INBOX")


async def kinds(settings: Settings, url: str) -> list[tuple[str, type]]:
    async with opened(url) as writer:
        return [(part.name, type(part)) for part in incoming(settings, Books(), writer)]


def test_mail_arrives_in_the_ways_that_are_configured(sqlite_url: str) -> None:
    both = Settings(imap_url="imaps://a:b@h", lmtp_listen=("127.0.0.1", 2424))
    assert asyncio.run(kinds(Settings(), sqlite_url)) == []
    assert asyncio.run(kinds(both, sqlite_url)) == [("email", Imap), ("lmtp", Lmtp)]
