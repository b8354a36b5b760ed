"""Writes outgoing mail as .eml files into a folder, where no mail server is set."""

import asyncio
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.channels.channel import Whole
from bot.channels.email.composing.letterhead import Letterhead
from bot.channels.email.composing.mail import Mail
from bot.channels.email.refusals import composed, unwritten
from flows.dialog.speech import Outbound


@dataclass(frozen=True)
class MailFolder(Whole):
    """The channel `email`: each message one file; the same message again replaces its own file."""

    folder: Path
    clock: Callable[[], datetime]
    letterhead: Letterhead
    name: str = "email"

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:  # noqa: ARG002
        """Works on a thread, because a disk may be slow. A mail cannot be changed, so a change is a mail."""
        mail = await asyncio.to_thread(self._laid_down, address, message, reference)
        return mail.message_id

    async def close(self) -> None:
        """Nothing is held open."""

    def _laid_down(self, address: str, message: Outbound, reference: str) -> Mail:
        mail = composed(self.letterhead, address, message, reference, self.clock())
        try:
            write(self.folder, f"{reference}.eml", mail.content)
        except OSError as error:
            raise unwritten(self.folder, error) from error
        return mail


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
