"""Complaints of mailbox providers: who wants no more mail."""

import pytest

from bot.channels.email.reading.complaints import Complaint, complaint
from bot.channels.email.reading.kinds import kind
from bot.channels.email.reading.mime import Mail
from tests.bot.email.reading.letters import OURS, letter, parts

RETURNED = ("Content-Type: message/rfc822", "From: lssc@lssc.example\nTo: ann@library.example\n\nDear Ann")


def _report(fields: str, *more: tuple[str, str]) -> Mail:
    """A report as RFC 5965 has it."""
    pieces = (
        ("Content-Type: text/plain", "An abuse report."),
        ("Content-Type: message/feedback-report", fields),
        *more,
    )
    return letter(
        *parts(*pieces, kind="report; report-type=feedback-report"), sender="fbl@isp.example", subject="FW: Hi"
    )


COMPLAINTS = {
    "names the person": (
        _report("Feedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: <ann@library.example>", RETURNED),
        Complaint("ann@library.example", "abuse"),
    ),
    "only in the returned mail": (
        _report("Feedback-Type: fraud", RETURNED),
        Complaint("ann@library.example", "fraud"),
    ),
    "hides the person": (
        _report("Feedback-Type: abuse\nRedacted-Address: redacted"),
        Complaint("", "abuse"),
    ),
    "of Microsoft": (
        letter(
            *parts(("Content-Type: message/rfc822", f"X-HmXmrOriginalRecipient: ann@library.example\n{RETURNED[1]}")),
            sender="staff@hotmail.example",
            subject="complaint about message from 192.0.2.1",
        ),
        Complaint("ann@library.example", "abuse"),
    ),
    "of Amazon": (
        letter(
            '{"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"ann@library.example"}]}}',
            sender="no-reply@sns.amazonaws.com",
            subject="Notification",
        ),
        Complaint("ann@library.example", "abuse"),
    ),
}


@pytest.mark.parametrize(("mail", "told"), COMPLAINTS.values(), ids=COMPLAINTS.keys())
def test_a_complaint_tells_who_wants_no_more(mail: Mail, told: Complaint) -> None:
    assert complaint(mail) == told
    assert told.unsubscribes
    assert kind(mail, OURS) == "complaint"


@pytest.mark.parametrize("about", ["auth-failure", "not-spam"])
def test_a_report_about_a_domain_takes_nobody_off(about: str) -> None:
    told = complaint(_report(f"Feedback-Type: {about}\nOriginal-Rcpt-To: ann@library.example"))
    assert told == Complaint("ann@library.example", about)
    assert not told.unsubscribes


def test_a_forwarded_complaint_is_a_persons_mail() -> None:
    inner = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse"
    mail = letter(*parts(("Content-Type: text/plain", "What is this?"), ("Content-Type: message/rfc822", inner)))
    assert complaint(mail) is None
    assert kind(mail, OURS) == "human"
