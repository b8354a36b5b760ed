"""Calls of Slack's Web API, and what its refusals mean for a message.

DeliveryError
└── Refused          Slack, or the way to it, did not take a call; `code` is Slack's own word for why
    └── Unsure       nobody knows whether the call was carried out
"""

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.channel import DeliveryError

log = logging.getLogger("lssc.slack")
# The SDK writes what people say into its log when it is allowed to say everything.
sdk_log = logging.getLogger("lssc.slack.sdk")
sdk_log.setLevel(logging.INFO)

TIMEOUT = 10.0  # seconds for one call
OPERATOR = frozenset(
    {
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope",
        "no_permission", "org_login_required", "ekm_access_denied", "access_denied", "team_access_not_granted",
        "not_allowed_token_type", "messages_tab_disabled",
    }
)  # fmt: skip
PERMANENT = frozenset(
    {
        "channel_not_found", "user_not_found", "users_not_found", "user_disabled", "user_not_visible",
        "cannot_dm_bot", "is_archived", "not_in_channel", "restricted_action", "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
        "cannot_reply_to_message", "thread_not_found", "msg_too_long", "msg_blocks_too_long", "no_text",
        "invalid_blocks", "invalid_blocks_format", "invalid_arguments", "invalid_metadata_format",
        "metadata_too_large", "file_too_large", "posting_to_channel_denied",
    }
)  # fmt: skip
RATE = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
NOTHING: Mapping[str, str] = MappingProxyType({})
OPERATORS_PAUSE, VENDORS_PAUSE = 60.0, 30.0  # seconds


class Refused(DeliveryError):
    """Slack, or the way to it, did not take a call; `code` is Slack's own word for why."""

    code = ""


class Unsure(Refused):
    """Nobody knows whether the call was carried out."""


class Api:
    """One connection pool to Slack, with the bot's token; opened at the first call, in the loop that calls."""

    def __init__(self, url: str, token: str) -> None:
        self._url, self._token = url, token
        self._opened: tuple[aiohttp.ClientSession, AsyncWebClient] | None = None

    @property
    def client(self) -> AsyncWebClient:
        """The SDK's client; it tries nothing again, because delivery does, and knows what went."""
        return self._open()[1]

    async def call(self, method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What Slack answers to a call that writes; raises Refused."""
        return await self._call(method, json=dict(arguments))

    async def ask(self, method: str, arguments: Mapping[str, str] = NOTHING, token: str = "") -> dict[str, Any]:
        """What Slack answers to a call that takes only a form, as those that read do; raises Refused."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await self._call(method, data=dict(arguments), headers=headers)

    async def _call(self, method: str, **how: Any) -> dict[str, Any]:
        try:
            response = await self.client.api_call(method, **how)
        except SlackApiError as error:
            raise _refused(method, error) from None
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise _named(Unsure(f"{method}: {type(error).__name__}", permanent=False), "unreachable") from error
        return dict(response.data) if isinstance(response.data, dict) else {}

    async def upload(self, url: str, content: bytes) -> None:
        """Puts a file where Slack asked for it; raises Refused."""
        try:
            async with self._open()[0].post(url, data=content) as response:
                if response.status != 200:
                    raise _named(Refused(f"upload: HTTP {response.status}", permanent=False), "upload")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _named(Refused(f"upload: {type(error).__name__}", permanent=False), "unreachable") from error

    async def close(self) -> None:
        if self._opened is not None:
            await self._opened[0].close()

    def _open(self) -> tuple[aiohttp.ClientSession, AsyncWebClient]:
        if self._opened is None or self._opened[0].closed:
            session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
            client = AsyncWebClient(self._token, self._url, session=session, retry_handlers=[], logger=sdk_log)
            self._opened = session, client
        return self._opened


def _refused(method: str, error: SlackApiError) -> Refused:
    response: Any = error.response
    status, headers = getattr(response, "status_code", 0), getattr(response, "headers", {}) or {}
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    reason = f"{method}: {code or f'HTTP {status}'}"
    if status == 429 or code in RATE:
        pause = _seconds(headers.get("Retry-After"))
        return _named(Refused(reason, permanent=False, retry_after=pause, by_vendor=True), code)
    if code in OPERATOR:
        log.error("Slack does not let us in (%s): check the token, and the app's scopes; nothing is lost", reason)
        return _named(Refused(reason, permanent=False, retry_after=OPERATORS_PAUSE), code)
    if code in PERMANENT:
        return _named(Refused(reason, permanent=True), code)
    return _named(Unsure(reason, permanent=False), code)


def _seconds(words: str | None) -> float:
    try:
        return max(float(words or VENDORS_PAUSE), 1.0)
    except ValueError:
        return VENDORS_PAUSE


def _named(refused: Refused, code: str) -> Refused:
    refused.code = code
    return refused
