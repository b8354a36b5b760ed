"""Reads our mailbox, by one process at a time, and moves each mail once what it changed is committed."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import TypeVar

from bot import clock
from bot.alone import Alone
from bot.channels.email.aside import aside
from bot.channels.email.imap_entrance import OUT_OF_REACH, MailboxLost
from bot.channels.email.imap_session import ImapSession, MailUnreadable
from bot.channels.email.mailbox import Mailbox
from bot.channels.email.taking import LONGEST_TURN, Taken, Taker, taken
from bot.channels.email.waiting import Waiting, Waits, growing
from bot.trouble import CommandError, its_own
from bot.writer import Writer

log = logging.getLogger("lssc.email")

T = TypeVar("T")

FOLDERS: dict[Taken, str] = {"processed": "Processed", "ignored": "Ignored", "failed": "Failed"}
TRIES = 3  # of a mail that fails for a reason of its own
LOSSES = 6  # in a row, and the part is said to have failed; the supervisor goes on trying


class NotNow(Exception):
    """Something around us, such as the database, keeps all mails from being taken."""


@dataclass(frozen=True)
class Limits:
    """In seconds: for which a lease is ours, between two looks where the server reports news by itself and where it
    does not, for one answer of the server, for one turn, before the second try of anything, and for the server's last
    answer once we are stopped."""

    lease: float = 20.0
    idle: float = 240.0  # servers end a connection after half an hour, and routers forget it sooner
    poll: float = 10.0
    answer: float = 30.0
    turn: float = LONGEST_TURN
    pause: float = 1.0
    last: float = 1.0
    steady: float = 60.0  # a connection that lasted so long was no failure


class Imap:
    """The part `email`."""

    name = "email"

    def __init__(
        self,
        mailbox: Mailbox,
        taker: Taker,
        writer: Writer,
        limits: Limits | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._mailbox, self._taker, self._limits, self._trust = mailbox, taker, limits or Limits(), trust
        name = f"imap {mailbox.user} {mailbox.host} {mailbox.folder}"
        self._alone = Alone(writer, name, timedelta(seconds=self._limits.lease))
        self._stopping, self._stopped = asyncio.Event(), Event()
        self._waiting = Waiting()

    async def run(self) -> None:
        """Raises CommandError when the server does not let us in, or cannot be reached for half a minute."""
        await self._alone.run(self._read, self._stopping)

    async def stop(self) -> None:
        self._stopping.set()
        self._stopped.set()

    async def _read(self) -> None:
        losses = 0
        while not self._stopping.is_set():
            begun = clock.seconds()
            try:
                await self._connected()
            except MailboxLost as error:
                losses = 1 if clock.seconds() - begun > self._limits.steady else losses + 1
                if self._stopping.is_set():
                    return
                if losses >= LOSSES:
                    user, host = self._mailbox.user, self._mailbox.host
                    raise CommandError(OUT_OF_REACH.format(user=user, host=host, told=error)) from error
                log.warning("the connection to the mailbox was lost, and is opened again: %s", error)
                await self._pause(growing(losses, self._limits.pause))

    async def _connected(self) -> None:
        """One connection, from its beginning to its end."""
        session = ImapSession(self._mailbox, self._trust, self._limits.answer)
        try:
            count = await self._asked(session.open)
            log.info("the mailbox is open: %d mails; %s", count, "IDLE" if session.idles else "polling")
            self._waiting.begin(session.validity)
            await self._served(session)
            await self._asked(session.close)
        except BaseException:
            session.hang_up()  # a thread may still wait for an answer
            raise
        finally:
            session.release()

    async def _served(self, session: ImapSession) -> None:
        troubles = 0
        while not self._stopping.is_set():
            try:
                await self._round(session)
            except NotNow:
                troubles += 1
                await self._pause(growing(troubles, self._limits.pause))
                continue
            troubles = 0
            await self._until_news(session)

    async def _until_news(self, session: ImapSession) -> None:
        seconds = self._limits.idle if session.idles else self._limits.poll
        seconds = self._waiting.pause(clock.seconds(), seconds)
        if session.idles:
            await self._asked(lambda: session.news(seconds, self._stopped))
        else:
            await self._pause(seconds)

    async def _round(self, session: ImapSession) -> None:
        """Each mail that is due, in the order in which they came."""
        self._waiting.note(await self._asked(lambda: session.listed(self._waiting.next_uid)))
        for mail in self._waiting.due(clock.seconds()):
            if self._stopping.is_set():
                return
            try:
                await self._one(session, mail)
            except MailboxLost:
                mail.lose(clock.seconds(), self._limits.pause)
                raise

    async def _one(self, session: ImapSession, mail: Waits) -> None:
        """Moved only once it was acted on; one that cannot be moved is not acted on again."""
        if mail.taken is None:
            mail.taken = await self._verdict(session, mail)
        if mail.taken is None:
            return
        if await self._asked(lambda: session.move(mail.uid, FOLDERS[mail.taken or "failed"])):
            self._waiting.gone(mail)
        else:
            mail.stay(clock.seconds(), self._limits.pause)
            log.warning("mail %d cannot be moved to %s, and stays for now", mail.uid, FOLDERS[mail.taken])

    async def _verdict(self, session: ImapSession, mail: Waits) -> Taken | None:
        """What was made of it; None when it comes again, or is not there any more. Raises NotNow."""
        try:
            raw = await self._asked(lambda: session.content(mail.uid))
            if raw is None:
                self._waiting.gone(mail)
                return None
            return await taken(self._taker, raw, within=self._limits.turn)
        except MailboxLost:
            raise
        except Exception as error:
            if not its_own(error):
                log.warning("mail cannot be taken now: %s", type(error).__name__, exc_info=error)
                raise NotNow from error
            return self._failed(mail, error)

    def _failed(self, mail: Waits, error: Exception) -> Taken | None:
        mail.fail(clock.seconds(), self._limits.pause)
        told = f"the server does not give it: {error}" if isinstance(error, MailUnreadable) else type(error).__name__
        log.warning("mail %d was not taken, try %d of %d: %s", mail.uid, mail.failures, TRIES, told, exc_info=error)
        return "failed" if mail.failures >= TRIES else None

    async def _asked(self, ask: Callable[[], T]) -> T:
        """What the session answers. Once we are stopped the server has a moment for that, then it is left alone."""
        asking, stopped = asyncio.ensure_future(aside(ask)), asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({asking, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                await asyncio.wait({asking}, timeout=self._limits.last)
            if not asking.done():
                raise MailboxLost("we were stopped")
            return asking.result()
        finally:
            for each in (asking, stopped):
                each.cancel()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
