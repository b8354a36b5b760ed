"""What Telegram tells us, as messages of the house."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update, User
from pydantic import ValidationError

from bot.channels.telegram import buttons
from bot.channels.telegram.addressed import words_for_us
from flows.dialog.speech import Content, Inbound
from handlers import commands

CHANNEL = "telegram"
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
# What else a message can hold is news of the chat itself: somebody came or left, a title was changed.
CONTENTS: Mapping[str, Content] = {
    "text": "text", "photo": "photo", "live_photo": "photo", "document": "file", "audio": "file",
    "voice": "voice", "video": "video", "video_note": "video", "animation": "video", "sticker": "sticker",
    "location": "location", "venue": "location", "contact": "contact",
    "poll": "other", "dice": "other", "game": "other", "story": "other", "checklist": "other", "paid_media": "other",
    "invoice": "other", "giveaway": "other", "gift": "other", "unknown": "other",
}  # fmt: skip
COMMAND = re.compile(r"/(\w+)(?:@\w+)?(\s.*)?", re.DOTALL)
WRITTEN_TOGETHER = {"mydata": "my data", "forgetme": "forget me"}  # a command of Telegram is one word
ANONYMOUS = 1087968824  # Telegram's name for an administrator of a group who hides who they are


@dataclass(frozen=True)
class Reach:
    """Somebody stopped us from writing to them, or allowed it again."""

    address: str
    reachable: bool


def update(raw: object) -> Update | None:
    """None for what is not an update of Telegram's."""
    try:
        return Update.model_validate(raw)
    except ValidationError:
        return None


def heard(event: Update, us: User) -> Inbound | Reach | None:
    """None for what nobody said to us."""
    id_ = f"{us.id}:{event.update_id}"
    if event.message is not None:
        return _message(id_, event.message, us, edited=False)
    if event.edited_message is not None:
        return _message(id_, event.edited_message, us, edited=True)
    if event.callback_query is not None:
        return _press(id_, event.callback_query)
    return _reach(event.my_chat_member) if event.my_chat_member is not None else None


def data_of(query: CallbackQuery) -> str:
    return query.data or ""


def label(query: CallbackQuery) -> str:
    """What stands on the button; nothing when the message is too old to be seen."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    rows = markup.inline_keyboard if markup is not None else []
    return next((each.text for row in rows for each in row if each.callback_data == query.data), "")


def _message(id_: str, message: Message, us: User, *, edited: bool) -> Inbound | None:
    sender, content = message.from_user, CONTENTS.get(message.content_type)
    if sender is None or content is None or (sender.is_bot and sender.id != ANONYMOUS):
        return None
    told = message.text or message.caption or ""
    common: dict[str, Any] = {"id": id_, "channel": CHANNEL, "address": str(sender.id), "name": sender.full_name}
    content = "text" if message.text is not None else content
    answered = _ours(message, us)
    if message.chat.type == "private":
        return Inbound(text=_words(told), content="edit" if edited else content, answers=answered, **common)
    words = None if edited else words_for_us(message, us, told)
    if words is None:
        return None
    thread = answered or str(message.message_id)
    return Inbound(text=_words(words), content=content, place=str(message.chat.id), answers=thread, **common)


def _ours(message: Message, us: User) -> str:
    """Our message that this one answers."""
    earlier = message.reply_to_message
    ours = earlier is not None and earlier.from_user is not None and earlier.from_user.id == us.id
    return str(earlier.message_id) if ours and earlier is not None else ""


def _words(told: str) -> str:
    """The words of a command as the house knows them; `/start apply` of a link is the command it names."""
    command = COMMAND.fullmatch(told)
    if command is None:
        return told
    name, rest = command[1].lower(), (command[2] or "").strip()
    if name == "start" and rest:
        return _started(rest.replace("_", " "))
    return f"/{WRITTEN_TOGETHER.get(name, name)} {rest}".rstrip()


def _started(words: str) -> str:
    """Only what begins something: a link must not be able to answer a question in somebody's name."""
    if words.startswith("link "):
        return words
    found = commands.find(words)
    return f"/{words}" if found is not None and found[0] in commands.ANYWHERE else "/start"


def _press(id_: str, query: CallbackQuery) -> Inbound:
    pressed = buttons.unpacked(data_of(query)) or buttons.FOREIGN
    sender, message = query.from_user, query.message
    public = message is not None and message.chat.type != "private"
    return Inbound(
        id=id_,
        channel=CHANNEL,
        address=str(sender.id),
        text=label(query) or pressed.choice,
        pressed=pressed,
        name=sender.full_name,
        place=str(message.chat.id) if public and message is not None else "",
        answers=str(message.message_id) if message is not None else "",
    )


def _reach(event: ChatMemberUpdated) -> Reach | None:
    if event.chat.type != "private":
        return None
    return Reach(str(event.chat.id), event.new_chat_member.status not in ("kicked", "left"))
