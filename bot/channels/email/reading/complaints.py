"""Reads a complaint: a mailbox provider tells us that a person pressed "spam" or asked to be taken off (RFC 5965)."""

from dataclasses import dataclass

from bot.channels.email.reading.addresses_in_text import address, sender
from bot.channels.email.reading.bounce_signs import is_report
from bot.channels.email.reading.mime import Mail, Part
from bot.channels.email.reading.notifications import from_amazon
from bot.channels.email.reading.plain_text import own_text

LINES = 400
LINE = 400
FEEDBACK = "message/feedback-report"
# Reports about a domain's own settings or about mail that is no spam; nobody wants to be taken off.
ABOUT_NOBODY = frozenset({"auth-failure", "not-spam", "dmarc", "virus"})
RECIPIENT_FIELDS = ("original-rcpt-to", "redacted-address", "removal-recipient", "original-recipient")
HEADERS_OF_THE_MAIL = ("x-hmxmroriginalrecipient", "x-original-to", "x-apparently-to", "delivered-to", "to")


@dataclass(frozen=True)
class Complaint:
    """Who complains ("" when the provider hides it), and about what: abuse, fraud, opt-out, auth-failure, ..."""

    recipient: str
    about: str

    @property
    def unsubscribes(self) -> bool:
        """Whether that person wants no more of such mail."""
        return self.about not in ABOUT_NOBODY


def complaint(mail: Mail) -> Complaint | None:
    """The complaint, or None. The unsubscribe mail of a mail program (Apple's one click) is one about "opt-out"."""
    if asks_to_unsubscribe(mail):
        return Complaint(sender(mail.headers.get("from")), "opt-out")
    reported = next((part for part in mail.parts if part.media_type == FEEDBACK and not part.inside), None)
    if reported is not None or is_report(mail, "feedback-report"):
        return _reported(mail, reported)
    if is_from_hotmail(mail):
        return Complaint(_of_the_returned_mail(mail), "abuse")
    return _of_amazon(mail)


def asks_to_unsubscribe(mail: Mail) -> bool:
    """Whether a mail program wrote this for a person who pressed "unsubscribe": it is automatic, yet must be obeyed."""
    subject = mail.headers.get("subject").strip().lower()
    automatic = mail.headers.get("auto-submitted").strip().lower().startswith("auto-")
    return automatic and subject == "unsubscribe" and "unsubscribe" in own_text(mail)[:2_000].lower()


def is_from_hotmail(mail: Mail) -> bool:
    """Microsoft's Junk Mail Reporting Program sends the mail itself, without a report."""
    if not mail.headers.get("subject").strip().lower().startswith("complaint about message from"):
        return False
    return any(part.media_type == "message/rfc822" for part in mail.parts)


def _reported(mail: Mail, part: Part | None) -> Complaint:
    fields = _fields(part.text()) if part is not None else {}
    about = fields.get("feedback-type", "abuse").strip().lower() or "abuse"
    told = next((found for name in RECIPIENT_FIELDS if (found := address(fields.get(name, "")))), "")
    return Complaint(told or _of_the_returned_mail(mail), about)


def _of_the_returned_mail(mail: Mail) -> str:
    for part in mail.parts:
        if part.media_type in ("message/rfc822", "text/rfc822-headers"):
            fields = _fields(part.text())
            return next((found for name in HEADERS_OF_THE_MAIL if (found := address(fields.get(name, "")))), "")
    return ""


def _of_amazon(mail: Mail) -> Complaint | None:
    notice = from_amazon(mail)
    return Complaint(notice.recipient, "abuse") if notice is not None and notice.about == "complaint" else None


def _fields(text: str) -> dict[str, str]:
    """The first value of each name."""
    fields: dict[str, str] = {}
    for line in text.split("\n", LINES)[:LINES]:
        name, colon, value = line[:LINE].partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields
