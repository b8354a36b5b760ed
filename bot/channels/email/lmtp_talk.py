"""What a mail server and we say to each other when it hands mail in (LMTP, RFC 2033)."""

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.channels.email.recipients import Ours
from bot.channels.email.taking import Taker, taken
from bot.channels.email.wire import Wire

log = logging.getLogger("lssc.email")

SENDER, RECIPIENT = (re.compile(rf"{word}:\s*<([^<>\x00-\x1f\x7f]*)>(.*)", re.IGNORECASE) for word in ("FROM", "TO"))
SIZE = re.compile(r"\bSIZE=([0-9]{1,18})(?![0-9])", re.IGNORECASE)
RECIPIENTS, MISTAKES = 100, 20  # of a mail, of a connection

TAKEN = "250 2.0.0 Taken"
NOT_NOW = "451 4.3.0 It could not be taken now; please bring it again"
STOPPING = "421 4.3.2 We are stopping; please come again"
TOO_LARGE = "552 5.3.4 A mail may have {largest} bytes"
UNKNOWN = "550 5.1.1 There is no such address here"
TOO_MANY = "452 4.5.3 Enough recipients; please bring the others in another mail"
GREET, ORDER = "503 5.5.1 Say LHLO first", "503 5.5.1 Not now: MAIL, then RCPT, then DATA"
WRONG, LONG = "501 5.5.4 That is not how it is written", "500 5.5.2 That line is too long"
STRANGE, ENOUGH = "500 5.5.2 There is no such command here", "421 4.7.0 Too many mistakes"


@dataclass(frozen=True)
class Desk:
    """What all connections share; sizes in bytes, times in seconds. `stopping` says whether we are."""

    taker: Taker
    ours: Ours
    host: str
    largest: int
    turn: float
    stopping: Callable[[], bool]


@dataclass
class Talk:
    """One connection. `at_hand` while a mail is being acted on, which must not be broken off."""

    desk: Desk
    wire: Wire
    at_hand: bool = False
    greeted: bool = False
    sender: str | None = None
    recipients: list[str] = field(default_factory=list)
    mistakes: int = 0

    async def go(self) -> None:
        """Until either side takes leave. Raises Gone."""
        await self.wire.say(f"220 {self.desk.host} LMTP lssc-assistant")
        while not self.desk.stopping():
            if self.mistakes > MISTAKES:
                await self.wire.say(ENOUGH)
                return
            line = await self.wire.line()
            word, _, rest = (line or "").partition(" ")
            if word.upper() == "QUIT":
                await self.wire.say("221 2.0.0 Goodbye")
                return
            answer = LONG if line is None else await self._heard(word.upper(), rest.strip())
            self.mistakes += answer in (LONG, STRANGE, WRONG)
            if answer:
                await self.wire.say(answer)
        await self.wire.say(STOPPING)

    async def _heard(self, word: str, rest: str) -> str:
        """One answer; empty where all is said already."""
        if word in ("MAIL", "RCPT", "DATA") and not self.greeted:
            return GREET
        known: dict[str, Callable[[str], Awaitable[str]]] = {
            "LHLO": self._lhlo, "MAIL": self._mail, "RCPT": self._rcpt, "DATA": self._data,
            "RSET": self._rset, "NOOP": self._noop, "VRFY": self._vrfy,
        }  # fmt: skip
        return await known[word](rest) if word in known else STRANGE

    async def _lhlo(self, name: str) -> str:
        if not name:
            return WRONG
        self._forget()
        self.greeted = True
        offers = ("PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8")
        await self.wire.say(f"250-{self.desk.host}", *(f"250-{each}" for each in offers))
        return f"250 SIZE {self.desk.largest}"

    async def _mail(self, rest: str) -> str:
        found, size = SENDER.match(rest), SIZE.search(rest)
        if self.sender is not None:
            return ORDER
        if found is None:
            return WRONG
        if size is not None and int(size[1]) > self.desk.largest:
            return TOO_LARGE.format(largest=self.desk.largest)
        self.sender = found[1]
        return "250 2.1.0 Go on"

    async def _rcpt(self, rest: str) -> str:
        found = RECIPIENT.match(rest)
        if self.sender is None:
            return ORDER
        if found is None:
            return WRONG
        if not self.desk.ours(found[1]):
            return UNKNOWN
        if len(self.recipients) >= RECIPIENTS:
            return TOO_MANY
        self.recipients.append(found[1])
        return "250 2.1.5 Known here"

    async def _data(self, rest: str) -> str:
        if rest:
            return WRONG
        if self.sender is None or not self.recipients:
            return ORDER
        await self.wire.say("354 Go on, and end with a dot")
        content = await self.wire.mail(self.desk.largest)
        self.at_hand = True
        try:
            await self.wire.say(*[await self._taken(content, each) for each in self.recipients])
        finally:
            self.at_hand = False
            self._forget()
        return ""

    async def _taken(self, content: bytes | None, recipient: str) -> str:
        """The answer for one recipient; the good one only after the commit."""
        if content is None:
            return TOO_LARGE.format(largest=self.desk.largest)
        if self.desk.stopping():
            return NOT_NOW
        path = f"Return-Path: <{self.sender}>\r\n".encode(
            "utf-8", "surrogateescape"
        )  # RFC 5321: whoever delivers adds it
        try:
            result = await taken(self.desk.taker, path + content, recipient, self.desk.turn)
        except Exception as error:
            log.warning("mail was not taken and comes again: %s", type(error).__name__, exc_info=error)
            return NOT_NOW
        log.info("mail was handed in: %s", result)
        return TAKEN

    async def _rset(self, _rest: str) -> str:
        self._forget()
        return "250 2.0.0 Forgotten"

    async def _noop(self, _rest: str) -> str:
        return "250 2.0.0 Here"

    async def _vrfy(self, _rest: str) -> str:
        return "252 2.5.0 Bring a mail, and you will know"

    def _forget(self) -> None:
        self.sender, self.recipients = None, []
