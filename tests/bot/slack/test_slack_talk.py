"""Talking with the assistant in Slack, in Socket Mode and over the web, with the real SDK."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.settings import Settings
from tests.bot.slack.office import Office, running
from tests.vendors.slack import Slack

MODES = pytest.mark.parametrize("mode", ["socket", "events"])


def play(settings: Settings, mode: str, scene: Callable[[Office, Slack], Awaitable[None]]) -> None:
    async def played() -> None:
        async with Slack(patience=0.6).open() as slack, running(slack, settings, mode) as office:
            await scene(office, slack)

    asyncio.run(played())


@MODES
def test_a_direct_message_is_answered_in_direct_messages(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        report = slack.sender.say(ann, "help")
        await office.quiet(report)
        assert report.confirmed
        assert len(office.told(ann)) == 1
        assert slack.refused == slack.injected == []

    play(settings, mode, scene)
