"""Looks who reads along in the staff's channel, so that nothing personal is shown where others are."""

import logging
from collections.abc import AsyncIterator, Callable, Collection
from typing import TypeAlias

from bot.channels.slack.api import Api, Refused
from bot.channels.slack.workspace import said
from bot.writer import Writer
from storage import people
from storage.database import Work

log = logging.getLogger("lssc.slack")

IsStaff: TypeAlias = Callable[[Work, str], bool]
Members: TypeAlias = Collection[str]


class DeskPlace:
    """The staff's channel; `is_staff` tells, inside a transaction, whether a Slack user belongs to the staff."""

    def __init__(self, api: Api, writer: Writer, channel: str, is_staff: IsStaff) -> None:
        self.channel = channel
        self._api, self._writer, self._is_staff = api, writer, is_staff

    async def check(self) -> bool:
        """Whether only staff read along, put on record; when Slack does not tell, it counts as no."""
        try:
            private = await self._staff_only()
        except Refused as error:
            log.warning("cannot see who is in the desk's channel (%s): only bare facts are shown there", error)
            private = False
        await self._writer.work(lambda work: _record(work, self.channel, private))
        return private

    async def _staff_only(self) -> bool:
        members = [member async for member in _members(self._api, self.channel)]
        staff = await self._writer.work(lambda work: {each for each in members if self._is_staff(work, each)})
        return await staff_only(self._api, self.channel, members, staff)


async def staff_only(api: Api, channel: str, members: Members, staff: Members) -> bool:
    """Whether a channel is private, of this workspace alone, and all its members are staff or programs."""
    info = (await api.ask("conversations.info", {"channel": channel})).get("channel", {})
    if not info.get("is_private") or info.get("is_ext_shared") or info.get("is_org_shared"):
        return False
    for member in members:
        if member not in staff and not await _is_program(api, member):
            return False
    return True


async def _members(api: Api, channel: str) -> AsyncIterator[str]:
    cursor = ""
    while True:
        answer = await api.ask("conversations.members", {"channel": channel, "limit": "200", "cursor": cursor})
        for member in answer.get("members", ()):
            yield str(member)
        cursor = said(answer, "response_metadata", "next_cursor")
        if not cursor:
            return


async def _is_program(api: Api, user: str) -> bool:
    return bool((await api.ask("users.info", {"user": user})).get("user", {}).get("is_bot"))


def _record(work: Work, channel: str, private: bool) -> None:
    place = people.place(work, "slack", channel)
    people.set_place(work, place.id, "staff" if private else "public")
