"""Reads a mail that came back: for whom it was, and whether the address is dead or only this mail was refused."""

from dataclasses import dataclass

from bot.channels.email.reading.addresses_in_text import address
from bot.channels.email.reading.bounce_signs import is_a_bounce
from bot.channels.email.reading.delivery_reports import Report, reports
from bot.channels.email.reading.diagnoses import status_in, verdict
from bot.channels.email.reading.free_form import Named, before_the_returned_mail, named, returned_recipient
from bot.channels.email.reading.mime import Mail, Part
from bot.channels.email.reading.notifications import from_amazon
from bot.channels.email.reading.plain_text import own_text

DELIVERY_STATUS = ("message/delivery-status", "message/global-delivery-status")
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers", "message/partial")


@dataclass(frozen=True)
class Bounce:
    """A mail that came back. `recipient` is "" when it names nobody; `status` is x.y.z or "" (a 2.y.z was delivered).

    `hard`: the address takes no mail for good. `at_our_return_path`: it came to the address that only the mail itself
    carried, so that nobody else can have made it up.
    """

    recipient: str
    status: str
    hard: bool
    at_our_return_path: bool


def bounce(mail: Mail, return_path_recipient: str = "") -> Bounce | None:
    """What the mail says, or None when it is no bounce. `return_path_recipient` is whom our return path stands for."""
    if not is_a_bounce(mail):
        return None
    recipient, status, hard = _told(mail)
    return Bounce(return_path_recipient or recipient, status, hard, bool(return_path_recipient))


def _told(mail: Mail) -> tuple[str, str, bool]:
    if (notice := from_amazon(mail)) is not None:
        return notice.recipient, notice.status, bool(verdict(notice.diagnosis, notice.status))
    text = own_text(mail)
    lines = before_the_returned_mail(text)
    person = _named(mail, lines, text)
    report = _first(_reports(mail, text))
    if report is not None:
        return (
            report.recipient or person.recipient,
            report.code or status_in(person.said),
            _is_hard(report, person, lines),
        )
    return person.recipient, status_in(person.said) or status_in(" ".join(lines)), _sounds_hard(person, lines)


def _reports(mail: Mail, text: str) -> tuple[Report, ...]:
    """From the part made for it; some servers nest it, some write it into the text."""
    parts = [part for part in mail.parts if part.media_type in DELIVERY_STATUS]
    parts.sort(key=lambda part: part.inside)
    for part in parts:
        if found := reports(part.text()):
            return found
    return reports(text) if "-recipient:" in text.lower() else ()


def _first(found: tuple[Report, ...]) -> Report | None:
    """The first that failed, or else the first."""
    return next((report for report in found if report.failed), next(iter(found), None))


def _is_hard(report: Report, person: Named, lines: tuple[str, ...]) -> bool:
    if not report.failed:
        return False
    if (told := verdict(report.diagnosis, report.code, person.said)) is not None:
        return told
    return not report.code.startswith("4") and _sounds_hard(person, lines)


def _sounds_hard(person: Named, lines: tuple[str, ...]) -> bool:
    told = verdict(person.said)
    return bool(verdict(" ".join(lines)) if told is None else told)


def _named(mail: Mail, lines: tuple[str, ...], text: str) -> Named:
    """From a header, the report's text, or the mail that is returned."""
    ours = frozenset(address(mail.headers.get(name)).lower() for name in ("to", "from"))
    found = named(lines, ours)
    if failed := address(mail.headers.get("x-failed-recipients")):
        return Named(failed, found.said if found is not None else "", 4)
    if found is not None and found.weight > 1:
        return found
    returned = next((to for part in mail.parts if _is_returned(part) and (to := returned_recipient(part.text()))), "")
    back = returned or returned_recipient(text)
    return Named(back, "", 1) if back else found or Named("", "", 0)


def _is_returned(part: Part) -> bool:
    return part.media_type in RETURNED
