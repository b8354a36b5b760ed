"""A vendor that can be opened and never works."""

from bot.app import App
from bot.parts import Vendor
from bot.settings import Settings
from tests.bot.toy import Toy


class Lame(Toy):
    name = "lame"


class Part:
    name = "lame"

    async def run(self) -> None:
        raise ConnectionError("nobody answers")

    async def stop(self) -> None:
        return


async def opened(settings: Settings, app: App) -> Vendor:
    return Vendor(Lame(), Part())
