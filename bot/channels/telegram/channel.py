"""Sends our messages through Telegram, or changes those it has shown already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import EditMessageCaption, EditMessageText, SendDocument, SendMessage, SendPhoto
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)

from bot.channels.channel import Pace
from bot.channels.telegram import layout
from bot.channels.telegram.layout import Button
from bot.channels.telegram.refusals import is_done_already, refused
from bot.channels.telegram.text import html
from flows.dialog.speech import Outbound

LONGEST = 20  # seconds for one request; a lease of the delivery is longer
HTML = "HTML"
PLAIN_LINKS = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class TelegramPace(Pace):
    """Telegram takes thirty messages a second in all, one a second to a person, twenty a minute to a group."""

    channel: float = 1 / 25
    address: float = 1.0
    burst: int = 3
    group: float = 3.6

    def to(self, address: str) -> float:
        return self.group if is_group(address) else self.address


@dataclass(frozen=True)
class Telegram:
    """The channel `telegram`; an address is the number of a chat."""

    bot: Bot
    pace: Pace = field(default_factory=TelegramPace)
    name: str = "telegram"

    def parts(self, message: Outbound) -> Sequence[Outbound]:
        return layout.parts(message)

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:  # noqa: ARG002
        """Telegram knows no references, so a piece may show twice when we die before recording that it was taken."""
        try:
            if edits and message.edits:
                return await self._change(address, message, edits)
            sent = await self.bot(await self._request(address, message), request_timeout=LONGEST)
        except AiogramError as error:
            raise refused(error) from error
        return str(sent.message_id)

    async def _change(self, address: str, message: Outbound, edits: str) -> str:
        place: dict[str, Any] = {
            "chat_id": address,
            "message_id": int(edits),
            "reply_markup": await self._markup(address, message),
        }
        words = html(message.text)
        try:
            await self.bot(EditMessageText(text=words, parse_mode=HTML, link_preview_options=PLAIN_LINKS, **place))
        except TelegramBadRequest as error:
            if "there is no text in the message" in error.message:
                await self.bot(EditMessageCaption(caption=words, parse_mode=HTML, **place))
            elif not is_done_already(error):
                raise
        return edits

    async def _request(self, address: str, message: Outbound) -> SendMessage | SendPhoto | SendDocument:
        common: dict[str, Any] = {
            "chat_id": address,
            "parse_mode": HTML,
            "disable_notification": message.quiet or None,
            "reply_parameters": _answered(message),
            "reply_markup": await self._markup(address, message),
        }
        words = html(message.text)
        for file in message.files:
            content = BufferedInputFile(file.content, file.name)
            if layout.is_picture(file):
                return SendPhoto(photo=content, caption=words or None, **common)
            return SendDocument(document=content, caption=words or None, **common)
        return SendMessage(text=words, link_preview_options=PLAIN_LINKS, **common)

    async def _markup(self, address: str, message: Outbound) -> InlineKeyboardMarkup | None:
        rows = layout.keyboard(message, is_group(address))
        leads_away = any(each.start for row in rows for each in row)
        us = (await self.bot.me()).username if leads_away else None
        shown = [[_shown(each, us or "") for each in row] for row in rows]
        return InlineKeyboardMarkup(inline_keyboard=shown) if shown else None


def is_group(address: str) -> bool:
    """Groups have negative numbers at Telegram, people positive ones."""
    return address.startswith("-")


def _shown(button: Button, us: str) -> InlineKeyboardButton:
    if button.start:
        return InlineKeyboardButton(text=button.label, url=f"https://t.me/{us}?start={button.start}")
    return InlineKeyboardButton(text=button.label, callback_data=button.data)


def _answered(message: Outbound) -> ReplyParameters | None:
    if not message.answers.isdecimal():
        return None
    return ReplyParameters(message_id=int(message.answers), allow_sending_without_reply=True)
