"""Starts one assistant after the other, each a process of its own that can be killed; the imports are paid for once.

`python -m tests.bot.telegram.nursery DATABASE_URL API_URL`: for each line on standard input a process is born, its
number is printed, and its exit status once it has ended.
"""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta

from bot.app import build
from bot.channels.channel import Pace
from bot.channels.telegram import assembly
from bot.channels.telegram.channel import Telegram as Sender
from bot.channels.telegram.ear import Ear
from bot.channels.telegram.polling import Polling
from bot.clock import now
from bot.settings import read
from tests.vendors.telegram import TOKEN

SPEED = 12  # so that a lease of the outbox that a dead process left ends after five seconds
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
LEASE = timedelta(seconds=0.4)


def quick() -> datetime:
    """Time that runs faster, for all processes alike."""
    return EPOCH + (now() - EPOCH) * SPEED


async def live(database_url: str, api_url: str) -> None:
    """An assistant that polls and delivers until it is told to stop."""
    given = {"LSSC_DATABASE_URL": database_url, "LSSC_TELEGRAM_TOKEN": TOKEN, "LSSC_TELEGRAM_API_URL": api_url}
    settings = read({**os.environ, **given})  # where the knowledge base is prepared already
    sender = Sender(assembly.channel(settings).bot, Pace())
    app = build(settings, channels={"telegram": sender}, clock=quick)
    part = Polling(sender.bot, Ear(app, sender.bot), app.writer, lease=LEASE, wait=5)
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    tasks = [asyncio.create_task(part.run()), asyncio.create_task(app.delivery.run())]
    await stopped.wait()
    await part.stop()
    await tasks[0]
    await app.delivery.settled()
    await app.close()
    await tasks[1]
    await assembly.closed(sender)


def main() -> None:
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            asyncio.run(live(sys.argv[1], sys.argv[2]))
            os._exit(0)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
