"""The whole program with Slack's Socket Mode in a small process, to be killed at any moment.

`python -m tests.bot.slack.driver DATABASE_URL API_URL`, then the seconds by which its clock is ahead, a line a start.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta

from bot.channels.slack.opening import assembled as parts_of
from bot.settings import Settings, read
from tests.bot.slack.office import AT_ONCE, PING, assembled, with_slack


async def run(database_url: str, api_url: str, ahead: float) -> None:
    settings = with_slack(Settings(database_url=database_url, cache_dir=read().cache_dir), api_url, "socket")
    app = assembled(settings, lambda: datetime.now(UTC) + timedelta(seconds=ahead))
    vendor = parts_of(settings, app, AT_ONCE, PING).vendor
    app.delivery.join(vendor.channel)
    assert vendor.part is not None
    await asyncio.gather(app.delivery.run(), vendor.part.run())


def main(database_url: str, api_url: str) -> None:
    """Each line of standard input, a number of seconds, starts the program in a process of its own.

    It is forked, because importing everything takes longer than it is to live.
    """
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(run(database_url, api_url, float(line)))
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
