"""Reads the notices that Amazon's mail service sends about a mail, as JSON within a mail."""

from dataclasses import dataclass

from bot.channels.email.reading.addresses_in_text import sender
from bot.channels.email.reading.diagnoses import status_in
from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.plain_text import own_text

LONGEST = 20_000  # characters; a notice has about 2,000
VALUE = 500
SENDER = "no-reply@sns.amazonaws.com"


@dataclass(frozen=True)
class Notice:
    """`about` is "bounce", "complaint" or "delivery"."""

    about: str
    recipient: str
    status: str
    diagnosis: str


def from_amazon(mail: Mail) -> Notice | None:
    """The notice, or None."""
    if sender(mail.headers.get("from")) != SENDER:
        return None
    told = "".join(own_text(mail)[:LONGEST].lstrip().splitlines())
    if not told.startswith("{"):
        return None
    about = (_value(told, "notificationType") or _value(told, "eventType")).lower()
    if about not in ("bounce", "complaint", "delivery"):
        return None
    diagnosis = _value(told, "diagnosticCode") or _value(told, "smtpResponse")
    recipient = _value(told, "emailAddress") or _value(told, "recipients") or _value(told, "destination")
    return Notice(about, recipient, _value(told, "status") or status_in(diagnosis), diagnosis)


def _value(told: str, name: str) -> str:
    """The string after a name, or the first string of the list after it."""
    place = told.find(f'"{name}"')
    if place < 0:
        return ""
    rest = told[place + len(name) + 2 :][: VALUE * 2].lstrip(" :[")
    return rest[1:].partition('"')[0][:VALUE] if rest.startswith('"') else ""
