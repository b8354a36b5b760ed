"""What must hold of every reminder, and the count of those that should have come: faults are kept as sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.schedule import STEPS
from tests.life.matters import Matter
from tests.life.rulebook import RULES, Due

if TYPE_CHECKING:
    from tests.life.life import Entry, Life
    from tests.life.people import Me

MORNING, EVENING, SATURDAY = 8, 21, 5
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PATIENCE = timedelta(hours=36)  # from the moment a step comes due until it has come at the latest
WEEKEND, FEWER = 2 * DAY, 14 * DAY
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATE = re.compile(rf"(?:({'|'.join(WEEKDAYS)}) )?(\d{{1,2}}) ({MONTHS}) (\d{{4}})")
LEFT = re.compile(r"(\d+) days? from now|in (\d+) days?\b|: that is (today|tomorrow)")
# Rules whose text names the day that they are counted from; of the others it names another, or none.
NAMED = {
    "application-unfinished", "application-unpaid", "application-waiting", "four-years", "last-days", "time-over",
    "idle", "set-returned", "revision", "review-answer", "review-due", "renewal", "certificate-ends",
}  # fmt: skip
COUNTED = {"four-years", "last-days", "renewal", "certificate-ends"}  # and the days until then


@dataclass(frozen=True)
class Sent:
    """A reminder that went out; `anchor` is the day it was counted from."""

    person_id: int
    rule: str
    matter: int
    anchor: date
    step: int
    at: datetime


class Checks:
    """`faults` are sentences that begin with the person's name."""

    def __init__(self, life: "Life") -> None:
        self._life = life
        self.faults: list[str] = []
        self.at_night: list[str] = []  # notices, which are no reminders
        self.again: list[str] = []  # steps that said word for word what the one before them did
        self.sent: list[Sent] = []
        self._texts: set[tuple[str, str]] = set()

    def notice(self, me: "Me", entry: "Entry") -> None:
        """What comes by the clock is not to come at night either, unless somebody did something just before."""
        by_the_clock = entry.what in STEPS and entry.at - self._life.heard_at > HOUR
        if by_the_clock and not MORNING <= entry.local.hour < EVENING:
            self.at_night.append(f"{me.name} {entry.local:%a %d %b %Y %H:%M}: {entry.what}: {first_line(entry.text)}")

    def reminded(self, person_id: int, rows: Sequence[dict[str, Any]], entries: Sequence["Entry"]) -> None:
        """One message has gone to a person, for these rows of the ledger."""
        me = self._life.people[person_id]
        if len(entries) != bool(rows):
            self._fault(me, f"{len(rows)} steps were sent in {len(entries)} messages")
        for entry in entries:
            self._at_a_fit_time(me, rows, entry)
            self._right_days_of_the_week(me, entry)
            if (me.name, entry.text) in self._texts:
                self.again.append(f"{me.name} {entry.local:%a %d %b %Y}: {first_line(entry.text)}")
            self._texts.add((me.name, entry.text))
            for row in rows:
                self._one(me, row, entry)

    def _at_a_fit_time(self, me: "Me", rows: Sequence[dict[str, Any]], entry: "Entry") -> None:
        local = entry.local
        if not MORNING <= local.hour < EVENING:
            self._fault(me, f"{entry.what} at night, {local:%a %H:%M}")
        if local.weekday() >= SATURDAY and any(RULES[row["rule"]].get("weekdays") for row in rows):
            self._fault(me, f"{entry.what} on a {local:%A}")
        if any(RULES[row["rule"]].get("urgent") for row in rows):
            return
        before = [each for each in self._life.diaries[me.name] if each.kind == "reminder" and each is not entry]
        if before and before[-1].local.date() == local.date():
            self._fault(me, f"{entry.what} is the second message of reminders on {local:%d %b %Y}")

    def _right_days_of_the_week(self, me: "Me", entry: "Entry") -> None:
        for weekday, *words in DATE.findall(entry.text):
            day = _date(*words)
            if weekday and WEEKDAYS[day.weekday()] != weekday:
                self._fault(me, f"{entry.what} calls {day} a {weekday}")

    def _one(self, me: "Me", row: dict[str, Any], entry: "Entry") -> None:
        rule, anchor = RULES[row["rule"]], date.fromisoformat(row["anchor"][:10])
        sent = Sent(row["person_id"], row["rule"], row["matter"], anchor, row["step"], entry.at)
        if any(each.at != sent.at and _same(each, sent) for each in self.sent):
            self._fault(me, f"{sent.rule} {sent.step} came twice for {sent.anchor}")
        self.sent.append(sent)
        if not rule.get("essential") and me.stopped & {rule["kind"], "reminders"}:
            self._fault(me, f"{sent.rule} came although {rule['kind']} is stopped")
        if not rule.get("essential") and me.snoozed_until is not None and entry.local.date() < me.snoozed_until:
            self._fault(me, f"{sent.rule} came although reminders wait until {me.snoozed_until}")
        matter = next((each for each in self._life.matters.open.values() if _is_of(each, sent)), None)
        if matter is None:
            self._fault(me, f"{sent.rule} {sent.step} of {sent.anchor} came although that is over")
            return
        due = [each for each in matter.due() if (each.rule, each.step) == (sent.rule, sent.step)]
        if sent.at < due[0].at - (DAY if matter.anchor != anchor else timedelta()):
            self._fault(me, f"{sent.rule} {sent.step} came before {due[0].at:%d %b %Y}")
        self._names_the_day(me, matter, sent, entry)

    def _names_the_day(self, me: "Me", matter: Matter, sent: Sent, entry: "Entry") -> None:
        days = {_date(*words) for _, *words in DATE.findall(entry.text)}
        if sent.rule in NAMED and matter.anchor not in days:
            self._fault(me, f"{sent.rule} {sent.step} does not name {matter.anchor}: {first_line(entry.text)}")
        left = (matter.anchor - entry.local.date()).days
        told = {
            {"today": 0, "tomorrow": 1}.get(word, int(one or other or 0))
            for one, other, word in LEFT.findall(entry.text)
        }
        if sent.rule in COUNTED and left >= 0 and left not in told:
            self._fault(me, f"{sent.rule} {sent.step} does not count {left} days: {first_line(entry.text)}")

    # --- What should have come ---------------------------------------------------------------------------------------

    def whole(self) -> None:
        """Every step whose time came while its matter was open has come, unless there is a reason."""
        for matter in self._life.matters.every():
            me = self._life.people[matter.person_id]
            due = matter.due()
            for each in due:
                if self._is_owed(me, matter, each, due) and not self._came(matter, each):
                    self._fault(me, f"{each.rule} {each.step} ({each.words} {matter.anchor}) never came")

    def _is_owed(self, me: "Me", matter: Matter, each: Due, due: Sequence[Due]) -> bool:
        rule = RULES[each.rule]
        latest = self._latest(me, rule, each.at)
        over = matter.until or self._life.end
        if not matter.since <= each.at or over <= latest:
            return False
        if any(other.rule == each.rule and each.at < other.at <= latest for other in due):
            return False  # superseded
        return bool(rule.get("essential")) or not any(
            since <= latest and kind in (rule["kind"], "reminders") for since, kind in me.stops
        )

    def _latest(self, me: "Me", rule: dict[str, Any], at: datetime) -> datetime:
        """When a step that came due then has come at the latest."""
        latest = at + PATIENCE + (WEEKEND if rule.get("weekdays") else timedelta())
        if rule.get("essential"):
            return latest
        if any(since - FEWER <= latest and at <= until for since, until in me.few):
            latest += FEWER
        for since, until in me.snoozes:
            waits = datetime.combine(until, datetime.min.time(), ZoneInfo(me.zone)) + PATIENCE
            if since <= latest and at <= waits:
                latest = max(latest, waits + (latest - at))
        return latest

    def _came(self, matter: Matter, each: Due) -> bool:
        return any(
            _is_of(matter, sent)
            and (sent.rule, sent.step) == (each.rule, each.step)
            and abs(sent.at - each.at) < 500 * DAY
            for sent in self.sent
        )

    def _fault(self, me: "Me", words: str) -> None:
        self.faults.append(f"{me.name} {self._life.now.astimezone(ZoneInfo(me.zone)):%a %d %b %Y %H:%M}: {words}")


def _is_of(matter: Matter, sent: Sent) -> bool:
    """The program counts some days where the office is: a day more or less is the same matter."""
    near = abs((matter.anchor - sent.anchor).days) <= 1
    same = (matter.person_id, matter.id, matter.audience) == (sent.person_id, sent.matter, RULES[sent.rule]["audience"])
    return same and near


def _same(one: Sent, other: Sent) -> bool:
    mine, theirs = ((each.person_id, each.rule, each.matter, each.anchor, each.step) for each in (one, other))
    return mine == theirs


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), MONTHS.split("|").index(month) + 1, int(day))


def first_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[0] if lines else ""
