"""What comes back to the real service: a bounce of Postfix's own, a note of absence, STOP, and a mail program's one click."""

import email
import smtplib
import sqlite3
import time
import urllib.request
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from bot.channels.email.return_paths import ReturnPaths
from bot.channels.email.tokens import Token
from tests.bot.email.test_service_mail import Person, service
from tests.bot.serving import wait_for
from tests.vendors.mailserver import BOX, DIRECT, MailServer

US = f"lssc@{DIRECT}"
GONE = f"gone&away@{BOX}"  # Postfix takes mail for it; Dovecot knows no such user, because of the sign in the name


def test_what_comes_back_to_the_service_is_acted_on(mail_server: MailServer, tmp_path: Path) -> None:
    mail_server.forget()
    ann = Person(mail_server, US)
    pages = {"LSSC_PUBLIC_URL": "https://lssc.example.org"}
    with service(mail_server, tmp_path, US, LSSC_LMTP_LISTEN=f"127.0.0.1:{mail_server.ours}", **pages) as running:
        database = tmp_path / "lssc.db"
        _write(mail_server, GONE, "help")  # our answer comes back by Postfix itself
        wait_for(lambda: _rows(database, "select kind from desk_item") == [("undeliverable",)])
        assert '"status": "5.1.1", "hard": true' in str(_rows(database, "select details from audit"))
        ann.writes("help")
        assert ann.told(1)
        ann.hands_in(_absence(ann), _back(ann))
        wait_for(lambda: _away(database, ann.address) == [("2026-12-18",)])
        ann.replies("STOP\n\nSent from my iPhone")
        assert ann.told(2)[0].startswith("You get no more reminders of what is not finished.")
        ann.replies("start reminders")
        ann.told(3)
        assert _rows(database, "select kind from unwanted") == []
        page = running.url(_page(database, ann.address))
        with urllib.request.urlopen(page, timeout=10) as shown:  # noqa: S310
            assert "<button" in shown.read().decode()
        assert _rows(database, "select kind from unwanted") == []
        with urllib.request.urlopen(page, b"List-Unsubscribe=One-Click", timeout=10) as done:  # noqa: S310
            assert "You get no more reminders" in done.read().decode()
        assert _rows(database, "select kind from unwanted") == [("reminders",)]
        assert running.stop()[0] == 0
    assert len(ann.mails()) == 3  # nobody answered the note of absence


def _write(server: MailServer, sender: str, words: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = (
        sender,
        US,
        "LSSC",
        f"<{time.monotonic_ns()}@x.test>",
    )
    mail.set_content(words)
    with smtplib.SMTP("127.0.0.1", server.smtp, timeout=10) as client:
        client.sendmail(sender, [US], bytes(mail))


def _back(person: Person) -> str:
    """The reply address of our last mail."""
    return str(email.message_from_bytes(person.mails()[-1], policy=default)["Reply-To"].addresses[0].addr_spec)


def _absence(person: Person) -> bytes:
    """As an Exchange server writes it, to the reply address of our last mail."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = person.address, _back(person), "Automatic reply: LSSC"
    mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"] = "auto-replied", "All"
    mail["Message-ID"] = f"<{time.monotonic_ns()}@away.test>"
    mail.set_content("I am out of the office until 18 December 2026. In urgent cases please call the circulation desk.")
    return bytes(mail)


def _page(database: Path, address: str) -> str:
    """The page that List-Unsubscribe of a reminder to that address would name."""
    [(address_id, letter_id)] = _rows(
        database,
        "select address.id, max(outbox.id) from address join outbox on outbox.address_id = address.id where address = ?",
        address,
    )
    paths = ReturnPaths("lssc", DIRECT, b"a key of at least thirty-two characters", "https://lssc.example.org")
    return paths.unsubscribe("reminders", Token(address_id, letter_id))[1].removeprefix("https://lssc.example.org")


def _away(database: Path, address: str) -> list[tuple[Any, ...]]:
    return _rows(
        database,
        "select away_until from person join address on address.person_id = person.id where address = ?",
        address,
    )


def _rows(database: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database, timeout=10)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()
