"""Transcripts through Slack's form: real HTTP and WebSocket, the real SDK, and the stand-in of the vendor."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.app import App
from bot.channels.channel import Channel
from bot.channels.slack.opening import assembled
from tests.bot.slack.office import AT_ONCE, linked, serving, with_slack
from tests.conversations.transcripts import Step
from tests.vendors.slack import Message, Slack
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
        """None yet: the channel joins when Slack is opened."""
        return {}

    @asynccontextmanager
    async def listening(self, app: App) -> AsyncIterator[None]:
        self.parts = assembled(with_slack(app.settings, self.slack.url, self.mode), app, AT_ONCE)
        app.delivery.join(self.parts.vendor.channel)
        try:
            async with serving(self.slack, self.parts.vendor), linked(self.slack, self.parts.vendor):
                yield
            await app.delivery.stop()
        finally:
            await self.parts.vendor.close()

    async def does(self, _app: App, step: Step) -> None:
        report = (
            self.pressed(*step.button.groups()) if step.button else self.slack.sender.say(self.ann, typed(step.said))
        )
        await asyncio.wait_for(report.over.wait(), 60)
        assert report.confirmed

    async def shown(self, app: App, doing: Awaitable[object]) -> list[str]:
        """What Ann sees meanwhile, as a transcript writes it."""
        before = len(self.slack.seen_by(self.ann))
        await doing
        await app.delivery.drain()
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
