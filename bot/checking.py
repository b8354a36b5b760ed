"""The public page that says whether a certificate is valid; looking at it changes nothing."""

from aiohttp import web

from bot import pages
from bot.app import App
from handlers import checking
from handlers.checking import Checked
from notifications import compose

PATH = "/check"
LONGEST = 100  # characters of a number or a code; more is none of ours


def routes(app: App) -> list[web.RouteDef]:
    """The form, and the page behind a certificate's QR code."""

    async def form(request: web.Request) -> web.Response:
        number, code = (request.query.get(each, "").strip()[:LONGEST] for each in ("number", "code"))
        if not number and not code:
            return pages.shown(compose.check_page(None, None))
        return _page(await app.errand(lambda errand: checking.by_both(errand, number, code)), number)

    async def look(request: web.Request) -> web.Response:
        code = request.match_info["code"][:LONGEST]
        return _page(await app.errand(lambda errand: checking.by_code(errand, code)))

    return [web.get(PATH, form), web.get(f"{PATH}/{{code}}", look)]


def _page(found: Checked | None, number: str = "") -> web.Response:
    if found is None:
        return pages.shown(compose.check_page(None, {"number": number}), 404)
    shown = {"number": found.number, "standing": found.standing.value, "facts": found.facts, "sets": found.sets}
    return pages.shown(compose.check_page(shown | {"today": found.today, "renewable": found.renewable}, None))
