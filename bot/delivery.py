"""Takes messages from the outbox to their channels: in order for each address, many addresses at a time."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, TypeAlias

from bot.channels.channel import Channel, DeliveryError, Pace
from bot.clock import now as real_time
from bot.clock import seconds
from bot.drawing import drawn, with_what_was_made
from bot.fetching import wants_documents
from bot.metrics import Metrics, Uncounted
from bot.writer import Writer
from flows.dialog.speech import Outbound
from handlers.letters import decode
from storage import outbox, pacing, people, wake
from storage.database import Work
from storage.outbox import Letter

log = logging.getLogger("lssc.delivery")

LONGEST = 600.0
LONGEST_WAIT = 20.0  # seconds; a third of a lease
FETCHED = "terminal"  # a terminal fetches its letters itself
AT_ONCE = 16
GaveUp: TypeAlias = Callable[[Work, Letter, str], Sequence[Letter]]
Fetch: TypeAlias = Callable[[Outbound, Work], Outbound]


class Delivery:
    """`gave_up` does what follows when a letter cannot be delivered at all, and gives what is to be sent instead.

    `fetch` puts documents out of the records into a message.

    `deliver` sends a turn's letters at once; `run` looks for those left behind, every few seconds and when woken.
    """

    name = "delivery"

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        gave_up: GaveUp,
        fetch: Fetch,
        *,
        every: float = 3.0,
        gives_back: bool = False,
        metrics: Metrics | None = None,
    ) -> None:
        self._writer, self._channels, self._every, self._gives_back = writer, dict(channels), every, gives_back
        self.gave_up, self.fetch = gave_up, fetch
        self._metrics = metrics or Uncounted()
        self._queues: dict[int, deque[_Leased]] = {}
        self._lanes: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._woken = asyncio.Event()
        self._full = False  # there may be more to send than there is room for
        self._halted = asyncio.Event()

    @property
    def _stopping(self) -> bool:
        return self._halted.is_set()

    def join(self, channel: Channel) -> None:
        """From now on messages of this channel are sent here."""
        self._channels[channel.name] = channel
        self.wake()

    def leave_it_to_others(self) -> None:
        """From now on nothing is sent here: what turns leave is given to other processes at once."""
        self._channels.clear()

    def deliver(self, letters: Iterable[Letter]) -> None:
        """Starts sending letters leased to this process.

        Those of channels that it does not have are left alone, or (`gives_back`) left to other processes at once; so
        are all once it was stopped.
        """
        others = []
        for letter in letters:
            if letter.channel not in self._channels or self._stopping:
                others.append(letter)
            elif letter.address_id in self._queues:
                self._queues[letter.address_id].append(_Leased(letter))
            else:
                self._queues[letter.address_id] = deque([_Leased(letter)])
                self._begin(self._lane(letter.address_id))
        for letter in others if self._gives_back or self._stopping else ():
            if letter.channel != FETCHED:
                self._begin(self._give_back(letter))

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
        letters = await self._writer.work(lambda work: self._claim(work, room)) if room > 0 else []
        self._full = len(letters) >= room
        self.deliver(letters)
        return len(letters)

    def _claim(self, work: Work, most: int) -> list[Letter]:
        paused = pacing.paused(work, list(self._channels), real_time())
        return outbox.claim(work, most, [name for name in self._channels if name not in paused])

    def _begin(self, lane: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(lane)
        self._lanes.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, lane: asyncio.Task[None]) -> None:
        self._lanes.discard(lane)
        if self._full:
            self.wake()

    async def _give_back(self, letter: Letter) -> None:
        await self._writer.work(lambda work: _free(work, letter))

    async def drain(self) -> None:
        """Sends all that may go now; what fails is put off."""
        await self.settled()
        while await self.sweep():
            await self.settled()

    async def settled(self) -> None:
        """Returns when everything at hand was sent or put off."""
        while self._lanes:
            await asyncio.gather(*self._lanes, return_exceptions=True)

    async def stop(self, within: float = 5.0) -> None:
        """Finishes the sends at hand, at most `within` seconds, and frees what was not begun."""
        self._halted.set()
        self.wake()
        if self._lanes:
            _, hanging = await asyncio.wait(self._lanes, timeout=within)
            for lane in hanging:
                lane.cancel()
            if hanging:
                await asyncio.wait(hanging, timeout=1)
        freed = [each.letter for queue in self._queues.values() for each in queue]
        self._queues.clear()
        if freed:
            await self._writer.work(lambda work: [_free(work, letter) for letter in freed])

    async def _lane(self, address_id: int) -> None:
        queue = self._queues[address_id]
        try:
            while not self._stopping and (leased := await self._next(queue, address_id)):
                async with self._places:
                    if self._stopping:
                        break
                    went = await self._is_still_ours(leased) and await self._send(leased.letter)
                queue.popleft()  # until here it is at hand, and freed when this process stops
                if not went:
                    break
        except _Stopped:
            pass
        except Exception:
            log.exception("a lane of the delivery failed; its letters are claimed again when their lease ends")
        finally:
            if not self._stopping:
                del self._queues[address_id]

    async def _next(self, queue: "deque[_Leased]", address_id: int) -> "_Leased | None":
        if not queue and (letter := await self._writer.work(lambda work: outbox.claim_for(work, address_id))):
            queue.append(_Leased(letter))
        return queue[0] if queue else None

    async def _is_still_ours(self, leased: "_Leased") -> bool:
        """Who waited long for a place may have lost the letter to another process, which sends it now."""
        if seconds() - leased.since < LONGEST_WAIT:
            return True
        return await self._writer.work(lambda work: outbox.gone(work, leased.letter, leased.letter.part))

    async def _send(self, letter: Letter) -> bool:
        """Whether the next letter of the address may follow."""
        try:
            went = await self._send_parts(letter)
        except _Stopped:
            raise
        except DeliveryError as error:
            return await self._failed(letter, error)
        except (ValueError, TypeError, KeyError) as error:
            return await self._failed(letter, DeliveryError(f"unreadable: {type(error).__name__}", permanent=True))
        except Exception as error:
            log.exception("the channel %s failed in a way it should not", letter.channel)
            return await self._failed(letter, DeliveryError(type(error).__name__, permanent=False))
        self._metrics.delivery(letter.channel, "sent" if went else "taken over")
        return went

    async def _send_parts(self, letter: Letter) -> bool:
        """Sends what did not go yet, piece by piece, each recorded at once."""
        channel, message = self._channels[letter.channel], decode(letter.body)
        edits = await self._writer.work(lambda work: outbox.sent_as(work, message.edits)) if message.edits else ""
        if message.edits and not edits:  # what was to be changed never went out
            return await self._writer.work(lambda work: outbox.sent(work, letter))
        if wants_documents(message):
            message = await self._writer.work(partial(self.fetch, message))
        if message.drawings:
            message = await asyncio.to_thread(drawn, message)
        parts, name, kept = [with_what_was_made(each) for each in channel.parts(message)], "", True
        for number in range(letter.part, len(parts)):
            await self._wait_for_our_turn(letter, channel.pace)
            name = await channel.send(letter.address, parts[number], reference(letter, number), edits)
            if number + 1 < len(parts):
                kept = await self._writer.work(partial(outbox.gone, letter=letter, parts=number + 1))
            if not kept:
                return False
        return await self._writer.work(lambda work: outbox.sent(work, letter, name))

    async def _wait_for_our_turn(self, letter: Letter, pace: Pace) -> None:
        """Raises DeliveryError, with the seconds to wait, when that takes longer than a lease should be held."""
        spacing = {letter.channel: pace.channel, f"{letter.channel} {letter.address}": pace.to(letter.address)}
        spacing = {scope: seconds for scope, seconds in spacing.items() if seconds}
        if not spacing:
            return
        wait = await self._writer.work(lambda work: pacing.reserve(work, spacing, pace.burst, real_time()))
        if wait > LONGEST_WAIT:
            raise DeliveryError("too many messages at once", permanent=False, retry_after=wait)
        if wait:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._halted.wait(), wait)
            if self._stopping:
                raise _Stopped

    async def _failed(self, letter: Letter, error: DeliveryError) -> bool:
        # The reason stands in the outbox: a vendor may repeat in it what the message says.
        log.warning("message %d was not taken by %s (%s)", letter.id, letter.channel, _kind(error))
        if error.moved_to:
            await self._writer.work(lambda work: _move(work, letter, error.moved_to))
            self.wake()
            return False
        self._metrics.delivery(letter.channel, "given up" if error.permanent else "put off")
        if error.permanent:
            self.deliver(await self._writer.work(lambda work: self._give_up(work, letter, str(error))))
            self.wake()
            return True
        pause = timedelta(seconds=delay(letter.attempts, error.retry_after))
        await self._writer.work(lambda work: _put_off(work, letter, pause, error))
        return False

    def _give_up(self, work: Work, letter: Letter, error: str) -> Sequence[Letter]:
        return self.gave_up(work, letter, error) if outbox.failed(work, letter, error) else ()


@dataclass(frozen=True)
class _Leased:
    """A letter at hand, and when it came: seconds of a clock that nobody puts back."""

    letter: Letter
    since: float = field(default_factory=seconds)


class _Stopped(Exception):
    """The process is to end before this message's turn came."""


def reference(letter: Letter, part: int = 0) -> str:
    """A name for this very piece of a message: the same at every attempt, and another one in another database.

    It begins with the numbers of the letter and of the address.
    """
    told = f"{letter.channel}\n{letter.address}\n{letter.body}"
    mark = sha256(told.encode()).hexdigest()[:12]
    return f"{letter.id:08d}.{letter.address_id}-{mark}" + (f"-{part}" if part else "")


def delay(attempts: int, retry_after: float | None) -> float:
    """Seconds until the next attempt: doubling, spread by chance, and never less than the vendor asked for."""
    spread = min(2.0 ** min(attempts, 16), LONGEST) * secrets.SystemRandom().uniform(0.5, 1.0)
    return max(spread, retry_after or 0.0)


def _kind(error: DeliveryError) -> str:
    if error.permanent:
        return "for good"
    return f"asked to wait {error.retry_after:.0f} s" if error.retry_after else "for now"


def _move(work: Work, letter: Letter, to: str) -> None:
    """The address has another name now; what waits for it goes there at once."""
    if outbox.later(work, letter, work.now, "moved"):
        there = people.move(work, letter.address_id, to)
        if there != letter.address_id:
            outbox.readdress(work, letter.address_id, there)


def _put_off(work: Work, letter: Letter, pause: timedelta, error: DeliveryError) -> None:
    """A vendor that asks for a pause is left alone by all processes, for all addresses."""
    if error.retry_after and error.by_vendor:
        pacing.pause(work, letter.channel, real_time() + timedelta(seconds=error.retry_after))
    outbox.later(work, letter, work.now + pause, str(error))


def _free(work: Work, letter: Letter) -> bool:
    wake.others(work)
    return outbox.later(work, letter, work.now, "")
