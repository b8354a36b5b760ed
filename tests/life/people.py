"""Somebody in a simulated program: what they can do, in words as people write them, at hours of their own clock."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flows.program import catalogue
from flows.program.moving import Past
from handlers import admission, moving, outcomes, payments, roles
from handlers import catalogue as approved
from handlers.desk import acting
from handlers.exchange import Errand
from handlers.outcomes import Seen
from storage import people, submissions
from tests.handlers.acting import APPLICATION
from tests.handlers.world import Someone
from tests.life.life import Life, Story

REQUIRED = ("foundations", "technology", "communication")
SIX = (*REQUIRED, "access", "youth", "reference")
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
    volunteers: bool = False  # as an evaluator
    stopped: set[str] = field(default_factory=set)
    stops: list[tuple[datetime, str]] = field(default_factory=list)
    snoozed_until: date | None = None
    snoozes: list[tuple[datetime, date]] = field(default_factory=list)
    few: list[tuple[datetime, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._someone = Someone(self.life.world, self.channel, self.address, self.name)
        self.addresses = [(self.channel, self.address), ("email", self.mail)]

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
        return self._says(self._someone, *words)

    def _says(self, there: Someone, *words: str) -> str:
        self.life.write(self, "says", "", " / ".join(each if len(each) < 60 else f"{each[:40]}..." for each in words))
        said = [there.says(each) for each in words][-1]
        person = self._on_record(there)
        self.person = self.person or person
        self.life.people[person] = self
        self.life.collect("", to=self)
        self.life.matters.look()
        return said

    def _on_record(self, there: Someone) -> int:
        with self.life.house.database.work(self.life.now) as work:
            found = people.find(work, there.channel, there.address)
        assert found is not None
        return found

    def joins(self, channel: str, address: str) -> None:
        """Writes from another channel as well, which becomes one record with the first by a code."""
        there = Someone(self.life.world, channel, address, self.name)
        self.addresses.append((channel, address))
        self._says(there, "menu")
        self._says(there, f"link {CODE.findall(self.says('link'))[0]}")

    def heard(self, part: str, times: int = 1) -> None:
        """It is at fault when they were not told so, of nobody's asking, so many times."""
        told = sum(part in each.text for each in self.life.diaries[self.name] if each.kind == "notice")
        if told != times:
            self.life.checks.faults.append(f"{self.name}: was told {told} times, not {times}: {part}")

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

    def is_declined(self, why: str) -> None:
        reference = self.reference
        self.life.errand(lambda errand: admission.decline(errand, AT_THE_OFFICE, reference, why))

    def is_sent_back(self, why: str) -> None:
        reference = self.reference
        self.life.errand(lambda errand: admission.send_back(errand, AT_THE_OFFICE, reference, why))

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

    def hands_in(self, set_id: str, *links: Seen) -> None:
        """And the last look at its links: what is found is open, unless told otherwise."""
        self.expects("Your receipt is", f"submit {set_id}", "yes", "yes")

        def last_look(errand: Errand) -> None:
            for each in submissions.checking(errand.work, 9):
                outcomes.seen(errand, each.id, links)

        self.life.errand(last_look, "the last look at links")

    def by_portfolio(self, set_id: str) -> None:
        """Written, handed in and on its way to the office."""
        self.writes(set_id)
        self.hands_in(set_id)

    def by_course(self, set_id: str) -> None:
        """The course of that set, ended three days ago; the office accepts the proof."""
        code, day = course_of(self.life, set_id), self.today - timedelta(days=3)
        proof = f"https://forms.test.org/{code}/{self.address}"
        self.expects("office checks", f"completed {code} on {day:%d %B %Y} {proof}")
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

    # --- A certificate -----------------------------------------------------------------------------------------------

    def was_certified(self, since: date, number: str) -> None:
        """Before the assistant was there."""
        self.says("menu")
        done = dict.fromkeys(SIX, (since, "imported"))
        admitted, until = since - timedelta(days=700), since + timedelta(days=700)
        before = Past(2, self.name, self.mail, admitted, until, "certified", done, number, since)
        self.life.errand(lambda errand: moving.take_people(errand, AT_THE_OFFICE, [before]))

    def logs(self, hours: int, day: date, set_id: str = "cataloging") -> None:
        self.expects("Logged as number", f"{hours} h conference {day:%d %B %Y}, {set_id}")

    def asks_for_renewal(self) -> None:
        self.expects("Your request is with the office", "renew", "yes")

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


Tale = Callable[[Me], Story]


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


WEBINARS = (
    "add webinar portfolios 17 December 2026 3 pm, 60 min, 3 seats, https://meet.test.org/one",
    "add webinar portfolios 14 January 2027 9:30 am, 60 min, 25 seats, https://meet.test.org/two",
)


def webinars(life: Life) -> None:
    """Two of a kind: one with few places, and one that begins in the night of whoever lives far in the west."""
    for words in WEBINARS:
        assert "is planned" in life.office(words)
