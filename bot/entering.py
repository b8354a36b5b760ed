"""Parts that only open something: a vendor, the knowledge base, and the line on which other processes wake us."""

import asyncio
import logging
from collections.abc import Callable
from threading import Event

from bot.app import App
from bot.parts import Vendor
from bot.vendors import Offer
from storage import wake

log = logging.getLogger("lssc.service")

OPENING = 5.0  # seconds that the others wait for a vendor that looks at something first


class Entering:
    """A vendor: opened first, and tried again as any part when that fails."""

    def __init__(self, name: str, offer: Offer, app: App, enter: Callable[[Vendor], None]) -> None:
        self.name = name
        self._offer, self._app, self._enter = offer, app, enter
        self._vendor: Vendor | None = None
        self._stopped = asyncio.Event()

    async def prepare(self) -> None:
        """Opens it before the service starts, so that its routes are there from the first moment."""
        try:
            await asyncio.wait_for(self._opened(), OPENING)
        except Exception as error:
            log.debug("%s could not be opened yet: %s", self.name, error)  # `run` tries again, and tells

    async def run(self) -> None:
        vendor = await self._opened()
        if self._stopped.is_set():
            return
        if vendor.part is None:
            await self._stopped.wait()
        else:
            await vendor.part.run()

    async def stop(self) -> None:
        self._stopped.set()
        if self._vendor is not None and self._vendor.part is not None:
            await self._vendor.part.stop()

    async def close(self) -> None:
        """Waits a second at most: what is worth more was finished before."""
        if self._vendor is not None:
            try:
                await asyncio.wait_for(self._vendor.close(), 1)
            except Exception as error:
                log.warning("%s was not closed in good order: %s", self.name, error)

    async def _opened(self) -> Vendor:
        if self._vendor is None:
            vendor = await self._offer.open(self._app.settings, self._app)
            self._vendor = vendor
            self._enter(vendor)
        return self._vendor


class Knowledge:
    """Opens the knowledge base at the start, so that no question waits for it; it is then there for good."""

    name = "knowledge"

    def __init__(self, app: App) -> None:
        self._app, self._stopped = app, asyncio.Event()

    async def run(self) -> None:
        opening, stopped = asyncio.create_task(self._app.knowing.ready()), asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait([opening, stopped], return_when=asyncio.FIRST_COMPLETED)
            if opening.done():
                opening.result()
                await stopped
        finally:
            opening.cancel()
            stopped.cancel()

    async def stop(self) -> None:
        self._stopped.set()


class WakeUp:
    """Has the outbox looked at as soon as another process leaves something there; without it that takes seconds."""

    name = "wake-up"

    def __init__(self, app: App) -> None:
        self._app, self._stopped = app, Event()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()

        def woken() -> None:
            loop.call_soon_threadsafe(self._app.delivery.wake)

        await asyncio.to_thread(wake.listen, self._app.house.database, woken, self._stopped)

    async def stop(self) -> None:
        self._stopped.set()
