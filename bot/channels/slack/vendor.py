"""Slack, as the service opens it."""

from bot.app import App
from bot.channels.slack.channel import opened as channel
from bot.channels.slack.opening import opened as assembled
from bot.parts import Vendor
from bot.settings import Settings, SettingsError
from handlers import roles
from storage import people
from storage import roles as records
from storage.database import Work


async def opened(settings: Settings, app: App) -> Vendor:
    """Raises SettingsError when nothing could come in: neither over Socket Mode nor with a signature."""
    if not settings.slack_app_token and not settings.slack_signing_secret:
        raise SettingsError(
            "LSSC_SLACK_BOT_TOKEN needs LSSC_SLACK_APP_TOKEN (Socket Mode) or LSSC_SLACK_SIGNING_SECRET ."
        )
    first = {each.address for each in settings.staff if each.channel == "slack"}

    def is_staff(work: Work, user: str) -> bool:
        known = people.find(work, "slack", user)
        return user in first or (known is not None and bool(records.of(work, known) & roles.STAFF))

    parts = await assembled(settings, app, channel(settings), is_staff)
    return Vendor(parts.channel, parts.part, parts.routes, parts.close)
