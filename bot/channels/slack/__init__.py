"""Slack: direct messages, mentions, the command `/lssc`, buttons, the App Home; its library is loaded when opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import App
    from bot.parts import Vendor
    from bot.settings import Settings


async def opened(settings: Settings, app: App) -> Vendor:
    """Slack for the service. Raises CommandError when a setting is missing that it cannot do without."""
    from bot.channels.slack import opening

    return opening.assembled(settings, app).vendor


async def checked(settings: Settings) -> str:
    """What `lssc doctor` tells: Slack is asked with the real tokens. Raises CommandError when it does not let us in."""
    from bot.channels.slack import opening

    return await opening.checked(settings)
