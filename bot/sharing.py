"""The page of a shared record: looking at it is counted, and a link that is over looks like one that never was."""

import re

from aiohttp import web

from bot import pages
from bot.app import App
from handlers import sharing
from notifications import compose
from storage.sharing import PERSON, PREVIEW

PATH = f"{sharing.PATH}{{token}}"
TITLE = "No such page"
GONE = "There is nothing here. The link may be incomplete or over; please ask whoever gave it to you."
LONGEST = 100  # characters of a token
# Programs that fetch a page only to show a preview where its link was written, by their names; Cubot makes phones.
PREVIEWS = re.compile(
    r"(?<!cu)bot\b|slackbot|telegrambot|facebookexternalhit|facebot|whatsapp|skypeuripreview|microsoftpreview|linkpreview"
    r"|link preview|embedly|iframely|preview|crawler|spider|discordbot|google-|^$",
    re.IGNORECASE,
)


def routes(app: App) -> list[web.RouteDef]:
    async def look(request: web.Request) -> web.Response:
        token = request.match_info["token"]
        found = None
        if len(token) <= LONGEST:
            by = _by(request)
            found = await app.errand(lambda errand: sharing.seen(errand, token, by))
        if found is None:
            return pages.shown(compose.page(TITLE, [GONE]), status=404)
        return pages.shown(compose.record_page(found))

    return [web.get(PATH, look)]  # HEAD is answered by the same, without the page itself


def _by(request: web.Request) -> str:
    """Whether a person looks, or a program: one that only asks whether there is a page, or fetches it in advance."""
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    told = request.headers.get("User-Agent", "")
    is_preview = request.method == "HEAD" or "prefetch" in purpose or PREVIEWS.search(told) is not None
    return PREVIEW if is_preview else PERSON
