"""Puts the channel together from the settings; to be imported only when a token is set."""

import re
from dataclasses import dataclass

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from bot.app import App
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.ear import Ear
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.webhook import Webhook
from bot.parts import Part
from bot.settings import Settings, SettingsError

TOKEN = re.compile(r"\d{1,20}:[\w-]{10,}", re.ASCII)
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what Telegram takes


@dataclass(frozen=True)
class TelegramParts:
    """What the service runs: the part that takes messages in, and what the web server must serve for it."""

    part: Part
    routes: tuple[web.RouteDef, ...] = ()


def channel(settings: Settings) -> Telegram:
    """The channel for the delivery; nothing is asked of Telegram yet. Raises SettingsError for a wrong token."""
    token = settings.telegram_token or ""
    if not TOKEN.fullmatch(token):
        raise SettingsError("LSSC_TELEGRAM_TOKEN must be the token that @BotFather gave you, like 123456789:AAH...")
    return Telegram(Bot(token, AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url))))


def opened(settings: Settings, app: App, sender: Telegram) -> TelegramParts:
    """The part for polling, or with `LSSC_TELEGRAM_WEBHOOK_URL` the one for a webhook, and its routes.

    Raises SettingsError for a webhook without a secret, because everybody could speak in anybody's name then.
    """
    ear = Ear(app, sender.bot)
    if settings.telegram_webhook_url is None:
        return TelegramParts(Polling(sender.bot, ear, app.writer))
    secret = settings.telegram_webhook_secret or ""
    if not SECRET.fullmatch(secret):
        raise SettingsError(
            "LSSC_TELEGRAM_WEBHOOK_URL needs LSSC_TELEGRAM_WEBHOOK_SECRET as well: 1 to 256 letters, digits, _ or -."
        )
    webhook = Webhook(sender.bot, ear, settings.telegram_webhook_url, secret)
    return TelegramParts(webhook, tuple(webhook.routes()))


async def closed(sender: Telegram) -> None:
    """Ends the connections, once nothing is sent any more."""
    await sender.bot.session.close()
