"""Puts the house together, and takes messages in."""

import logging
import os
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from bot import clock as clocks
from bot import rulebook
from bot.channels.channel import Channel
from bot.channels.email import vendor as email
from bot.channels.email.vendor import MailChannel
from bot.clock import Clock
from bot.delivery import Delivery
from bot.drawing import font
from bot.fetching import fetched
from bot.flood import Flood
from bot.knowing import Knowing, NotOpen
from bot.lanes import Lanes
from bot.metrics import Metrics, Uncounted
from bot.rulebook import Progress
from bot.settings import Settings
from bot.trouble import its_own
from bot.values import Place
from bot.writer import Writer, writer
from faq.knowledge import Reply as Thought
from flows.dialog.speech import Inbound, cleaned
from flows.program.competencies import Reference
from handlers import deliveries, forgetting, unheard
from handlers import flood as floods
from handlers.desk.table import KINDS
from handlers.exchange import Errand
from handlers.hearing import LONGEST_TEXT, Heard, House, NeedsGuesses, NeedsThought, hear
from handlers.reminders import moot
from storage import people
from storage.database import Work, prepared
from storage.outbox import Letter

T = TypeVar("T")

log = logging.getLogger("lssc.app")

TRIES = 3  # of a message that fails for a reason of its own


@dataclass(frozen=True)
class App:
    """The whole program, ready to hear. `bots` are our user names by channel, once the vendors told them."""

    settings: Settings
    clock: Clock
    house: House
    writer: Writer
    knowing: Knowing
    delivery: Delivery
    bots: dict[str, str]
    lanes: Lanes = field(default_factory=Lanes)
    metrics: Metrics = field(default_factory=Uncounted)
    flood: Flood | None = None
    mail: MailChannel | None = None

    async def hear(self, message: Inbound) -> Heard:
        """Takes one message and returns once all that it changed is committed; its replies are on their way then.

        Messages of one address are taken in the order of the calls. A flood is dropped before anything is done with it,
        and counts as heard. Raises what kept the message from being taken, such as RulebookError when the knowledge
        base is needed and cannot be opened; the channel brings it again. One that fails for the third time for a reason
        of its own is left to the desk, and counts as heard.
        """
        begun, result = clocks.seconds(), "failed"
        try:
            heard, result = await self._heard(message)
        finally:
            self.metrics.turn(message.channel, result, clocks.seconds() - begun)
        return heard

    async def _heard(self, message: Inbound) -> tuple[Heard, str]:
        verdict = "hear" if self.flood is None else self.flood.judge(message)
        if verdict == "drop":
            return Heard(), "dropped"
        # One character more than is read, so that the turn can tell the person that it was too long.
        text = cleaned(message.text[: LONGEST_TEXT + 1])
        message = replace(message, text=text, name=cleaned(message.name))
        try:
            async with self.lanes.one((message.channel, message.address)):
                heard = await (self._turn_or_desk(message) if verdict == "hear" else self._warning(message))
        except BaseException:
            if self.flood is not None:
                self.flood.forgive(message)
            raise
        self.delivery.deliver(heard.letters)
        if heard.duplicate:
            return heard, "duplicate"
        if not heard.letters:  # they follow others, which may have gone meanwhile
            self.delivery.wake()
        return heard, "answered" if verdict == "hear" else "warned"

    async def errand(self, what: Callable[[Errand], T]) -> T:
        """What `what` gives, in one transaction; the messages that it wrote are on their way then."""

        def run(work: Work) -> tuple[T, tuple[Letter, ...]]:
            errand = Errand(self.house, work)
            done = what(errand)
            moot.cancel(errand)
            return done, errand.posted

        result, posted = await self.writer.work(run)
        self.delivery.deliver(posted)
        return result

    async def forget(self) -> None:
        """Deletes what was to be kept only for a while."""
        today = self.clock().astimezone(self.settings.office_timezone).date()
        await self.writer.work(lambda work: forgetting.forget(work, self.house.policy.on(today), today))

    async def close(self) -> None:
        """Finishes what is at hand; what was not sent stays in the outbox."""
        await self.delivery.stop()
        if self.mail is not None:
            await self.mail.close()
        self.knowing.close()
        self.writer.close()

    async def _turn_or_desk(self, message: Inbound) -> Heard:
        try:
            return await self._turn(message)
        except Exception as error:
            if not its_own(error):
                raise
            name = type(error).__name__
            times = await self.writer.work(lambda work: unheard.failed(work, message, name))
            if times < TRIES:
                raise
            log.exception("a message of %s failed %d times and was left to the desk", message.channel, times)
        return await self.writer.patiently(lambda: unheard.give_up(self.house, message, self.clock(), name))

    async def _warning(self, message: Inbound) -> Heard:
        return await self.writer.patiently(lambda: floods.warn(self.house, message, self.clock()))

    async def _turn(self, message: Inbound) -> Heard:
        thoughts: dict[str, Thought] = {}
        guesses: dict[str, tuple[Reference, ...]] = {}
        while True:
            try:
                return await self.writer.patiently(lambda: hear(self.house, message, self.clock(), thoughts, guesses))
            except NotOpen:
                await self.knowing.ready()
            except NeedsThought as needed:
                if needed.words in thoughts:
                    raise
                thoughts[needed.words] = await self.knowing.think(needed.words)
            except NeedsGuesses as needed:
                guesses.update({words: await self.knowing.guess(words) for words in needed.words})


def build(
    settings: Settings,
    *,
    channels: Mapping[str, Channel] | None = None,
    clock: Clock | None = None,
    on_progress: Progress | None = None,
    metrics: Metrics | None = None,
    flood: Flood | None = None,
) -> App:
    """The program with these settings; tests bring channels and a clock of their own.

    Messages without end are held off by `flood`, where one is given.

    Raises RulebookError for an unusable policy or wording, DatabaseError for an unusable database, SettingsError for a
    mail server that cannot be used.
    """
    clock = clock or clocks.chosen(settings.now)
    mail = email.outgoing(settings, clock) if channels is None else None
    rules = rulebook.read(settings)
    knowing = Knowing(
        lambda: rulebook.knowledge(settings, rules, clock(), on_progress),
        lambda base: rulebook.guesser(settings, rules, base, on_progress),
    )
    sqlite = settings.database_url.startswith("sqlite")
    # A server's database is upgraded by `lssc db upgrade`, because other replicas may still run the older program.
    database = prepared(settings.database_url, owner(), upgrade=sqlite)
    bots: dict[str, str] = {}
    house = House(
        database=database,
        policy=rules.policy,
        competencies=rules.competencies,
        entry=knowing.entry,
        office_zone=settings.office_timezone,
        staff=frozenset(map(_spelled, (*settings.staff, *_desk_that_is_staff(settings)))),
        desk=_spelled(settings.desk) if settings.desk else None,
        kinds=KINDS,
        bots=bots,
        unprintable=font.missing,
        public_url=(settings.public_url or "").rstrip("/"),
        # Without a mail server, replies come by `lssc mail deliver`.
        takes_mail=bool(settings.imap_url or settings.lmtp_listen or not settings.smtp_url),
    )
    turns = writer(database, clock)
    # Mail is sent by every command, vendors' channels join in the service; the terminal fetches its messages itself.
    chosen = {mail.name: mail} if mail is not None else channels or {}
    metrics = metrics or Uncounted()

    def gave_up(work: Work, letter: Letter, error: str) -> Sequence[Letter]:
        errand = Errand(house, work)
        deliveries.undeliverable(errand, letter, error)
        return errand.posted

    fetch = partial(fetched, house)
    delivery = Delivery(turns, chosen, gave_up, fetch, gives_back=channels is None, metrics=metrics)
    return App(settings, clock, house, turns, knowing, delivery, bots, metrics=metrics, flood=flood, mail=mail)


def _spelled(place: Place) -> tuple[str, str]:
    return place.channel, people.spelled(place.channel, place.address)


def _desk_that_is_staff(settings: Settings) -> tuple[Place, ...]:
    """A desk that is a mailbox: whoever reads it is staff, and settles what is shown there by replying."""
    return (settings.desk,) if settings.desk is not None and settings.desk.channel == "email" else ()


def owner() -> str:
    """A name for this process in leases, never used again."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
