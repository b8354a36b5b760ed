"""The chat transcripts, word for word, through Slack's form in both of its modes."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from bot.app import build
from bot.knowing import Knowing
from bot.settings import Settings
from faq.knowledge import Knowledge
from tests.bot.edge import ListChannel
from tests.bot.slack.medium import SlackMedium
from tests.conversations.test_conversations import knowledge, sittings
from tests.conversations.transcripts import FOLDER, Step, Transcript, fits, read

__all__ = ["knowledge"]

CHATS = [each for each in map(read, sorted(FOLDER.glob("*.txt"))) if each.style == "chat"]


@dataclass
class Play:
    """A transcript being played; mail to others goes into a list."""

    medium: SlackMedium
    database_url: str
    knowledge: Knowledge
    mail: ListChannel = field(default_factory=ListChannel)

    async def run(self, transcript: Transcript) -> None:
        now = transcript.now
        async with self.medium.present():
            for steps in sittings(transcript.steps):
                now += steps[0].pause or (now - now)
                await self.sit(steps, now)

    async def sit(self, steps: list[Step], now: datetime) -> None:
        settings = Settings(database_url=self.database_url)
        app = build(settings, channels={"email": self.mail, **self.medium.channels()}, clock=lambda: now)
        knowing = Knowing(lambda: self.knowledge)
        app = replace(app, knowing=knowing, house=replace(app.house, entry=knowing.entry))
        async with self.medium.listening(app):
            for step in steps:
                told = await self.medium.exchange(app, step)
                assert fits(step.parts()[0], told), "\n".join([f"> {step.said[:80]}", *told])
        await app.close()


@pytest.mark.parametrize("transcript", CHATS, ids=lambda each: each.name)
@pytest.mark.parametrize("mode", ["socket", "events"])
def test_slack_shows_it_word_for_word(transcript: Transcript, mode: str, sqlite_url: str, knowledge: Knowledge) -> None:
    asyncio.run(Play(SlackMedium(mode), sqlite_url, knowledge).run(transcript))
