"""Between the person of a transcript and the house: straight, or through a vendor's form with its own medium."""

from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol, cast

from bot.app import App
from bot.channels.channel import Channel, Whole
from bot.channels.terminal import rendered
from flows.dialog.speech import Content, Inbound, Outbound, Pressed, Style
from tests.conversations.transcripts import Step


class Medium(Protocol):
    """What a transcript is played through. Another channel brings one of its own, with its vendor's stand-in."""

    def present(self) -> AbstractAsyncContextManager[None]:
        """The vendor is there; it outlives restarts of the assistant."""

    def channels(self) -> Mapping[str, Channel]:
        """The channels for the next start of the assistant, without mail."""

    def listening(self, app: App) -> AbstractAsyncContextManager[None]:
        """The assistant takes messages in."""

    def does(self, app: App, step: Step) -> Awaitable[object]:
        """The person says or presses something."""

    async def shown(self, app: App, doing: Awaitable[object]) -> list[str]:
        """The lines that the person is shown while something is done, by whomever; choices as ` 1. Yes`."""


@dataclass
class Tray(Whole):
    """A channel that is a list of what was sent, with its addressee."""

    name: str
    sent: list[tuple[str, Outbound]] = field(default_factory=list)

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        self.sent.append((address, message))
        return ""


@dataclass
class Straight:
    """Straight into the house, as mail or as from a terminal."""

    own: Tray
    address: str
    style: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @asynccontextmanager
    async def present(self) -> AsyncIterator[None]:
        yield

    def channels(self) -> Mapping[str, Channel]:
        return {self.own.name: self.own}

    @asynccontextmanager
    async def listening(self, app: App) -> AsyncIterator[None]:
        yield

    async def does(self, app: App, step: Step) -> None:
        await app.hear(self.inbound(step))

    async def shown(self, app: App, doing: Awaitable[object]) -> list[str]:
        before = len(self.own.sent)
        await doing
        await app.delivery.drain()
        return shown([message for address, message in self.own.sent[before:] if address == self.address])

    def inbound(self, step: Step) -> Inbound:
        who = f"{next(self.numbers)}", self.own.name, self.address
        style: Style = "mail" if self.style == "mail" else "chat"
        if step.button is not None:
            return Inbound(*who, step.button[1], self.pressed(*step.button.groups()), style=style)
        if step.sent is not None:
            return Inbound(*who, step.sent[2], style=style, content=cast(Content, step.sent[1]))
        return Inbound(*who, step.said, style=style)

    def pressed(self, label: str, words: str | None) -> Pressed:
        for _, message in reversed(self.own.sent):
            for choice in message.choices:
                if choice.label == label and (words or "") in message.text:
                    return Pressed(message.conversation, message.question, choice.key)
        raise LookupError(label)


def shown(messages: list[Outbound]) -> list[str]:
    return [line for message in messages for line in rendered(message).splitlines()]
