"""Marked people around a review: whatever tells who somebody is, is a word or number that nothing else has."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile
from typing import Literal

from sqlalchemy import select, text, update
from sqlmodel import SQLModel

from bot import fetching
from flows.dialog.speech import Envelope, File, Inbound, Outbound, Pressed
from handlers import home, letters
from handlers.desk.table import KINDS
from handlers.exchange import Errand
from handlers.hearing import House
from handlers.review import selecting
from handlers.review.selecting import Offered
from storage import (
    additions,
    applications,
    belongings,
    candidacies,
    evaluators,
    mailboxes,
    outbox,
    papers,
    people,
    profiles,
)
from storage.database import Database, Work, prepared
from storage.outbox import Letter
from storage.profiles import Profile
from tests.blindness import wires
from tests.blindness.leaks import Marks, leaks
from tests.handlers.acting import NUMBERS, heard_by
from tests.handlers.conftest import furnished
from tests.handlers.review.panel import SET, Program
from tests.handlers.world import TICK, Someone, World

NOW = datetime(2026, 1, 5, tzinfo=UTC)
CANDIDATE = "7730091455"  # at Telegram
APPLICATION = (
    "Quxzornia Vexlimorph", "zilquap@wembraddle.example", "Frobnicator of Snarkwhistle", "Grumbledook Athenaeum",
    "Wyoming", "1", "1", "20 hours a week since March 2019", "1", "yes", "77318824", "Tweezlebop Guild", "yes",
)  # fmt: skip
WORDS = (
    "Quxzornia", "Vexlimorph", "zilquap", "wembraddle", "Frobnicator", "Snarkwhistle", "Grumbledook", "Athenaeum",
    "Wyoming", "Tweezlebop", "Flibberwick", "Gadzook", "Alaska", "plonkhurst", "UQUXZ77VEX", "Pago_Pago", "Samoa",
    "Snufflegrint", "Zanzibleton", "Mumbleforth", "hatswick", "77318824", CANDIDATE,
)  # fmt: skip
PLACES = ("Blimpenfrost", "Crumplehaven", "Dribblewold", "Elbowmere", "Fizzlecombe", "Gobbleton")
# Where else the candidate is written to.
OWN = dict.fromkeys((("slack", "UQUXZ77VEX"), ("email", APPLICATION[1])), ("telegram", CANDIDATE))
FIRST = {"person": 8_100_000, "address": 8_200_000, "candidacy": 8_300_000, "application": 8_400_000,
         "submission": 8_500_000, "review_reader": 8_700_000, "desk_item": 8_800_000}  # fmt: skip
NOTHING: Mapping[str, object] = {"created_at": NOW, "changed_at": NOW}


@dataclass(frozen=True)
class Sent:
    """A letter with its message as it was delivered, and when."""

    letter: Letter
    message: Outbound
    at: datetime

    @property
    def to(self) -> tuple[str, str]:
        return self.letter.channel, self.letter.address


@dataclass
class Watched(World):
    """A world that keeps every letter; a mail arrives under its Message-ID, so that threads are as they really are."""

    sent: list[Sent] = field(default_factory=list)

    def deliver(self) -> None:
        with self.house.database.work(self.now + outbox.LEASE + TICK) as work:
            while waiting := outbox.claim(work, 100, ["slack", "telegram", "email"]):
                for letter in waiting:
                    self._arrives(work, letter)

    def _arrives(self, work: Work, letter: Letter) -> None:
        message = letters.decode(letter.body)
        name = wires.name(letter) if letter.channel == "email" else f"{letter.id}"
        name = outbox.sent_as(work, message.edits) if message.edits and letter.channel != "email" else name
        self.inboxes.setdefault((letter.channel, letter.address), {})[name] = message
        whole = fetching.fetched(self.house, message, work) if fetching.wants_documents(message) else message
        self.sent.append(Sent(letter, _described(whole), self.now))
        outbox.sent(work, letter, name)

    def shows_home(self, who: Someone) -> None:
        """What Slack shows who opens the assistant's home there."""
        shown = home.shown(self.house, who.channel, who.address, self.now)
        self.sent.append(Sent(Letter(1, 1, who.channel, who.address, "", 1), shown, self.now))

    def last_to(self, channel: str, address: str) -> Letter | None:
        found = (each.letter for each in reversed(self.sent) if each.to == (channel, address))
        return next(found, None)


def _described(message: Outbound) -> Outbound:
    """With all that stands on its pictures as their content."""
    made = tuple(File(each.name, "image/png", each.data.encode(), each.alt) for each in message.drawings)
    return replace(message, files=(*message.files, *made), drawings=())


@dataclass
class Mailer(Someone):
    """Somebody who answers our newest mail, and has no buttons."""

    trust: Literal["proved", "claimed"] = "proved"

    def presses(self, label: str) -> str:
        return self.says(label)

    def _hears(self, words: str, pressed: Pressed | None, answers: str, place: str) -> str:
        before = set(self.inbox)
        said = Inbound(f"<{next(NUMBERS)}@x.example>", "email", self.address, words, pressed, style="mail")
        heard_by(
            self.world.house, replace(said, mail=self._envelope(), trust=self.trust, name=self.name), self.world.now
        )
        self.world.deliver()
        return "\n---\n".join(each.text for name, each in self.inbox.items() if name not in before)

    def _envelope(self) -> Envelope:
        assert isinstance(self.world, Watched)
        last = self.world.last_to("email", self.address)
        if last is None or self.trust != "proved":
            return Envelope()
        with self.world.house.database.work(self.world.now) as work:
            known = mailboxes.find(work, last.address_id, last.id)
        matter = known.matter if known is not None else ""
        return Envelope(matter=matter, letter=last.id, signed=True, thread=(wires.name(last),))


@dataclass
class Cast(Program):
    """The program with marked people; `known` are the marks of each by their first address, `office` knows them all."""

    known: dict[tuple[str, str], Marks] = field(default_factory=dict)
    office: set[tuple[str, str]] = field(default_factory=set)

    @property
    def sent(self) -> list[Sent]:
        assert isinstance(self.world, Watched)
        return self.world.sent

    def evaluator(self, channel: str, address: str, name: str, *sets: str, workplace: str = "") -> Someone:
        """As of the program; the workplace is a marked one, and so is what else they told."""
        someone = (Mailer if channel == "email" else Someone)(self.world, channel, address, name)
        someone.says("menu")
        place = PLACES[len(self.known)]
        family = name.split()[-1]
        told = Offered(
            sets or (SET,),
            f"{place} Library",
            f"{family} read much",
            f"https://{place}.example",
            None,
            (f"{family} Foundation",),
        )
        self.act_on(someone, lambda errand, person: _trained(errand, person, name, told))
        self.known[channel, address] = Marks(
            (*name.split(), place, f"{family} Foundation", *_telling(channel, address)), (_initials(name),)
        )
        return someone

    def member(self, address: str, name: str, seat: str, *, chair: bool = False) -> Someone:
        self.office.add(("slack", address))
        return super().member(address, name, seat, chair=chair)

    def act_on(self, someone: Someone, what: Callable[[Errand, int], None]) -> None:
        """Something that nobody said, about this person (by id)."""

        def act(errand: Errand) -> None:
            person = people.find(errand.work, someone.channel, someone.address)
            assert person is not None
            what(errand, person)

        self.world.act(act)

    def remember(self) -> None:
        """Keep the numbers, references and receipts of everybody, which stories add to and forgetting takes away."""
        for (channel, address), marks in self.known.items():
            with self.world.house.database.work(self.world.now) as work:
                person = people.find(work, channel, address)
                found = _numbers(work, person) if person is not None else Marks()
            self.known[channel, address] = marks + found

    def told_evaluators(self) -> list[str]:
        """What evaluators were told, in words."""
        readers = set(self.known) - {("telegram", CANDIDATE)}
        return [each.message.text for each in self.sent if each.to in readers]

    def on_record(self, someone: Someone) -> list[str]:
        """What is on record about somebody in words of their own: names, addresses, workplaces, references."""
        found: list[str] = []
        with self.world.house.database.work(self.world.now) as work:
            person = people.find(work, someone.channel, someone.address)
            assert person is not None
            mine = belongings.of(work, person)
            details = [json.loads(row["details"]) for row in mine.get("application", ())]
        for table, column in PERSONAL:
            found += [str(row[column]) for row in mine.get(table, ()) if row[column]]
        return [*found, *(each[label] for each in details for label in OF_AN_APPLICATION)]

    def in_the_package(self, words: str) -> None:
        """What the candidate told of the first competency becomes these words, past all that looks at them."""
        submission = SQLModel.metadata.tables["submission"]
        with self.world.house.database.work(self.world.now) as work:
            [(number, contents)] = work.connection.execute(
                select(submission.c.id, submission.c.contents).where(submission.c.state == "submitted")
            )
            told = json.loads(contents)
            told["competencies"][0]["narrative"][0]["words"] = words
            work.connection.execute(
                update(submission).where(submission.c.id == number).values(contents=json.dumps(told))
            )

    def told_of_others(self) -> list[str]:
        """Everything that anybody of them was told of somebody else whom they must not know, on any wire.

        A wire takes nothing from the database: on PostgreSQL each message is looked at on its own one alone. What is in
        a file is the same on every wire, and looked at once; its name and what it shows are looked at on each.
        """
        self.remember()
        return asyncio.run(self._leaks(everywhere=self.world.house.database.engine.dialect.name == "sqlite"))

    async def _leaks(self, *, everywhere: bool) -> list[str]:
        all_wires, everybody = wires.Wires(), sum(self.known.values(), Marks())
        found = []
        # What was said to somebody before, word for word, differs only in the number of its letter.
        different = {(each.to, each.message): each for each in self.sent if each.to not in self.office}
        for sent in different.values():
            others = everybody - self.known.get(OWN.get(sent.to, sent.to), Marks())
            for wire in wires.NAMES if everywhere else (sent.letter.channel,):
                message = sent.message if wire == sent.letter.channel else _without_contents(sent.message)
                where = f"to {' '.join(sent.to)} by {wire}: {message.text[:60]!r}"
                told = await all_wires.told(sent.letter, message, wire)
                found += [f"{leak!r} {where}" for leak in leaks(told, others)]
        return found


def _without_contents(message: Outbound) -> Outbound:
    return replace(message, files=tuple(replace(each, content=b"-") for each in message.files))


def cast(house: House) -> Cast:
    """A candidate who applied and told everything, and the office; the committee has no member yet."""
    numbers_far_apart(house)
    world = Watched(replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS))
    ann = Someone(world, "telegram", CANDIDATE, "Quxzornia Vexlimorph")
    for words in ("apply", *APPLICATION, "send", "cancel"):
        ann.says(words)
    known = {("telegram", CANDIDATE): Marks(WORDS, ("QV",))}
    found = Cast(ann, Someone(world, "slack", "U1", "Olive"), known, {("slack", "U1")})
    found.olive.says("menu")
    found.act_on(ann, _admitted)
    ann.says("add: I was born in Zanzibleton")
    world.sent.clear()  # there is no evaluator yet whom any of it could tell of
    return found


@contextmanager
def programs(template: Path, folder: Path) -> Iterator[Callable[[], Cast]]:
    """Makes a program of its own at each call, on SQLite; `template` is a database with nothing in it."""
    opened: list[Database] = []

    def make() -> Cast:
        path = folder / f"another-{len(opened)}.db"
        copyfile(template, path)
        opened.append(prepared(f"sqlite:///{path}", "this process", upgrade=False))
        return cast(furnished(opened[-1]))

    yield make
    for each in opened:
        each.close()


def _admitted(errand: Errand, person: int) -> None:
    [application] = applications.of(errand.work, person)
    applications.set_state(errand.work, application.id, "admitted")
    day, last = date(2025, 11, 23), date(2029, 11, 23)
    number = candidacies.add(errand.work, person, application.id, day, last, "active")
    candidacies.add_sets(errand.work, number, {"access": (date(2026, 5, 1), "imported")})
    here = people.at(errand.work, "telegram", CANDIDATE)
    assert here is not None
    people.add_address(errand.work, person, "slack", "UQUXZ77VEX", "proved")
    people.set_time_zone(errand.work, person, "Pacific/Pago_Pago")
    told = ("Flibberwick Reading Room", "Gadzook wrangler", "Alaska", "", "next@plonkhurst.example", here.id)
    profiles.put(errand.work, person, Profile(*told))
    papers.add(errand.work, person, "Mumbleforth diploma", "hatswick.pdf", "application/pdf", b"%PDF-1.7")
    additions.add(errand.work, number, "Snufflegrint")


def _trained(errand: Errand, person: int, name: str, told: Offered) -> None:
    people.name(errand.work, person, name)
    selecting.put(errand, person, told, "selected")
    selecting.trained(errand, "the office", person, date(2026, 1, 5))
    assert evaluators.find(errand.work, person) is not None


def _initials(name: str) -> str:
    return "".join(each[0] for each in name.split())


def _telling(channel: str, address: str) -> tuple[str, ...]:
    return tuple(address.split("@")) if channel == "email" else (address,)


# Where people tell who they are; other columns hold choices, days, and what the program counts.
PERSONAL = (
    ("person", "id"), ("person", "name"), ("person", "time_zone"), ("profile", "library"), ("profile", "position"), ("profile", "state"),
    ("profile", "new_mail"), ("address", "id"), ("address", "address"), ("application", "reference"), ("candidacy", "id"), ("application", "id"),
    ("paper", "name"), ("paper", "about"), ("addition", "content"), ("evaluator", "workplace"), ("evaluator", "experience"), ("evaluator", "resume"),
    ("conflict", "workplace"),
)  # fmt: skip
OF_AN_APPLICATION = ("Name", "Email", "Position", "Library", "State or country", "ALA member", "Cohort or grant")
OF_A_PERSON = {
    "address": "SELECT id FROM address WHERE person_id = :who",
    "candidacy": "SELECT id FROM candidacy WHERE person_id = :who",
    "application": "SELECT id FROM application WHERE person_id = :who",
    "submission": "SELECT id FROM submission WHERE candidacy_id IN (SELECT id FROM candidacy WHERE person_id = :who)",
    "review_reader": "SELECT id FROM review_reader WHERE person_id = :who",
    "desk_item": "SELECT id FROM desk_item WHERE person_id = :who",
}
NAMED = (
    "SELECT reference FROM application WHERE person_id = :who",
    "SELECT receipt FROM submission WHERE candidacy_id IN (SELECT id FROM candidacy WHERE person_id = :who)",
)


def _numbers(work: Work, person: int) -> Marks:
    who = {"who": person}
    numbers = [each for sql in OF_A_PERSON.values() for each in work.connection.execute(text(sql), who).scalars()]
    words = [each for sql in NAMED for each in work.connection.execute(text(sql), who).scalars()]
    return Marks(tuple(words), (), (person, *numbers))


def numbers_far_apart(house: House) -> None:
    """Rows of a candidacy long over, so that the numbers that follow are those of one table only."""
    rows: Mapping[str, Mapping[str, object]] = {
        "person": {"name": "", "time_zone": ""},
        "address": {"person_id": FIRST["person"], "channel": "terminal", "address": "-", "state": "unreachable", "offer": "", "misses": 0, "bounces": 0, "revoked": 0},
        "application": {"reference": "-", "person_id": FIRST["person"], "state": "withdrawn", "details": "{}", "fee_cents": 0, "submitted_at": NOW, "membership": "", "answers": "", "reason": ""},
        "candidacy": {"person_id": FIRST["person"], "admitted_on": NOW.date(), "deadline": NOW.date(), "state": "ended", "zone": ""},
        "submission": {"candidacy_id": FIRST["candidacy"], "set_id": "access", "round": 1, "receipt": "-", "state": "taken back", "contents": "{}", "passed": "[]", "open_numbers": "[]", "feedback": "", "asked_at": NOW},
        "review": {"submission_id": FIRST["submission"], "reference": "-", "state": "closed", "outcome": "", "allowed": False, "draft": "", "opened_at": NOW},
        "review_reader": {"review_id": 1, "person_id": FIRST["person"], "seat": "released", "third": False, "word": "", "comment": "", "why": "", "asked_at": NOW, "answer_by": NOW, "extended": False, "late": False},
        "desk_item": {"kind": "-", "details": "{}", "state": "settled", "settled_by": "", "action": "", "reminded": 0},
    }  # fmt: skip
    with house.database.work(NOW) as work:
        for name, values in rows.items():
            table, number = SQLModel.metadata.tables[name], FIRST.get(name, 1)
            times = {key: value for key, value in NOTHING.items() if key in table.c}
            work.connection.execute(table.insert().values(id=number, **times, **values))
            if work.connection.dialect.name == "postgresql":
                work.connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {number})"))
