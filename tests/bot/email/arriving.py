"""Somebody who takes mail and tells what of it, and how the parts are run around him."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from itertools import count
from pathlib import Path

from bot import clock
from bot.channels.email.taking import Taken
from bot.parts import Part
from bot.writer import Writer, writer
from storage.database import prepared

NUMBERS = count(1)


@dataclass
class Books:
    """Commits the subject of each mail once; what the first word of the subject says, happens."""

    known: dict[str, Taken] = field(default_factory=dict)
    committed: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)
    came: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    healthy: bool = True
    at_hand: int = 0

    async def take(self, raw: bytes, recipient: str = "") -> Taken:
        head = message_from_bytes(raw[:4000])
        subject, number = str(head["Subject"]), f"{head['Message-ID'] or raw!r} {recipient}"
        self.came[subject] += 1
        self.order.append(subject)
        if subject.startswith("boom") and (recipient in ("", "boom+here@direct.test")):
            raise RuntimeError("a fault of ours")
        if not self.healthy:
            raise OSError(28, "No space left on device")
        if number not in self.known:
            self.at_hand += 1
            await asyncio.sleep(0.6 if subject.startswith("slow") else 0)
            self.at_hand -= 1
            self.known[number] = "ignored" if subject.startswith("robot") else "processed"
            self.committed.append(subject)
            self.recipients.append(recipient)
            self.raws.append(raw)
        return self.known[number]


@dataclass(frozen=True)
class Ledger:
    """Commits to a file, each subject once; dies without a word right after the commit of "killed here"."""

    path: Path

    async def take(self, raw: bytes, recipient: str = "") -> Taken:
        subject = str(message_from_bytes(raw)["Subject"])
        written = self.path.read_text().splitlines() if self.path.exists() else []
        if subject not in written:
            with self.path.open("a") as file:
                file.write(f"{subject}\n")
            if subject == "killed here":
                os.kill(os.getpid(), signal.SIGKILL)
        return "processed"


def mail(subject: str, text: str = "Hello.", to: str = "bot@box.test") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ann <ann@box.test>", to, subject
    message["Message-ID"] = f"<{next(NUMBERS)}@box.test>"
    message.set_content(text)
    return message


def as_sent(subject: str) -> bytes:
    return mail(subject).as_bytes().replace(b"\n", b"\r\n")


@asynccontextmanager
async def opened(url: str, owner: str = "this process") -> AsyncIterator[Writer]:
    turns = writer(prepared(url, owner, upgrade=False), clock.now)
    try:
        yield turns
    finally:
        turns.close()


@asynccontextmanager
async def running(*parts: Part) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(part.run()) for part in parts]
    try:
        yield
    finally:
        for part in parts:
            await part.stop()
        await asyncio.wait_for(asyncio.gather(*tasks), 10)


async def until(so: Callable[[], object], seconds: float = 10.0) -> float:
    """Waits until it is so; the seconds that took."""
    begun = time.monotonic()
    while not await asyncio.to_thread(so):
        assert time.monotonic() - begun < seconds, "it did not happen in time"
        await asyncio.sleep(0.02)
    return time.monotonic() - begun
