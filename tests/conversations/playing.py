"""Plays a transcript with the real assistant, through any medium."""

import asyncio
import os
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot import settings
from bot.app import App, build
from bot.knowing import Knowing
from faq.knowledge import Knowledge
from tests.conversations.medium import Medium, Straight, Tray, shown
from tests.conversations.transcripts import Step, Transcript, fits


@dataclass
class Play:
    """A transcript being played: the person's medium, the mail to others, and the clock."""

    transcript: Transcript
    database_url: str
    knowledge: Knowledge
    medium: Medium
    mail: Tray = field(default_factory=lambda: Tray("email"))
    own_address: str = ""

    def __post_init__(self) -> None:
        self.now = self.transcript.now

    async def run(self) -> None:
        async with self.medium.present():
            for steps in sittings(self.transcript.steps):
                self.now += steps[0].pause or timedelta()
                await self.sit(steps)

    async def sit(self, steps: list[Step]) -> None:
        """From one start of the assistant to the next."""
        app = self.opened()
        async with self.medium.listening(app):
            for step in steps:
                told = await self.said(app, step)
                assert len(told) == len(step.parts()), explained(step, told)
                assert all(map(fits, step.parts(), told)), explained(step, told)
        await app.close()

    def opened(self) -> App:
        """The app, with the knowledge base that all transcripts share, because opening it takes a while."""
        chosen = replace(usual(), database_url=self.database_url)
        channels = {"email": self.mail, **self.medium.channels()}
        app = build(chosen, channels=channels, clock=lambda: self.now)
        knowing = Knowing(lambda: self.knowledge)
        return replace(app, knowing=knowing, house=replace(app.house, entry=knowing.entry))

    async def said(self, app: App, step: Step) -> list[list[str]]:
        """The reply to the person, then the mail to others, as the transcript writes them."""
        mailed = len(self.mail.sent)
        told = await self.medium.exchange(app, step)
        others = [(address, message) for address, message in self.mail.sent[mailed:] if address != self.own_address]
        return [told, *([f"[mail to {address}]", *shown([message])] for address, message in others)]


def play_straight(transcript: Transcript, database_url: str, knowledge: Knowledge) -> None:
    """Through no vendor's form: as mail where the transcript is one, otherwise as from a terminal."""
    mail = Tray("email")
    if transcript.style == "mail":
        address = "ann@library.org"
        play = Play(transcript, database_url, knowledge, Straight(mail, address, "mail"), mail, address)
    else:
        play = Play(transcript, database_url, knowledge, Straight(Tray("terminal"), "ann", "chat"), mail)
    asyncio.run(play.run())


def explained(step: Step, told: list[list[str]]) -> str:
    """What was really said, to be put into the transcript when it is right."""
    return "\n".join([f"> {step.said[:80]}", *(line for part in told for line in part)])


def sittings(steps: list[Step]) -> list[list[Step]]:
    """The steps between two restarts."""
    found: list[list[Step]] = [[]]
    for step in steps:
        if step.pause is not None:
            found.append([])
        found[-1].append(step)
    return found


def usual() -> settings.Settings:
    """The settings without any of this machine's, but with its cache of the knowledge base."""
    return settings.read({"HOME": os.environ.get("HOME", "")})
