"""The channel `slack`: hands messages over to people and places, and changes those that are there already."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from bot.channels.channel import Pace
from bot.channels.slack import blocks
from bot.channels.slack.api import Api, Refused, Unsure
from bot.settings import Settings
from flows.dialog.speech import File, Outbound

log = logging.getLogger("lssc.slack")

PACE = Pace(address=1.0, burst=4)  # Slack: about one message a second in a channel, short bursts allowed
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"})
LOOK_BACK = "50"  # messages
MARK = "lssc_message"
# Words are sent as they are: Slack neither formats them nor looks for names, channels and links in them.
AS_IT_IS = {"parse": "none", "link_names": False, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}


class SlackChannel:
    """A person is written to in their direct messages, a place in itself or in a thread of it."""

    name = "slack"

    def __init__(self, api: Api, pace: Pace = PACE) -> None:
        self.api, self._pace = api, pace
        self._direct: dict[str, str] = {}
        self._unsure: set[str] = set()

    @property
    def pace(self) -> Pace:
        return self._pace

    def parts(self, message: Outbound) -> list[Outbound]:
        return blocks.pieces(message)

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        """The name of a message is `CHANNEL:TS`, as Slack tells them apart; a file has none."""
        if edits and message.edits:
            return await self._change(edits, message)
        channel = await self._conversation(address)
        if message.files:
            await self._share(channel, message.files[0], _thread(channel, message))
            return ""
        return await self._post(channel, message, reference)

    async def change(self, name: str, arguments: Mapping[str, Any]) -> None:
        """Puts other words in the place of a message; one that is gone counts as changed."""
        channel, _, ts = name.partition(":")
        plain = {"parse": "none", "link_names": False}
        try:
            await self.api.call("chat.update", {"channel": channel, "ts": ts, **plain, **arguments})
        except Refused as error:
            if error.code not in GONE:
                raise

    async def _change(self, name: str, message: Outbound) -> str:
        await self.change(name, _body(message))
        return name

    async def _post(self, channel: str, message: Outbound, reference: str) -> str:
        thread = _thread(channel, message)
        if reference in self._unsure and (found := await self._find(channel, thread, reference)):
            self._unsure.discard(reference)
            return found
        mark = {"event_type": MARK, "event_payload": {"reference": reference}}
        try:
            answer = await self.api.call(
                "chat.postMessage", {"channel": channel, **AS_IT_IS, **_body(message), **thread, "metadata": mark}
            )
        except Unsure:
            self._unsure.add(reference)
            raise
        self._unsure.discard(reference)
        return f"{answer.get('channel', channel)}:{answer.get('ts', '')}"

    async def _find(self, channel: str, thread: Mapping[str, str], reference: str) -> str:
        """The name of a message that went although its confirmation was lost; "" when there is none."""
        method, where = "conversations.history", {"channel": channel}
        if thread:
            method, where = "conversations.replies", {"channel": channel, "ts": thread["thread_ts"]}
        try:
            answer = await self.api.ask(method, {**where, "limit": LOOK_BACK, "include_all_metadata": "true"})
        except Refused as error:
            if error.code == "unreachable" or error.by_vendor:
                raise
            log.warning("cannot look whether a message went already (%s); it may appear twice", error)
            return ""
        for each in answer.get("messages", ()):
            if each.get("metadata", {}).get("event_payload", {}).get("reference") == reference:
                return f"{channel}:{each['ts']}"
        return ""

    async def _conversation(self, address: str) -> str:
        """The channel of an address: a person's direct messages (kept in memory), or the place itself."""
        if address[:1] not in ("U", "W"):
            return address
        if address not in self._direct:
            answer = await self.api.ask("conversations.open", {"users": address})
            self._direct[address] = str(answer["channel"]["id"])
        return self._direct[address]

    async def _share(self, channel: str, file: File, thread: Mapping[str, str]) -> None:
        """Slack takes a file in three steps: it says where to put it, takes it, and shows it."""
        about = {"filename": file.name, "length": f"{len(file.content)}", "alt_txt": file.alt or file.name}
        place = await self.api.ask("files.getUploadURLExternal", about)
        await self.api.upload(str(place["upload_url"]), file.content)
        files = json.dumps([{"id": place["file_id"], "title": file.name}])
        shown = {"files": files, "channel_id": channel, **thread}
        await self.api.ask("files.completeUploadExternal", shown)


def opened(settings: Settings) -> SlackChannel:
    """The channel of these settings, for `bot.app.build`; it connects at its first message."""
    return SlackChannel(Api(settings.slack_api_url, settings.slack_bot_token or ""))


def _body(message: Outbound) -> dict[str, Any]:
    return {"text": blocks.fallback(message), "blocks": blocks.blocks(message)}


def _thread(channel: str, message: Outbound) -> dict[str, str]:
    """The thread that a message belongs to, if that is in this channel."""
    place, _, ts = message.answers.partition(":")
    return {"thread_ts": ts} if ts and place == channel else {}
