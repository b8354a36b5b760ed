"""A mailbox on loopback that does what Dovecot does not: it lacks what servers lack, refuses, falls silent, hangs up."""

import asyncio
import re
from base64 import b64decode
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

HANGS_UP, SILENT = "hangs up", "silent"
USER, SECRET = "bot@box.test", "secret"


@dataclass
class ImapServer:
    """`told` holds answers for the next times that a command comes; `beside` what is told beside its usual answer.

    `marked` mails are deleted but for the expunging, `damaged` ones not given, and over `deadly` ones it hangs up.
    """

    can: str = "IDLE MOVE UIDPLUS NAMESPACE"
    prefix: str = ""
    secret: str = SECRET
    validity: int = 7
    mails: dict[int, bytes] = field(default_factory=dict)
    marked: set[int] = field(default_factory=set)
    damaged: set[int] = field(default_factory=set)
    deadly: set[int] = field(default_factory=set)
    folders: dict[str, list[bytes]] = field(default_factory=dict)
    told: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    beside: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    heard: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    open: int = 0
    empty: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["ImapServer"]:
        self.empty.set()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await asyncio.wait_for(self.empty.wait(), 5)

    def url(self, user: str = USER, secret: str = SECRET) -> str:
        return f"imap://{user.replace('@', '%40')}:{secret}@localhost:{self.port}"

    def put(self, *mails: bytes) -> None:
        for mail in mails:
            self.mails[next(self.numbers)] = mail
        self.news.set()

    def times(self, command: str) -> int:
        return sum(command in line for line in self.heard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        self.empty.clear()
        try:
            await _Talk(self, reader, writer).go()
        except ConnectionError:
            pass
        finally:
            self.open -= 1
            if not self.open:
                self.empty.set()
            writer.close()


class _Talk:
    """One connection."""

    def __init__(self, server: ImapServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server, self.reader, self.writer, self.tag = server, reader, writer, ""

    async def go(self) -> None:
        if not await self._instead("connection"):
            self._say("* OK here")
        while line := (await self.reader.readline()).decode().rstrip("\r\n"):
            self.tag, _, rest = line.partition(" ")
            self.server.heard.append(rest)
            word, _, rest = rest.removeprefix("UID ").partition(" ")
            if not await self._instead(word):
                answer = await getattr(self, f"_{word.lower()}")(rest)
                if self.server.beside[word]:
                    self._say(self.server.beside[word].popleft())
                self._say(f"{self.tag} {answer or 'OK done'}")

    async def _instead(self, word: str) -> bool:
        """Whether something else is told than usual."""
        told = self.server.told[word].popleft() if self.server.told[word] else ""
        if told == SILENT:
            await self.reader.read()
        if told in (HANGS_UP, SILENT):
            raise ConnectionError
        if told:
            self._say(told if told.startswith(("*", "+")) else f"{self.tag} {told}")
        if told.startswith("* BYE"):
            raise ConnectionError
        return bool(told)

    def _say(self, *lines: str) -> None:
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())

    async def _capability(self, _rest: str) -> None:
        self._say(f"* CAPABILITY IMAP4rev1 {self.server.can}")

    async def _login(self, rest: str) -> None:
        self._judge(rest == f'"{USER}" "{self.server.secret}"')

    async def _authenticate(self, rest: str) -> None:
        self._say("+ ")
        given = b64decode(await self.reader.readline()).decode()
        token = f"user={USER}\1auth=Bearer {self.server.secret}\1\1"
        right = token if rest == "XOAUTH2" else f"\0{USER}\0{self.server.secret}"
        if given != right and rest == "XOAUTH2":
            self._say("+ eyJzdGF0dXMiOiI0MDEifQ==")
            assert await self.reader.readline() == b"\r\n"
        self._judge(given == right)

    def _judge(self, right: bool) -> None:
        if not right:
            self._say(f"{self.tag} NO [AUTHENTICATIONFAILED] Invalid credentials")
            raise ConnectionError

    async def _namespace(self, _rest: str) -> None:
        self._say(f'* NAMESPACE (("{self.server.prefix}" ".")) NIL NIL')

    async def _select(self, _rest: str) -> None:
        self.server.news.clear()
        self._say(f"* {len(self.server.mails)} EXISTS", f"* OK [UIDVALIDITY {self.server.validity}] valid")

    async def _noop(self, _rest: str) -> None:
        pass

    _subscribe = _noop

    async def _create(self, rest: str) -> None:
        self.server.folders[rest.strip('"')] = []

    async def _fetch(self, rest: str) -> str:
        numbers, _, wanted = rest.partition(" ")
        if numbers.endswith(":*"):
            shown = [uid for uid in self.server.mails if uid >= int(numbers[:-2])] or list(self.server.mails)[-1:]
            for uid in shown:
                mark = "\\Deleted" if uid in self.server.marked else ""
                self._say(f"* 1 FETCH (UID {uid} FLAGS ({mark}))")
            return ""
        if int(numbers) in self.server.deadly:
            raise ConnectionError
        if int(numbers) in self.server.damaged:
            return "NO it is damaged"
        if (mail := self.server.mails.get(int(numbers))) is not None:
            limit = re.search(r"<0\.(\d+)>", wanted)
            content = mail[: int(limit[1])] if limit else mail
            self.writer.write(
                b"* 1 FETCH (BODY[]<0> {%d}\r\n%s UID %s)\r\n" % (len(content), content, numbers.encode())
            )
        return ""

    async def _copy(self, rest: str) -> str:
        uid, _, name = rest.partition(" ")
        if name.strip('"') not in self.server.folders:
            return "NO [TRYCREATE] no such folder"
        self.server.folders[name.strip('"')].append(self.server.mails[int(uid)])
        return ""

    async def _move(self, rest: str) -> str:
        refused = await self._copy(rest)
        if not refused:
            del self.server.mails[int(rest.partition(" ")[0])]
        return refused

    async def _store(self, rest: str) -> None:
        self.server.marked.add(int(rest.partition(" ")[0]))

    async def _expunge(self, rest: str) -> None:
        for uid in {int(rest)} & self.server.marked if rest else set(self.server.marked):
            self.server.mails.pop(uid, None)

    async def _idle(self, _rest: str) -> None:
        told = [self.server.beside["+"].popleft()] if self.server.beside["+"] else []
        self._say("+ idling", *told)  # in one piece, so that the second line is read ahead
        news = asyncio.create_task(self.server.news.wait())
        done = asyncio.create_task(self.reader.readline())
        await asyncio.wait({news, done}, return_when=asyncio.FIRST_COMPLETED)
        if news.done():
            self.server.news.clear()
            self._say(f"* {len(self.server.mails)} EXISTS")
        news.cancel()
        if await done != b"DONE\r\n":
            raise ConnectionError

    async def _logout(self, _rest: str) -> None:
        self._say("* BYE goodbye")
