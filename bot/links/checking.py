"""Follows a link to its end as a visitor without any account would, and says in a kind sentence what was found."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bot.links import markup, shares, signin
from bot.links.checked import (
    AROUND,
    BUSY,
    ELSEWHERE,
    FORBIDDEN,
    MISSING,
    NO_ROBOTS,
    ODD,
    PRIVATE,
    SIGN_IN,
    SLOW,
    Checked,
    State,
    Unreached,
)
from bot.links.reach import Reach
from flows.dialog.unclear import Unclear
from flows.program import hosts, links

if TYPE_CHECKING:
    from bot.links.fetching import Page

HEAD = 256 * 1024  # bytes in which a sign-in or a refusal shows itself


@dataclass(frozen=True)
class Visit:
    """What was found, and what is behind a live link, for `contents.readable`; `body` may be cut at `Reach.most`."""

    checked: Checked
    content_type: str = ""
    body: bytes = b""


async def check(url: str, reach: Reach | None = None) -> Checked:
    """Whether everybody can open the link; takes at most `reach.patience` seconds.

    Raises Unclear for what `links.normal` refuses.
    """
    return (await visit(url, reach)).checked


async def visit(url: str, reach: Reach | None = None) -> Visit:
    """As `check`, with what is behind the link."""
    reach, way = reach or Reach(), [links.harmless(url)]
    try:
        async with asyncio.timeout(reach.patience):
            page = await _followed(way, reach)
    except TimeoutError:
        return Visit(Checked("unsure", SLOW, way[-1]))
    except Unreached as stopped:
        return Visit(Checked(stopped.state, stopped.reason, way[-1]))
    checked = judge(way, page)
    return Visit(checked, page.content_type, page.body) if checked.state == "live" else Visit(checked)


def judge(way: list[str], page: "Page") -> Checked:
    """What the page at the end of the way is to a visitor; `way` holds each address from the first to the last."""
    sheet = markup.read(page.content_type, page.body[:HEAD] if _is_page(page) else b"")
    state, reason = _found(way, page, sheet)
    return Checked(state, reason, page.url, sheet.title)


async def _followed(way: list[str], reach: Reach) -> "Page":
    """The page at the end; each address that is asked is added to the way."""
    from bot.links.fetching import fetch  # aiohttp takes a third of a second to import

    for _ in range(reach.hops + 1):
        page = await fetch(way[-1], reach)
        if not page.moved:
            return page
        way.append(_next(way[-1], page.moved))
    raise Unreached("unsure", AROUND)


def _next(url: str, moved: str) -> str:
    try:
        return links.harmless(urljoin(url, moved))
    except Unclear as unclear:
        raise Unreached("refused", PRIVATE if str(unclear) == hosts.PRIVATE else ELSEWHERE) from None
    except ValueError:
        raise Unreached("refused", ELSEWHERE) from None


def _found(way: list[str], page: "Page", sheet: markup.Markup) -> tuple[State, str]:
    if page.status == 429 or page.status >= 500:
        return "unsure", BUSY
    if "cf-mitigated" in page.headers:  # Cloudflare asks whether the visitor is a person
        return "unsure", NO_ROBOTS
    forbidden, asks = page.status in (401, 403), signin.asks(way[0], page.url, sheet)
    vendor = next(filter(None, map(shares.vendor_of, way)), None)
    if vendor and (forbidden or asks or shares.refuses(sheet.title, sheet.text)):
        return "private share", vendor.reason
    if forbidden or asks:
        return "login", FORBIDDEN if page.status == 403 and not asks else SIGN_IN
    if page.status in (404, 410):
        return "dead", MISSING
    return ("live", "") if 200 <= page.status < 300 else ("unsure", ODD)


def _is_page(page: "Page") -> bool:
    kind = page.content_type.strip().lower()
    return not kind or kind.startswith(("text/html", "application/xhtml"))
