"""People who talk to the house, a knowledge base that knows two answers, and a look into whole tables."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlmodel import SQLModel

from faq.knowledge import Answer
from faq.knowledge import Reply as Thought
from flows.dialog.speech import Inbound, Outbound, Pressed
from flows.program.competencies import Reference
from handlers import letters
from handlers.hearing import Heard, House, NeedsGuesses, NeedsThought, hear
from storage import outbox
from storage.database import Database
from storage.outbox import Letter

EXAM = Answer("exam", "Whether there is an exam", "No, there is no exam.", "LSSC candidate FAQ, 2010", None)
COST = Answer("fee", "What it costs", "The fee is $350.", "LSSC candidate FAQ, 2010", "fees")
LIMIT = Answer("deadline-limit", "How long a candidate has", "Four years.", "LSSC candidate FAQ, 2010", None)
PROGRESS = Answer("progress-check", "Checking your progress", "The word progress.", "About this assistant", "progress")
TEST = Answer("test", "Whether there is a test", "No, there is no exam.", "LSSC candidate FAQ, 2010", None)
ENTRIES = {entry.id: entry for entry in (EXAM, COST, LIMIT, PROGRESS)}
THOUGHTS = {
    "whats left": Thought("whats left", "answer", (PROGRESS,), (), 1.0),
    "how long do i have?": Thought("how long do i have?", "answer", (LIMIT,), (), 1.0),
    "is there an exam?": Thought("is there an exam?", "answer", (EXAM,), (), 1.0),
    "does https://a.example say there is an exam?": Thought("an exam?", "answer", (EXAM,), (), 1.0),
    "how far am i, and how long have i?": Thought("how far am i, ...", "two", (PROGRESS, LIMIT), (), 0.7),
    "exam or test?": Thought("exam or test?", "two", (EXAM, TEST), (), 0.7),
    "exam or money?": Thought("exam or money?", "two", (EXAM, COST), (), 0.7),
    "exams or money": Thought("exams or money", "suggest", (), (EXAM, COST), 0.4),
}
GUESSES: tuple[Reference, ...] = (("access", 3), ("technology", 4), ("youth", 2))  # for whatever speaks of shelves
APPLICATION = {
    "name": "Ann Example", "email": "ann@library.org", "title": "Circulation clerk",
    "library": "Springfield Public Library", "state": "Illinois", "position": "1", "schooling": "1",
    "job.1": "20 hours a week since March 2019", "job.1.more": "1",
    "member": "no", "cohort": "Lincoln Group", "mentor": "yes",
}  # fmt: skip
NUMBERS = count(1)


@dataclass
class Person:
    """Somebody at one address; what they are told is kept in `told`, what went to others in `mail`."""

    house: House
    address: str = "ann"
    channel: str = "terminal"
    now: datetime = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    told: list[Outbound] = field(default_factory=list)
    mail: list[Letter] = field(default_factory=list)

    def says(self, *messages: str) -> str:
        """What the last of these messages is answered."""
        for words in messages:
            self.hears(Inbound(f"{next(NUMBERS)}", self.channel, self.address, words))
        return self.told[-1].text

    def presses(self, conversation: int, question: str, choice: str) -> str:
        pressed = Pressed(conversation, question, choice)
        self.hears(Inbound(f"{next(NUMBERS)}", self.channel, self.address, choice, pressed))
        return self.told[-1].text

    def hears(self, message: Inbound) -> Heard:
        heard = heard_by(self.house, message, self.now)
        for letter in heard.letters:
            if (letter.channel, letter.address) == (self.channel, self.address):
                self.told.append(letters.decode(letter.body))
            else:
                self.mail.append(letter)
            with self.house.database.work(self.now) as work:
                outbox.sent(work, letter)
        return heard

    def applies(self, **other: str) -> str:
        """A whole application, up to its summary."""
        return self.says("apply", *(APPLICATION | other).values())


def heard_by(house: House, message: Inbound, now: datetime) -> Heard:
    thoughts: dict[str, Thought] = {}
    guesses: dict[str, tuple[Reference, ...]] = {}
    while True:
        try:
            return hear(house, message, now, thoughts, guesses)
        except NeedsGuesses as needed:
            guesses.update({words: GUESSES if "shelves" in words else () for words in needed.words})
        except NeedsThought as needed:
            if needed.words in thoughts:
                raise
            thoughts[needed.words] = THOUGHTS.get(needed.words, Thought(needed.words, "unknown", (), (), 0.0))


@dataclass
class Rows:
    """Reads whole tables, in the order of their keys."""

    database: Database

    def __call__(self, table: str) -> list[dict[str, Any]]:
        found = SQLModel.metadata.tables[table]
        with self.database.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(found.select().order_by(*found.primary_key))]

    def everything(self) -> str:
        """All texts and numbers of all tables."""
        return json.dumps({table: self(table) for table in SQLModel.metadata.tables}, default=str, ensure_ascii=False)
