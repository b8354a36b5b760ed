"""`lssc run`: the service, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from threading import Timer
from typing import TYPE_CHECKING

from bot import settings
from bot.settings import Settings
from bot.trouble import CommandError, UsageError
from bot.vendors import OFFERS, Offer, configured

if TYPE_CHECKING:
    from bot.service import Service

log = logging.getLogger("lssc.service")

OWN = ("web", "scheduler", "delivery")
LAST = 9.7  # seconds after the signal; then what hangs (a server that does not answer) is left as after a crash


def run(args: Namespace, offers: Mapping[str, Offer] = OFFERS) -> int:
    """Until SIGTERM or SIGINT; exit 0."""
    chosen = settings.read()
    names = parts(args.only, chosen, offers)
    from bot import logs  # what follows takes a second or two to import
    from bot.service import assembled

    logs.configure(chosen)
    service = assembled(chosen, names, offers)
    _tell(chosen, names, service)
    asyncio.run(_until_signalled(service))
    logging.shutdown()
    sys.stdout.flush()
    # All is committed and given back; only a thread that still prepares the knowledge base would hold up the end.
    os._exit(0)


def parts(only: Sequence[str], chosen: Settings, offers: Mapping[str, Offer]) -> list[str]:
    """The names of the parts to run: those asked for, else all that are configured.

    Raises UsageError for one that does not exist, CommandError for one that is not configured.
    """
    there = [*configured(chosen, offers), *OWN]
    known = ["web", *offers, "scheduler", "delivery"]
    for name in only:
        if name not in known:
            raise UsageError(f"There is no part {name!r}; the parts are {', '.join(known)}.")
        if name not in there:
            raise CommandError(f"{name} is not configured: set {offers[name].variable}.")
        if name in offers and not offers[name].exists():
            raise CommandError(f"This version does not have {name} yet: unset {offers[name].variable}.")
    return [name for name in there if name in only] if only else there


async def _until_signalled(service: Service) -> None:
    told, loop = asyncio.Event(), asyncio.get_running_loop()

    def stop() -> None:
        if not told.is_set():
            _leave_at_last()
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await service.run(told)


def _leave_at_last() -> None:
    def leave() -> None:
        log.error("the service did not end in time; what it did not confirm comes again")
        os._exit(1)

    timer = Timer(LAST, leave)
    timer.daemon = True
    timer.start()


def _tell(chosen: Settings, names: Sequence[str], service: Service) -> None:
    url = service.app.house.database.engine.url.set(query={})  # a password may stand in the query too
    log.info("parts: %s", ", ".join(names))
    log.info("database: %s", url.render_as_string(hide_password=True))
    if "web" in names:
        log.info("listening on %s:%d", *chosen.http_listen)
