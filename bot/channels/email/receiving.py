"""Mail as the service takes it in: out of a mailbox, directly from a mail server, or both."""

import asyncio
from collections.abc import Sequence

from bot.app import App
from bot.channels.email.incoming import incoming
from bot.channels.email.intake import Intake, setup
from bot.channels.email.vendor import outgoing
from bot.parts import Part, Vendor
from bot.settings import Settings


class Together:
    """Several ways in as one part: when one fails, all begin anew."""

    name = "email"

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    async def run(self) -> None:
        running = [asyncio.create_task(part.run()) for part in self._parts]
        try:
            await asyncio.gather(*running)
        finally:
            for each in running:
                each.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def stop(self) -> None:
        await asyncio.gather(*(part.stop() for part in self._parts))


async def opened(settings: Settings, app: App) -> Vendor:
    """Raises SettingsError for a mailbox or a sender that cannot be meant, OSError when our addresses have no key."""
    parts = incoming(settings, Intake(app, setup(settings)), app.writer)
    return Vendor(app.mail or outgoing(settings, app.clock), Together(parts))
