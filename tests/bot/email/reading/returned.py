"""Mails that came back, in the shapes of many servers: each with whom it names, its status, and whether the address is dead."""

from dataclasses import dataclass

from bot.channels.email.reading.mime import Mail
from tests.bot.email.reading.letters import letter, parts, report

ANN = "ann@library.example"
DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.isp.example>"
RETURNED = "From: LSSC <lssc@lssc.example>\nTo: Ann <ann@library.example>\nSubject: Your review is due\n\nNo such user was asked."


@dataclass(frozen=True)
class Expected:
    mail: Mail
    status: str
    hard: bool
    recipient: str = ANN


def _standard(
    diagnosis: str, status: str, action: str = "failed", text: str = "Your mail could not be delivered."
) -> Mail:
    fields = f"Final-Recipient: rfc822; {ANN}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnosis}"
    return letter(
        *report(text, fields), "Return-Path: <>", sender=DAEMON, subject="Undelivered Mail Returned to Sender"
    )


def free(text: str, *headers: str, sender: str = DAEMON, subject: str = "failure notice") -> Mail:
    """A report in words, from a mail server with the null return path."""
    return letter(text, "Return-Path: <>", *headers, sender=sender, subject=subject)


STANDARD: dict[str, Expected] = {
    "no such user": Expected(_standard("550 5.1.1 <ann@library.example>: User unknown", "5.1.1"), "5.1.1", True),
    "no such user, vague status": Expected(_standard("550 5.1.1 no such user", "5.0.0"), "5.1.1", True),
    "no such user, no code": Expected(_standard("550 No such user here", "5.0.0"), "5.0.0", True),
    "no such domain": Expected(_standard("550 Host or domain name not found", "5.4.4"), "5.4.4", True),
    "a domain without mail": Expected(_standard("556 5.1.10 recipient domain has a null MX", "5.1.10"), "5.1.10", True),
    "moved": Expected(_standard("551 5.1.6 Ann has moved to college.example", "5.1.6"), "5.1.6", True),
    "not in the directory of Exchange Online": Expected(
        _standard("550 5.4.1 Recipient address rejected: Access denied.", "5.4.1"), "5.4.1", True
    ),
    "full": Expected(_standard("552 5.2.2 Mailbox full", "5.2.2"), "5.2.2", False),
    "full, said with the wrong code": Expected(_standard("550 5.1.1 over quota", "5.1.1"), "5.1.1", False),
    "disabled": Expected(_standard("550 5.2.1 The account is disabled", "5.2.1"), "5.2.1", False),
    "too large": Expected(_standard("552 5.3.4 Message size exceeds fixed limit", "5.3.4"), "5.3.4", False),
    "spam": Expected(_standard("554 5.7.1 Message looks like spam", "5.7.1"), "5.7.1", False),
    "our sender": Expected(_standard("553 5.1.8 Domain of sender does not exist", "5.1.8"), "5.1.8", False),
    "our sender, at MAIL FROM": Expected(
        _standard("550 unknown user (in reply to MAIL FROM command)", "5.0.0"), "5.0.0", False
    ),
    "our network": Expected(_standard("550 5.7.25 no PTR record exists for your address", "5.7.25"), "5.7.25", False),
    "DMARC": Expected(_standard("550 5.7.26 DMARC check failed", "5.7.26"), "5.7.26", False),
    "too many, said with the wrong code": Expected(
        _standard("550 5.1.1 <ann@library.example> has been sent too many today", "5.1.1"), "5.1.1", False
    ),
    "relaying": Expected(_standard("554 5.7.1 Relay access denied", "5.7.1"), "5.7.1", False),
    "a filter that has seen the text": Expected(
        _standard("550 user unknown (in reply to end of DATA command)", "5.0.0"), "5.0.0", False
    ),
    "greylisting": Expected(_standard("451 4.7.1 Greylisted, try again later", "4.7.1", "delayed"), "4.7.1", False),
    "unknown, for today": Expected(_standard("450 4.1.1 User unknown", "4.1.1"), "4.1.1", False),
    "delayed": Expected(_standard("Connection timed out", "4.4.1", "delayed"), "4.4.1", False),
    "given up": Expected(_standard("Message expired", "4.4.7"), "4.4.7", False),
    "delivered": Expected(_standard("250 2.0.0 Ok", "2.0.0", "relayed"), "2.0.0", False),
    "in a relay's table": Expected(
        _standard("550 5.1.1 User unknown in relay recipient table", "5.1.1"), "5.1.1", True
    ),
}

_GROUPS = """Original-Recipient: rfc822;ann@library.example
Final-Recipient: RFC822; <a.reader@college.example>
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
  User unknown

Final-Recipient: rfc822; bea@library.example
Action: delayed
Status: 4.4.1"""
_DELAYED_FIRST = """Final-Recipient: rfc822; bea@library.example
Action: delayed
Status: 4.4.1

Final-Recipient: rfc822; ann@library.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown"""

SHAPES: dict[str, Expected] = {
    "an address that was forwarded": Expected(
        letter(*report("Failed.", _GROUPS), sender=DAEMON, subject="Undelivered Mail"), "5.1.1", True
    ),
    "the failed one of several": Expected(
        letter(*report("Failed.", _DELAYED_FIRST), sender=DAEMON, subject="Undelivered Mail"), "5.1.1", True
    ),
    "fields torn apart by empty lines": Expected(
        letter(
            *report("Failed.", f"Action: failed\n\nFinal-Recipient: rfc822; {ANN}\nStatus: 5.1.1"),
            sender=DAEMON,
            subject="Undelivered Mail",
        ),
        "5.1.1",
        True,
    ),
    "a diagnosis over lines without indent": Expected(
        letter(
            *report(
                "Failed.",
                f"Final-Recipient: rfc822; {ANN}\nDiagnostic-Code: smtp; 550-5.7.1 Please see\n550-5.7.1 our rules\nStatus: 5.7.1",
            ),
            sender=DAEMON,
            subject="Undelivered Mail",
        ),
        "5.7.1",
        False,
    ),
    "a report within the text": Expected(
        free(
            f"Sorry.\n\nTechnical report:\n\nFinal-Recipient: rfc822; {ANN}\nAction: failed\nDiagnostic-Code: smtp; 550 5.1.1 no such user\nStatus: 5.1.1\n"
        ),
        "5.1.1",
        True,
    ),
    "a report within an attached mail": Expected(
        letter(
            *parts(
                ("Content-Type: text/plain", "See the attached notice."),
                (
                    "Content-Type: message/rfc822",
                    f'Subject: Notice\nContent-Type: multipart/report; report-type=delivery-status; boundary="=c"\n\n--=c\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; {ANN}\nAction: failed\nStatus: 5.1.1\n\n--=c--',
                ),
            ),
            sender="=?utf-8?b?TWFpbCBEZWxpdmVyeSBTdWJzeXN0ZW0=?= <MAILER-DAEMON@isp.example>",
            subject="Notice",
        ),
        "5.1.1",
        True,
    ),
    "only in the returned mail": Expected(
        letter(
            *parts(
                ("Content-Type: text/plain", "Your mail could not be delivered."),
                ("Content-Type: message/rfc822", RETURNED),
            ),
            "Return-Path: <>",
            sender="postmaster@isp.example",
            subject="Undeliverable",
        ),
        "",
        False,
    ),
    "HTML only": Expected(
        letter(
            f"<html><style>p {{ color: red }}</style><body><p>Delivery has failed to:</p><p>&lt;{ANN}&gt;:</p><p>550 5.1.1 User unknown</p>",
            "Content-Type: text/html",
            "Return-Path: <>",
            sender="postmaster@isp.example",
            subject="Undeliverable: Your review",
        ),
        "5.1.1",
        True,
    ),
}
