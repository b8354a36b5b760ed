"""What is to be done as long as we are in Slack: to know who we are, and who reads along at the desk."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.channels.slack.api import OPERATOR, Refused
from bot.channels.slack.desk import DeskPlace
from bot.channels.slack.intake import Intake
from bot.trouble import CommandError

log = logging.getLogger("lssc.slack")

SOON = 15.0  # seconds
AGAIN = 600.0  # seconds; somebody may leave the staff and stay in the channel


class Watch:
    """The part `slack` where Slack calls us over the web: what Slack reports comes in by the routes."""

    name = "slack"

    def __init__(self, intake: Intake, desk: DeskPlace | None, every: float = AGAIN) -> None:
        self._intake, self._desk, self._every = intake, desk, every
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Raises CommandError when Slack does not take the token."""
        if not self._stop.is_set():
            await let_in("LSSC_SLACK_BOT_TOKEN", self._intake.ours())
        await self.look()

    async def stop(self) -> None:
        self._stop.set()

    async def look(self) -> None:
        """Looks who is at the desk, now and again, until it is stopped."""
        while not self._stop.is_set():
            await within(self._every if await self._looked() else SOON, self._stop.wait())

    async def _looked(self) -> bool:
        try:
            if self._desk is not None:
                await self._desk.check()
        except Exception as error:
            log.error("who reads along at the desk could not be put on record (%s)", type(error).__name__)  # noqa: TRY400
            return False
        return True


async def let_in(setting: str, asking: Coroutine[Any, Any, Any]) -> Any:
    """What Slack answers. Raises CommandError when the token of that setting is the trouble."""
    try:
        return await asking
    except Refused as error:
        if error.code in OPERATOR:
            raise CommandError(f"Slack does not take {setting} ({error}): docs/how-to/slack.md tells how.") from error
        raise


async def within(seconds: float, waiting: Coroutine[Any, Any, object]) -> None:
    """Until it is over, or for so many seconds."""
    try:
        await asyncio.wait_for(waiting, seconds)
    except TimeoutError:
        return
