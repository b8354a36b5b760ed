"""Shows on a pressed message what was chosen, and takes its buttons away."""

import re
from typing import Any

from aiogram.methods import EditMessageReplyMarkup, EditMessageText
from aiogram.types import CallbackQuery, LinkPreviewOptions, Message

from bot.channels.telegram import buttons, reading, text
from flows.dialog.speech import Pressed

MARK = "✓"
NUMBER = re.compile(r"(\d+\.) ")


def marked(query: CallbackQuery, pressed: Pressed) -> EditMessageText | EditMessageReplyMarkup | None:
    """The change; None for a message that cannot be seen any more, or has no buttons left."""
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    chosen, told = reading.label(query), message.text
    whole = f"{told}\n\n{MARK} {_in_full(chosen, told)}" if told else ""
    place: dict[str, Any] = {"chat_id": message.chat.id, "message_id": message.message_id}
    if pressed == buttons.FOREIGN or not chosen or not told or text.length(whole) > text.MESSAGE:
        return EditMessageReplyMarkup(reply_markup=None, **place)
    return EditMessageText(
        text=whole,
        entities=message.entities,
        parse_mode=None,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        **place,
    )


def _in_full(label: str, told: str) -> str:
    """A label that was cut stands whole in the text, under its number."""
    number = NUMBER.match(label)
    lines = [line for line in told.splitlines() if number and line.startswith(number[0])]
    whole = lines[-1] if lines else label
    return NUMBER.sub("", whole, count=1) if number else whole
