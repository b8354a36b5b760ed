"""The whole program with Slack's Socket Mode in a small process, to be killed at any moment.

`python -m tests.bot.slack.driver DATABASE_URL API_URL`, then the seconds by which its clock is ahead, a line a start.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta

from bot.channels.channel import Pace
from bot.channels.slack.api import Api
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.opening import opened
from bot.settings import Settings
from tests.bot.slack.office import PING, assembled
from tests.vendors.slack import APP_TOKEN, BOT_TOKEN


async def run(database_url: str, api_url: str, ahead: float) -> None:
    settings = Settings(
        database_url=database_url, slack_bot_token=BOT_TOKEN, slack_app_token=APP_TOKEN, slack_api_url=api_url
    )
    channel = SlackChannel(Api(api_url, BOT_TOKEN), Pace())
    app = assembled(settings, channel, lambda: datetime.now(UTC) + timedelta(seconds=ahead), None)
    parts = await opened(settings, app, channel, lambda _work, _address: False, PING)
    assert parts.part is not None
    await asyncio.gather(app.delivery.run(), parts.part.run())


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
