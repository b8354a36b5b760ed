"""Puts Slack's parts together: what the service runs, serves and sends with."""

from dataclasses import dataclass

from aiohttp import web

from bot.app import App
from bot.channels.slack import web as calls
from bot.channels.slack.afterwards import Afterwards
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.desk import DeskPlace, IsStaff
from bot.channels.slack.intake import Intake
from bot.channels.slack.socket import PING, SocketMode
from bot.settings import Settings
from flows.dialog.speech import Outbound
from handlers import home


@dataclass(frozen=True)
class SlackParts:
    """`part` is Socket Mode, None without an app token; `routes` are to be served, empty with Socket Mode."""

    channel: SlackChannel
    part: SocketMode | None
    routes: tuple[web.RouteDef, ...]
    desk: DeskPlace | None
    afterwards: Afterwards

    async def close(self) -> None:
        """After the app was closed: finishes what is being shown, and leaves Slack."""
        await self.afterwards.finished()
        await self.channel.api.close()


async def opened(
    settings: Settings, app: App, channel: SlackChannel, is_staff: IsStaff, ping: float = PING
) -> SlackParts:
    """The parts for an app that sends with this channel; looks first who is in the desk's channel."""
    desk = _desk(settings, app, channel, is_staff)
    afterwards = Afterwards(channel, lambda user: _home(app, user))
    intake = Intake(channel.api, app.hear, afterwards, desk)
    part, routes = None, []
    if settings.slack_app_token:
        part = SocketMode(channel.api, settings.slack_app_token, intake, ping)
    elif settings.slack_signing_secret:
        routes = calls.routes(intake, settings.slack_signing_secret)
    if desk is not None:
        await desk.check()
    return SlackParts(channel, part, tuple(routes), desk, afterwards)


def _desk(settings: Settings, app: App, channel: SlackChannel, is_staff: IsStaff) -> DeskPlace | None:
    if settings.desk is None or settings.desk.channel != "slack" or settings.desk.address[:1] not in ("C", "G"):
        return None
    return DeskPlace(channel.api, app.writer, settings.desk.address, is_staff)


async def _home(app: App, user: str) -> Outbound:
    return await app.writer.patiently(lambda: home.shown(app.house, "slack", user, app.clock()))
