"""Takes messages from the outbox to their channels: in order for each address, many addresses at a time."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

from bot.channels.channel import Channel, DeliveryError
from bot.writer import Writer
from handlers import deliveries
from handlers.letters import decode
from storage import outbox
from storage.database import Work
from storage.outbox import Letter

log = logging.getLogger("lssc.delivery")

LONGEST = 600.0
AT_ONCE = 16


class Delivery:
    """`deliver` sends a turn's letters at once; `run` looks for those left behind, every few seconds and when woken."""

    def __init__(self, writer: Writer, channels: Mapping[str, Channel], *, every: float = 3.0) -> None:
        self._writer, self._channels, self._every = writer, channels, every
        self._queues: dict[int, deque[Letter]] = {}
        self._lanes: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._woken = asyncio.Event()
        self._stopping = False

    def deliver(self, letters: Iterable[Letter]) -> None:
        """Starts sending letters leased to this process; those of channels that it does not have are left alone."""
        for letter in letters:
            if letter.channel not in self._channels:
                continue
            if letter.address_id in self._queues:
                self._queues[letter.address_id].append(letter)
                continue
            self._queues[letter.address_id] = deque([letter])
            lane = asyncio.create_task(self._lane(letter.address_id))
            self._lanes.add(lane)
            lane.add_done_callback(self._lanes.discard)

    def wake(self) -> None:
        """Lets `run` look now."""
        self._woken.set()

    async def run(self) -> None:
        """Sends what was left behind, until stopped."""
        while not self._stopping:
            self._woken.clear()
            try:
                found = await self.sweep()
            except Exception:
                log.exception("the outbox could not be read; trying again in %s s", self._every)
                found = 0
            if not found:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._every)

    async def sweep(self) -> int:
        """Starts sending what waits and is leased to nobody; how many letters.

        Never more than can be sent at once, or a long queue would outlive its leases.
        """
        room = AT_ONCE - len(self._lanes)
        if room <= 0:
            return 0
        letters = await self._writer.work(lambda work: outbox.claim(work, room, self._channels))
        self.deliver(letters)
        return len(letters)

    async def settled(self) -> None:
        """Returns when everything at hand was sent or put off."""
        while self._lanes:
            await asyncio.gather(*self._lanes, return_exceptions=True)

    async def stop(self, within: float = 5.0) -> None:
        """Finishes the sends at hand, at most `within` seconds, and frees what was not begun."""
        self._stopping = True
        self.wake()
        if self._lanes:
            _, hanging = await asyncio.wait(self._lanes, timeout=within)
            for lane in hanging:
                lane.cancel()
        freed = [letter for queue in self._queues.values() for letter in queue]
        if freed:
            await self._writer.work(lambda work: [_free(work, letter) for letter in freed])

    async def _lane(self, address_id: int) -> None:
        queue = self._queues[address_id]
        try:
            while not self._stopping and (letter := await self._next(queue, address_id)):
                async with self._places:
                    went = await self._send(letter)
                if not went:
                    break
        except Exception:
            log.exception("a lane of the delivery failed; its letters are claimed again when their lease ends")
        finally:
            if not self._stopping or not queue:
                del self._queues[address_id]

    async def _next(self, queue: deque[Letter], address_id: int) -> Letter | None:
        if not queue and (letter := await self._writer.work(lambda work: outbox.claim_for(work, address_id))):
            queue.appendleft(letter)
        return queue.popleft() if queue else None

    async def _send(self, letter: Letter) -> bool:
        """Whether the next letter of the address may follow."""
        try:
            await self._channels[letter.channel].send(letter.address, decode(letter.body), reference(letter))
        except DeliveryError as error:
            return await self._failed(letter, error)
        except (ValueError, TypeError, KeyError) as error:
            return await self._failed(letter, DeliveryError(f"unreadable: {type(error).__name__}", permanent=True))
        except Exception as error:
            log.exception("the channel %s failed in a way it should not", letter.channel)
            return await self._failed(letter, DeliveryError(type(error).__name__, permanent=False))
        return await self._writer.work(lambda work: outbox.sent(work, letter))

    async def _failed(self, letter: Letter, error: DeliveryError) -> bool:
        log.warning("message %d to %s was not taken: %s", letter.id, letter.channel, error)
        if error.permanent:
            await self._writer.work(lambda work: _give_up(work, letter, str(error)))
            self.wake()
            return True
        pause = timedelta(seconds=delay(letter.attempts, error.retry_after))
        await self._writer.work(lambda work: outbox.later(work, letter, work.now + pause, str(error)))
        return False


def reference(letter: Letter) -> str:
    """A name for this very message: the same at every attempt, and another one in another database."""
    told = f"{letter.channel}\n{letter.address}\n{letter.body}"
    return f"{letter.id:08d}-{sha256(told.encode()).hexdigest()[:12]}"


def delay(attempts: int, retry_after: float | None) -> float:
    """Seconds until the next attempt: doubling, spread by chance, and never less than the vendor asked for."""
    spread = min(2.0 ** min(attempts, 16), LONGEST) * secrets.SystemRandom().uniform(0.5, 1.0)
    return max(spread, retry_after or 0.0)


def _give_up(work: Work, letter: Letter, error: str) -> None:
    if outbox.failed(work, letter, error):
        deliveries.undeliverable(work, letter, error)


def _free(work: Work, letter: Letter) -> bool:
    return outbox.later(work, letter, work.now, "")
