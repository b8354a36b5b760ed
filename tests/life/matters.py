"""What is open for whom, and since when: found by plain looks into the tables, apart from how the program finds it."""

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.life import rulebook
from tests.life.rulebook import Due

if TYPE_CHECKING:
    from tests.life.life import Life

OFFICE = ZoneInfo("America/Chicago")
PROBES = [timedelta(hours=hours) for hours in (0, 3, 24)]  # also in the night, and where the office counts a day more
IN_HAND = ("checking", "submitted", "in review")
BACK = {"returned": "sets with gaps", "revise": "sets to revise"}
HOURS = 32  # that a renewal takes
Row = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """Something open for a person.

    `anchor` is what the program counts from, to the day and the instant; `named` the day that they are told. `ends` is
    the last day of their candidacy, `without` are rules of the audience that have nothing to say to them now.
    """

    audience: str
    person_id: int
    id: int
    anchor: date | datetime
    named: date
    zone: str = OFFICE.key
    ends: date | None = None
    without: tuple[str, ...] = ()


@dataclass
class Matter:
    """A subject, since when it was open, and when it was over."""

    of: Subject
    since: datetime
    until: datetime | None = None

    def due(self) -> list[Due]:
        steps = rulebook.due(self.of.audience, self.of.anchor, ZoneInfo(self.of.zone), self.of.ends)
        return [each for each in steps if each.rule not in self.of.without]


class Matters:
    """All matters there ever were."""

    def __init__(self, life: "Life") -> None:
        self._life = life
        self.open: dict[Subject, Matter] = {}
        self.over: list[Matter] = []
        self._days: dict[tuple[int, datetime], date] = {}

    def look(self) -> None:
        """What is new since the last look, and what is over."""
        now = self._life.now
        found = dict.fromkeys(each for each in _Tables(self._life).all() if each.person_id in self._life.people)
        for key in [each for each in self.open if each not in found]:
            gone = self.open.pop(key)
            gone.until = now
            self.over.append(gone)
        for key in found:
            if key not in self.open:
                self.open[key] = Matter(key, now)

    def every(self) -> list[Matter]:
        return [*self.over, *self.open.values()]

    def moments(self) -> Iterator[datetime]:
        """When something comes due, and somewhat later."""
        for matter in self.open.values():
            for each in matter.due():
                yield from (each.at + probe for probe in PROBES)
            anchor = matter.of.anchor
            if isinstance(anchor, datetime):
                yield anchor
            else:
                yield datetime.combine(anchor + timedelta(days=1), time(), ZoneInfo(matter.of.zone))

    def day_then(self, person_id: int, instant: datetime) -> date:
        """The date of an instant where a person lived when it was first looked at."""
        return self._days.setdefault((person_id, instant), self._life.day(person_id, instant))


class _Tables:
    """One look into the tables."""

    def __init__(self, life: "Life") -> None:
        self._life = life

    def __getattr__(self, table: str) -> list[Row]:
        self.__dict__[table] = found = self._life.rows(table)
        return found

    def all(self) -> Iterator[Subject]:
        yield from self.applicants()
        for each in self.candidacy:
            yield from self.candidate(each)
        yield from self.holders()
        for each in self.share:
            if each["ended_at"] is None and each["ends_at"] > self._life.now:
                person = self.person(each["candidacy_id"])
                last = self.day(person, each["ends_at"] - timedelta(seconds=1))
                yield Subject("shared records", person, each["id"], utc(each["ends_at"]), last)
        for each in self.review_reader:
            person = each["person_id"]
            if each["seat"] == "asked":
                by = each["answer_by"]
                yield Subject("offers of reviews", person, each["id"], by, self.day(person, by))
            elif each["seat"] == "reading" and each["due"]:
                yield Subject("reviews at hand", person, each["id"], each["due"], each["due"])
        yield from self.places()

    def applicants(self) -> Iterator[Subject]:
        begun = [each for each in self.conversation if each["script"] == "apply" and each["state"] == "open"]
        for each in begun:
            yield self.counted("applications begun", each["person_id"], each["id"], each["changed_at"])
        yield from self.applications({each["person_id"] for each in begun})
        named = {
            (each["person_id"], json.loads(each["details"])["Email"])
            for each in self.application
            if each["state"] in ("submitted", "returned", "accepted")
        }
        for each in self.address:
            if each["state"] == "claimed" and (each["person_id"], each["address"]) in named:
                yield self.counted("addresses to be confirmed", each["person_id"], each["id"], each["created_at"])
        applied = {each["person_id"] for each in self.application}
        for each in self.fact:
            if each["key"] == "qualifies" and each["person_id"] not in applied:
                person, day = each["person_id"], date.fromisoformat(each["words"])
                yield Subject("who will have the hours", person, person, day, day)

    def applications(self, correcting: set[int]) -> Iterator[Subject]:
        for each in self.application:
            person, number = each["person_id"], each["id"]
            if each["state"] == "accepted":
                yield Subject("applications to be paid", person, number, each["accepted_on"], each["accepted_on"])
            if each["state"] == "submitted":
                yield self.counted("applications to be decided", person, number, each["submitted_at"])
            if each["state"] == "returned" and person not in correcting:
                yield self.counted("applications sent back", person, number, each["changed_at"])

    def counted(self, audience: str, person: int, number: int, instant: datetime) -> Subject:
        """Something counted from the day of an instant by UTC, and told by the person's own clock."""
        return Subject(audience, person, number, utc(instant), self.day(person, instant))

    def candidate(self, mine: Row) -> Iterator[Subject]:
        person, number, last = mine["person_id"], mine["id"], mine["deadline"]
        me = self._life.people.get(person)
        if me is None:
            return
        done = {each["set_id"] for each in self.complete_set if each["candidacy_id"] == number}
        if mine["state"] == "frozen":
            yield Subject("candidates whose time is over", person, number, last, last, me.zone)
        if mine["state"] != "active":
            return
        if len(done) < 6:
            yield Subject("candidates", person, number, last, last, me.zone)
            even = mine["admitted_on"] + timedelta(
                days=math.ceil((last - mine["admitted_on"]).days * (len(done) + 1) / 6)
            )
            yield Subject("candidates by pace", person, number, even, last, me.zone, last)
        yield from self.at_work(person, number, done, me.zone)

    def at_work(self, person: int, number: int, done: set[str], zone: str) -> Iterator[Subject]:
        """What a candidate has begun, and what came back to them."""
        waiting = [each for each in self.evidence if each["candidacy_id"] == number and each["state"] == "to place"]
        if waiting:
            oldest = min(each["added_at"] for each in waiting)
            yield self.counted("candidates with links to place", person, number, oldest)
        rounds: dict[str, Row] = {}
        for each in sorted(self.submission, key=lambda row: row["round"]):
            if each["candidacy_id"] == number:
                rounds[each["set_id"]] = each
        for set_id, each in rounds.items():
            if set_id not in done and each["state"] in BACK:
                yield self.counted(BACK[each["state"]], person, each["id"], each["changed_at"])
        with_others = any(each["state"] in (*IN_HAND, *BACK) for each in rounds.values())
        if len(done) < 6 and not with_others and self.begun(number) - done:
            day = self.touched(person, number)
            yield Subject("candidates with a set begun", person, number, day, day, zone)

    def begun(self, candidacy_id: int) -> set[str]:
        mine = {each["id"] for each in self.evidence if each["candidacy_id"] == candidacy_id}
        return {each["set_id"] for each in self.placement if each["evidence_id"] in mine}

    def touched(self, person: int, candidacy_id: int) -> date:
        """The day of the last link, placing, piece of narrative, or set handed in."""
        of: dict[str, list[datetime]] = defaultdict(list)
        for table, field in (("evidence", "added_at"), ("narrative", "at"), ("submission", "asked_at")):
            of[table] = [each[field] for each in getattr(self, table) if each["candidacy_id"] == candidacy_id]
        mine = {each["id"] for each in self.evidence if each["candidacy_id"] == candidacy_id}
        of["placement"] = [each["at"] for each in self.placement if each["evidence_id"] in mine]
        return self._life.matters.day_then(person, max(each for found in of.values() for each in found))

    def holders(self) -> Iterator[Subject]:
        """Nothing is told of a renewal that is with the office, and nothing of hours to whoever has enough by now."""
        with_the_office = {each["certificate_id"] for each in self.renewal if each["state"] == "requested"}
        for each in self.certificate:
            if each["state"] != "current" or each["id"] in with_the_office:
                continue
            person, until = self.person(each["candidacy_id"]), each["until"]
            without = ("hours",) if self.has_the_hours(person, each) else ()
            yield Subject("certificates", person, each["id"], until, until, without=without)

    def has_the_hours(self, person: int, certificate: Row) -> bool:
        """At least as many hours as an even pace would have brought by now."""
        renewed = [each["since"] for each in self.renewal if each["certificate_id"] == certificate["id"]]
        start = max([certificate["since"], *filter(None, renewed)])
        gone = (self.day(person, self._life.now) - start).days / (certificate["until"] - start).days
        logged = [each for each in self.contact_hour if each["certificate_id"] == certificate["id"]]
        hours = sum(
            each["seconds"] / 3600
            for each in logged
            if each["state"] == "current" and start <= each["day"] and each["set_id"]
        )
        return bool(hours >= HOURS * gone)

    def places(self) -> Iterator[Subject]:
        """Until it begins."""
        planned = {each["id"]: each["starts"] for each in self.webinar if each["state"] == "planned"}
        for each in self.webinar_seat:
            starts, person = planned.get(each["webinar_id"]), each["person_id"]
            if each["state"] == "signed" and starts is not None and starts > self._life.now:
                yield Subject("places at webinars", person, each["webinar_id"], starts, self.day(person, starts))

    def person(self, candidacy_id: int) -> int:
        return int(next(each["person_id"] for each in self.candidacy if each["id"] == candidacy_id))

    def day(self, person_id: int, instant: datetime) -> date:
        return self._life.day(person_id, instant)


def utc(instant: datetime) -> date:
    """The program counts what happened at an instant from its date by UTC."""
    return instant.astimezone(UTC).date()
