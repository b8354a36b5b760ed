"""Somebody in a simulated program: what they can do, in words as people write them, at hours of their own clock."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flows.program import catalogue
from handlers import admission, outcomes, payments, roles
from handlers import catalogue as approved
from handlers.desk import acting
from handlers.exchange import Errand
from handlers.outcomes import Seen
from storage import people, submissions
from tests.handlers.acting import APPLICATION
from tests.handlers.world import Someone
from tests.life.life import Life

AT_THE_OFFICE = roles.at_the_keyboard("office")
NARRATIVE = (
    "For many years I did this at our desk every day: I began with what the readers asked for, looked it up, wrote down"
    " what I found and where, showed my colleagues how it is done, and kept notes of everything that we changed since"
    " then, so that whoever comes after me can go on with it, on paper as well as on the screen."
)
CODE = re.compile(r"\b\d{6}\b")


@dataclass
class Me:
    """`zone` is where they live now. What they asked for is kept with the time at which they did: the checks count it."""

    life: Life
    name: str
    address: str
    state: str
    zone: str
    channel: str = "telegram"
    person: int = 0  # the id, once they have said something
    stopped: set[str] = field(default_factory=set)
    stops: list[tuple[datetime, str]] = field(default_factory=list)
    snoozed_until: date | None = None
    snoozes: list[tuple[datetime, date]] = field(default_factory=list)
    few: list[tuple[datetime, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._someone = Someone(self.life.world, self.channel, self.address, self.name)

    @property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        return (self.channel, self.address), ("email", self.mail)

    @property
    def mail(self) -> str:
        return self.address if self.channel == "email" else f"{self.address}@branch.test.org"

    @property
    def today(self) -> date:
        return self.life.now.astimezone(ZoneInfo(self.zone)).date()

    # --- When --------------------------------------------------------------------------------------------------------

    def on(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """That hour of their own clock, in UTC; never before now."""
        then = datetime.combine(day, time(hour, minute), ZoneInfo(self.zone))
        return max(then, self.life.now + timedelta(minutes=1)).astimezone(UTC)

    def after(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        return self.on(self.today + timedelta(days=days), hour, minute)

    # --- What they say -----------------------------------------------------------------------------------------------

    def says(self, *words: str) -> str:
        """What the last of these messages is answered; in the diary they are one line."""
        self.life.write(self, "says", "", " / ".join(each if len(each) < 60 else f"{each[:40]}..." for each in words))
        said = [self._someone.says(each) for each in words][-1]
        if not self.person:
            self.person = self._on_record()
            self.life.people[self.person] = self
        self.life.collect("", to=self)
        self.life.matters.look()
        return said

    def _on_record(self) -> int:
        with self.life.house.database.work(self.life.now) as work:
            found = people.find(work, self.channel, self.address)
        assert found is not None
        return found

    def expects(self, part: str, *words: str) -> str:
        said = self.says(*words)
        assert part in said, (self.name, words, said)
        return said

    # --- Applying ----------------------------------------------------------------------------------------------------

    def begins_to_apply(self, answers: int | None = None) -> None:
        """A few answers, or all of them up to the summary."""
        told = {**APPLICATION, "name": self.name, "email": self.mail, "state": self.state}
        told["library"] = "Riverton Public Library"
        self.says("apply", *list(told.values())[:answers])

    def applies(self, *, confirms: bool = True) -> None:
        self.begins_to_apply()
        self.expects("we leave these questions out", "send", "cancel")
        if confirms:
            self.confirms()

    def confirms(self) -> None:
        """The code from the mail is typed in."""
        mails = self.life.world.inboxes["email", self.mail].values()
        code = CODE.findall(next(each.text for each in reversed(mails) if CODE.search(each.text)))[0]
        self.expects("is confirmed", code)

    def is_accepted(self) -> None:
        reference = self.reference
        self.life.errand(lambda errand: admission.accept(errand, AT_THE_OFFICE, reference))

    def pays(self) -> None:
        reference = self.reference

        def paid(errand: Errand) -> str:
            return payments.record_payment(errand, AT_THE_OFFICE, reference, 35_000, "applicant", errand.today)

        self.life.errand(paid)

    @property
    def reference(self) -> str:
        mine = [each for each in self.life.rows("application") if each["person_id"] == self.person]
        return str(mine[-1]["reference"])

    # --- Competency sets ---------------------------------------------------------------------------------------------

    def writes(self, set_id: str) -> None:
        """A narrative for the whole set, and one link."""
        numbers = f"{set_id} 1 to {len(self.life.house.competencies.named(set_id).competencies)}"
        self.says(NARRATIVE, numbers, "new")
        self.says(f"the notes: https://notes.test.org/{set_id}/{self.life.ticks}", numbers)

    def hands_in(self, set_id: str) -> None:
        self.expects("Your receipt is", f"submit {set_id}", "yes", "yes")

    def is_looked_at(self, *links: Seen) -> None:
        """The last look at the links of what was handed in: what is found is open, unless told otherwise."""

        def last_look(errand: Errand) -> None:
            for each in submissions.checking(errand.work, 9):
                outcomes.seen(errand, each.id, links)

        self.life.errand(last_look, "the last look at links")

    def by_portfolio(self, set_id: str) -> None:
        """Written, handed in and on its way to the office."""
        self.writes(set_id)
        self.hands_in(set_id)
        self.is_looked_at()

    def by_course(self, set_id: str, code: str) -> None:
        day = self.today - timedelta(days=3)
        self.expects(
            "office checks", f"completed {code} on {day:%d %B %Y} https://forms.test.org/{code}/{self.address}"
        )
        self.settled("accept")

    def settled(self, how: str, words: str = "", kind: str = "") -> None:
        """The office settles the newest item about them."""
        mine = [
            each
            for each in self.life.rows("desk_item")
            if each["person_id"] == self.person and each["state"] == "open" and kind in str(each["kind"])
        ]

        def settle(errand: Errand) -> Any:
            return acting.do(errand, AT_THE_OFFICE, int(str(mine[-1]["id"])), how, words)

        done = self.life.errand(settle)
        assert done.settled or how in ("begin", "ask"), (self.name, how, done.text)

    # --- How they want to be reminded --------------------------------------------------------------------------------

    def moves_to(self, zone: str, words: str) -> None:
        self.says(f"my time zone is {words}")
        self.zone = zone

    def stops_kind(self, kind: str) -> None:
        self.says(f"stop {kind}")
        self.stopped.add(kind)
        self.stops.append((self.life.now, kind))

    def snoozes_until(self, day: date) -> None:
        self.expects("no reminders until", f"snooze until {day:%d %B %Y}")
        self.snoozed_until = day
        self.snoozes.append((self.life.now, day))

    def wants_fewer(self) -> None:
        self.expects("in two weeks", "fewer")
        self.few.append((self.life.now, self.life.end))


def courses(life: Life) -> None:
    """One approved course for each set, for the whole time."""
    head = "code,provider,title,set,format,valid from,state,price,start,valid to,link,mail\n"
    sets = life.house.competencies.sets
    lines = [
        f"C-{number},Prairie College,Course of {each.id},{each.id},online,2026-01-01,,$180,,,,\n"
        for number, each in enumerate(sets, 1)
    ]
    table = catalogue.read(head + "".join(lines), life.house.competencies, life.now.date())
    life.errand(lambda errand: approved.take_courses(errand, AT_THE_OFFICE, table))


def course_of(life: Life, set_id: str) -> str:
    return f"C-{[each.id for each in life.house.competencies.sets].index(set_id) + 1}"
