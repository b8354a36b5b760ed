"""Plays the story of an admission with the real service, between stand-ins of Telegram and Slack."""

import asyncio
import email
import re
import shlex
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email import policy
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from tests.bot.admission_story import Step, explained, is_told, swapped
from tests.bot.edge import Lssc
from tests.bot.slack.medium import lines as in_slack
from tests.bot.telegram.medium import lines as in_telegram
from tests.bot.test_service_vendors import running, until, vendors
from tests.vendors.slack import Message, Slack
from tests.vendors.slack_sender import Report
from tests.vendors.telegram import Telegram
from tests.vendors.telegram_people import Person, label_fits

STAFF = {"kim": "UKIM", "lee": "ULEE"}
DESK = "CDESK"
BUTTON = re.compile(r"\[button (?P<label>[^\]]+)\](?: on #(?P<item>\d+))?")
BELOW = re.compile(r"\[below #(\d+)\] (.*)")


@dataclass
class Play:
    """The service, those who talk with it, and what each of them has seen so far."""

    folder: Path
    database_url: str
    now: datetime
    telegram: Telegram
    slack: Slack
    engine: Engine

    def __post_init__(self) -> None:
        self.applicant = Person(self.telegram)
        for name in STAFF:
            self.slack.user(name)
        self.slack.channel("desk", *STAFF.values(), private=True)
        self.seen: dict[object, list[str]] = {}

    @property
    def settings(self) -> dict[str, str]:
        return {
            **vendors(self.telegram, self.slack),
            "LSSC_DATABASE_URL": self.database_url,
            "LSSC_DESK": f"slack:{DESK}",
            "LSSC_STAFF": ",".join(f"slack:{user}" for user in STAFF.values()),
            "LSSC_NOW": self.now.isoformat(),
        }

    async def run(self, steps: list[Step]) -> None:
        sitting: list[Step] = []
        for step in steps:
            if step.pause:
                await self.sit(sitting)
                self.now, sitting = self.now + step.pause, []
            sitting.append(step)
        await self.sit(sitting)

    async def sit(self, steps: list[Step]) -> None:
        """From one start of the service to its end."""
        async with running(self.folder, **self.settings) as service:
            await until(self.slack.sender.opened.is_set)
            await until(lambda: self.count("place", "staff"))
            for step in steps:
                self.compare(step, await self.told(step))
            code, log = await service.ended()
        assert (code, [line for line in log if line["level"] != "info"]) == (0, [])
        self.slack.sender.opened.clear()

    async def told(self, step: Step) -> dict[str, list[str]]:
        """What everybody sees of a step."""
        output = await self.done(step)
        await until(lambda: self.telegram.waiting == 0 and not self.count("outbox", "waiting"))
        told: dict[str, list[str]] = {"": output}
        first = {"applicant": "[to the applicant]"}.get(step.said["who"] or "", f"[to {step.said['who']}]")
        for place, shown in self.news():
            told.setdefault("" if place == first else place, []).extend(shown)
        return told

    async def done(self, step: Step) -> list[str]:
        """Somebody does it; the lines that a command printed."""
        if step.said["command"] is not None:
            ran = await asyncio.to_thread(Lssc(self.folder), *shlex.split(step.said["command"]), **self.settings)
            return (ran.stdout + ran.stderr).decode().splitlines()
        if step.said["who"] == "applicant":
            await self.applicant_does(step.said["words"].replace("CODE", self.code()))
            return []
        reports = [self.does(STAFF[who], step.said["words"]) for who in step.said["who"].split("+")]
        for report in reports:
            await asyncio.wait_for(report.over.wait(), 30)
            assert report.confirmed
        return []

    async def applicant_does(self, words: str) -> None:
        if pressed := BUTTON.fullmatch(words):
            label = pressed["label"]
            message = next(
                each
                for each in reversed(self.telegram.shown)
                if any(label_fits(button["text"], label) for button in each.buttons)
            )
            await self.telegram.confirmed(await self.applicant.presses(message, label))
        else:
            await self.telegram.confirmed(await self.applicant.says(words))

    def does(self, user: str, words: str) -> Report:
        """Somebody of the staff."""
        if below := BELOW.fullmatch(words):
            return self.slack.sender.say(user, below[2], DESK, self.item(below[1]).ts)
        pressed = BUTTON.fullmatch(words)
        if pressed is None:
            return self.slack.sender.say(user, words)
        within = [self.item(pressed["item"])] if pressed["item"] else self.slack.seen_by(user)
        shown = [each.at_first() for each in within]
        return self.slack.sender.press(user, *self.slack.button(pressed["label"], shown))

    def item(self, number: str) -> Message:
        """The message in the desk's channel that shows an item."""
        return next(each for each in self.slack.in_channel(DESK) if number_of(each) == number)

    def news(self) -> Iterator[tuple[str, list[str]]]:
        """What is new or changed for everybody since this was last asked: the place, and the lines."""
        for shown in self.telegram.shown:
            if id(shown) not in self.seen:  # what a press leaves of a keyboard is proved elsewhere
                yield "[to the applicant]", in_telegram(shown)
            self.seen[id(shown)] = []
        for message in self.slack.messages:
            now, before = in_slack(message), self.seen.get(message.ts)
            self.seen[message.ts] = now
            if now != before and (before is None or message.channel == DESK):
                yield self.place(message, changed=before is not None), now
        for path in sorted((self.folder / "mail").glob("*.eml")):
            if path not in self.seen:
                mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
                self.seen[path] = mail.get_body(("plain",)).get_content().splitlines()
                yield f"[mail to {mail['To']}]", self.seen[path]

    def place(self, message: Message, *, changed: bool) -> str:
        if message.channel != DESK:
            return next(f"[to {name}]" for name, user in STAFF.items() if self.slack.direct(user) == message.channel)
        if message.thread:
            return f"[below #{number_of(self.slack.find(DESK, message.thread))}]"
        return f"[#{number_of(message)} is now]" if changed else "[in the desk's channel]"

    def code(self) -> str:
        mails = [self.seen[path] for path in sorted((self.folder / "mail").glob("*.eml"))]
        return (re.findall(r"\b\d{6}\b", "\n".join(mails[-1])) or [""])[-1] if mails else ""

    def compare(self, step: Step, told: Mapping[str, list[str]]) -> None:
        """Of two who press at the same moment either may be first."""
        orders = [told, swapped(told)] if "+" in (step.said["who"] or "") else [told]
        assert any(is_told(step, each) for each in orders), explained(step, told)

    def count(self, table: str, state: str) -> int:
        statements = {
            "place": "SELECT count(*) FROM address WHERE state = :state",
            "outbox": "SELECT count(*) FROM outbox WHERE state = :state",
        }
        with self.engine.connect() as connection:
            return int(connection.execute(text(statements[table]), {"state": state}).scalar_one())

    def audit(self) -> list[tuple[str, str]]:
        """Everything on the audit, in order: who did what, to what."""
        statement = text("SELECT actor, action, subject FROM audit ORDER BY id")
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(statement)]


@asynccontextmanager
async def playing(folder: Path, database_url: str, now: datetime) -> AsyncIterator[Play]:
    async with AsyncExitStack() as closing:
        telegram = await closing.enter_async_context(Telegram().serving())
        slack = await closing.enter_async_context(Slack().open())
        engine = create_engine(database_url)
        closing.callback(engine.dispose)
        yield Play(folder, database_url, now, telegram, slack, engine)


def number_of(message: Message | None) -> str:
    """The number of the desk item that a message shows."""
    found = re.match(r"#(\d+)", in_slack(message)[0]) if message is not None else None
    return found[1] if found else ""
