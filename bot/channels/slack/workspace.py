"""Which workspace, app and bot we are, and whether something that came is meant for us."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.channels.slack.api import Api, Refused, log

Payload: TypeAlias = Mapping[str, Any]

WORDS = ("text", "ts", "subtype", "channel_type", "thread_ts", "bot_id")


@dataclass(frozen=True)
class Workspace:
    """Ids as Slack gives them; `app` is empty when Slack does not tell it, `desk` is the staff's channel or empty."""

    team: str
    bot_user: str
    app: str = ""
    desk: str = ""


def said(payload: object, *path: str) -> str:
    """The text at a path of a payload; "" where there is none."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload if isinstance(payload, str) else ""


def sender(payload: Payload) -> str:
    """The id of the person who did something; "" when nobody did."""
    ways = (("event", "user"), ("event", "message", "user"), ("user", "id"), ("user_id",))
    return next(filter(None, (said(payload, *way) for way in ways)), "")


def is_readable(payload: Payload) -> bool:
    """Whether it has the shape that Slack documents, as far as anybody here or in the SDK relies on it."""
    kind = payload.get("type")
    if kind == "event_callback":
        event = payload.get("event")
        return isinstance(event, dict) and bool(said(event, "type")) and _has_texts(event, WORDS) and _has_ids(event)
    if kind == "block_actions":
        actions = payload.get("actions")
        shaped = isinstance(actions, list) and bool(actions) and all(said(each, "action_id") for each in actions)
        return shaped and isinstance(payload.get("user"), dict)
    return (kind is None or isinstance(kind, str)) and _has_texts(payload, ("command", "text", "channel_id"))


def _has_texts(part: Payload, keys: Iterable[str]) -> bool:
    return all(isinstance(part.get(key) or "", str) for key in keys)


def _has_ids(event: Payload) -> bool:
    """An id, or the whole of what it names, as some events have it."""
    return all(isinstance(event.get(key) or "", str | dict) for key in ("user", "channel", "team", "item", "message"))


def is_foreign(payload: Payload, ours: Workspace) -> bool:
    """Whether this belongs to another workspace or another app."""
    app = said(payload, "api_app_id")
    return _team(payload) != ours.team or bool(ours.app and app and app != ours.app)


def _team(payload: Payload) -> str:
    """In a channel shared with another workspace, the one that the event is delivered for."""
    granted = payload.get("authorizations")
    if isinstance(granted, list) and granted:
        return said(granted[0], "team_id")
    ways = (("team", "id"), ("team_id",), ("user", "team_id"))
    return next(filter(None, (said(payload, *way) for way in ways)), "")


async def ours(api: Api, desk: str) -> Workspace:
    """Asks Slack who we are; raises Refused when the token is not good."""
    known = await api.ask("auth.test")
    return Workspace(said(known, "team_id"), said(known, "user_id"), await _app(api, said(known, "bot_id")), desk)


async def _app(api: Api, bot: str) -> str:
    try:
        return said(await api.ask("bots.info", {"bot": bot}), "bot", "app_id")
    except Refused as error:
        if error.code == "unreachable" or error.by_vendor:
            raise
        log.warning("Slack does not tell which app we are (%s); events of other apps are told by signature only", error)
        return ""
