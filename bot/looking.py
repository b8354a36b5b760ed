"""Looks at the links that candidates sent, after the turn that took them, and tells of those that will not do."""

import asyncio
from functools import partial

from bot.app import App
from bot.links.checking import check
from bot.links.reach import Reach
from handlers import evidence
from storage import evidence as record

MOST = 20  # links of one tick; they are looked at side by side


async def look_at_links(app: App, reach: Reach | None = None) -> int:
    """How many links were looked at; none where `LSSC_LINK_CHECK` is off. No transaction waits for a site."""
    if not app.settings.link_check:
        return 0
    links = await app.writer.work(lambda work: record.unchecked(work, MOST))
    for link, found in zip(links, await asyncio.gather(*(check(each.content, reach) for each in links)), strict=True):
        await app.errand(partial(evidence.looked_at, link=link, state=found.state, reason=found.reason))
    return len(links)
