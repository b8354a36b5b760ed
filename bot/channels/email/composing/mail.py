"""A message as a mail, ready to be handed to a mail server or to be laid into a folder."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from bot.channels.email.composing import addresses, files, headers, page, words
from bot.channels.email.composing.addresses import MailAddress
from bot.channels.email.composing.letterhead import Letterhead, token
from flows.dialog.speech import Outbound

# All but AutoReply: a mail that cannot be delivered and an absence are wanted news, a machine's small talk is not.
NOT_WANTED = "DR, RN, NRN, AutoReply"


@dataclass(frozen=True)
class Mail:
    """`sender` and `recipient` are those of the envelope; the headers in `content` name who it is from and to."""

    sender: str
    recipient: MailAddress
    message_id: str
    content: bytes


def compose(letterhead: Letterhead, address: str, message: Outbound, reference: str, now: datetime) -> Mail:
    """The mail for a message; its Message-ID is made of the reference, so that a repeated mail carries the same.

    Raises NoAddress, or OSError when there is no key to sign the addresses with.
    """
    recipient = addresses.read(address)
    message_id = f"<{reference}@{letterhead.sender.domain}>"
    whose, paths = token(reference), letterhead.return_paths()
    mail = EmailMessage(headers.POLICY_UTF8 if recipient.needs_utf8 else headers.POLICY)
    _head(mail, letterhead, recipient, message, message_id, now)
    stops = paths.unsubscribe(message.stoppable, whose) if whose and message.stoppable else ()
    if whose:
        reply = addresses.read(paths.reply(whose))
        mail["Reply-To"] = MailAddress(reply.local, reply.domain, letterhead.sender.name).header()
    _stoppable(mail, stops)
    _body(mail, message, message_id, stops[1] if len(stops) > 1 else "")
    _bound(mail, reference)
    sender = paths.bounce(whose) if whose else letterhead.sender.bare
    return Mail(sender, recipient, message_id, mail.as_bytes())


def _head(
    mail: EmailMessage,
    letterhead: Letterhead,
    recipient: MailAddress,
    message: Outbound,
    message_id: str,
    now: datetime,
) -> None:
    before = headers.thread(message.answers)
    mail["From"] = letterhead.sender.header()
    mail["To"] = recipient.header()
    mail["Subject"] = headers.subject(message.subject, page.PROGRAM, answers=bool(before))
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    if before:
        mail["In-Reply-To"] = before[-1]
        mail["References"] = " ".join(before)
    mail["Auto-Submitted"] = "auto-replied" if before else "auto-generated"
    mail["X-Auto-Response-Suppress"] = NOT_WANTED


def _stoppable(mail: EmailMessage, stops: tuple[str, ...]) -> None:
    if stops:
        mail["List-Unsubscribe"] = ", ".join(f"<{each}>" for each in stops)
    if stops[-1:] and stops[-1].startswith("https://"):  # RFC 8058 knows no other
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _body(mail: EmailMessage, message: Outbound, message_id: str, stop_url: str) -> None:
    text = words.text(message)
    mail.set_content(text, cte="7bit" if _is_short(text) else "quoted-printable")
    form = page.html(message, mail["Subject"], message_id, stop_url)
    mail.add_alternative(form, subtype="html", cte="quoted-printable")
    _, alternative = mail.iter_parts()
    files.show(alternative, message.files, message_id)
    files.attach(mail, message.files)


def _is_short(text: str) -> bool:
    """Whether every mail server takes these lines as they are (RFC 5322: at most 998 bytes, ASCII)."""
    return text.isascii() and all(len(line) <= 998 for line in text.split("\n"))


def _bound(mail: EmailMessage, reference: str) -> None:
    """The same mail again is the same bytes; `=_` stands in no quoted-printable and in no base64."""
    for number, part in enumerate(each for each in mail.walk() if each.is_multipart()):
        part.set_boundary(f"=_{number}_{reference[:50]}")
