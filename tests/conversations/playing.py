"""Plays a transcript with the real assistant, through any medium."""

import asyncio
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot import settings
from bot.app import App, build
from bot.knowing import Knowing
from bot.values import Place
from faq.knowledge import Knowledge
from flows.dialog.speech import Outbound
from tests.conversations.medium import Medium, Straight, Tray, shown
from tests.conversations.office import OFFICE_MAIL, at_the_office
from tests.conversations.transcripts import PERSON, Step, Transcript, fits


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
        chosen = replace(usual(), database_url=self.database_url, link_check=False)
        if self.transcript.with_office:
            chosen = replace(chosen, staff=(Place("email", OFFICE_MAIL),), public_url="https://lssc.example.org")
        channels = {"email": self.mail, **self.medium.channels()}
        app = build(chosen, channels=channels, clock=lambda: self.now)
        knowing = Knowing(lambda: self.knowledge)
        return replace(app, knowing=knowing, house=replace(app.house, entry=knowing.entry))

    async def said(self, app: App, step: Step) -> list[list[str]]:
        """The reply to whoever spoke, then what others are told, as the transcript writes them."""
        mailed, step = len(self.mail.sent), replace(step, said=step.said.replace("CODE", self.code()))
        if step.who == PERSON:
            told = await self.medium.shown(app, self.medium.does(app, step))
            return [told, *_mails(self.mail.sent[mailed:], self.own_address)]
        printed = list[str]()
        told = await self.medium.shown(app, at_the_office(app, step, printed))
        sent = self.mail.sent[mailed:]
        speaker = step.mailed_from or OFFICE_MAIL
        answer = shown([message for address, message in sent if address == speaker])
        to_the_person = [["[to the person]", *told]] if told else []
        others = [each for each in sent if each[0] != speaker]
        return [printed + answer, *to_the_person, *_mails(others, self.own_address)]

    def code(self) -> str:
        """The six digits in the newest mail that has any."""
        found = [each for _, message in self.mail.sent for each in re.findall(r"\b\d{6}\b", message.text)]
        return found[-1] if found else ""


def _mails(sent: Sequence[tuple[str, Outbound]], own_address: str) -> list[list[str]]:
    return [[f"[mail to {address}]", *shown([message])] for address, message in sent if address != own_address]


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
