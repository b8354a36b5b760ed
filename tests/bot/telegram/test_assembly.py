"""The channel is put together from the settings, and only when they ask for it."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from bot.app import App
from bot.channels.telegram import assembly
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.webhook import Webhook
from bot.settings import Settings, SettingsError
from tests.bot.edge import environment
from tests.vendors.telegram import TOKEN

URL = "https://lssc.example/telegram"


def opened(app: App, **settings: Any) -> assembly.TelegramParts:
    async def whole() -> assembly.TelegramParts:
        chosen = Settings(telegram_token=TOKEN, **settings)
        sender = assembly.channel(chosen)
        try:
            return assembly.opened(chosen, app, sender)
        finally:
            await assembly.closed(sender)
            await app.close()

    return asyncio.run(whole())


def test_without_a_webhook_updates_are_polled(house: Callable[..., App]) -> None:
    found = opened(house())
    assert (type(found.part), found.part.name, found.routes) == (Polling, "telegram", ())


def test_with_a_webhook_its_route_holds_no_secret(house: Callable[..., App]) -> None:
    found = opened(house(), telegram_webhook_url=URL, telegram_webhook_secret="s3cret_")  # noqa: S106
    assert (type(found.part), [(each.method, each.path) for each in found.routes]) == (Webhook, [("POST", "/telegram")])


@pytest.mark.parametrize("secret", [None, "with a space", "x" * 257])
def test_a_webhook_without_a_good_secret_is_refused(house: Callable[..., App], secret: str | None) -> None:
    with pytest.raises(SettingsError) as caught:
        opened(house(), telegram_webhook_url=URL, telegram_webhook_secret=secret)
    assert str(caught.value) == (
        "LSSC_TELEGRAM_WEBHOOK_URL needs LSSC_TELEGRAM_WEBHOOK_SECRET as well: 1 to 256 letters, digits, _ or -."
    )


@pytest.mark.parametrize("token", [None, "hello", "123:", ":AAAAAAAAAAAAAAAA"])
def test_what_is_no_token_is_named_without_showing_it(token: str | None) -> None:
    with pytest.raises(SettingsError) as caught:
        assembly.channel(Settings(telegram_token=token))
    assert str(caught.value) == (
        "LSSC_TELEGRAM_TOKEN must be the token that @BotFather gave you, like 123456789:AAH..."
    )


def test_aiogram_is_not_imported_unless_it_is_asked_for() -> None:
    parts = "bot.app, bot.cli, bot.commands.chat, bot.commands.staff, bot.delivery, handlers.hearing"
    code = f"import sys, {parts}; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=environment(), check=False).returncode == 0
