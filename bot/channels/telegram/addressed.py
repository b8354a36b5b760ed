"""Whether words in a group are meant for us: by name, in reply to us, or as a command."""

import re

from aiogram.types import Message, MessageEntity, User

from handlers import commands


def words_for_us(message: Message, us: User, told: str) -> str | None:
    """The words without our name; None when they are meant for others."""
    entities = [*(message.entities or ()), *(message.caption_entities or ())]
    first = next((each for each in entities if each.type == "bot_command" and each.offset == 0), None)
    if first is not None:
        return _command(first.extract_from(told), told, us)
    named = [each for each in entities if _names_us(each, told, us)]
    earlier = message.reply_to_message
    replies = earlier is not None and earlier.from_user is not None and earlier.from_user.id == us.id
    return _without(told, named) if named or replies else None


def _command(word: str, told: str, us: User) -> str | None:
    """A bare command is ours when we know it: several bots may sit in a group."""
    name, _, bot = word.partition("@")
    if bot:
        return told if bot.lower() == (us.username or "").lower() else None
    return told if name == "/start" or commands.find(name) is not None else None


def _names_us(entity: MessageEntity, told: str, us: User) -> bool:
    if entity.type == "text_mention":
        return entity.user is not None and entity.user.id == us.id
    return entity.type == "mention" and entity.extract_from(told).lower() == f"@{us.username}".lower()


def _without(told: str, named: list[MessageEntity]) -> str:
    units = told.encode("utf-16-le")  # Telegram counts in these
    for each in sorted(named, key=lambda name: name.offset, reverse=True):
        units = units[: 2 * each.offset] + units[2 * (each.offset + each.length) :]
    words = re.sub(r" {2,}", " ", units.decode("utf-16-le", "replace"))
    return re.sub(r"^[\s,:;]+| +(?=[?.!,])|\s+$", "", words)
