"""Puts Slack's parts together: what the service runs, serves and sends with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.app import App
from bot.channels.channel import Pace
from bot.channels.slack import web
from bot.channels.slack.afterwards import Afterwards
from bot.channels.slack.api import Api
from bot.channels.slack.channel import PACE, SlackChannel
from bot.channels.slack.desk import DeskPlace
from bot.channels.slack.intake import Intake
from bot.channels.slack.socket import PING, SocketMode
from bot.channels.slack.watch import Watch, let_in
from bot.parts import Vendor
from bot.settings import Settings
from bot.trouble import CommandError
from flows.dialog.speech import Outbound
from handlers import home, roles
from handlers.exchange import Errand
from storage.database import Work

NEEDS = (
    "LSSC_SLACK_BOT_TOKEN needs LSSC_SLACK_APP_TOKEN (Socket Mode) or LSSC_SLACK_SIGNING_SECRET (over the web) as well."
)


@dataclass(frozen=True)
class Parts:
    """What the service is given, and what is shown beside the conversation."""

    vendor: Vendor
    afterwards: Afterwards


def assembled(settings: Settings, app: App, pace: Pace = PACE, ping: float = PING) -> Parts:
    """Socket Mode with an app token, otherwise the routes. Raises CommandError when Slack could not speak to us."""
    api = Api(settings.slack_api_url, settings.slack_bot_token or "")
    channel = SlackChannel(api, pace)
    desk = _desk(settings, app, api)
    afterwards = Afterwards(channel, lambda user: _home(app, user))
    intake = Intake(api, app.hear, afterwards, desk)
    watch, close = Watch(intake, desk), _closing(afterwards, api)
    if settings.slack_app_token:
        part = SocketMode(api, settings.slack_app_token, intake, watch, ping)
        return Parts(Vendor(channel, part, close=close), afterwards)
    if settings.slack_signing_secret:
        routes = tuple(web.routes(intake, settings.slack_signing_secret))
        return Parts(Vendor(channel, watch, routes, close), afterwards)
    raise CommandError(NEEDS)


async def checked(settings: Settings) -> str:
    """Who we are in Slack, asked with the real tokens. Raises CommandError when one is not good."""
    api = Api(settings.slack_api_url, settings.slack_bot_token or "")
    try:
        known = await let_in("LSSC_SLACK_BOT_TOKEN", api.ask("auth.test"))
        if settings.slack_app_token:
            asking = api.ask("apps.connections.open", token=settings.slack_app_token)
            await let_in("LSSC_SLACK_APP_TOKEN", asking)
        elif not settings.slack_signing_secret:
            raise CommandError(NEEDS)
    finally:
        await api.close()
    way = "Socket Mode" if settings.slack_app_token else f"calls at {web.PATH}"
    return f"{known.get('user', 'the bot')} in {known.get('team', 'the workspace')}, {way}"


def _desk(settings: Settings, app: App, api: Api) -> DeskPlace | None:
    if settings.desk is None or settings.desk.channel != "slack" or settings.desk.address[:1] not in ("C", "G"):
        return None
    return DeskPlace(api, app.writer, settings.desk.address, lambda work: _staff(app, work))


def _staff(app: App, work: Work) -> set[str]:
    """The Slack ids of the staff, as far as they are proved."""
    known = roles.staff_addresses(Errand(app.house, work)).values()
    return {each.address for one in known for each in one if each.channel == "slack" and each.state != "claimed"}


async def _home(app: App, user: str) -> Outbound:
    return await app.writer.patiently(lambda: home.shown(app.house, "slack", user, app.clock()))


def _closing(afterwards: Afterwards, api: Api) -> Callable[[], Awaitable[None]]:
    async def close() -> None:
        await afterwards.finished()
        await api.close()

    return close
