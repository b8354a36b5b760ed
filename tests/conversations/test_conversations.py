"""Every transcript, word for word: through the app on both databases, and some through the command `lssc chat`."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from itertools import count
from pathlib import Path
from typing import TypeAlias

import pytest

from bot import rulebook, settings
from bot.app import App, build
from bot.channels.channel import Whole
from bot.channels.terminal import END, rendered
from bot.knowing import Knowing
from faq.knowledge import Knowledge
from flows.dialog.speech import Inbound, Outbound, Pressed
from tests.conversations.transcripts import FOLDER, Step, Transcript, fits, read

TRANSCRIPTS = [read(path) for path in sorted(FOLDER.glob("*.txt"))]
CHATS = [each for each in TRANSCRIPTS if each.by_command]
ROOT = FOLDER.parents[1]
Chat: TypeAlias = tuple[list[list[str]], list[list[str]]]  # the lines of each answer, and of each mail


def names(transcript: Transcript) -> str:
    return transcript.name


@dataclass
class Tray(Whole):
    """A channel that is a list of what was sent, with its addressee."""

    name: str
    sent: list[tuple[str, Outbound]] = field(default_factory=list)

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        self.sent.append((address, message))
        return ""


@dataclass
class Play:
    """A transcript being played: the person's own channel, the mail to others, and the clock."""

    transcript: Transcript
    database_url: str
    knowledge: Knowledge
    own: Tray = field(default_factory=lambda: Tray("terminal"))
    mail: Tray = field(default_factory=lambda: Tray("email"))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.now = self.transcript.now
        self.address = "ann@library.org" if self.transcript.style == "mail" else "ann"
        self.own = self.mail if self.transcript.style == "mail" else self.own

    async def run(self) -> None:
        app = self.opened()
        for step in self.transcript.steps:
            if step.pause is not None:
                await app.close()
                self.now += step.pause
                app = self.opened()
            told = await self.said(app, step)
            assert len(told) == len(step.parts()), explained(step, told)
            assert all(map(fits, step.parts(), told)), explained(step, told)
        await app.close()

    def opened(self) -> App:
        """The app, with the knowledge base that all transcripts share, because opening it takes a while."""
        chosen = replace(usual(), database_url=self.database_url)
        app = build(chosen, channels={"terminal": self.own, "email": self.mail}, clock=lambda: self.now)
        knowing = Knowing(lambda: self.knowledge)
        return replace(app, knowing=knowing, house=replace(app.house, entry=knowing.entry))

    async def said(self, app: App, step: Step) -> list[list[str]]:
        """The reply to the person, then the mail to others, as the transcript writes them."""
        before, mailed = len(self.own.sent), len(self.mail.sent)
        await app.hear(self.inbound(step))
        await app.delivery.settled()
        told = [message for address, message in self.own.sent[before:] if address == self.address]
        others = [(address, message) for address, message in self.mail.sent[mailed:] if address != self.address]
        return [shown(told), *([f"[mail to {address}]", *shown([message])] for address, message in others)]

    def inbound(self, step: Step) -> Inbound:
        number, channel = f"{next(self.numbers)}", self.own.name
        style = "mail" if self.transcript.style == "mail" else "chat"
        if step.button is None:
            return Inbound(number, channel, self.address, step.said, style=style)
        return Inbound(number, channel, self.address, step.button[1], self.pressed(*step.button.groups()), style=style)

    def pressed(self, label: str, words: str | None) -> Pressed:
        for _, message in reversed(self.own.sent):
            for choice in message.choices:
                if choice.label == label and (words or "") in message.text:
                    return Pressed(message.conversation, message.question, choice.key)
        raise LookupError(label)


def explained(step: Step, told: list[list[str]]) -> str:
    """What was really said, to be put into the transcript when it is right."""
    return "\n".join([f"> {step.said[:80]}", *(line for part in told for line in part)])


def shown(messages: list[Outbound]) -> list[str]:
    return [line for message in messages for line in rendered(message).splitlines()]


def usual() -> settings.Settings:
    """The settings without any of this machine's, but with its cache of the knowledge base."""
    return settings.read({"HOME": os.environ.get("HOME", "")})


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return rulebook.knowledge(usual(), rulebook.read(usual()), TRANSCRIPTS[0].now, None)


@pytest.fixture(scope="session")
def chats(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Future[Chat]]]:
    """The chosen transcripts, each played by the command on its own; many at a time, because a start takes a second."""
    chosen = {
        item.callspec.id
        for item in request.session.items
        if isinstance(item, pytest.Function) and "chats" in item.fixturenames
    }
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        yield {
            each.name: threads.submit(chat, each, sqlite_template, tmp_path_factory.mktemp(each.name))
            for each in CHATS
            if each.name in chosen
        }


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=names)
def test_the_assistant_answers_word_for_word(transcript: Transcript, database_url: str, knowledge: Knowledge) -> None:
    asyncio.run(Play(transcript, database_url, knowledge).run())


@pytest.mark.parametrize("transcript", CHATS, ids=names)
def test_the_command_answers_word_for_word(transcript: Transcript, chats: Mapping[str, Future[Chat]]) -> None:
    blocks, written = chats[transcript.name].result()
    expected = [step.parts()[0] for step in transcript.steps]
    assert len(blocks) == len(expected)
    for step, wanted, told in zip(transcript.steps, expected, blocks, strict=True):
        assert fits(wanted, told), explained(step, [told])
    mails = [part[1:] for step in transcript.steps for part in step.parts()[1:]]
    assert len(mails) == len(written)
    assert all(map(fits, mails, written))


def sittings(steps: list[Step]) -> list[list[Step]]:
    """The steps between two restarts."""
    found: list[list[Step]] = [[]]
    for step in steps:
        if step.pause is not None:
            found.append([])
        found[-1].append(step)
    return found


def chat(transcript: Transcript, database: Path, folder: Path) -> Chat:
    """What `lssc chat` prints for each message of a transcript, and the mails that it writes."""
    shutil.copyfile(database, folder / "lssc.db")
    now, blocks = transcript.now, list[list[str]]()
    for steps in sittings(transcript.steps):
        now += steps[0].pause or timedelta()
        blocks += sitting([step.said for step in steps], now.isoformat(), folder)
    return blocks, [mail_lines(path) for path in sorted((folder / "mail").glob("*.eml"))]


def sitting(said: list[str], now: str, folder: Path) -> list[list[str]]:
    """What `lssc chat` prints for these messages, a list of lines for each."""
    environment = {name: words for name, words in os.environ.items() if not name.startswith("LSSC_")}
    environment |= {"PYTHONPATH": str(ROOT), "LSSC_NOW": now}
    typed = "".join(f"{words}\n" for words in said)
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input=typed, capture_output=True, encoding="utf-8", env=environment, cwd=folder, check=False, timeout=120,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.endswith(f"{END}\n")
    return [block.strip("\n").splitlines() for block in f"\n{ended.stdout}".split(f"\n{END}\n")[:-1]]


def mail_lines(path: Path) -> list[str]:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return str(mail.get_content()).strip().splitlines()
