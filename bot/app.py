"""Puts the house together, and takes messages in."""

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot import clock as clocks
from bot import rulebook
from bot.channels.channel import Channel
from bot.channels.email import SENDER, MailFolder
from bot.clock import Clock
from bot.delivery import Delivery
from bot.flood import Flood
from bot.knowing import Knowing, NotOpen
from bot.lanes import Lanes
from bot.metrics import Metrics, Uncounted
from bot.rulebook import Progress
from bot.settings import Settings
from bot.writer import Writer, writer
from flows.dialog.speech import Inbound, cleaned
from handlers import flood as floods
from handlers import forgetting
from handlers.hearing import LONGEST_TEXT, Heard, House, NeedsThought, hear
from storage.database import prepared


@dataclass(frozen=True)
class App:
    """The whole program, ready to hear."""

    settings: Settings
    clock: Clock
    house: House
    writer: Writer
    knowing: Knowing
    delivery: Delivery
    lanes: Lanes = field(default_factory=Lanes)
    metrics: Metrics = field(default_factory=Uncounted)
    flood: Flood | None = None

    async def hear(self, message: Inbound) -> Heard:
        """Takes one message and returns once all that it changed is committed; its replies are on their way then.

        Messages of one address are taken in the order of the calls. A flood is dropped before anything is done with it,
        and counts as heard. Raises RulebookError when the knowledge base is needed and cannot be opened.
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
        message = replace(message, text=cleaned(message.text[: LONGEST_TEXT + 1]))
        async with self.lanes.one((message.channel, message.address)):
            heard = await (self._turn(message) if verdict == "hear" else self._warning(message))
        self.delivery.deliver(heard.letters)
        if heard.duplicate:
            return heard, "duplicate"
        if not heard.letters:  # they follow others, which may have gone meanwhile
            self.delivery.wake()
        return heard, "answered" if verdict == "hear" else "warned"

    async def forget(self) -> None:
        """Deletes what was to be kept only for a while."""
        today = self.clock().astimezone(self.settings.office_timezone).date()
        await self.writer.work(lambda work: forgetting.forget(work, self.house.policy.on(today), today))

    async def close(self) -> None:
        """Finishes what is at hand; what was not sent stays in the outbox."""
        await self.delivery.stop()
        self.knowing.close()
        self.writer.close()

    async def _warning(self, message: Inbound) -> Heard:
        return await self.writer.patiently(lambda: floods.warn(self.house, message, self.clock()))

    async def _turn(self, message: Inbound) -> Heard:
        thought = None
        while True:
            try:
                return await self.writer.patiently(lambda: hear(self.house, message, self.clock(), thought))  # noqa: B023
            except NotOpen:
                await self.knowing.ready()
            except NeedsThought:
                if thought is not None:
                    raise
                thought = await self.knowing.think(message.text)


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

    Raises RulebookError for an unusable policy or wording, DatabaseError for an unusable database.
    """
    clock = clock or clocks.chosen(settings.now)
    rules = rulebook.read(settings)
    knowing = Knowing(lambda: rulebook.knowledge(settings, rules, clock(), on_progress))
    sqlite = settings.database_url.startswith("sqlite")
    # A server's database is upgraded by `lssc db upgrade`, because other replicas may still run the older program.
    database = prepared(settings.database_url, owner(), upgrade=sqlite)
    house = House(
        database=database,
        policy=rules.policy,
        competencies=rules.competencies,
        entry=knowing.entry,
        office_zone=settings.office_timezone,
    )
    turns = writer(database, clock)
    chosen = outgoing(settings, clock) if channels is None else channels
    metrics = metrics or Uncounted()
    delivery = Delivery(turns, chosen, gives_back=channels is None, metrics=metrics)
    return App(settings, clock, house, turns, knowing, delivery, metrics=metrics, flood=flood)


def outgoing(settings: Settings, clock: Clock) -> dict[str, Channel]:
    """The channels that these settings allow to send; the terminal fetches its messages itself."""
    return {"email": MailFolder(settings.mail_dir, clock, settings.mail_from or SENDER)}


def owner() -> str:
    """A name for this process in leases, never used again."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
