"""The real library, pointed at the stand-in."""

from bot.channels.channel import Pace
from bot.channels.telegram import assembly
from bot.channels.telegram.channel import Telegram as Sender
from bot.channels.telegram.channel import TelegramPace
from bot.settings import Settings
from tests.vendors.telegram import TOKEN, Telegram


def sender(telegram: Telegram, pace: Pace | None = None, token: str = TOKEN) -> Sender:
    made = assembly.channel(Settings(telegram_token=token, telegram_api_url=telegram.url))
    return Sender(made.bot, TelegramPace() if pace is None else pace)
