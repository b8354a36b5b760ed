"""What happened in Slack as messages: what was written, edited or shared, pressed, or sent with `/lssc`."""

import re
from typing import Any, Literal

from bot.channels.slack.buttons import PRIVATE, ROWS, pressed
from bot.channels.slack.words import mentions, plain, without_mention
from bot.channels.slack.workspace import Payload, Workspace, said
from flows.dialog.speech import Content, Inbound
from handlers import commands

CHANNEL: Literal["slack"] = "slack"
PERSON = re.compile(r"[UW][A-Z0-9]{1,40}")
# Kinds of messages that a person wrote; all others tell that somebody joined, pinned or renamed something.
WRITTEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
KINDS: dict[str, Content] = {"image": "photo", "audio": "voice", "video": "video"}


def message(payload: Payload, ours: Workspace) -> Inbound | None:
    """What a person wrote to us; None for what is not for us or was written by a program."""
    event = payload.get("event")
    if not isinstance(event, dict) or said(event, "type") not in ("message", "app_mention"):
        return None
    if said(event, "subtype") == "message_changed":
        return _edited(event, ours)
    if said(event, "subtype") not in WRITTEN or not _by_a_person(event, ours):
        return None
    channel = said(event, "channel")
    if not channel or not said(event, "ts"):
        return None
    return _direct(event, ours) if _is_direct(event) else _in_place(event, ours)


def press(payload: Payload) -> Inbound | None:
    """A button that was pressed; None for anything that names neither a person nor a button."""
    action = first(payload.get("actions"))
    person, trigger = said(payload, "user", "id"), said(payload, "trigger_id")
    if action is None or not PERSON.fullmatch(person) or not trigger:
        return None
    button = pressed(said(action, "value"))
    place = "" if button.choice.startswith(PRIVATE) else _place_of(payload)
    thread = said(payload, "container", "thread_ts") or said(payload, "container", "message_ts")
    return Inbound(
        f"press:{trigger}", CHANNEL, person, label(payload), button,
        name=said(payload, "user", "name"), place=place, answers=f"{place}:{thread}" if place and thread else "",
    )  # fmt: skip


def command(payload: Payload) -> Inbound | None:
    """`/lssc WORDS`, wherever it was sent, as private words; a command counts as one inside an open question too."""
    person, trigger = said(payload, "user_id"), said(payload, "trigger_id")
    if not PERSON.fullmatch(person) or not trigger:
        return None
    words = plain(said(payload, "text")).strip() or "menu"
    text = f"/{words}" if commands.find(words) and not words.startswith("/") else words
    return Inbound(f"command:{trigger}", CHANNEL, person, text, name=said(payload, "user_name"))


def label(payload: Payload) -> str:
    """What the pressed button says; where it shows a number, what that stands for."""
    action = first(payload.get("actions"))
    for block in shown(payload):
        for button in _all(block.get("elements")) if said(block, "block_id").startswith(ROWS) else ():
            if said(button, "action_id") == said(action, "action_id") and said(button, "accessibility_label"):
                return said(button, "accessibility_label")
    return said(action, "text", "text")


def shown(payload: Payload) -> list[dict[str, Any]]:
    """The blocks of the message or view whose button was pressed."""
    return _all(_part(payload, "message").get("blocks")) + _all(_part(payload, "view").get("blocks"))


def first(listed: object) -> Payload | None:
    return next(iter(_all(listed)), None)


def _direct(event: Payload, ours: Workspace) -> Inbound:
    channel, thread = said(event, "channel"), said(event, "thread_ts")
    return Inbound(
        _name(ours, channel, said(event, "ts")), CHANNEL, said(event, "user"), plain(said(event, "text")),
        content=_content(event), answers=f"{channel}:{thread}" if thread else "",
    )  # fmt: skip


def _in_place(event: Payload, ours: Workspace) -> Inbound | None:
    """Where many read along we listen when called, and to what is answered to us at the staff's desk."""
    text, channel = said(event, "text"), said(event, "channel")
    called = said(event, "type") == "app_mention" or mentions(text, ours.bot_user)
    if not called and not (channel == ours.desk and _answers_us(event, ours)):
        return None
    first_of_thread = said(event, "thread_ts") or said(event, "ts")
    return Inbound(
        _name(ours, channel, said(event, "ts")), CHANNEL, said(event, "user"),
        plain(without_mention(text, ours.bot_user)),
        content=_content(event), place=channel, answers=f"{channel}:{first_of_thread}",
    )  # fmt: skip


def _edited(event: Payload, ours: Workspace) -> Inbound | None:
    """A message that its writer changed; Slack also tells so when it adds a preview, which is no edit."""
    new, old = _part(event, "message"), _part(event, "previous_message")
    channel, when = said(event, "channel"), said(new, "edited", "ts")
    if not when or not _is_direct(event) or not _by_a_person(new, ours) or said(new, "text") == said(old, "text"):
        return None
    name = f"{_name(ours, channel, said(new, 'ts'))}:{when}"
    return Inbound(name, CHANNEL, said(new, "user"), plain(said(new, "text")), content="edit")


def _by_a_person(event: Payload, ours: Workspace) -> bool:
    user = said(event, "user")
    return bool(PERSON.fullmatch(user)) and user not in (ours.bot_user, "USLACKBOT") and not said(event, "bot_id")


def _answers_us(event: Payload, ours: Workspace) -> bool:
    thread, begun_by = said(event, "thread_ts"), said(event, "parent_user_id")
    return bool(thread) and thread != said(event, "ts") and begun_by in ("", ours.bot_user)


def _is_direct(event: Payload) -> bool:
    return said(event, "channel_type") == "im" or said(event, "channel").startswith("D")


def _place_of(payload: Payload) -> str:
    channel = said(payload, "channel", "id")
    return "" if channel.startswith("D") else channel


def _content(event: Payload) -> Content:
    file = first(event.get("files"))
    return "text" if file is None else KINDS.get(said(file, "mimetype").partition("/")[0], "file")


def _name(ours: Workspace, channel: str, ts: str) -> str:
    """One name for a message, whether it comes as a mention, as a message, or once more."""
    return f"{ours.team}:{channel}:{ts}"


def _part(payload: Payload, key: str) -> Payload:
    part = payload.get(key)
    return part if isinstance(part, dict) else {}


def _all(listed: object) -> list[dict[str, Any]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
