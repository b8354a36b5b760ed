"""The way into our mailbox: the connection, encrypted where it must be, and the signing in.

Exception
└── MailboxLost    the connection is gone, or the server does not do what it must; a new one may do
"""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from bot.channels.email.mailbox import Mailbox
from bot.trouble import CommandError

NOT_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]")  # RFC 5530
NOT_TRUSTED = "{host} shows a certificate that is not trusted: {told}"
NOT_TAKEN = "{host} does not take user and {what} of LSSC_IMAP_URL: {told}"


OUT_OF_REACH = "The mailbox of {user} at {host} cannot be used: {told}"


class MailboxLost(Exception):
    """The connection is gone, or the server does not do what it must; a new one may do."""


def connected(wanted: Mailbox, trust: ssl.SSLContext | None, patience: float) -> BaseMailBox:
    """`trust` stands for the usual authorities; `patience` is in seconds, for one answer.

    Raises CommandError for a certificate that is not trusted.
    """
    trust = trust or ssl.create_default_context()  # the library's own trusts everybody
    try:
        if wanted.way == "tls":
            return MailBox(wanted.host, wanted.port, patience, ssl_context=trust)
        if wanted.way == "starttls":
            return MailBoxStartTls(wanted.host, wanted.port, patience, ssl_context=trust)
        return MailBoxUnencrypted(wanted.host, wanted.port, patience)
    except ssl.SSLCertVerificationError as error:
        raise CommandError(NOT_TRUSTED.format(host=wanted.host, told=error.verify_message)) from None


def sign_in(box: BaseMailBox, wanted: Mailbox) -> None:
    """Raises CommandError when we are refused, MailboxLost when the server only cannot let us in now."""
    try:
        if wanted.token:
            _by_token(box.client, wanted.user, wanted.secret)
        elif f"{wanted.user}{wanted.secret}".isascii() and "LOGINDISABLED" not in box.client.capabilities:
            box.login(wanted.user, wanted.secret, initial_folder=None)
        else:
            box.login_utf8(wanted.user, wanted.secret, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        told = words(error)
        if any(code in told for code in NOT_NOW):
            raise MailboxLost(told) from None
        what = "token" if wanted.token else "password"
        raise CommandError(NOT_TAKEN.format(host=wanted.host, what=what, told=told)) from None


def _by_token(client: imaplib.IMAP4, user: str, token: str) -> None:
    """A refusal comes as a challenge with the reasons, and wants an empty answer before it is one."""
    answers = iter([f"user={user}\1auth=Bearer {token}\1\1".encode()])
    client.authenticate("XOAUTH2", lambda _challenge: next(answers, b""))


@contextmanager
def or_lost() -> Iterator[None]:
    """Raises MailboxLost for whatever ends a connection."""
    try:
        yield
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        raise MailboxLost(words(error)) from error


def words(told: object) -> str:
    """What the server or the system said, on one line."""
    inner = getattr(told, "command_result", None) or getattr(told, "strerror", None) or told
    parts = inner[-1] if isinstance(inner, tuple) else inner
    texts = parts if isinstance(parts, list) else [parts]
    plain = [each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in texts]
    return " ".join(" ".join(plain).split())[:200] or type(told).__name__
