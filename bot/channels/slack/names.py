"""What people call themselves in Slack; asked once for each, and never waited for long."""

import asyncio

from bot.channels.slack.api import Api, Refused, log
from bot.channels.slack.workspace import said

LONGEST_WAIT = 1.0  # seconds; Slack wants its event confirmed within three
MOST = 10_000  # kept in memory


class Names:
    """The names that were asked for since the start."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: dict[str, str] = {}

    async def of(self, user: str) -> str:
        """Their display name or full name; "" when Slack does not tell it now."""
        if user not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[user] = await self._asked(user)
        return self._known[user]

    async def _asked(self, user: str) -> str:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                answer = await self._api.ask("users.info", {"user": user})
        except (Refused, TimeoutError) as error:
            log.info("Slack does not tell a name (%s)", type(error).__name__)
            return ""
        profile = ("user", "profile")
        return said(answer, *profile, "display_name") or said(answer, *profile, "real_name")
