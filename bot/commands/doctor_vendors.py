"""What `lssc doctor` asks of Telegram and Slack: whether the tokens are taken, and whether messages can come in."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from bot.commands.findings import Finding, broken, tried
from bot.commands.looking import asked
from bot.settings import Settings
from bot.values import Place
from bot.vendors import OFFERS

TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
TELEGRAM_PORTS = (None, 443, 80, 88, 8443)
OWN_API = "https://api.telegram.org"
Check = Callable[[Settings], str]


def examine(chosen: Settings) -> Iterator[Finding]:
    """Each vendor, then whether the places named for staff and desk can be reached."""
    checks: dict[str, Check] = {"telegram": telegram, "slack": slack}
    for name, check in checks.items():
        half = _half_configured(name, chosen)
        if OFFERS[name].configured(chosen):
            yield tried(name, partial(check, chosen))
        elif half:
            yield Finding(name, "broken", f"{half} alone does nothing: set {OFFERS[name].variable}, or unset it")
        else:
            yield Finding(name, "not configured", f"set {OFFERS[name].variable} to use it")
    if chosen.desk is None and not chosen.staff:
        yield Finding("desk", "not configured", "set LSSC_STAFF, so that somebody may answer and decide")
    else:
        yield tried("desk", lambda: desk(chosen))


def _half_configured(name: str, chosen: Settings) -> str:
    others = {
        "telegram": ("telegram_webhook_url", "telegram_webhook_secret"),
        "slack": ("slack_app_token", "slack_signing_secret"),
    }
    return next((f"LSSC_{each.upper()}" for each in others[name] if getattr(chosen, each) is not None), "")


def telegram(chosen: Settings) -> str:
    """`getMe`, and how updates come in."""
    me = _of_telegram(chosen, "getMe")
    hook = _of_telegram(chosen, "getWebhookInfo")
    way = _webhook(chosen, hook) if chosen.telegram_webhook_url else _polling(hook)
    return f"@{me.get('username', '?')}, {way}"


def _of_telegram(chosen: Settings, method: str) -> dict[str, Any]:
    answer = asked(f"{chosen.telegram_api_url.rstrip('/')}/bot{chosen.telegram_token}/{method}", "Telegram")
    if answer.get("ok") is True and isinstance(answer.get("result"), dict):
        return dict(answer["result"])
    if answer.get("error_code") in (401, 404):
        raise broken("Telegram does not know this token: copy LSSC_TELEGRAM_TOKEN anew from @BotFather")
    raise broken(f"Telegram refuses {method}: {answer.get('description', 'no reason given')}")


def _polling(hook: dict[str, Any]) -> str:
    if hook.get("url"):
        return "long polling; a webhook is set at Telegram, which `lssc run` takes away"
    return "long polling"


def _webhook(chosen: Settings, hook: dict[str, Any]) -> str:
    url, secret = chosen.telegram_webhook_url or "", chosen.telegram_webhook_secret
    if secret is None or not TELEGRAM_SECRET.fullmatch(secret):
        raise broken("a webhook needs LSSC_TELEGRAM_WEBHOOK_SECRET: 1 to 256 letters, digits, _ or -")
    parts = urlsplit(url)
    if chosen.telegram_api_url == OWN_API and (parts.scheme != "https" or parts.port not in TELEGRAM_PORTS):
        raise broken(
            "Telegram calls https addresses only, on port 443, 80, 88 or 8443: change LSSC_TELEGRAM_WEBHOOK_URL"
        )
    if hook.get("url") and hook["url"] != url:
        return f"webhook; Telegram still calls {urlsplit(hook['url']).hostname}, until `lssc run` tells it the new one"
    if not hook.get("url"):
        return "webhook; `lssc run` tells Telegram the address"
    failed = hook.get("last_error_message")
    told = f"; the last call failed: {failed}" if failed else ""
    return f"webhook, {hook.get('pending_update_count', 0)} updates wait{told}"


def slack(chosen: Settings) -> str:
    """`auth.test`, and how events come in."""
    if not chosen.slack_app_token and not chosen.slack_signing_secret:
        raise broken("nothing can come in: set LSSC_SLACK_APP_TOKEN (Socket Mode) or LSSC_SLACK_SIGNING_SECRET")
    who = _of_slack(chosen, "auth.test", chosen.slack_bot_token or "", "LSSC_SLACK_BOT_TOKEN")
    team = who.get("team") or who.get("team_id", "?")
    if chosen.slack_app_token:
        _of_slack(chosen, "apps.connections.open", chosen.slack_app_token, "LSSC_SLACK_APP_TOKEN")
        return f"{team}, Socket Mode"
    return f"{team}, calls to /slack/events with a signature"


def _of_slack(chosen: Settings, method: str, token: str, variable: str, **form: str) -> dict[str, Any]:
    answer = asked(f"{chosen.slack_api_url.rstrip('/')}/{method}", "Slack", form, token)
    if answer.get("ok") is True:
        return answer
    reason = answer.get("error", "no reason given")
    if reason in ("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"):
        raise broken(f"Slack does not take {variable} ({reason}): copy it anew from the app's settings")
    if reason in ("not_allowed_token_type", "missing_scope"):
        needed = answer.get("needed", "another kind of token")
        raise broken(f"{variable} may not do {method} ({reason}): it needs {needed}; then install the app again")
    raise broken(f"Slack refuses {method}: {reason}")


def desk(chosen: Settings) -> str:
    """Whether every place that is named is of a channel that is configured, and the desk's channel is private."""
    for setting, place in _named_places(chosen):
        is_mail = place.channel == "email"  # which is sent in any case
        if not is_mail and place.channel in OFFERS and not OFFERS[place.channel].configured(chosen):
            wanted = OFFERS[place.channel].variable
            raise broken(f"{setting} names {place.channel}:{place.address}, but there is no {wanted}")
    staff = f"{len(chosen.staff)} first staff" if chosen.staff else "staff only as `lssc staff list` tells"
    if chosen.desk is None:
        return f"{staff}; items go to each of them"
    if chosen.desk.channel == "slack" and chosen.desk.address[:1] in ("C", "G"):
        return f"{staff}; items go to slack:{chosen.desk.address}, {_kind_of_channel(chosen, chosen.desk.address)}"
    return f"{staff}; items go to {chosen.desk.channel}:{chosen.desk.address}"


def _named_places(chosen: Settings) -> list[tuple[str, Place]]:
    places = [("LSSC_STAFF", each) for each in chosen.staff]
    return ([("LSSC_DESK", chosen.desk)] if chosen.desk else []) + places


def _kind_of_channel(chosen: Settings, channel: str) -> str:
    token = chosen.slack_bot_token or ""
    answer = asked(f"{chosen.slack_api_url.rstrip('/')}/conversations.info", "Slack", {"channel": channel}, token)
    if answer.get("ok") is not True:
        reason = answer.get("error", "no reason given")
        raise broken(f"Slack does not show {channel} ({reason}): invite the app into it, or correct LSSC_DESK")
    if not dict(answer.get("channel") or {}).get("is_private"):
        return "which is public: only reference, kind and age are shown there"
    return "a private channel"
