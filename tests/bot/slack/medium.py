"""Transcripts through Slack's form: real HTTP and WebSocket, the real SDK, and the stand-in of the vendor."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.app import App
from bot.channels.channel import Channel, Pace
from bot.channels.slack.api import Api
from bot.channels.slack.channel import SlackChannel
from bot.channels.slack.opening import SlackParts, opened
from bot.settings import Settings
from tests.bot.slack.office import linked, serving, with_slack
from tests.conversations.transcripts import Step
from tests.vendors.slack import BOT_TOKEN, Message, Slack
from tests.vendors.slack_rules import buttons
from tests.vendors.slack_sender import Report


@dataclass
class SlackMedium:
    """Ann in her direct messages; `mode` is `socket` or `events`."""

    mode: str = "socket"
    slack: Slack = field(default_factory=Slack)

    @asynccontextmanager
    async def present(self) -> AsyncIterator[None]:
        async with self.slack.open():
            self.ann = self.slack.user("ann")
            yield
        assert self.slack.injected == self.slack.refused == []

    def channels(self) -> Mapping[str, Channel]:
        self.channel = SlackChannel(Api(self.slack.url, BOT_TOKEN), Pace())
        return {"slack": self.channel}

    @asynccontextmanager
    async def listening(self, app: App) -> AsyncIterator[None]:
        settings = with_slack(Settings(), self.slack, self.mode)
        self.parts = await opened(settings, app, self.channel, lambda _work, _address: False)
        try:
            async with (linked if self.mode == "socket" else self.served)(self.slack, self.parts):
                yield
            await app.delivery.stop()
        finally:
            await self.parts.close()

    @asynccontextmanager
    async def served(self, slack: Slack, parts: SlackParts) -> AsyncIterator[None]:
        async with serving(parts) as slack.events_url:
            yield

    async def exchange(self, app: App, step: Step) -> list[str]:
        """What Ann sees in answer to a step, as a transcript writes it."""
        before = len(self.slack.seen_by(self.ann))
        report = (
            self.pressed(*step.button.groups()) if step.button else self.slack.sender.say(self.ann, typed(step.said))
        )
        await asyncio.wait_for(report.over.wait(), 60)
        assert report.confirmed
        await app.delivery.settled()
        await self.parts.afterwards.finished()
        return [line for message in self.slack.seen_by(self.ann)[before:] for line in lines(message)]

    def pressed(self, label: str, words: str | None) -> Report:
        """On whichever of Ann's devices still shows the button."""
        within = [each.at_first() for each in self.slack.seen_by(self.ann) if (words or "") in words_of(each)]
        return self.slack.sender.press(self.ann, *self.slack.button(label, within))


def typed(text: str) -> str:
    """As Slack reports what was typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def lines(message: Message) -> list[str]:
    """What a person sees, with the buttons, or the list beside them, as numbered choices."""
    told = [line for part in texts(message.body.get("blocks", [])) for line in part.splitlines()]
    labels = listed(message) or [each["text"]["text"] for each in buttons(message.body)]
    return [*told, *(f" {number}. {label}" for number, label in enumerate(labels, start=1))]


def words_of(message: Message) -> str:
    return unescape(message.body.get("text", ""))


def texts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """The words of each text block; `code` in the marks it was written with."""
    for block in blocks:
        if block["type"] == "rich_text" and block["elements"][0]["type"] == "rich_text_section":
            yield spelled(block["elements"][0])


def listed(message: Message) -> list[str]:
    lists = [each["elements"][0] for each in message.body.get("blocks", []) if each["type"] == "rich_text"]
    return [spelled(item) for each in lists if each["type"] == "rich_text_list" for item in each["elements"]]


def spelled(section: dict[str, Any]) -> str:
    return "".join(map(spelled_element, section["elements"]))


def spelled_element(element: dict[str, Any]) -> str:
    if element["type"] == "link":
        return str(element["url"])
    return f"`{element['text']}`" if element.get("style", {}).get("code") else str(element["text"])
