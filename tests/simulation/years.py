"""Plays the days of a simulated program one after the other: whoever takes part acts by messages, the clock by its steps."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Select, and_, bindparam, or_, select

from flows.dialog.speech import Inbound, Pressed
from handlers import roles
from handlers.desk import acting
from handlers.exchange import Errand, House
from handlers.review import asking, committee, deciding, panels
from handlers.review.panels import Case
from storage import outbox, packages, reviews, tables
from storage.reviews import Reader
from tests.handlers.acting import heard_by
from tests.simulation import cast
from tests.simulation.cast import CHANNEL, Evaluator, Habit, HandingIn, Plan

READER, REVIEW = tables.of(tables.ReviewReader), tables.of(tables.Review)
BALLOT, ITEM = tables.of(tables.Ballot), tables.of(tables.DeskItem)
SINCE: BindParameter[int] = bindparam("known")
ASKED = (
    select(READER.c.id, READER.c.review_id, READER.c.person_id, READER.c.asked_at)
    .where(READER.c.id > SINCE)
    .order_by(READER.c.id)
)
BALLOTS = select(BALLOT.c.id, BALLOT.c.id).where(BALLOT.c.id > SINCE).order_by(BALLOT.c.id)
ITEMS = select(ITEM.c.id, ITEM.c.id, ITEM.c.kind).where(ITEM.c.id > SINCE).order_by(ITEM.c.id)
ASSESSED = select(READER.c.person_id).where(READER.c.seat == "assessed")
OVER = (
    select(REVIEW.c.id)
    .where(or_(REVIEW.c.state == "released", and_(REVIEW.c.state == "concluded", REVIEW.c.outcome == "complete")))
    .order_by(REVIEW.c.id)
)
Step: TypeAlias = Callable[[Errand], int]
STEPS: tuple[Step, ...] = (asking.watch, asking.go_on, deciding.conclude, deciding.watch, committee.watch)
BEGIN = datetime(2027, 1, 4, 15, tzinfo=UTC)
YEAR = timedelta(days=365)
UNDONE_NO_MORE = timedelta(minutes=15)
OFFICE = roles.at_the_keyboard("office")
REVISED, AGAIN = 0.7, 0.5  # of the sets not met: to be revised; and of these, handed in again
LEASE = outbox.LEASE + timedelta(seconds=1)


@dataclass
class Decided:
    """How a review went: the days on which it was handed in and on which the candidate knew the outcome."""

    begun: int
    ended: int | None = None

    @property
    def days(self) -> int | None:
        return None if self.ended is None else self.ended - self.begun


@dataclass
class Years:
    """A program under way; `decided` by the id of the review, `load` counts what each evaluator assessed."""

    house: House
    plan: Plan
    random: Random
    evaluators: Mapping[int, Evaluator]
    handed_in: list[HandingIn]
    day: int = 0
    decided: dict[int, Decided] = field(default_factory=dict)
    load: Counter[int] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    beyond_limit: int = 0
    messages: int = 0
    _later: dict[int, list[Callable[[], None]]] = field(default_factory=lambda: defaultdict(list))
    _now: datetime = BEGIN
    _number: Iterator[int] = field(default_factory=lambda: count(1))
    _of: dict[int, HandingIn] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    # --- The clock ---------------------------------------------------------------------------------------------------

    def play(self, on_day: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """All days of the plan; `on_day` hears how far it is."""
        for it in self.handed_in:
            self._later[it.day].append(partial(self.hands_in, it))
        for day in range(self.plan.days):
            self.day, self._now = day, BEGIN + timedelta(days=day)
            self.one_day()
            on_day(day + 1, self.plan.days)
        with self.house.database.work(self._now) as work:
            self.load.update(work.connection.execute(ASSESSED).scalars())

    def one_day(self) -> None:
        """What people do, then what is due once nothing of it can be undone any more."""
        events = self._later.pop(self.day, [])
        self.random.shuffle(events)
        for act in events:
            act()
        self._now += UNDONE_NO_MORE
        for step in (*STEPS, self.notice):
            self.act(step)
        self.deliver()

    def act(self, what: Callable[[Errand], object]) -> None:
        with self.house.database.work(self._now) as work:
            what(Errand(self.house, work))

    def on(self, day: float, act: Callable[[], None]) -> None:
        """Somebody does something on that day, tomorrow at the earliest."""
        self._later[max(round(day), self.day + 1)].append(act)

    def within(self, soonest: float, usual: float, latest: float) -> float:
        """A day that many days from now, mostly near the usual number."""
        return self.day + self.random.triangular(soonest, latest, usual)

    def deliver(self) -> None:
        """Everything that was sent arrives."""
        with self.house.database.work(self._now + LEASE) as work:
            while waiting := outbox.claim(work, 500, [CHANNEL]):
                for letter in waiting:
                    outbox.sent(work, letter, f"m{letter.id}")

    # --- What people see and plan ------------------------------------------------------------------------------------

    def notice(self, errand: Errand) -> None:
        """Whoever was asked something since the last look plans what to do about it."""
        for review_id, person_id, asked_at in self.new(errand, ASKED, "reader"):
            self.was_asked(errand, review_id, person_id, asked_at)
        for (number,) in self.new(errand, BALLOTS, "ballot"):
            self.on(self.within(1, 3, 6), partial(self.votes, number))
        for number, kind in self.new(errand, ITEMS, "item"):
            self.at_the_desk(kind, number)
        for (review_id,) in errand.work.connection.execute(OVER):
            if self.decided[review_id].ended is None:
                self.is_decided(errand, review_id)

    def new(self, errand: Errand, rows: Select[Any], what: str) -> list[tuple[Any, ...]]:
        """Rows, each after its id, that were not there at the last look."""
        found = list(errand.work.connection.execute(rows, {"known": self._known[what]}))
        self._known[what] = max((row[0] for row in found), default=self._known[what])
        return [tuple(row[1:]) for row in found]

    def is_decided(self, errand: Errand, review_id: int) -> None:
        """The candidate has been told the outcome."""
        case = panels.load(errand, review_id)
        assert case is not None
        self.decided[review_id].ended = self.day
        if case.submission.state == "revise" and self.random.random() < AGAIN:
            self.revises(case)

    def was_asked(self, errand: Errand, review_id: int, person_id: int, asked_at: datetime) -> None:
        """The evaluator's habit decides; whether the limit of the year was kept is counted here."""
        me, reference = self.evaluators[person_id], packages.of(errand.work, review_id).reference
        self.asked[me.habit] += 1
        taken = [each for each in reviews.of_person(errand.work, person_id) if self.counts(each, asked_at)]
        self.beyond_limit += len(taken) > self.plan.limit
        word = "decline" if me.habit is Habit.DECLINES else "accept"
        if me.habit is not Habit.SILENT:
            self.on(self.within(0.5, 1.5, 5), partial(self.answers, me, review_id, f"{word} {reference}"))

    def counts(self, reader: Reader, asked_at: datetime) -> bool:
        """Whether it counts against the year: asked, or taken in the twelve months before."""
        taken = reader.seat in ("reading", "assessed") and (reader.answered_at or asked_at) >= asked_at - YEAR
        return taken or reader.seat == "asked"

    def revises(self, case: Case) -> None:
        """The candidate hands the set in once more, better."""
        before = self._of[case.submission.id]
        again = HandingIn(0, before.candidacy_id, before.group, self.random.random() < 0.9, before.round + 1)
        self.on(self.within(14, 30, 60), lambda: self.hands_in(again))

    def at_the_desk(self, kind: str, number: int) -> None:
        if kind == deciding.TO_RELEASE:
            until = f"{BEGIN + timedelta(days=self.day + 90):%d %B %Y}"
            how = f"all by {until}" if self.random.random() < REVISED else ""
            self.on(self.within(1, 3, 7), lambda: self.settles(number, "revise" if how else "course", how))
        elif kind == asking.LATE:
            self.on(self.day + 1, lambda: self.settles(number, "wait"))
        elif kind == asking.HANDED_IN:
            self.on(self.day + 1, lambda: self.settles(number, "ask"))

    # --- What people do ----------------------------------------------------------------------------------------------

    def hands_in(self, it: HandingIn) -> None:
        def handed_in(errand: Errand) -> None:
            number = cast.hand_in(errand, it, f"SET-{next(self._number):06}")
            review = reviews.of_submission(errand.work, number)
            assert review is not None
            self._of[number], self.decided[review] = it, Decided(self.day)

        self.act(handed_in)

    def says(self, address: str, *messages: str) -> None:
        for words in messages:
            self.messages += 1
            heard_by(self.house, Inbound(str(next(self._number)), CHANNEL, address, words), self._now)

    def answers(self, me: Evaluator, review_id: int, words: str) -> None:
        """Who accepts plans when to assess."""
        self.says(me.address, words)
        self.act(lambda errand: self.plans_to_assess(errand, me, review_id))

    def plans_to_assess(self, errand: Errand, me: Evaluator, review_id: int) -> None:
        case = panels.load(errand, review_id)
        assert case is not None
        reader = case.reader(me.person_id)
        if reader is None or reader.seat != "reading" or reader.due is None:
            return
        due = self.day + (reader.due - errand.today).days
        day = self.within(2, 12, case.rules.review_days - 1)
        if me.habit is Habit.LATE:
            day = due + self.random.uniform(1, 10)
            if self.random.random() < 0.5:
                self.on(due - 1, lambda: self.says(me.address, f"need 10 more days {case.review.reference}"))
                day += case.rules.extension_days
        self.on(day, lambda: self.assesses(me, case))

    def assesses(self, me: Evaluator, case: Case) -> None:
        """In one line; one in ten sees a set otherwise than most would."""
        good = self._of[case.submission.id].good is (self.random.random() < 0.9)
        reference = case.review.reference
        line = f"all met. {reference}" if good else f"all met except 1: no example is shown ({reference})"
        self.says(me.address, line, "confirm")

    def votes(self, number: int) -> None:
        """The chair of the committee lets a third be asked."""
        press = Inbound(str(next(self._number)), CHANNEL, cast.CHAIR, "Yes", Pressed(0, "", f"ballot:yes:{number}"))
        heard_by(self.house, press, self._now)

    def settles(self, number: int, how: str, words: str = "") -> None:
        def settled(errand: Errand) -> None:
            done = acting.do(errand, OFFICE, number, how, words)
            assert done.settled or "settled already" in done.text, done.text

        self.act(settled)


def begun(house: House, plan: Plan) -> Years:
    """Everybody is there, and the first day is to come."""
    random = Random(plan.seed)  # noqa: S311 - the same seed plays the same years
    with house.database.work(BEGIN - timedelta(days=1)) as work:
        errand = Errand(house, work)
        cast.committee(errand)
        everybody = cast.evaluators(errand, plan, random)
        handed_in = cast.handed_in(errand, plan, random)
    return Years(house, plan, random, {each.person_id: each for each in everybody}, handed_in)
