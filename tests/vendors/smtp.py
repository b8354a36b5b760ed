"""A mail server on loopback that takes mails, refuses at any step, falls silent or hangs up, as it is told."""

import asyncio
import ssl
import subprocess
from base64 import b64decode
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

HANGS_UP, SILENT = "hangs up", "silent"


@dataclass(frozen=True)
class Taken:
    """A mail as it was handed over: the envelope, and the bytes with doubled dots undone."""

    sender: str
    recipient: str
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        return cast(EmailMessage, message_from_bytes(self.content, policy=policy.default))


@dataclass
class MailServer:
    """`told` holds answers for the next times that a step comes (`connection`, `EHLO`, `MAIL`, `content`, ...)."""

    certificate: Path | None = None
    tls: bool = False
    wants_starttls: bool = False
    user: tuple[str, str] | None = None
    offers: tuple[str, ...] = ("8BITMIME", "SMTPUTF8")
    told: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    taken: list[Taken] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    empty: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["MailServer"]:
        context = self._context() if self.tls else None
        self.empty.set()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await asyncio.wait_for(self.empty.wait(), 5)

    def url(self, scheme: str = "smtp", user: str = "") -> str:
        return f"{scheme}://{f'{user}@' if user else ''}localhost:{self.port}"

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(str(self.certificate))
        return context

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        self.empty.clear()
        try:
            await _Talk(self, reader, writer, encrypted=self.tls).go()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open -= 1
            if not self.open:
                self.empty.set()
            writer.close()


class _Talk:
    """One connection."""

    def __init__(
        self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, encrypted: bool
    ) -> None:
        self.server, self.reader, self.writer, self.encrypted = server, reader, writer, encrypted
        self.known = server.user is None
        self.sender = self.recipient = ""

    async def go(self) -> None:
        await self._say("connection", "220 ready")
        while line := (await self.reader.readline()).decode().rstrip("\r\n"):
            self.server.heard.append(line)
            word, _, rest = line.partition(" ")
            await getattr(self, f"_{word.lower()}")(rest)

    async def _say(self, step: str, usual: str) -> bool:
        """Whether the answer is the usual one."""
        told = self.server.told[step].popleft() if self.server.told[step] else usual
        if told == SILENT:
            await self.reader.read()
        if told in (HANGS_UP, SILENT):
            raise ConnectionError
        self.writer.write(f"{told}\r\n".encode())
        if told.startswith("421"):
            raise ConnectionError
        return told == usual

    async def _ehlo(self, name: str) -> None:
        offers = ["localhost", *self.server.offers]
        if self.server.certificate and not self.encrypted:
            offers.append("STARTTLS")
        if self.server.user and (self.encrypted or not self.server.wants_starttls):
            offers.append("AUTH PLAIN LOGIN")
        lines = [f"250-{each}" for each in offers[:-1]] + [f"250 {offers[-1]}"]
        await self._say("EHLO", "\r\n".join(lines))

    async def _helo(self, name: str) -> None:
        await self._say("HELO", "250 localhost")

    async def _starttls(self, rest: str) -> None:
        if await self._say("STARTTLS", "220 go on"):
            await self.writer.start_tls(self.server._context())
            self.encrypted = True

    async def _auth(self, rest: str) -> None:
        way, _, given = rest.partition(" ")
        _, user, password = b64decode(given).decode().split("\0") if way == "PLAIN" else ("", "", "")
        right = (user, password) == self.server.user
        self.known = await self._say("AUTH", "235 2.7.0 welcome" if right else "535 5.7.8 wrong") and right

    async def _mail(self, rest: str) -> None:
        if self.sender:
            await self._say("MAIL", "503 5.5.1 Error: nested MAIL command")
        elif self.server.wants_starttls and not self.encrypted:
            await self._say("MAIL", "530 5.7.0 Must issue a STARTTLS command first")
        elif not self.known:
            await self._say("MAIL", "530 5.7.0 Authentication required")
        elif await self._say("MAIL", "250 2.1.0 fine"):
            self.sender = rest.removeprefix("FROM:<").partition(">")[0]

    async def _rcpt(self, rest: str) -> None:
        if not self.sender:
            await self._say("RCPT", "503 5.5.1 Error: need MAIL command")
        elif await self._say("RCPT", "250 2.1.5 fine"):
            self.recipient = rest.removeprefix("TO:<").partition(">")[0]

    async def _data(self, rest: str) -> None:
        if not self.recipient:
            await self._say("DATA", "503 5.5.1 Error: need RCPT command")
        elif await self._say("DATA", "354 go on"):
            await self._content()

    async def _content(self) -> None:
        content = (await self.reader.readuntil(b"\r\n.\r\n"))[:-3]
        taken = Taken(self.sender, self.recipient, content.replace(b"\r\n..", b"\r\n."))
        refused = self.server.told["content"]
        if not refused or refused[0] == HANGS_UP:  # one that hangs up now has taken it already
            self.server.taken.append(taken)
        self.sender = self.recipient = ""
        await self._say("content", "250 2.0.0 taken")

    async def _rset(self, rest: str) -> None:
        self.sender = self.recipient = ""
        await self._say("RSET", "250 2.0.0 fine")

    async def _quit(self, rest: str) -> None:
        await self._say("QUIT", "221 2.0.0 bye")
        raise ConnectionError


def certificate(folder: Path, host: str = "localhost") -> Path:
    """A key and a certificate that it signs itself, in one file."""
    key, own, both = folder / "key.pem", folder / "certificate.pem", folder / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}",
         "-addext", f"subjectAltName=DNS:{host}", "-keyout", str(key), "-out", str(own)],
        check=True, capture_output=True,
    )  # fmt: skip
    both.write_bytes(key.read_bytes() + own.read_bytes())
    return both
