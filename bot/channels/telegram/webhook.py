"""Takes the updates that Telegram brings, and confirms each once it is acted on."""

import asyncio
import hmac
import json
import logging
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot
from aiohttp import web

from bot.channels.telegram import menu
from bot.channels.telegram.ear import Ear

log = logging.getLogger("lssc.telegram")

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Webhook:
    """The part `telegram` of the service, when a webhook is set: `routes` are to be served under its address."""

    name = "telegram"

    def __init__(self, bot: Bot, ear: Ear, url: str, secret: str) -> None:
        self._bot, self._ear, self._url, self._secret = bot, ear, url, secret
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Tells Telegram the address, then waits. Raises AiogramError when Telegram does not take that."""
        self._ear.is_named(await menu.introduced(self._bot, self._url, self._secret))
        await self._stopping.wait()
        await self._ear.settled()

    async def stop(self) -> None:
        self._stopping.set()

    def routes(self) -> list[web.RouteDef]:
        return [web.post(urlsplit(self._url).path or "/", self._brought)]

    async def _brought(self, request: web.Request) -> web.Response:
        """200 once the turn is committed; anything else makes Telegram bring the update again."""
        given = request.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=403, text="Not from Telegram.")
        try:
            update: Any = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400, text="Not JSON.")
        self._ear.notice(update)
        try:
            await self._ear.take(update)
        except Exception as error:
            log.warning("an update was not taken and comes again: %s", type(error).__name__)
            return web.Response(status=500, text="Not taken; please bring it again.")
        return web.Response()
