"""The clock of a simulated program: people wake when their stories say so, and everything that has come due happens."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.schedule import STEPS
from flows.dialog.speech import Outbound
from flows.program import policy
from handlers import forgetting
from handlers.desk.table import KINDS
from handlers.exchange import Errand, House
from handlers.reminders import moot, releasing
from storage.database import Database
from storage.reminders import reminder
from tests.handlers.acting import Rows
from tests.handlers.conftest import RULES, furnished
from tests.handlers.reminding import plan
from tests.handlers.world import Someone, World
from tests.life.checks import Checks
from tests.life.matters import Matters

if TYPE_CHECKING:
    from tests.life.people import Me

BEGIN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, nine in the morning at the office
OFFICE = ("slack", "U1")
# For those who were admitted in that month alone: a person keeps the rules they were admitted under.
LATER_POLICY = """
[[rules]]
from = 2024-04-01
[rules.optional.four_year_renewal]
on = true
source = "a simulated decision of the committee: a renewal may be asked for until two months after the end"
[[rules]]
from = 2024-05-01
[rules.optional.four_year_renewal]
on = false
source = "a simulated decision of the committee: it is taken back"
"""
UNDONE_NO_MORE = timedelta(minutes=15)
Story: TypeAlias = Generator[datetime, None, None]


@dataclass(frozen=True)
class Entry:
    """A line of somebody's diary: `kind` is says, answer, notice or reminder; `what` their words, or the rule and step."""

    at: datetime
    zone: ZoneInfo
    kind: str
    what: str
    text: str

    @property
    def local(self) -> datetime:
        return self.at.astimezone(self.zone)


@dataclass
class Life:
    """A program under way; `every` is the longest time between two ticks: they also come whenever anything is due."""

    house: House
    end: datetime
    every: timedelta
    people: dict[int, "Me"] = field(default_factory=dict)
    diaries: dict[str, list[Entry]] = field(default_factory=dict)
    ticks: int = 0
    heard_at: datetime = BEGIN
    _due: datetime = BEGIN
    _stories: list[tuple[datetime, int, "Me", Story]] = field(default_factory=list)
    _seen: dict[tuple[str, str], int] = field(default_factory=dict)
    _remarked: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.world = World(self.house, BEGIN)
        self.rows = Rows(self.house.database)
        self.matters = Matters(self)
        self.checks = Checks(self)
        self.olive = Someone(self.world, *OFFICE, "Olive")

    @property
    def now(self) -> datetime:
        return self.world.now

    def begin(self, me: "Me", story: Story) -> None:
        self.diaries[me.name] = []
        self._stories.append((self.now, len(self._stories), me, story))

    def play(self, on_day: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Until the end; `on_day` hears how far it is."""
        total = (self.end - self.now).days
        while self.now < self.end:
            said = sum(map(len, self.diaries.values()))
            self.wake()
            if said != sum(map(len, self.diaries.values())):
                self.heard_at = self._due = self.now
            if self.now >= self._due:
                self.tick()
                self._due = min((each for each in self._moments() if each > self.now), default=self.end)
            on_day(total - (self.end - self.now).days, total)
            self.world.now = min(self._due, self.end, *(each[0] for each in self._stories)).astimezone(UTC)
        self.checks.whole()

    def wake(self) -> None:
        """Whose hour has come goes on with their story."""
        for each in sorted(one for one in self._stories if one[0] <= self.now):
            self._stories.remove(each)
            _, number, me, story = each
            then = next(story, None)
            if then is not None:
                self._stories.append((then, number, me, story))

    def tick(self) -> None:
        """As the service does it, each step in a transaction of its own; the planning is one here, to save time."""
        self.ticks += 1
        for name, step in STEPS.items():
            if self.act(step):
                self.collect(name)
        today = self.now.astimezone(self.house.office_zone).date()
        self.act(lambda errand: forgetting.forget(errand.work, self.house.policy.on(today), today))
        self.matters.look()
        self.act(lambda errand: plan(lambda step: step(errand)))
        for person_id in self.act(partial(releasing.who, most=1000)):
            self._release(person_id)

    def collect(self, why: str, to: "Me | None" = None) -> list[Entry]:
        """What has arrived since the last time goes into the diaries; `to` is who was answered."""
        found = []
        for (channel, address), inbox in self.world.inboxes.items():
            new = list(inbox.values())[self._seen.get((channel, address), 0) :]
            self._seen[channel, address] = len(inbox)
            me = next((each for each in self.people.values() if (channel, address) in each.addresses), None)
            for message in new:
                if me is not None:
                    kind = "answer" if me is to else "reminder" if why.startswith("reminder") else "notice"
                    found.append(self.write(me, kind, why, message))
        return found

    def write(self, me: "Me", kind: str, what: str, message: Outbound | str) -> Entry:
        text = message if isinstance(message, str) else message.text
        entry = Entry(self.now, ZoneInfo(me.zone), kind, what, text)
        self.diaries[me.name].append(entry)
        if kind == "notice":
            self.checks.notice(me, entry)
        return entry

    def office(self, words: str) -> str:
        """What the office is answered."""
        answered = self.olive.says(words)
        self.collect("the office")
        self.matters.look()
        return answered

    def errand(self, what: Callable[[Errand], Any], why: str = "the office") -> Any:
        """Something that the office, or a machine, does."""
        result = self.act(what)
        self.collect(why)
        self.matters.look()
        return result

    def _release(self, person_id: int) -> None:
        before = {row["id"] for row in self._reminders("sent", person_id)}
        self.act(partial(releasing.release, people=[person_id]))
        sent = [row for row in self._reminders("sent", person_id) if row["id"] not in before]
        names = ", ".join(f"{row['rule']} {row['step']}" for row in sent)
        entries = self.collect(f"reminder: {names}")
        self.checks.reminded(person_id, sent, entries)

    def _reminders(self, state: str, *person_id: int) -> list[dict[str, Any]]:
        """What stands in the ledger in that state, of somebody or of everybody."""
        mine = [reminder.c.person_id.in_(person_id)] if person_id else []
        with self.house.database.engine.connect() as connection:
            found = connection.execute(select(reminder).where(reminder.c.state == state, *mine).order_by(reminder.c.id))
            return [dict(row._mapping) for row in found]

    def day(self, person_id: int, instant: datetime) -> date:
        """The date of an instant where a person lives."""
        me = self.people.get(person_id)
        return instant.astimezone(ZoneInfo(me.zone) if me is not None else self.house.office_zone).date()

    def act(self, what: Callable[[Errand], Any]) -> Any:
        """In a transaction of its own, as the service does it."""

        def run(errand: Errand) -> Any:
            done = what(errand)
            moot.cancel(errand)
            return done

        return self.world.act(run)

    def _moments(self) -> Iterator[datetime]:
        """When something may happen without anybody's doing; what was done last can be undone no more by then."""
        yield self.heard_at + UNDONE_NO_MORE
        yield self.now + self.every
        yield from (row["look_at"] for row in self._reminders("planned"))
        yield from (row["due"] for row in self.rows("held_letter"))
        yield from (row["answer_by"] for row in self.rows("review_reader") if row["seat"] == "asked")
        yield from self.matters.moments()


def house(database: Database) -> House:
    rules = policy.load((RULES / "policy.toml").read_text("utf-8") + LATER_POLICY)
    return replace(
        furnished(database), policy=rules, staff=frozenset({OFFICE}), kinds=KINDS, public_url="https://lssc.test.org"
    )
