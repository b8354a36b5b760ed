"""Socket Mode: Slack reports over a connection that we open, so that no address of ours need be reachable."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.channels.slack.api import Api, sdk_log
from bot.channels.slack.intake import Intake

log = logging.getLogger("lssc.slack")

PING = 5.0  # seconds between two signs of life
PATIENCE = 6  # so many of them without a connection, and it is built anew
AT_HAND = 8.0  # seconds for what is at hand when we stop


class ConnectionLost(Exception):
    """The connection to Slack was lost, and the SDK did not get it back."""


class SocketMode:
    """The part `slack`. What is not confirmed when it ends is delivered again by Slack."""

    name = "slack"

    def __init__(self, api: Api, app_token: str, intake: Intake, ping: float = PING) -> None:
        self._api, self._app_token, self._intake, self._ping = api, app_token, intake, ping
        self._stop = asyncio.Event()
        self._at_hand: set[asyncio.Event] = set()

    async def run(self) -> None:
        """Raises Refused when Slack does not let us in, ConnectionLost when the way there is closed."""
        await self._intake.ours()
        address = (await self._api.ask("apps.connections.open", token=self._app_token))["url"]
        client = SocketModeClient(self._app_token, sdk_log, self._api.client, ping_interval=self._ping)
        client.socket_mode_request_listeners.append(self._take)
        client.wss_uri = str(address)
        try:
            await asyncio.wait_for(_connected(client), self._ping * PATIENCE)
            await self._watch(client)
            await self._finish()
        except TimeoutError:
            raise ConnectionLost("Slack's Socket Mode cannot be reached") from None
        finally:
            await _closed(client)

    async def stop(self) -> None:
        self._stop.set()

    async def _watch(self, client: SocketModeClient) -> None:
        """Until we are to stop, or the connection is gone for good: the SDK tries one address for ever."""
        missed = 0
        while not self._stop.is_set():
            missed = 0 if await client.is_connected() else missed + 1
            if missed > PATIENCE:
                raise ConnectionLost("the connection to Slack's Socket Mode is lost")
            await _either(self._stop.wait(), self._ping)

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if self._stop.is_set():
            return
        taken = asyncio.Event()
        self._at_hand.add(taken)
        try:
            await send_async_response(client, request, await self._intake.take(_body(request)), 0.0)
        finally:
            self._at_hand.discard(taken)
            taken.set()

    async def _finish(self) -> None:
        async def finished() -> None:
            for taken in list(self._at_hand):
                await taken.wait()

        await _either(finished(), AT_HAND)


def _body(request: SocketModeRequest) -> dict[str, Any]:
    return request.payload if isinstance(request.payload, dict) else {}


async def _connected(client: SocketModeClient) -> None:
    await client.connect()  # type: ignore[no-untyped-call]


async def _closed(client: SocketModeClient) -> None:
    await client.close()  # type: ignore[no-untyped-call]


async def _either(waiting: Coroutine[Any, Any, object], seconds: float) -> None:
    """Until it is over, or for so many seconds."""
    try:
        await asyncio.wait_for(waiting, seconds)
    except TimeoutError:
        return
