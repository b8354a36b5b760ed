"""Which vendors there are, what turns each on, and where its code is; a new channel is one line here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.parts import Vendor
from bot.settings import PREFIX, Settings
from bot.trouble import CommandError

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True)
class Offer:
    """`module` has `async def opened(settings, app) -> Vendor`; any of `settings` turns it on."""

    module: str
    settings: tuple[str, ...]

    @property
    def variable(self) -> str:
        return " or ".join(f"{PREFIX}{each.upper()}" for each in self.settings)

    def configured(self, settings: Settings) -> bool:
        return any(getattr(settings, each) is not None for each in self.settings)

    async def open(self, settings: Settings, app: App) -> Vendor:
        """Imports the vendor's library, which takes seconds. Raises CommandError when this version lacks it."""
        if not self.exists():
            raise CommandError(f"this version does not have it yet: unset {self.variable}")
        vendor: Vendor = await import_module(self.module).opened(settings, app)
        return vendor

    def exists(self) -> bool:
        """Whether this version has the module, without importing it."""
        return find_spec(self.module) is not None


OFFERS: Mapping[str, Offer] = {
    "telegram": Offer("bot.channels.telegram.vendor", ("telegram_token",)),
    "slack": Offer("bot.channels.slack", ("slack_bot_token",)),
    "email": Offer("bot.channels.email.receiving", ("imap_url", "lmtp_listen")),
}


def configured(settings: Settings, offers: Mapping[str, Offer] = OFFERS) -> list[str]:
    """The names of the vendors that these settings turn on."""
    return [name for name, offer in offers.items() if offer.configured(settings)]
