"""The connection to our mail server: opened when a mail is to go, kept for the next one, ended after a silence."""

import asyncio
import logging
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPResponseException,
    SMTPTimeoutError,
)

from bot.channels.channel import DeliveryError
from bot.channels.email.refusals import PAUSE, status
from bot.channels.email.servers import Server

log = logging.getLogger("lssc.email")

T = TypeVar("T")

FAREWELL = 1.0  # seconds that the server has to answer our leave


@dataclass(frozen=True)
class Limits:
    """In seconds: for one answer of the server, for a mail as a whole (less than a lease), for a silent connection."""

    answer: float = 20.0
    whole: float = 45.0
    idle: float = 30.0


class Line:
    """At most one connection. `ourselves` is what we call ourselves there; `trust` stands for the usual authorities."""

    def __init__(self, server: Server, ourselves: str, limits: Limits, trust: ssl.SSLContext | None = None) -> None:
        self._server, self._ourselves, self._limits, self._trust = server, ourselves, limits, trust
        self._client: SMTP | None = None
        self._silence: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def taken(self) -> tuple[SMTP, bool]:
        """The connection, and whether it is a new one. Raises DeliveryError when the server does not let us in."""
        self._be_patient()
        if self._client is not None and self._client.is_connected:
            return self._client, False
        self.drop()
        self._client = await connected(self._server, self._ourselves, self._limits.answer, self._trust)
        return self._client, True

    def keep(self) -> None:
        """For the next mail, unless there is none for a while."""
        self._be_patient()
        if self._client is not None:
            self._silence = asyncio.get_running_loop().call_later(self._limits.idle, self._leave)

    async def begin_anew(self) -> None:
        """Forgets the mail at hand, which was refused; the connection is as good as before, if it is still there."""
        try:
            if self._client is not None and self._client.is_connected:
                await self._client.rset()
                self.keep()
                return
        except SMTPException:
            log.debug("the connection ended after a refusal")
        self.drop()

    def drop(self) -> None:
        """What was said on it last is not known any more."""
        self._be_patient()
        if self._client is not None:
            self._client.close()
            self._client = None

    async def close(self) -> None:
        """Takes leave of the server."""
        self._leave()
        if self._leaving:
            await asyncio.wait(self._leaving)

    def _leave(self) -> None:
        self._be_patient()
        client, self._client = self._client, None
        if client is not None:
            task = asyncio.get_running_loop().create_task(leave(client))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    def _be_patient(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None


async def connected(server: Server, ourselves: str, patience: float, trust: ssl.SSLContext | None = None) -> SMTP:
    """A connection, encrypted and with our user name as the settings say. Raises DeliveryError, which tells why not."""
    client = SMTP(
        hostname=server.host,
        port=server.port,
        local_hostname=ourselves,
        timeout=patience,
        use_tls=server.way == "tls",
        start_tls=False,  # or it would be tried unasked, and left out silently where a server does not have it
        tls_context=trust,
    )
    try:
        await _enter(client, server)
    except (SMTPException, OSError) as error:
        client.close()
        raise not_let_in(server, error) from error
    except BaseException:
        client.close()
        raise
    return client


async def leave(client: SMTP) -> None:
    """A server that does not answer our leave is left without."""
    with suppress(SMTPException, TimeoutError):
        async with asyncio.timeout(FAREWELL):
            await client.quit()
    client.close()


class _NotOffered(SMTPException):
    """The server does not have what the settings ask of it; the message says what."""


async def _enter(client: SMTP, server: Server) -> None:
    await client.connect()
    await _greet(client)
    if server.way == "starttls":
        if not client.supports_extension("starttls"):
            raise _NotOffered("offers no STARTTLS: LSSC_SMTP_URL may need smtps:// or another port")
        await client.starttls()
        await _greet(client)
    if server.user:
        if not client.supported_auth_methods:
            raise _NotOffered("takes no user name and password this way: change LSSC_SMTP_URL")
        await client.login(server.user, server.password)


async def _greet(client: SMTP) -> None:
    """After it is known what the server can do."""
    try:
        await client.ehlo()
    except SMTPHeloError:
        await client.helo()


def not_let_in(server: Server, error: Exception) -> DeliveryError:
    """Why there is no connection, for whoever runs the assistant; a matter of settings is not tried again at once."""
    told, is_of_settings = _reason(server, error)
    log.error("mail waits: %s", told)
    if is_of_settings:
        return DeliveryError(told, permanent=False, retry_after=PAUSE, by_vendor=True)
    return DeliveryError(told, permanent=False)


def _reason(server: Server, error: Exception) -> tuple[str, bool]:
    certificate = _cause(error, ssl.SSLCertVerificationError)
    if certificate is not None:
        return f"the certificate of {server.shown} is not trusted ({certificate.verify_message})", True
    if _cause(error, ssl.SSLError) is not None:
        return f"{server.shown} does not speak TLS: LSSC_SMTP_URL may need smtp+starttls:// or another port", True
    if isinstance(error, _NotOffered):
        return f"{server.shown} {error}", True
    if isinstance(error, SMTPAuthenticationError):
        told = f"{server.shown} does not take the user name and password of LSSC_SMTP_URL ({_code(error)})"
        return told, error.code >= 500
    if isinstance(error, SMTPResponseException):
        return f"{server.shown} turns us away ({_code(error)})", error.code >= 500
    if isinstance(error, SMTPTimeoutError):
        return f"{server.shown} does not answer", False
    if (cause := _cause(error, OSError)) is not None:
        return f"{server.shown} cannot be reached ({cause.strerror or type(cause).__name__})", False
    return f"{server.shown} hangs up", False


def _code(error: SMTPResponseException) -> str:
    return f"{error.code} {status(error.message)}".strip()


def _cause(error: BaseException | None, kind: type[T]) -> T | None:
    """The first error of this kind among those that led to it, itself among them; aiosmtplib's own are passed over."""
    while error is not None:
        if isinstance(error, kind) and not isinstance(error, SMTPException):
            return error
        error = error.__cause__
    return None
