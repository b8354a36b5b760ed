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
PATIENCE = DAY  # from the moment a step comes due until it has come at the latest
OF_A_MOMENT = timedelta(hours=12)  # the same where it is counted from an instant: a night at most
APART = timedelta(hours=20)  # one message of reminders and the next
WEEKEND, FEWER = 2 * DAY, 14 * DAY
VOLUNTEERS = {"offers of reviews", "reviews at hand"}  # audiences who are not written to on weekends
JUST_TOLD = {"places at webinars", "shared records"}  # what is asked for late needs no word of the days before
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATE = re.compile(rf"(?:({'|'.join(WEEKDAYS)}) )?(\d{{1,2}}) ({MONTHS}) (\d{{4}})")
LEFT = re.compile(r"that is (?:in (\d+) days|(today|tomorrow))")
UNNAMED = {"address-unconfirmed", "links-to-place", "qualifies"}  # rules whose text names no day that is counted from
COUNTED = {"four-years", "last-days", "renewal", "certificate-ends"}  # and those that count the days until then
AS_ONE = ({"four-years", "last-days"}, {"renewal", "certificate-ends"}, {"webinar", "webinar-soon"})
DAYS_LEFT = ("today", "tomorrow")
URGENT = "webinar-soon"


@dataclass(frozen=True)
class Sent:
    """A reminder that went out; `anchor` is what it was counted from."""

    person_id: int
    rule: str
    matter: int
    anchor: date | datetime
    step: int
    at: datetime


class Checks:
    """`faults` are sentences that begin with the person's name."""

    def __init__(self, life: "Life") -> None:
        self._life = life
        self.faults: list[str] = []
        self.out_of_hours: list[str] = []  # notices, which are no reminders
        self.sent: list[Sent] = []
        self._texts: set[tuple[str, str]] = set()

    def notice(self, me: "Me", entry: "Entry") -> None:
        """What comes by the clock is not to come at night either, unless somebody did something just before."""
        if entry.what not in STEPS or entry.at - self._life.heard_at <= HOUR:
            return
        weekend = me.volunteers and entry.local.weekday() >= SATURDAY
        if weekend or not MORNING <= entry.local.hour < EVENING:
            self.out_of_hours.append(
                f"{me.name} {entry.local:%a %d %b %Y %H:%M}: {entry.what}: {first_line(entry.text)}"
            )

    def reminded(self, person_id: int, rows: Sequence[dict[str, Any]], entries: Sequence["Entry"]) -> None:
        """One message has gone to a person, for these rows of the ledger."""
        me = self._life.people[person_id]
        if len(entries) != bool(rows):
            self._fault(me, f"{len(rows)} steps were sent in {len(entries)} messages")
        for entry in entries:
            self._at_a_fit_time(me, rows, entry)
            self._right_days_of_the_week(me, entry)
            if (me.name, entry.text) in self._texts:
                self._fault(me, f"{entry.what} says once more, word for word: {first_line(entry.text)}")
            self._texts.add((me.name, entry.text))
            for row in rows:
                self._one(me, row, entry)

    def _at_a_fit_time(self, me: "Me", rows: Sequence[dict[str, Any]], entry: "Entry") -> None:
        local = entry.local
        if not MORNING <= local.hour < EVENING:
            self._fault(me, f"{entry.what} at night, {local:%a %H:%M}")
        if local.weekday() >= SATURDAY and any(RULES[row["rule"]]["audience"] in VOLUNTEERS for row in rows):
            self._fault(me, f"{entry.what} on a {local:%A}")
        if any(row["rule"] == URGENT for row in rows):
            return
        before = [each for each in self._life.diaries[me.name] if each.kind == "reminder" and each is not entry]
        if before and entry.at - before[-1].at < APART:
            self._fault(me, f"{entry.what} came too soon after the one of {before[-1].local:%d %b %Y %H:%M}")

    def _right_days_of_the_week(self, me: "Me", entry: "Entry") -> None:
        for weekday, *words in DATE.findall(entry.text):
            day = _date(*words)
            if weekday and WEEKDAYS[day.weekday()] != weekday:
                self._fault(me, f"{entry.what} calls {day} a {weekday}")

    def _one(self, me: "Me", row: dict[str, Any], entry: "Entry") -> None:
        rule, told = RULES[row["rule"]], row["anchor"]
        anchor = datetime.fromisoformat(told) if rule.get("moment") else date.fromisoformat(told)
        sent = Sent(row["person_id"], row["rule"], row["matter"], anchor, row["step"], entry.at)
        if any(_same(each, sent) for each in self.sent):
            self._fault(me, f"{sent.rule} {sent.step} came twice for {sent.anchor}")
        self.sent.append(sent)
        if not rule.get("essential") and me.stopped & {rule["kind"], "reminders"}:
            self._fault(me, f"{sent.rule} came although {rule['kind']} is stopped")
        if not rule.get("essential") and me.snoozed_until is not None and entry.local.date() < me.snoozed_until:
            self._fault(me, f"{sent.rule} came although reminders wait until {me.snoozed_until}")
        matter = next((each for each in self._life.matters.open.values() if _is_of(each, sent)), None)
        due = [each for each in matter.due() if (each.rule, each.step) == (sent.rule, sent.step)] if matter else []
        if matter is None or not due:
            self._fault(me, f"{sent.rule} {sent.step} of {sent.anchor} came although that is over")
            return
        if sent.at < due[0].at:
            self._fault(me, f"{sent.rule} {sent.step} came before {due[0].at:%d %b %Y}")
        if matter.of.audience in JUST_TOLD and matter.since - due[0].at > DAY:
            self._fault(me, f"{sent.rule} {sent.step} came just after they had asked for it on {matter.since:%d %b %Y}")
        self._names_the_day(me, matter, sent, entry)

    def _names_the_day(self, me: "Me", matter: Matter, sent: Sent, entry: "Entry") -> None:
        named = matter.of.named
        if sent.rule not in UNNAMED and named not in {_date(*words) for _, *words in DATE.findall(entry.text)}:
            self._fault(me, f"{sent.rule} {sent.step} does not name {named}: {first_line(entry.text)}")
        if (
            RULES[sent.rule]["kind"] == "webinars"
            and isinstance(sent.anchor, datetime)
            and _hour(sent.anchor.astimezone(ZoneInfo(me.zone))) not in entry.text
        ):
            self._fault(me, f"{sent.rule} {sent.step} does not name the hour: {first_line(entry.text)}")
        left = (named - entry.local.date()).days
        told = {int(days) if days else DAYS_LEFT.index(word) for days, word in LEFT.findall(entry.text)}
        if sent.rule in COUNTED and left >= 0 and left not in told:
            self._fault(me, f"{sent.rule} {sent.step} does not count {left} days: {first_line(entry.text)}")

    # --- What should have come ---------------------------------------------------------------------------------------

    def whole(self) -> None:
        """Every step whose time came while its matter was open has come, unless there is a reason."""
        for matter in self._life.matters.every():
            me = self._life.people[matter.of.person_id]
            due = matter.due()
            for each in due:
                if self._is_owed(me, matter, each, due) and not self._came(me, matter, each):
                    self._fault(me, f"{each.rule} {each.step} ({each.words} {matter.of.anchor}) never came, or late")

    def _is_owed(self, me: "Me", matter: Matter, each: Due, due: Sequence[Due]) -> bool:
        rule = RULES[each.rule]
        latest = self._latest(me, rule, each.at)
        over = matter.until or self._life.end
        if not matter.since <= each.at or over <= latest:
            return False
        if any(_as_one(other.rule, each.rule) and each.at < other.at <= latest for other in due):
            return False  # superseded
        return bool(rule.get("essential")) or not any(
            since <= latest and kind in (rule["kind"], "reminders") for since, kind in me.stops
        )

    def _latest(self, me: "Me", rule: dict[str, Any], at: datetime) -> datetime:
        """When a step that came due then has come at the latest."""
        if rule.get("urgent"):
            return at if MORNING <= at.astimezone(ZoneInfo(me.zone)).hour < EVENING else at + OF_A_MOMENT
        latest = at + (OF_A_MOMENT if rule.get("moment") else PATIENCE)
        if any(at - APART < each.at < latest for each in self.sent if self._life.people[each.person_id] is me):
            latest += APART
        if rule["audience"] in VOLUNTEERS and any(_is_weekend(each, me.zone) for each in (at, latest)):
            latest += WEEKEND
        if rule.get("essential"):
            return latest
        if any(since - FEWER <= latest and at <= until for since, until in me.few):
            latest += FEWER
        for since, until in me.snoozes:
            waits = datetime.combine(until, datetime.min.time(), ZoneInfo(me.zone)) + PATIENCE
            if since <= latest and at <= waits:
                latest = max(latest, waits + (latest - at))
        return latest

    def _came(self, me: "Me", matter: Matter, each: Due) -> bool:
        latest = self._latest(me, RULES[each.rule], each.at)
        return any(
            _is_of(matter, sent) and (sent.rule, sent.step) == (each.rule, each.step) and each.at <= sent.at <= latest
            for sent in self.sent
        )

    def _fault(self, me: "Me", words: str) -> None:
        self.faults.append(f"{me.name} {self._life.now.astimezone(ZoneInfo(me.zone)):%a %d %b %Y %H:%M}: {words}")


def _is_of(matter: Matter, sent: Sent) -> bool:
    of = matter.of
    return (of.person_id, of.id, of.audience, of.anchor) == (
        sent.person_id, sent.matter, RULES[sent.rule]["audience"], sent.anchor
    )  # fmt: skip


def _as_one(one: str, other: str) -> bool:
    """Whether two rules are steps of one matter, of which only the newest is of use."""
    return one == other or any({one, other} <= each for each in AS_ONE)


def _same(one: Sent, other: Sent) -> bool:
    mine, theirs = ((each.person_id, each.rule, each.matter, each.anchor, each.step) for each in (one, other))
    return mine == theirs


def _is_weekend(at: datetime, zone: str) -> bool:
    return at.astimezone(ZoneInfo(zone)).weekday() >= SATURDAY


def _hour(at: datetime) -> str:
    """`3 pm`, `9:30 am`; noon and midnight are not used by anybody here."""
    return f"{at:%-I:%M %p}".replace(":00", "").lower()


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), MONTHS.split("|").index(month) + 1, int(day))


def first_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[0] if lines else ""
