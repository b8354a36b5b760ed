"""Takes mail directly from our mail server, which keeps each mail until what it changed is committed."""

import asyncio
import logging
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from bot.channels.email.lmtp_talk import STOPPING, Desk, Talk
from bot.channels.email.recipients import Ours
from bot.channels.email.taking import LARGEST, LONGEST_TURN, Taker
from bot.channels.email.wire import Gone, Wire
from bot.trouble import CommandError

log = logging.getLogger("lssc.email")

FULL = "421 4.3.2 Too many connections; please come again"


@dataclass(frozen=True)
class Bounds:
    """In bytes, connections and seconds. A mail of the largest size is held in memory as often as there are
    connections."""

    largest: int = LARGEST
    connections: int = 8
    waits: float = 10.0  # for another connection to end
    patience: float = 300.0  # RFC 5321 asks for five minutes
    turn: float = LONGEST_TURN


class Lmtp:
    """The part `lmtp`."""

    name = "lmtp"

    def __init__(self, listen: tuple[str, int], taker: Taker, ours: Ours, bounds: Bounds | None = None) -> None:
        self._listen, self._bounds = listen, bounds or Bounds()
        self._stopping = asyncio.Event()
        host, stopping = socket.gethostname(), self._stopping.is_set
        self._desk = Desk(taker, ours, host, self._bounds.largest, self._bounds.turn, stopping)
        self._places = asyncio.Semaphore(self._bounds.connections)
        self._talks: dict[asyncio.Task[None], Talk] = {}

    async def run(self) -> None:
        """Raises CommandError when the address cannot be listened on."""
        if self._stopping.is_set():
            return
        host, port = self._listen
        try:
            server = await asyncio.start_server(self._come, host, port)
        except OSError as error:
            raise CommandError(f"{host}:{port} (LSSC_LMTP_LISTEN) cannot be listened on: {error.strerror}") from error
        try:
            await self._stopping.wait()
            server.close()
            await self._finished()
        finally:
            server.close()
            self._break_off(list(self._talks))

    async def stop(self) -> None:
        """What is being acted on is finished and answered; what is only being received stays with its sender."""
        self._stopping.set()

    async def _finished(self) -> None:
        self._break_off([task for task, talk in self._talks.items() if not talk.at_hand])
        await asyncio.gather(*self._talks, return_exceptions=True)

    def _break_off(self, talks: Iterable[asyncio.Task[None]]) -> None:
        for task in talks:
            task.cancel()

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = Wire(reader, writer, self._bounds.patience)
        talk, task = Talk(self._desk, wire), asyncio.current_task()
        if task is None:
            raise RuntimeError("a talk is held by a task")
        self._talks[task] = talk
        try:
            await self._talked(talk, wire)
        except Gone:
            log.debug("a mail server went away in the middle of a talk")
        except asyncio.CancelledError:
            writer.write(f"{STOPPING}\r\n".encode())
        except Exception as error:
            log.exception("a talk with a mail server failed (%s)", type(error).__name__)
        finally:
            del self._talks[task]
            writer.close()

    async def _talked(self, talk: Talk, wire: Wire) -> None:
        try:
            await asyncio.wait_for(self._places.acquire(), self._bounds.waits)
        except TimeoutError:
            await wire.say(FULL)
            return
        try:
            await talk.go()
        finally:
            self._places.release()
