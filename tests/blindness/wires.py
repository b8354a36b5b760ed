"""A message as each channel really puts it on the wire: the fields for Telegram, the calls for Slack, the raw mail."""

import json
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import EditMessageText, GetMe, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, InputFile, Message, User

from bot.channels.channel import Channel
from bot.channels.email.composing.letterhead import letterhead
from bot.channels.email.composing.mail import Mail, compose
from bot.channels.slack.api import Api
from bot.channels.slack.channel import SlackChannel
from bot.channels.telegram.channel import Telegram
from bot.delivery import reference
from flows.dialog.speech import Outbound
from storage.outbox import Letter
from tests.vendors.telegram import TOKEN

DOMAIN = "assistant.example"
LETTERHEAD = letterhead(f"LSSC Assistant <lssc@{DOMAIN}>", "", lambda: b"k" * 40, f"https://{DOMAIN}")
NAMES = ("telegram", "slack", "email")
ELSEWHERE = {"telegram": "4242", "slack": "U0STANDIN", "email": "stand-in@reader.example"}
EARLIER = {"telegram": "1", "slack": "D0STANDIN:1.1"}  # what an edit takes the place of

SHOWN = Message(message_id=1, date=datetime(2026, 1, 1), chat=Chat(id=1, type="private"))  # noqa: DTZ001
ANSWERS: Mapping[type, object] = {EditMessageText: True, GetMe: User(id=1, is_bot=True, first_name="-", username="us")}


@dataclass
class Session(BaseSession):
    """Keeps what would be posted to Telegram."""

    fields: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        files: dict[str, InputFile] = {}
        posted = {
            name: self.prepare_value(each, bot, files) for name, each in method.model_dump(warnings=False).items()
        }
        self.fields += [f"{type(method).__name__}.{name}: {value}" for name, value in posted.items() if value]
        for each in files.values():
            self.fields += [f"file: {each.filename}", _text(b"".join([piece async for piece in each.read(bot)]))]
        return ANSWERS.get(type(method), SHOWN)  # type: ignore[return-value]

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        pass


class Calls(Api):
    """Keeps what would be called at Slack."""

    def __init__(self) -> None:
        super().__init__("https://slack.example/", "no-token")
        self.made: list[str] = []

    async def call(self, method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        self.made.append(f"{method}: {json.dumps(arguments)}")
        return {"channel": "D1", "ts": "1.1"}

    async def ask(self, method: str, arguments: Mapping[str, str] = {}, token: str = "") -> dict[str, Any]:
        self.made.append(f"{method}: {json.dumps(arguments)}")
        return {"channel": {"id": "D1"}, "upload_url": "https://slack.example/up", "file_id": "F1"}

    async def upload(self, url: str, content: bytes) -> None:
        self.made.append(_text(content))


class Wires:
    """The channels, with nothing behind them."""

    def __init__(self) -> None:
        self._session, self._calls = Session(), Calls()
        self._telegram, self._slack = Telegram(Bot(TOKEN, self._session)), SlackChannel(self._calls)

    async def told(self, letter: Letter, message: Outbound, by: str) -> str:
        """What would leave this machine for a letter by a channel, whichever it is meant for."""
        how = {"telegram": self._by_telegram, "slack": self._by_slack, "email": self._by_mail}
        return "\n".join(await how[by](letter, message))

    async def _by_telegram(self, letter: Letter, message: Outbound) -> list[str]:
        self._session.fields.clear()
        await _sent(self._telegram, letter, message)
        return self._session.fields

    async def _by_slack(self, letter: Letter, message: Outbound) -> list[str]:
        self._calls.made.clear()
        await _sent(self._slack, letter, message)
        return self._calls.made

    async def _by_mail(self, letter: Letter, message: Outbound) -> list[str]:
        return list(_shown(mail(letter, message)))


async def _sent(channel: Channel, letter: Letter, message: Outbound) -> None:
    address = letter.address if letter.channel == channel.name else ELSEWHERE[channel.name]
    for number, part in enumerate(channel.parts(message)):
        edits = EARLIER[channel.name] if part.edits else ""
        await channel.send(address, part, reference(letter, number), edits)


def mail(letter: Letter, message: Outbound) -> Mail:
    address = letter.address if letter.channel == "email" else ELSEWHERE["email"]
    return compose(LETTERHEAD, address, message, reference(letter), datetime(2026, 11, 23, 15, 0))  # noqa: DTZ001


def name(letter: Letter) -> str:
    """The Message-ID."""
    return f"<{reference(letter)}@{DOMAIN}>"


def _shown(sent: Mail) -> Iterator[str]:
    """The envelope, the bytes as they are, and every part as a mail program shows it."""
    yield f"{sent.sender} {sent.recipient.bare}"
    yield _text(sent.content)
    for part in message_from_bytes(sent.content).walk():
        content = part.get_payload(decode=True)
        yield _text(content) if isinstance(content, bytes) else ""


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
