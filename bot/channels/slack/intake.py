"""Takes in what Slack reports, each person's in the order it came, and confirms it once it is on record."""

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import reading, workspace
from bot.channels.slack.afterwards import Afterwards
from bot.channels.slack.api import Api, Refused, sdk_log
from bot.channels.slack.desk import DeskPlace
from bot.channels.slack.names import Names
from bot.channels.slack.workspace import Payload, Workspace, said
from bot.lanes import Lanes
from flows.dialog.speech import Inbound

log = logging.getLogger("lssc.slack")

Hear: TypeAlias = Callable[[Inbound], Awaitable[Any]]
ANY = re.compile("")
NOT_RECORDED = "That was not recorded, because of trouble on our side. Please press the button again in a moment."
ELSEWHERE = "I have answered in your direct messages with me."
# Slack would otherwise send the same again a few times.
NO_MORE: dict[str, str | Sequence[str]] = {"x-slack-no-retry": ["1"]}
JOINED_OR_LEFT = ("member_joined_channel", "member_left_channel")


class Intake:
    """One way in for both: the web and Socket Mode. `desk` is the id of the staff's channel, or ""."""

    def __init__(self, api: Api, hear: Hear, afterwards: Afterwards, desk: DeskPlace | None) -> None:
        self._api, self._hear, self._afterwards, self._desk = api, hear, afterwards, desk
        self._lanes, self._names = Lanes(), Names(api)
        self._ours: Workspace | None = None
        self._bolt = self._listening()

    async def ours(self) -> Workspace:
        """Who we are; asked once. Raises Refused."""
        if self._ours is None:
            self._ours = await workspace.ours(self._api, self._desk.channel if self._desk else "")
        return self._ours

    async def take(self, payload: dict[str, Any]) -> BoltResponse:
        """Status 200 when it is on record or needs none, else 500; 403 for what is not for us, 400 for nonsense.

        Nothing is awaited before the lane, so the order of the calls is kept for each person.
        """
        if not workspace.is_readable(payload):
            log.warning("something that cannot be read was refused")
            return BoltResponse(status=400, headers=NO_MORE)
        async with self._lanes.one(workspace.sender(payload) or object()):
            try:
                if workspace.is_foreign(payload, await self.ours()):
                    log.warning("an event of another app or workspace was refused")
                    return BoltResponse(status=403, headers=NO_MORE)
            except Refused as error:
                log.error("nothing can be taken in from Slack yet: %s", error)  # noqa: TRY400 - the reason says it all
                return BoltResponse(status=500)
            return await self._dispatched(payload)

    async def _dispatched(self, payload: dict[str, Any]) -> BoltResponse:
        try:
            # In this mode Bolt takes a body that was read already; it misreads a command that has the word "payload".
            request = AsyncBoltRequest(mode="socket_mode", body=payload)
            return await self._bolt.async_dispatch(request)
        except Exception as error:  # the SDK's own, about a shape that it does not expect
            return await self._on_error(error)

    def _listening(self) -> AsyncApp:
        async def authorize() -> AuthorizeResult:  # a method would be called without its object
            ours = await self.ours()
            return AuthorizeResult(enterprise_id=None, team_id=ours.team, bot_user_id=ours.bot_user)

        client = AsyncWebClient(retry_handlers=[], logger=sdk_log)
        # With this setting a listener has finished before anything is confirmed.
        bolt = AsyncApp(name="lssc", client=client, authorize=authorize, process_before_response=True, logger=sdk_log)
        bolt.event(ANY)(self._on_event)
        bolt.action(ANY)(self._on_press)
        bolt.command(ANY)(self._on_command)
        bolt.error(self._on_error)
        return bolt

    async def _on_event(self, body: Payload) -> None:
        kind, user = said(body, "event", "type"), said(body, "event", "user")
        if kind == "app_home_opened" and said(body, "event", "tab") in ("", "home"):
            self._afterwards.show_home(user)
        elif kind in JOINED_OR_LEFT and self._desk and said(body, "event", "channel") == self._desk.channel:
            await self._desk.check()
        elif (message := reading.message(body, await self.ours())) is not None:
            await self._heard(message)

    async def _on_press(self, body: Payload, ack: AsyncAck, respond: AsyncRespond) -> None:
        message = reading.press(body)
        if message is None:
            await ack()
            return
        try:
            await self._heard(message)
        except Exception:
            self._afterwards.begin(_tell(respond))
            raise
        await ack()
        self._afterwards.settle(body, message)

    async def _on_command(self, body: Payload, ack: AsyncAck) -> None:
        message = reading.command(body)
        if message is not None:
            await self._heard(message)
        direct = said(body, "channel_id").startswith("D")
        await (ack() if direct else ack(ELSEWHERE, response_type="ephemeral"))

    async def _heard(self, message: Inbound) -> None:
        """Returns once it is on record; with the person's name in private and where the staff are."""
        named = not message.place or (self._desk is not None and message.place == self._desk.channel)
        name = await self._names.of(message.address) if named else ""
        await self._hear(replace(message, name=name))

    async def _on_error(self, error: Exception) -> BoltResponse:
        log.error("something from Slack could not be recorded (%s); it is not confirmed", type(error).__name__)
        return BoltResponse(status=500)


async def _tell(respond: AsyncRespond) -> None:
    if respond.response_url:
        await respond(NOT_RECORDED, response_type="ephemeral", replace_original=False)
