"""The public pages in a real Chromium: without scripts, by keyboard alone, on a phone, in light and dark."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import checking, sharing
from bot.app import App
from flows.program.certificates import in_groups
from storage import certificates
from storage.database import Work
from tests.bot.test_app import Thinker
from tests.bot.test_checking import SETS
from tests.bot.test_sharing import TOKEN, written
from tests.vendors.chromium import INSTALLED, Page, browser

House = Callable[..., App]
PICTURES = os.environ.get("PICTURES")  # a folder where people may look at the pages; none by default
pytestmark = pytest.mark.skipif(INSTALLED is None, reason="Chromium is not installed here")
ENOUGH = 4.5  # contrast of text, WCAG 2.1 AA
# The contrast of every piece of text with what it stands on, the smallest first.
CONTRASTS = """
(() => {
  const light = c => { const v = c / 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }
  const read = s => (s.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number)
  const bright = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b)
  const below = e => {
    for (let at = e; at; at = at.parentElement) {
      const c = read(getComputedStyle(at).backgroundColor)
      if (c.length < 4 || c[3] > 0) return c
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255]
  }
  const found = []
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement
    if (!walk.currentNode.textContent.trim() || !e.offsetParent) continue
    const [a, b] = [bright(read(getComputedStyle(e).color)), bright(below(e))]
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), walk.currentNode.textContent.trim()])
  }
  return found.sort((one, other) => one[0] - other[0])
})()
"""
FOCUSED = """
(() => {
  const e = document.activeElement, style = getComputedStyle(e)
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'
  return [e.tagName, e.name || e.href || e.textContent.trim(), seen]
})()
"""


@dataclass(frozen=True)
class Site:
    """The pages there are, by what they are."""

    check: str
    found: str
    record: str
    number: str
    code: str


def looked_at(house: House, look: Callable[[Page, Site], Awaitable[Any]], **wishes: Any) -> Any:
    """What `look` finds, in a browser with these wishes, on pages that come from a real server."""

    async def whole() -> Any:
        app = house(Thinker())
        await app.writer.work(written)
        held = await app.writer.work(certified)
        application = web.Application()
        application.add_routes([*checking.routes(app), *sharing.routes(app)])
        async with TestServer(application) as server:
            code = in_groups(held.code)
            found = str(server.make_url(f"/check/{code}"))
            site = Site(
                str(server.make_url("/check")), found, str(server.make_url(f"/record/{TOKEN}")), held.number, code
            )  # fmt: skip
            async with browser(**wishes) as page:
                result = await look(page, site)
        await app.close()
        return result

    return asyncio.run(whole())


def certified(work: Work) -> certificates.Certificate:
    held = certificates.issue(work, 1, "Hollis Quimby", SETS, *(work.now.date(),) * 3)
    certificates.show(work, held.id, ("name", "sets", "dates"))
    return held


async def pictured(page: Page, name: str) -> None:
    if PICTURES:
        await page.looks_like(Path(PICTURES) / f"{name}.png")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out_and_nothing_is_wider_than_a_phone(house: House, dark: bool) -> None:
    async def look(page: Page, site: Site) -> Any:
        found = {}
        for name, url in (("check", site.check), ("found", site.found), ("record", site.record)):
            await page.open(url)
            await pictured(page, f"{name}-{'dark' if dark else 'light'}")
            contrasts = await page.finds(CONTRASTS)
            wide = await page.finds("document.documentElement.scrollWidth")
            found[name] = (contrasts, wide)
        return found

    for name, (contrasts, wide) in looked_at(house, look, width=360, scripts=False, dark=dark).items():
        assert len(contrasts) > 3, name
        assert contrasts[0][0] >= ENOUGH, (name, contrasts[0])
        assert wide <= 360, name


def test_a_certificate_is_checked_by_keyboard_alone_without_any_script(house: House) -> None:
    async def look(page: Page, site: Site) -> Any:
        await page.open(site.check)
        focused = []
        for words in (site.number, site.code):
            await page.presses("Tab")
            focused.append(await page.finds(FOCUSED))
            await page.types(words)
        await page.presses("Enter")
        await page.until("document.body.innerText.includes('Hollis Quimby')")
        await pictured(page, "by-keyboard")
        return focused, await page.finds("document.body.innerText"), await page.finds("document.scripts.length")

    focused, text, scripts = looked_at(house, look, scripts=False)
    assert [tag for tag, _, _ in focused] == ["INPUT", "INPUT"]
    assert all(seen for _, _, seen in focused)
    assert scripts == 0
    assert "Foundations of Library Service" in text


def test_the_links_of_a_shared_record_are_reached_by_keyboard_and_no_script_runs(house: House) -> None:
    async def look(page: Page, site: Site) -> Any:
        await page.open(site.record)
        await page.presses("Tab")
        focused = await page.finds(FOCUSED)
        text = await page.finds("document.body.innerText")
        return focused, text, await page.finds("document.scripts.length"), await page.finds("document.links[0].rel")

    (tag, href, seen), text, scripts, rel = looked_at(house, look)
    assert (tag, href, seen, scripts) == ("A", "https://example.org/talk", True, 0)
    assert "noreferrer" in rel
    assert "<script>alert(1)</script>" in text  # as words
    assert "Hollis Quimby" not in text
