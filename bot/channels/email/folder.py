"""Writes outgoing mail as .eml files into a folder, where no mail server is set."""

import asyncio
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from bot.channels.channel import DeliveryError, Whole
from flows.dialog.speech import Choice, Outbound

SUBJECT = "Library Support Staff Certification"
SENDER = "LSSC Assistant <lssc@localhost>"


@dataclass(frozen=True)
class MailFolder(Whole):
    """The channel `email`: each message one file; the same message again replaces its own file."""

    folder: Path
    clock: Callable[[], datetime]
    sender: str = SENDER
    name: str = "email"

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:  # noqa: ARG002
        """Writes the file on a thread, because a disk may be slow. A mail cannot be changed, so a change is a mail."""
        try:
            mail = compose(self.sender, address, message, reference, self.clock())
        except (ValueError, MessageError) as error:
            raise DeliveryError(f"not a mail address: {error}", permanent=True) from error
        try:
            await asyncio.to_thread(write, self.folder, f"{reference}.eml", mail.as_bytes(policy=SMTP))
        except OSError as error:
            raise DeliveryError(f"{self.folder} cannot be written: {error.strerror}", permanent=False) from error
        return str(mail["Message-ID"])


def compose(sender: str, address: str, message: Outbound, reference: str, now: datetime) -> EmailMessage:
    """The mail for a message; its Message-ID is made of the reference, so that a repeated mail carries the same."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = address
    mail["Subject"] = " ".join(message.subject.split()) or SUBJECT
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{reference}@{sender.rpartition('@')[2].rstrip('> ') or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body(message))
    return mail


def body(message: Outbound) -> str:
    """The text, with the choices as a numbered list and how to answer."""
    if not message.choices:
        return f"{message.text}\n"
    listed = "\n".join(f"{number}. {choice.label}" for number, choice in enumerate(message.choices, start=1))
    return f"{message.text}\n\n{listed}\n\n{_how(message.choices)}\n"


def _how(choices: tuple[Choice, ...]) -> str:
    numbers = [str(number) for number in range(1, len(choices) + 1)]
    return f"Reply with {' or '.join([', '.join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)}."


def write(folder: Path, name: str, content: bytes) -> None:
    """A reader sees the whole file or none, also after a crash."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(folder / name)
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)  # or a power cut may undo the new name, though not the content
        finally:
            os.close(opened)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
