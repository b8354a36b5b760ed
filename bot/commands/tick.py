"""`lssc tick`: does once what has come due, and sends what waits."""

import asyncio
import json
import logging
from argparse import Namespace
from datetime import datetime

from bot import clock, logs, memory, settings
from bot.app import App, build
from bot.metrics import Tally
from bot.parts import Vendor
from bot.schedule import Ticker
from bot.trouble import CommandError, UsageError, explained
from bot.values import Unfit, instant
from bot.vendors import OFFERS, configured

log = logging.getLogger("lssc.tick")


def run(args: Namespace) -> int:
    """Exit 1 when a step failed; the others were taken."""
    chosen = settings.read()
    logs.configure(chosen)
    counts, failed = asyncio.run(_tick(chosen, _time(args.at)))
    print(json.dumps(counts))
    if failed:
        raise CommandError(f"A step failed and is taken again at the next tick: {', '.join(failed)}.")
    return 0


def _time(given: str | None) -> datetime | None:
    try:
        return instant(given) if given else None
    except Unfit as error:
        raise UsageError(f"--at must be {error}, not {given!r}.") from None


async def _tick(chosen: settings.Settings, at: datetime | None) -> tuple[dict[str, int], list[str]]:
    tally = Tally()
    app = build(chosen, clock=clock.fixed(at) if at else None, metrics=tally)
    vendors = [vendor for name in configured(chosen) if (vendor := await _opened(name, app))]
    memory.keep()
    try:
        ticker = Ticker(app)
        counts = await ticker.tick()
        await app.delivery.drain()
        return counts | dict(tally.deliveries), ticker.failed
    finally:
        await app.delivery.stop()
        for vendor in vendors:
            await vendor.close()
        await app.close()


async def _opened(name: str, app: App) -> Vendor | None:
    """A vendor that cannot be opened is told; its messages wait."""
    try:
        vendor = await OFFERS[name].open(app.settings, app)
    except Exception as error:
        log.warning("%s cannot be opened: %s", name, explained(error) or type(error).__name__)
        return None
    app.delivery.join(vendor.channel)
    return vendor
