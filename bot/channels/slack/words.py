"""Slack's way of writing text and plain words: what it escapes, and what it puts into angle brackets."""

import re

BRACKETS = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def plain(text: str) -> str:
    """What a person wrote, as they see it; a link with words of its own keeps its target behind them."""
    text = BRACKETS.sub(lambda found: _said(found[1], found[2] or ""), text)
    for escaped, meant in ESCAPES:
        text = text.replace(escaped, meant)
    return text


def escaped(text: str) -> str:
    """The text so that Slack reads no mention, no link and no command to notify everybody in it."""
    for escaped, meant in reversed(ESCAPES):
        text = text.replace(meant, escaped)
    return text


def mentions(text: str, user: str) -> bool:
    return f"<@{user}>" in text or f"<@{user}|" in text


def without_mention(text: str, user: str) -> str:
    """The text without the bot's name, wherever it was called."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^<>]*)?>[ ,:]*", "", text).strip()


def _said(target: str, label: str) -> str:
    if target[:1] in ("@", "#"):
        return target[0] + (label or target[1:]).removeprefix(target[0])
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    if target.startswith(("mailto:", "tel:")):
        return label or target.partition(":")[2]
    if label and label not in (target, target.partition("://")[2]):
        return f"{label} ({target})"
    return label or target
