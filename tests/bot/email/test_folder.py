"""Outgoing mail as files."""

import asyncio
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest

from bot.channels.channel import DeliveryError
from bot.channels.email.composing.letterhead import SENDER, Letterhead, letterhead
from bot.channels.email.folder import MailFolder
from flows.dialog.speech import Choice, Outbound
from tests.bot.edge import NOON
from tests.bot.email.heads import KEY, form

CHOICES = (Choice("a", "Accept"), Choice("b", "Decline"), Choice("c", "Later"))
HEAD = letterhead(SENDER, "", lambda: KEY)


def mail(path: Path) -> EmailMessage:
    return cast(EmailMessage, email.message_from_bytes(path.read_bytes(), policy=email.policy.default))


def send(folder: Path, message: Outbound, address: str = "a@example.org", head: Letterhead = HEAD) -> str:
    return asyncio.run(MailFolder(folder, lambda: NOON, head).send(address, message, "00000007.5-ab"))


def test_a_message_becomes_a_file_that_mail_programs_read(tmp_path: Path) -> None:
    name = send(tmp_path / "new", Outbound("Café?", CHOICES[:2], subject="Your\nreview"))
    read = mail(tmp_path / "new" / "00000007.5-ab.eml")
    headers = {name: read[name] for name in ("From", "To", "Subject", "Date", "Message-ID")}
    assert headers == {
        "From": "LSSC Assistant <lssc@localhost>",
        "To": "a@example.org",
        "Subject": "Your review",
        "Date": "Fri, 20 Nov 2026 18:00:00 +0000",
        "Message-ID": "<00000007.5-ab@localhost>",
    }
    assert name == read["Message-ID"]
    assert form(read, "plain") == "Café?\n\n1. Accept\n2. Decline\n\nReply with 1 or 2.\n"


def test_three_choices_are_all_named(tmp_path: Path) -> None:
    send(tmp_path, Outbound("What now?", CHOICES))
    assert form(mail(tmp_path / "00000007.5-ab.eml"), "plain").endswith("\n\nReply with 1, 2 or 3.\n")


def test_the_same_message_again_replaces_its_own_file(tmp_path: Path) -> None:
    send(tmp_path, Outbound("Hello"))
    first = (tmp_path / "00000007.5-ab.eml").read_bytes()
    send(tmp_path, Outbound("Hello"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"00000007.5-ab.eml": first}


def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file, not a folder")
    with pytest.raises(DeliveryError) as caught:
        send(tmp_path / "mail", Outbound("Hello"))
    assert not caught.value.permanent


def test_what_is_no_address_is_never_tried_again(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError) as caught:
        send(tmp_path, Outbound("Hello"), address="a@b\nBcc: everybody@example.org")
    assert (caught.value.permanent, list(tmp_path.iterdir())) == (True, [])


def test_a_key_that_cannot_be_read_is_tried_again_later(tmp_path: Path) -> None:
    def no_key() -> bytes:
        raise PermissionError(13, "Permission denied", "lssc.db-key")

    with pytest.raises(DeliveryError, match=r"lssc.db-key: Permission denied") as caught:
        send(tmp_path, Outbound("Hello"), head=letterhead(SENDER, "", no_key))
    assert (caught.value.permanent, list(tmp_path.iterdir())) == (False, [])
