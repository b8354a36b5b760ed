"""Slack's calls over the web: their signature and age are checked before anything in them is read."""

import json
import logging
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_sdk.signature import SignatureVerifier

from bot.channels.slack.intake import Intake

log = logging.getLogger("lssc.slack")

PATH = "/slack/events"  # for events, buttons and commands alike


def routes(intake: Intake, signing_secret: str) -> list[web.RouteDef]:
    """To be served where Slack can reach it."""
    verifier = SignatureVerifier(signing_secret)

    async def called(request: web.Request) -> web.Response:
        body = await request.read()
        if not is_signed(verifier, body, request):
            log.warning("a call without Slack's signature, or an old one, was refused")
            return web.json_response({"error": "invalid request"}, status=401)
        payload = parsed(body.decode())
        if payload is None:
            log.warning("a call of Slack that cannot be read was refused")
            return web.json_response({"error": "malformed"}, status=400)
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": payload.get("challenge")})
        return await to_aiohttp_response(await intake.take(payload))

    return [web.post(PATH, called)]


def is_signed(verifier: SignatureVerifier, body: bytes, request: web.Request) -> bool:
    """Whether Slack signed this within the last five minutes."""
    try:
        return verifier.is_valid_request(body, dict(request.headers))
    except (ValueError, TypeError):  # no number for a time, no ASCII for a signature, no UTF-8
        return False


def parsed(body: str) -> dict[str, Any] | None:
    """An event is JSON, a button JSON in a form, a command a form; None for anything else."""
    if body.lstrip().startswith("{"):
        return _json(body)
    fields = dict(parse_qsl(body, keep_blank_values=True))
    if "payload" in fields:
        return _json(fields["payload"])
    return fields if "command" in fields or "ssl_check" in fields else None


def _json(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
