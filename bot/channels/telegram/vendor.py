"""Telegram, as the service opens it."""

from functools import partial

from bot.app import App
from bot.channels.telegram.assembly import channel, closed
from bot.channels.telegram.assembly import opened as assembled
from bot.parts import Vendor
from bot.settings import Settings


async def opened(settings: Settings, app: App) -> Vendor:
    """Raises SettingsError for a wrong token, or a webhook without a secret."""
    sender = channel(settings)
    parts = assembled(settings, app, sender)
    return Vendor(sender, parts.part, parts.routes, partial(closed, sender))
