"""The page behind "unsubscribe" in a mail: looking at it changes nothing, its button (or the mail program's) does."""

import re
from collections.abc import Callable

from aiohttp import web

from bot import pages
from bot.app import App
from bot.channels.email.return_paths import ReturnPaths
from bot.channels.email.tokens import Token
from handlers import mailing, stopping
from notifications import compose

COMMAND = re.compile(r"`([^`]*)`")
PATH = "/unsubscribe/{kind}/{word}"
TITLE = "LSSC: fewer mails"
STRANGE = "This link is not one of ours, or not whole. Please copy it from the mail again, or reply STOP to the mail."
GONE = "This mail address is not on record any more, so nothing more is sent to it."


def routes(app: App, paths: Callable[[], ReturnPaths]) -> list[web.RouteDef]:
    """`paths` raises OSError when there is no key to know our links by."""

    def asked(request: web.Request) -> tuple[str, Token] | None:
        kind = request.match_info["kind"]
        token = paths().stops(kind, request.match_info["word"]) if kind in stopping.KINDS else None
        return (kind, token) if token is not None else None

    async def look(request: web.Request) -> web.Response:
        found = asked(request)
        if found is None:
            return _page(STRANGE, status=404)
        named = stopping.KINDS[found[0]]
        return _page(f"No more {named}? Answers to you still come.", button="Stop these messages")

    async def stop(request: web.Request) -> web.Response:
        found = asked(request)
        if found is None:
            return _page(STRANGE, status=404)
        kind, token = found
        told = await app.errand(lambda errand: mailing.wants_no_more(errand, token.address_id, token.letter_id, kind))
        return _page(COMMAND.sub(r"“\1”", told) or GONE)

    return [web.get(PATH, look), web.post(PATH, stop)]


def _page(*lines: str, button: str = "", status: int = 200) -> web.Response:
    return pages.shown(compose.page(TITLE, lines, button), status)
