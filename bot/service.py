"""The service: opens what is configured, keeps it running, and ends it in good order."""

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot import checking, clock, memory, sharing, unsubscribing
from bot.answers import OfficeAnswers
from bot.app import App, build
from bot.channels.email import vendor as email
from bot.counting import Counts
from bot.entering import Entering, Knowledge, WakeUp
from bot.flood import Flood
from bot.health import Health
from bot.parts import Vendor
from bot.schedule import Scheduler, Ticker, table
from bot.settings import Settings
from bot.supervisor import Supervisor
from bot.vendors import Offer
from bot.web import Web

log = logging.getLogger("lssc.service")

SENDING = {"delivery", "wake-up"}
WHOLE = 8.0  # seconds from the signal to the end
TURNS = 4.0  # of these for the turns at hand; a turn that waits for a lock gives up after two seconds
SENDS = 3.0  # at least for the sends at hand


@dataclass(frozen=True)
class Service:
    """What runs, and what has to be ended in its order."""

    app: App
    health: Health
    supervisor: Supervisor
    vendors: tuple[Entering, ...]

    async def run(self, until: asyncio.Event) -> None:
        """Works until the event; then finishes and confirms what is at hand, and gives back the rest."""
        await asyncio.gather(*(vendor.prepare() for vendor in self.vendors))
        memory.keep()
        self.supervisor.start()
        await until.wait()
        log.info("stopping")
        await self._end()
        log.info("stopped")

    async def _end(self) -> None:
        begun, self.health.stopping = clock.seconds(), True
        await self.supervisor.stop(TURNS, self.health.parts.keys() - SENDING)
        await self.app.delivery.stop(max(WHOLE - (clock.seconds() - begun), SENDS))
        await self.supervisor.stop(1.0, SENDING)
        await asyncio.gather(*(vendor.close() for vendor in self.vendors))
        await self.app.close()


def assembled(settings: Settings, names: Collection[str], offers: Mapping[str, Offer]) -> Service:
    """The service with the parts of these names. Raises RulebookError and DatabaseError as `build` does."""
    counts, supervisor = Counts(), Supervisor()
    app = build(settings, flood=Flood(), metrics=counts)
    ticker = Ticker(app)
    health = Health(app, supervisor, ticker)
    web = Web(settings.http_listen, health, counts)

    def enter(vendor: Vendor) -> None:
        if "delivery" in names:
            app.delivery.join(vendor.channel)
        web.mount(vendor.routes)

    web.mount(checking.routes(app))
    web.mount(unsubscribing.routes(app, lambda: email.headed(settings).return_paths()))
    web.mount(sharing.routes(app))
    vendors = tuple(Entering(name, offer, app, enter) for name, offer in offers.items() if name in names)
    supervisor.add(Knowledge(app), OfficeAnswers(app), *vendors)
    if "web" in names:
        supervisor.add(web)
    if "scheduler" in names:
        supervisor.add(Scheduler(table(app, ticker)))
    _let_send(app, supervisor, sends="delivery" in names)
    return Service(app, health, supervisor, vendors)


def _let_send(app: App, supervisor: Supervisor, *, sends: bool) -> None:
    if not sends:
        app.delivery.leave_it_to_others()
        return
    supervisor.add(app.delivery)
    if not app.house.database.is_sqlite:
        supervisor.add(WakeUp(app))
