"""A letterhead for the tests, and a mail made with it as a mail program reads it."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from bot.channels.email.composing.letterhead import Letterhead, letterhead
from bot.channels.email.composing.mail import Mail, compose
from flows.dialog.speech import Outbound
from tests.bot.edge import NOON

KEY = b"a key of the library"
REFERENCE = "00000007.5-ab12"  # letter 7 to address 5


def head(sender: str = "lssc@library.example", reply: str = "replies.example", url: str = "") -> Letterhead:
    return letterhead(sender, reply, lambda: KEY, url)


def composed(message: Outbound, to: str = "ann@example.org", reference: str = REFERENCE, **of_head: Any) -> Mail:
    return compose(head(**of_head), to, message, reference, NOON)


def read(mail: Mail) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(mail.content, policy=policy.default))


def form(mail: EmailMessage, kind: str) -> str:
    """The plain or HTML form, with newlines as here."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
