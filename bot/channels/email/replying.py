"""The reply that a person would send to a mail, so that everything can be tried without a mail server."""

import secrets
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.channels.email.reading import words
from bot.channels.email.reading.bodies import text
from bot.channels.email.reading.mime import read

LONGEST_QUOTE = 200  # lines
MOST_REFERENCES = 20


class NoReply(ValueError):
    """The mail names nobody whom one could reply to, or from."""


def reply(raw: bytes, said: str, now: datetime) -> bytes:
    """The words above, the whole mail quoted below, from whom it was sent to. Raises NoReply."""
    mail = read(raw)
    header = mail.headers
    back = words.addresses(header.raw("Reply-To")) or words.addresses(header.raw("From"))
    own = words.addresses(header.raw("To"))
    if not back or not own:
        raise NoReply("it has no sender or no recipient")
    answer = EmailMessage(policy=SMTP)
    answer["From"], answer["To"] = own[0].address, back[0].address
    subject = " ".join(header.get("Subject").split())
    answer["Subject"] = subject if subject[:3].lower() == "re:" else f"Re: {subject}"
    answer["Date"] = format_datetime(now)
    answer["Message-ID"] = f"<{secrets.token_hex(12)}@{own[0].address.rpartition('@')[2]}>"
    before = header.raw("Message-ID").strip()
    if before:
        answer["In-Reply-To"] = before
        answer["References"] = " ".join([*header.raw("References").split()[-MOST_REFERENCES:], before])
    sender = words.addresses(header.raw("From"))
    answer.set_content(f"{said}\n\n{_attribution(sender, header.get('Date'))}\n{_quoted(text(mail))}\n")
    return answer.as_bytes()


def _attribution(sender: tuple[words.Address, ...], day: str) -> str:
    who = sender[0] if sender else words.Address("", "")
    return f"On {day or 'that day'}, {who.name or who.address} <{who.address}> wrote:"


def _quoted(body: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in body.splitlines()[:LONGEST_QUOTE])
