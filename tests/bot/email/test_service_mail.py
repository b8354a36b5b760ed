"""The whole service by mail, through a real Postfix and a real Dovecot: questions, an application, refusals, robots."""

import email
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from itertools import count
from pathlib import Path

import pytest

from bot.channels.email.replying import reply
from tests.bot.serving import Service, serving, wait_for
from tests.handlers.acting import APPLICATION
from tests.vendors.mailserver import BOX, DIRECT, MailServer

NUMBERS = count(1)
NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)


class Person:
    """Somebody with a mailbox in Dovecot, who sends through Postfix."""

    def __init__(self, server: MailServer, us: str) -> None:
        self.server, self.us, self.name = server, us, f"ann{next(NUMBERS)}"
        self.address = f"{self.name}@{BOX}"

    def writes(self, words: str, subject: str = "LSSC", to: str = "") -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.address, to or self.us, subject
        mail["Message-ID"] = f"<{next(NUMBERS)}.{time.monotonic_ns()}@{BOX}>"
        mail.set_content(words)
        self.hands_in(bytes(mail), to or self.us)

    def replies(self, words: str) -> None:
        raw = self.mails()[-1]
        back = email.message_from_bytes(raw, policy=default)["Reply-To"].addresses[0].addr_spec
        self.hands_in(reply(raw, words, NOW), back)

    def hands_in(self, raw: bytes, to: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.server.smtp, timeout=10) as client:
            client.sendmail(self.address, [to], raw)

    def mails(self) -> list[bytes]:
        return self.server.mails(self.name)

    def told(self, number: int, within: float = 20) -> list[str]:
        """The lines of the mail of that number, once it is there."""
        wait_for(lambda: len(self.mails()) >= number, within)
        mail = email.message_from_bytes(self.mails()[number - 1], policy=default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain",))
        assert body is not None
        return [line for line in str(body.get_content()).splitlines() if line]


@contextmanager
def service(server: MailServer, folder: Path, address: str, **env: str) -> Iterator[Service]:
    """Ready to take mail in; by IMAP unless LSSC_LMTP_LISTEN is given."""
    name = address.partition("@")[0]
    given = {
        "LSSC_DATABASE_URL": f"sqlite:///{folder}/{name}.db",
        "LSSC_MAIL_FROM": f"LSSC Assistant <{address}>",
        "LSSC_SMTP_URL": f"smtp://127.0.0.1:{server.smtp}",
        "LSSC_SECRET_KEY": "a key of at least thirty-two characters",
    }
    if "LSSC_LMTP_LISTEN" not in env:
        given["LSSC_IMAP_URL"] = server.url(name)
    with serving(folder, module="bot", **{**given, **env}) as running:
        parts = ("email", "knowledge", "delivery")
        wait_for(lambda: all(running.health()["parts"][each]["state"] == "running" for each in parts), 60)
        time.sleep(1)  # the knowledge base is open, and the mailbox is watched
        yield running


@pytest.mark.alone
def test_a_question_is_answered_within_five_seconds_and_an_application_goes_by_replies(
    mail_server: MailServer, tmp_path: Path
) -> None:
    us = f"lssc{next(NUMBERS)}@{BOX}"
    ann = Person(mail_server, us)
    with service(mail_server, tmp_path, us) as running:
        ann.writes("is there a test at the end?")
        ann.told(1)  # the first question opens the knowledge base
        begun = time.monotonic()
        ann.writes("How much is the application fee?")
        told = ann.told(2)
        took = time.monotonic() - begun
        assert ("The application fee is $350" in " ".join(told), took < 5) == (True, True), took
        ann.writes("I want to apply")
        assert "Was it you?" in " ".join(ann.told(3))  # nobody vouches for the sender
        ann.replies("1")
        assert "1. What is your full name?" in ann.told(4)
        seven = [words for key, words in APPLICATION.items() if key != "email"][:7]
        ann.replies("\n".join(f"{number}. {words}" for number, words in enumerate(seven, 1)))
        assert "8. Are you a member of ALA? (Yes / No)" in ann.told(5)
        ann.replies("8. no\n9. none\n10. no")
        assert any(line.startswith("Please check your application.") for line in ann.told(6))
        ann.replies("1")
        assert ann.told(7)[0].startswith("Thank you, your application is in.")
        assert running.stop()[0] == 0
    assert mail_server.lies(us.partition("@")[0]) == []
    assert len(mail_server.lies(us.partition("@")[0], "Processed")) == 7


def test_a_greylisted_mail_comes_later_and_a_refused_address_is_given_up(
    mail_server: MailServer, tmp_path: Path
) -> None:
    us = f"lssc{next(NUMBERS)}@{BOX}"
    slow, gone = Person(mail_server, us), Person(mail_server, us)
    mail_server.refuses(**{slow.name: "450 4.2.0 greylisted, come again", gone.name: "550 5.1.1 no such user"})
    with service(mail_server, tmp_path, us) as running:
        slow.writes("help")
        gone.writes("help")
        wait_for(lambda: any("for good" in str(line) for line in running.log()) and _put_off(running))
        assert (slow.mails(), gone.mails()) == ([], [])
        mail_server.refuses()
        assert slow.told(1)
    assert gone.mails() == []


def _put_off(running: Service) -> bool:
    return any("for now" in str(line) for line in running.log())


def test_a_server_that_wants_encryption_gets_it(mail_server: MailServer, tmp_path: Path) -> None:
    us = f"lssc{next(NUMBERS)}@{BOX}"
    ann = Person(mail_server, us)
    encrypted = {
        "LSSC_SMTP_URL": f"smtp+starttls://localhost:{mail_server.tls}",
        "SSL_CERT_FILE": str(mail_server.certificate),
    }
    with service(mail_server, tmp_path, us, **encrypted):
        ann.writes("help")
        assert ann.told(1)


def test_two_assistants_that_write_to_each_other_stop(mail_server: MailServer, tmp_path: Path) -> None:
    mail_server.forget()  # what earlier tests left for that domain
    one, two = f"lssc{next(NUMBERS)}@{BOX}", f"lssc@{DIRECT}"
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with (
        service(mail_server, tmp_path / "one", one) as first,
        service(mail_server, tmp_path / "two", two, LSSC_LMTP_LISTEN=f"127.0.0.1:{mail_server.ours}") as second,
    ):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = (
            two,
            one,
            "Hello",
            f"<{time.monotonic_ns()}@x.test>",
        )
        mail.set_content("How much is the application fee?")
        mail_server.send(mail, one, sender=two)
        wait_for(lambda: "email" in str(_sent(first)), 30)
        time.sleep(5)
        assert (_sent(first).get("sent"), _sent(second).get("sent", 0)) == (1, 0)


def _sent(running: Service) -> dict[str, float]:
    """Mails by what became of them."""
    lines = [line for line in running.get("/metrics")[1].splitlines() if line.startswith("lssc_deliveries_total{")]
    found = {
        line.partition('result="')[2].partition('"')[0]: float(line.rsplit(" ", 1)[1])
        for line in lines
        if 'channel="email"' in line
    }
    return {**found, "email": 1} if found else {}


@pytest.mark.parametrize(
    "shape", [b"From: " + b"(" * 300 + b"\r\n\r\nx", b"\xff" * 2000, b"Content-Type: multipart/mixed\r\n\r\n"]
)
def test_odd_mails_are_put_aside(mail_server: MailServer, tmp_path: Path, shape: bytes) -> None:
    us = f"lssc{next(NUMBERS)}@{BOX}"
    ann = Person(mail_server, us)
    with service(mail_server, tmp_path, us):
        ann.hands_in(shape, us)
        ann.writes("help")
        assert ann.told(1)
        wait_for(lambda: mail_server.lies(us.partition("@")[0]) == [])
