"""Sends mail through a mail server, one mail after the other over one connection."""

import asyncio
import ssl
from collections.abc import Callable
from datetime import datetime

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from bot.channels.channel import DeliveryError, Whole
from bot.channels.email.composing.letterhead import Letterhead
from bot.channels.email.composing.mail import Mail
from bot.channels.email.line import Limits, Line
from bot.channels.email.refusals import CLOSING, Step, composed, refused
from bot.channels.email.servers import Server
from flows.dialog.speech import Outbound

UTF8 = "SMTPUTF8"
NO_UTF8 = "our mail server takes no address with other letters than a to z"


class Smtp(Whole):
    """The channel `email`. While one mail is handed over, the others wait for their turn."""

    name = "email"

    def __init__(
        self,
        server: Server,
        letterhead: Letterhead,
        clock: Callable[[], datetime],
        limits: Limits | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._letterhead, self._clock, self._limits = letterhead, clock, limits or Limits()
        self._line = Line(server, letterhead.sender.domain, self._limits, trust)
        self._turn = asyncio.Lock()

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:  # noqa: ARG002
        """Gives back the Message-ID. A mail cannot be changed, so a change is a mail.

        A connection that breaks while the server takes the mail leaves open whether it did: the mail is then sent again
        with the same Message-ID.
        """
        mail = await asyncio.to_thread(composed, self._letterhead, address, message, reference, self._clock())
        try:
            async with asyncio.timeout(self._limits.whole), self._turn:
                await self._hand_over(mail)
        except TimeoutError as error:
            raise DeliveryError("the mail server takes too long", permanent=False) from error
        return mail.message_id

    async def close(self) -> None:
        """Takes leave of the server."""
        await self._line.close()

    async def _hand_over(self, mail: Mail) -> None:
        try:
            client = await self._begun(mail)
            await client.rcpt(mail.recipient.bare, encoding=_encoding(mail))
            await client.data(mail.content, timeout=self._limits.whole)
        except SMTPResponseException as error:
            if error.code == CLOSING:
                self._line.drop()
            await self._line.begin_anew()
            raise refused(_step(error), error.code, error.message) from error
        except SMTPException as error:
            self._line.drop()
            raise DeliveryError(f"the mail server broke off: {type(error).__name__}", permanent=False) from error
        except BaseException:
            self._line.drop()
            raise
        self._line.keep()

    async def _begun(self, mail: Mail) -> SMTP:
        """The connection, on which the server takes a mail of ours; opened again when the server had ended it."""
        client, is_new = await self._line.taken()
        try:
            await _announce(client, mail)
        except (SMTPServerDisconnected, SMTPSenderRefused) as error:
            if is_new or (isinstance(error, SMTPSenderRefused) and error.code != CLOSING):
                raise
            self._line.drop()
            client, _ = await self._line.taken()
            await _announce(client, mail)
        return client


async def _announce(client: SMTP, mail: Mail) -> None:
    if mail.recipient.needs_utf8 and not client.supports_extension(UTF8):
        raise DeliveryError(NO_UTF8, permanent=True)
    await client.mail(mail.sender, options=[UTF8] if mail.recipient.needs_utf8 else [])


def _encoding(mail: Mail) -> str:
    return "utf-8" if mail.recipient.needs_utf8 else "ascii"


def _step(error: SMTPResponseException) -> Step:
    if isinstance(error, SMTPSenderRefused):
        return "sender"
    return "recipient" if isinstance(error, SMTPRecipientRefused) else "content"
