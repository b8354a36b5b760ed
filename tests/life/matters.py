"""What is open for whom, and since when: found by plain looks into the tables, apart from how the program finds it."""

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.life import rulebook
from tests.life.rulebook import Due

if TYPE_CHECKING:
    from tests.life.life import Life

OFFICE = ZoneInfo("America/Chicago")
PROBES = [timedelta(hours=hours) for hours in (0, 3, 24)]  # also in the night, and where the office counts a day more
IN_HAND = ("checking", "submitted", "in review")
Row = dict[str, Any]


@dataclass
class Matter:
    """Something open for a person: `anchor` is the day it is counted from; `until` when it was over."""

    audience: str
    person_id: int
    id: int
    anchor: date
    zone: ZoneInfo
    since: datetime
    until: datetime | None = None

    def due(self) -> list[Due]:
        return rulebook.due(self.audience, self.anchor, self.zone)


class Matters:
    """All matters there ever were."""

    def __init__(self, life: "Life") -> None:
        self._life = life
        self.open: dict[tuple[str, int, int, date, str], Matter] = {}
        self.over: list[Matter] = []

    def look(self) -> None:
        """What is new since the last look, and what is over."""
        now = self._life.now
        found = dict.fromkeys(self._found())
        for key in [each for each in self.open if each not in found]:
            gone = self.open.pop(key)
            gone.until = now
            self.over.append(gone)
        for key in found:
            if key not in self.open:
                audience, person_id, number, anchor, zone = key
                self.open[key] = Matter(audience, person_id, number, anchor, ZoneInfo(zone), now)

    def every(self) -> list[Matter]:
        return [*self.over, *self.open.values()]

    def moments(self) -> Iterator[datetime]:
        """When something comes due, and somewhat later."""
        for matter in self.open.values():
            for each in matter.due():
                yield from (each.at + probe for probe in PROBES)
            yield datetime.combine(matter.anchor + timedelta(days=1), time(), matter.zone)

    def _found(self) -> Iterator[tuple[str, int, int, date, str]]:
        tables = _Tables(self._life)
        for audience, person_id, number, anchor in tables.all():
            me = self._life.people.get(person_id)
            if me is not None:
                zone = me.zone if audience.startswith("candidates") and "links" not in audience else OFFICE.key
                yield audience, person_id, number, anchor, zone


class _Tables:
    """One look into the tables."""

    def __init__(self, life: "Life") -> None:
        self._life = life

    def __getattr__(self, table: str) -> list[Row]:
        self.__dict__[table] = found = self._life.rows(table)
        return found

    def all(self) -> Iterator[tuple[str, int, int, date]]:
        yield from self.applicants()
        for each in self.candidacy:
            yield from self.candidate(each)
        for each in self.certificate:
            if each["state"] == "current":
                yield "certificates", self.person(each["candidacy_id"]), each["id"], each["until"]
        for each in self.share:
            if each["ended_at"] is None and each["ends_at"] > self._life.now:
                person = self.person(each["candidacy_id"])
                yield "shared records", person, each["id"], self.day(person, each["ends_at"] - timedelta(seconds=1))
        for each in self.review_reader:
            if each["seat"] == "asked":
                yield "offers of reviews", each["person_id"], each["id"], self.day(each["person_id"], each["answer_by"])
            elif each["seat"] == "reading" and each["due"]:
                yield "reviews at hand", each["person_id"], each["id"], each["due"]

    def applicants(self) -> Iterator[tuple[str, int, int, date]]:
        for each in self.conversation:
            if each["script"] == "apply" and each["state"] == "open":
                yield (
                    "applications begun",
                    each["person_id"],
                    each["id"],
                    self.day(each["person_id"], each["changed_at"]),
                )
        for each in self.application:
            if each["state"] == "accepted":
                yield "applications to be paid", each["person_id"], each["id"], each["accepted_on"]
            if each["state"] == "submitted":
                day = self.day(each["person_id"], each["submitted_at"])
                yield "applications to be decided", each["person_id"], each["id"], day
        named = {
            (each["person_id"], json.loads(each["details"])["Email"])
            for each in self.application
            if each["state"] in ("submitted", "returned", "accepted")
        }
        for each in self.address:
            if each["state"] == "claimed" and (each["person_id"], each["address"]) in named:
                day = self.day(each["person_id"], each["created_at"])
                yield "addresses to be confirmed", each["person_id"], each["id"], day
        applied = {each["person_id"] for each in self.application}
        for each in self.fact:
            if each["key"] == "qualifies" and each["person_id"] not in applied:
                person = each["person_id"]
                yield "who will have the hours", person, person, date.fromisoformat(each["words"])

    def candidate(self, mine: Row) -> Iterator[tuple[str, int, int, date]]:
        person, number = mine["person_id"], mine["id"]
        done = {each["set_id"] for each in self.complete_set if each["candidacy_id"] == number}
        if mine["state"] == "frozen":
            yield "candidates whose time is over", person, number, mine["deadline"]
        if mine["state"] != "active":
            return
        if len(done) < 6:
            yield "candidates", person, number, mine["deadline"]
            whole = (mine["deadline"] - mine["admitted_on"]).days
            even = mine["admitted_on"] + timedelta(days=math.ceil(whole * (len(done) + 1) / 6))
            yield "candidates by pace", person, number, even
        waiting = [each for each in self.evidence if each["candidacy_id"] == number and each["state"] == "to place"]
        if waiting:
            oldest = min(each["added_at"] for each in waiting)
            yield "candidates with links to place", person, number, self.day(person, oldest)
        rounds: dict[str, Row] = {}
        for each in sorted(self.submission, key=lambda row: row["round"]):
            if each["candidacy_id"] == number:
                rounds[each["set_id"]] = each
        for set_id, each in rounds.items():
            if set_id not in done and each["state"] in ("returned", "revise"):
                audience = "sets with gaps" if each["state"] == "returned" else "sets to revise"
                yield audience, person, each["id"], self.day(person, each["changed_at"])
        if (
            len(done) < 6
            and not any(each["state"] in IN_HAND for each in rounds.values())
            and self.begun(number) - done
        ):
            yield "candidates with a set begun", person, number, self.touched(person, number)

    def begun(self, candidacy_id: int) -> set[str]:
        mine = {each["id"] for each in self.evidence if each["candidacy_id"] == candidacy_id}
        return {each["set_id"] for each in self.placement if each["evidence_id"] in mine}

    def touched(self, person: int, candidacy_id: int) -> date:
        """The day of the last link, the last piece of narrative or the last set that was handed in."""
        of: dict[str, list[datetime]] = defaultdict(list)
        for table, field in (("evidence", "added_at"), ("narrative", "at"), ("submission", "asked_at")):
            of[table] = [each[field] for each in getattr(self, table) if each["candidacy_id"] == candidacy_id]
        return self.day(person, max(each for found in of.values() for each in found))

    def person(self, candidacy_id: int) -> int:
        return int(next(each["person_id"] for each in self.candidacy if each["id"] == candidacy_id))

    def day(self, person_id: int, instant: datetime) -> date:
        """The date of an instant where a person lives."""
        me = self._life.people.get(person_id)
        return instant.astimezone(ZoneInfo(me.zone) if me is not None else OFFICE).date()
