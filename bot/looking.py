"""Looks at links after the turn that took them: at each that came, and once more when a set is handed in."""

import asyncio
from functools import partial

from bot.app import App
from bot.links.checking import check, visit
from bot.links.contents import readable
from bot.links.reach import Reach
from handlers import evidence, outcomes, package
from handlers.outcomes import Seen
from storage import evidence as record
from storage import submissions

MOST = 20  # links of one tick; they are looked at side by side


async def look_at_links(app: App, reach: Reach | None = None) -> int:
    """How many links were looked at; none where `LSSC_LINK_CHECK` is off. No transaction waits for a site."""
    if not app.settings.link_check:
        return 0
    links = await app.writer.work(lambda work: record.unchecked(work, MOST))
    for link, found in zip(links, await asyncio.gather(*(check(each.content, reach) for each in links)), strict=True):
        await app.errand(partial(evidence.looked_at, link=link, state=found.state, reason=found.reason))
    return len(links)


async def look_at_submissions(app: App, reach: Reach | None = None) -> int:
    """How many sets that were handed in went to the office or back; where links are not checked, they go on unread."""
    waiting = await app.writer.work(lambda work: submissions.checking(work, MOST))
    done = 0
    for each in waiting:
        links = package.links(each)
        seen = (
            [await _seen(url, reach) for url in links] if app.settings.link_check else [Seen(url, "") for url in links]
        )
        done += await app.errand(partial(outcomes.seen, submission_id=each.id, links=seen))
    return done


async def _seen(url: str, reach: Reach | None) -> Seen:
    found = await visit(url, reach)
    told = await asyncio.to_thread(readable, found.content_type, found.body) if found.body else None
    texts = (told.title, told.author, told.text) if told is not None else ()
    return Seen(url, found.checked.state, found.checked.reason, texts)
