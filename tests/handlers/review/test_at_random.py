"""Whatever evaluators, candidates, office, committee and clock do in whatever order: what must hold of a review holds."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from flows.dialog.speech import Inbound, Pressed
from flows.program import panel
from flows.program.panel import Verb
from handlers import crediting, outcomes
from handlers.desk.table import KINDS
from handlers.exchange import Errand
from handlers.outcomes import Seen
from handlers.review import asking, matching, panels, selecting
from handlers.review.panels import Case
from handlers.review.selecting import Offered
from storage import candidacies, people, profiles, reviews, roles, submissions
from storage.database import READING, Database, Work, prepared
from storage.profiles import Profile
from tests import postgresql
from tests.conftest import BOTH
from tests.handlers.acting import NUMBERS, heard_by
from tests.handlers.conftest import furnished
from tests.handlers.review.panel import SET, STEPS
from tests.handlers.test_submitting import filled
from tests.handlers.world import MONDAY, Someone, World

Tables: TypeAlias = Mapping[str, list[dict[str, Any]]]
BY_POLICY = 12  # reviews a year of whoever named no limit
HOLDING = ("asked", "reading", "assessed")
OVER, IN_HAND, FINAL = ("concluded", "released", "closed"), ("checking", "submitted", "in review"), ("met", "not met")
# How a submission may stand beside a review of this state and outcome.
TOLD = {
    ("open", ""): ("submitted", "in review"),
    ("closed", ""): ("taken back",),
    ("concluded", "complete"): ("met",),
    ("concluded", "not met"): ("in review", "taken back"),
    ("released", "not met"): ("revise", "not met"),
}
UNDONE_NO_MORE = timedelta(minutes=11)
STRAY = 95  # from here on, a number means anybody, whether it fits or not
TABLES = (
    "audit", "ballot", "candidacy", "complete_set", "conflict", "desk_item", "evaluator", "evaluator_set", "review",
    "review_rating", "review_reader", "submission",
)  # fmt: skip
TOUCHED = ("audit", "desk_item", "inbound", "outbox", "review", "review_reader")  # by whatever happens to a review


@dataclass(frozen=True)
class Part:
    """Somebody who assesses; `never` are the candidates for whom nobody may ask them."""

    channel: str
    address: str
    name: str
    sets: tuple[str, ...] = (SET,)
    workplace: str = ""
    limit: int | None = None
    conflicts: tuple[str, ...] = ()
    state: str = "trained"
    never: tuple[str, ...] = ()


CANDIDATES = {"Ann Zwicky": "Springfield Public Library", "Bea Quint": "Shelbyville College"}
BOTH_OF_THEM = tuple(CANDIDATES)
CAST = (
    Part("telegram", "11", "Eva Stone", limit=1),
    Part("slack", "U12", "Fred Moss", limit=2),
    Part("email", "gina@elsewhere.org", "Gina Lark", limit=2),
    Part("telegram", "14", "Hugo Birch"),
    Part("slack", "U15", "Iris Vale", limit=2),
    Part("telegram", "ann", "Ann Zwicky", never=("Ann Zwicky",)),
    Part("telegram", "18", "Kim Frost", workplace="Springfield Public Library", never=("Ann Zwicky",)),
    Part("telegram", "19", "Lea Brook", conflicts=("Bea Quint",), never=("Bea Quint",)),
    Part("telegram", "20", "Max Field", sets=("technology",), never=BOTH_OF_THEM),
    Part("telegram", "21", "Nora Hill", state="selected", never=BOTH_OF_THEM),
)
COMMITTEE = (("U8", "Hal", True), ("U9", "Ida", False), ("U15", "Iris Vale", False), ("U7", "Joe", False))
ADDRESSES = {"Ann Zwicky": "ann", "Bea Quint": "bea"}
WORDS = ("all met", "none met: nothing shows it", "all met except 2: no example", "met")
PAIRS = ((WORDS[0], WORDS[0]), (WORDS[1], WORDS[2]), (WORDS[0], WORDS[2]))
SAID = (
    "accept", "yes", "decline, I am busy until 1 July 2027", "decline", "sorry, not my field", "a conflict of interest",
    "I know who this is", "I cannot after all", "need 5 more days", "all met", "back", "confirm", "reviews", "pause off",
)  # fmt: skip
JUMPS = (
    timedelta(minutes=5), UNDONE_NO_MORE, timedelta(days=1), timedelta(days=4), timedelta(days=8), timedelta(days=16),
    timedelta(weeks=5), timedelta(weeks=53),
)  # fmt: skip
# What may happen; a number beside it chooses who does it. What stands here several times happens more often.
ACTS: tuple[tuple[Any, ...], ...] = (
    *(("later", time) for time in JUMPS),
    *[("submit",)] * 4,
    *[("settles", "portfolio handed in", "ask")] * 4,
    *[("settles", "portfolio handed in", f"choose {numbers}") for numbers in ("1", "2", "1, 2, 3")],
    *[("presses", ("asked",), "accept")] * 5,
    *[("presses", ("asked",), "decline")] * 2,
    *[("presses", ("declined",), f"why {reason}") for reason in ("busy", "conflict", "not my field")],
    *[("presses", ("reading",), verb) for verb in ("more time", "cannot", "cannot", "assess", "package")],
    *[("presses", ("assessed",), verb) for verb in ("take back", "take back", "cannot", "knows")],
    *[("presses", HOLDING, "knows")] * 2,
    *[("says",)] * 4,
    *[("assesses",)] * 6,
    *[("all_read", pair) for pair in (*PAIRS, *PAIRS, PAIRS[2], PAIRS[2])],
    *[("votes", word) for word in ("yes",) * 6 + ("no",)],
    *[("releases", verb) for verb in ("revise 2, 5", "revise 2, 5", "add all", "course", "edit")],
    *[("settles", "review late", verb) for verb in ("next", "wait")],
    ("candidate_takes_back",),
    ("leaves",),
    ("course",),
)
ONCE = ("once",) * 6
PLANS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.sampled_from((*ONCE, "twice", "crash"))),
    min_size=12,
    max_size=30,
)


class Crash(Exception):
    """The process dies between what a transaction does and its commit."""


class Dying(Database):
    """A database under a process that dies just before each commit."""

    @contextmanager
    def work(self, now: datetime) -> Iterator[Work]:
        with super().work(now) as work:
            yield work
            raise Crash


class Review:
    """Two candidates who have handed a set in, the cast and the office: what happens, and what must hold afterwards."""

    def __init__(self, database: Database) -> None:
        house = replace(furnished(database), staff=frozenset({("slack", "U1")}), kinds=KINDS)
        self.world, self.act, self.how, self.ticked = World(house), "", "once", False
        self.dying = replace(house, database=Dying(database.engine, database.owner, database.idle))
        self.ids: dict[str, int] = {}
        self.olive = Someone(self.world, "slack", "U1", "Olive")
        self.candidates = {name: Someone(self.world, "telegram", there, name) for name, there in ADDRESSES.items()}
        self.cast = [Someone(self.world, each.channel, each.address, each.name) for each in CAST]
        self.committee = [Someone(self.world, "slack", address, name) for address, name, _ in COMMITTEE]
        self.world.act(self.staged)
        for number, _ in enumerate(CANDIDATES):
            self.submit(number)
        self.saved = self.now = self.tables(*SQLModel.metadata.tables)

    def begin_anew(self) -> None:
        """Everything is as it was when it was staged; then the office asks for the first of the sets."""
        tables = SQLModel.metadata.sorted_tables
        with self.world.house.database.engine.begin() as connection:
            for table in reversed(tables):
                connection.execute(table.delete())
            for table in tables:
                if self.saved[table.name]:
                    connection.execute(table.insert(), self.saved[table.name])
        self.world.now, self.now = MONDAY, self.saved
        self.take(("settles", "portfolio handed in", "ask"), 0, "once")
        self.check()

    def staged(self, errand: Errand) -> None:
        for name, library in CANDIDATES.items():
            self.joins(errand, "telegram", ADDRESSES[name], name)
            profiles.put(errand.work, self.ids[name], Profile(library))
            self.admitted(errand, name)
        for each in CAST:
            self.joins(errand, each.channel, each.address, each.name)
            offered = Offered(each.sets, each.workplace, "", "", each.limit, each.conflicts)
            selecting.put(errand, self.ids[each.name], offered, "selected")
            if each.state == "trained":
                selecting.trained(errand, "the office", self.ids[each.name], date(2026, 1, 5))
        for address, name, chairs in COMMITTEE:
            self.joins(errand, "slack", address, name)
            roles.give(errand.work, self.ids[name], "committee", "the office", name, chair=chairs)
        self.joins(errand, "slack", "U1", "Olive")

    def admitted(self, errand: Errand, name: str) -> None:
        candidacies.add(errand.work, self.ids[name], None, date(2025, 11, 23), date(2039, 11, 23), "active")

    def joins(self, errand: Errand, channel: str, address: str, name: str) -> None:
        known = people.find(errand.work, channel, address)
        self.ids[name] = known or people.add(errand.work, channel, address, "proved", name).person_id

    # --- What happens ------------------------------------------------------------------------------------------------

    def take(self, act: Sequence[Any], number: int, how: str) -> None:
        self.act, self.how, self.ticked = act[0], how, act[0] in ("later", "all_read")
        getattr(self, act[0])(number, *act[1:])

    def hears(self, who: Someone, words: str, choice: str = "") -> None:
        """One message, as often as it is delivered; a process that dies over it leaves nothing behind."""
        pressed = Pressed(0, "", choice) if choice else None
        message = Inbound(str(next(NUMBERS)), who.channel, who.address, words or choice, pressed, name=who.name)
        if self.how == "crash":
            self.dies(partial(heard_by, self.dying, message, self.world.now))
        heard_by(self.world.house, message, self.world.now)
        if self.how == "twice":
            before = self.tables(*TOUCHED)
            assert heard_by(self.world.house, message, self.world.now).duplicate
            assert self.tables(*TOUCHED) == before
        self.world.deliver()

    def step(self, act: Callable[[Errand], object]) -> None:
        """Something that nobody said."""
        if self.how == "crash":
            self.dies(partial(self.undone, act))
        self.world.act(act)

    def undone(self, act: Callable[[Errand], object]) -> None:
        with self.dying.database.work(self.world.now) as work:
            act(Errand(self.dying, work))

    def dies(self, act: Callable[[], object]) -> None:
        before = self.tables(*TOUCHED)
        with pytest.raises(Crash):
            act()
        assert self.tables(*TOUCHED) == before

    def submit(self, number: int) -> None:
        """Whoever left is admitted anew first."""
        name = self.of(number)
        if self.newest(name)["state"] != "active":
            self.world.act(lambda errand: self.admitted(errand, name))
        now = self.newest(name)
        if not any(row["candidacy_id"] == now["id"] for row in self.rows("narrative")):
            filled(self.candidates[name])
        for words in ("menu", f"submit {SET}", "yes", "yes"):
            self.hears(self.candidates[name], words)
        self.step(self.looked)

    @staticmethod
    def of(number: int) -> str:
        """The candidate that a number chooses."""
        return BOTH_OF_THEM[number % 2]

    def newest(self, name: str) -> dict[str, Any]:
        """The newest candidacy of somebody."""
        return [row for row in self.rows("candidacy") if row["person_id"] == self.ids[name]][-1]

    @staticmethod
    def looked(errand: Errand) -> int:
        live = Seen("https://example.org/guide", "live", "", ("A guide",))
        return sum(outcomes.seen(errand, each.id, [live]) for each in submissions.checking(errand.work, 9))

    def settles(self, number: int, kind: str, how: str) -> None:
        """One of the open items of a kind."""
        if found := self.open_items(kind):
            self.hears(self.olive, f"settle {found[number % len(found)]['id']} {how}")

    def releases(self, number: int, verb: str) -> None:
        until = f" by {self.world.now + timedelta(days=60):%d %B %Y}" if verb[0] in "ar" else ""
        self.settles(number, "outcome to release", verb + (" 2: it lacks an example" if verb == "edit" else until))

    def at(self, number: int, seats: Sequence[str]) -> tuple[Someone, int]:
        """One with such a seat, and the review; where there is none, or now and then, anybody and the newest review."""
        found = [row for row in self.rows("review_reader") if row["seat"] in seats]
        if not found or number >= STRAY:
            return self.cast[number % len(self.cast)], self.rows("review")[-1]["id"]
        row = found[number % len(found)]
        return self.somebody(row["person_id"]), row["review_id"]

    def somebody(self, person: int) -> Someone:
        return next(each for each in self.cast if self.ids[each.name] == person)

    def presses(self, number: int, seats: Sequence[str], verb: str) -> None:
        who, review = self.at(number, seats)
        self.hears(who, "", f"review:{verb}:{review}")

    def says(self, number: int) -> None:
        self.hears(self.at(number, HOLDING[:2])[0], SAID[number % len(SAID)])

    def assesses(self, number: int) -> None:
        self.assesses_that(*self.at(number, ["reading"]), WORDS[number // 3 % len(WORDS)])

    def assesses_that(self, who: Someone, review: int, words: str) -> None:
        self.hears(who, "", f"review:assess:{review}")
        for each in (words, "confirm", "menu"):
            self.hears(who, each)

    def all_read(self, _number: int, words: tuple[str, str]) -> None:
        """Everybody who was asked accepts and assesses, in turn the one way and the other; then it is too late to undo."""
        found = [row for row in self.rows("review_reader") if row["seat"] in HOLDING[:2]]
        for turn, row in enumerate(found):
            who = self.somebody(row["person_id"])
            self.hears(who, "", f"review:accept:{row['review_id']}")
            self.assesses_that(who, row["review_id"], words[turn % 2])
        self.later(0, UNDONE_NO_MORE)

    def candidate_takes_back(self, number: int) -> None:
        self.hears(self.candidates[self.of(number)], f"take back {SET}")

    def leaves(self, number: int) -> None:
        who = self.candidates[self.of(number)]
        self.hears(who, "", "leave:sure")
        self.hears(who, "", f"leave:{self.newest(who.name)['id']}:yes")

    def course(self, number: int) -> None:
        """The office credits the set by a course, whatever became of the portfolio."""

        def credited(errand: Errand) -> None:
            now = candidacies.latest(errand.work, self.ids[self.of(number)])
            if now is not None and now.state == "active":
                outcomes.drop(errand, "Olive", now, "the set is complete in another way", SET)
                crediting.credit(errand, "Olive", now, SET, errand.today, "course")

        self.step(credited)

    def votes(self, number: int, word: str) -> None:
        found = [row["id"] for row in self.rows("ballot") if row["state"] == "open" or number >= STRAY]
        if found:
            self.hears(self.committee[max(number % 7 - 3, 0)], "", f"ballot:{word}:{found[0]}")

    def later(self, _number: int, time: timedelta) -> None:
        """Time passes, and everything that is due then happens."""
        self.world.now += time
        for step in STEPS:
            self.step(step)

    # --- What must hold ----------------------------------------------------------------------------------------------

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.tables(table)[table]

    def tables(self, *names: str) -> Tables:
        """Whole tables, in the order of their keys; those about reviews, where none is named."""
        found = {}
        with self.world.house.database.engine.connect().execution_options(**{READING: True}) as connection:
            for name in names or TABLES:
                table = SQLModel.metadata.tables[name]
                rows = connection.execute(table.select().order_by(*table.primary_key))
                found[name] = [dict(row._mapping) for row in rows]
        return found

    def open_items(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows("desk_item") if row["state"] == "open" and row["kind"] == kind]

    def about(self, kind: str, key: str = "_review") -> set[str]:
        """What the open items of a kind are about."""
        found = [row for row in self.now["desk_item"] if row["state"] == "open" and row["kind"] == kind]
        return {json.loads(row["details"])[key] for row in found}

    def late(self, review: str) -> set[str]:
        """The readers of a review whom the desk shows as late."""
        found = [row for row in self.now["desk_item"] if row["state"] == "open" and row["kind"] == "review late"]
        told = [json.loads(row["details"]) for row in found]
        return {each["_reader"] for each in told if each["_review"] == review}

    def to_ask(self, case: Case) -> bool:
        """Whether the office still has an item from which it asks evaluators for this review."""
        return str(case.submission.id) in self.about("portfolio handed in", "submission")

    def check(self) -> None:
        before, self.now = self.now, self.tables()
        if not self.ticked and all(self.now[name] == before[name] for name in TABLES):
            return
        self.seats()
        known = {row["id"] for row in before["review_reader"]}
        for row in self.now["review_reader"]:
            if row["id"] not in known:
                self.rightly_asked(row)
        self.what_is_over_stays(before)
        self.world.act(self.all_told_alike)

    def seats(self) -> None:
        """Two and one read at most, and no offer or reading is left of a review that is over."""
        over = {row["id"] for row in self.now["review"] if row["state"] in OVER}
        held = Counter((row["review_id"], row["third"]) for row in self.now["review_reader"] if row["seat"] in HOLDING)
        assert not [key for key, number in held.items() if number > (1 if key[1] else 2)]
        assert not [row for row in self.now["review_reader"] if row["review_id"] in over and row["seat"] in HOLDING[:2]]

    def rightly_asked(self, row: dict[str, Any]) -> None:
        """A newly asked one is trained for the set, has no conflict, no pause, and a review left in the year."""
        person, candidate = row["person_id"], self.candidate_of(row["review_id"])
        (part,) = (each for each in CAST if self.ids[each.name] == person)
        assert candidate not in part.never
        conflicts = [(each["person_id"], each["candidate_id"]) for each in self.now["conflict"]]
        assert (person, self.ids[candidate]) not in conflicts
        assert (person, SET) in [(each["person_id"], each["set_id"]) for each in self.now["evaluator_set"]]
        (me,) = (each for each in self.now["evaluator"] if each["person_id"] == person)
        assert me["paused_until"] is None or me["paused_until"] < self.world.now.date()
        assert self.taken(person) <= (BY_POLICY if part.limit is None else part.limit)

    def taken(self, person: int) -> int:
        """How many reviews somebody took in the past year or is asked for."""
        since = self.world.now - timedelta(days=365)
        mine = [row for row in self.now["review_reader"] if row["person_id"] == person]
        year = [row for row in mine if row["seat"] in HOLDING[1:] and row["answered_at"] >= since]
        return len(year) + len([row for row in mine if row["seat"] == "asked"])

    def candidate_of(self, review: int) -> str:
        (submission,) = (row["submission_id"] for row in self.now["review"] if row["id"] == review)
        (candidacy,) = (row["candidacy_id"] for row in self.now["submission"] if row["id"] == submission)
        (person,) = (row["person_id"] for row in self.now["candidacy"] if row["id"] == candidacy)
        return next(name for name in CANDIDATES if self.ids[name] == person)

    def what_is_over_stays(self, before: Tables) -> None:
        """A complete set stays complete and is in nobody's hands; a review has one outcome, and neither that nor what
        was said for it ever changes.
        """
        assert all(row in self.now["complete_set"] for row in before["complete_set"])
        reviewed = {row["id"]: (row["state"], row["outcome"]) for row in self.now["review"]}
        for row in before["review"]:
            if row["state"] in OVER:
                assert reviewed[row["id"]] in ((row["state"], row["outcome"]), ("released", row["outcome"]))
        over = {row["id"] for row in before["review"] if row["state"] in OVER}
        said = {row["id"] for row in before["review_reader"] if row["review_id"] in over and row["seat"] == "assessed"}
        assert [row for row in before["review_rating"] if row["reader_id"] in said] == [
            row for row in self.now["review_rating"] if row["reader_id"] in said
        ]
        kept = {row["id"]: row["state"] for row in self.now["submission"]}
        final = (*FINAL, "in review") if self.act == "candidate_takes_back" else FINAL
        assert all(kept[row["id"]] == row["state"] for row in before["submission"] if row["state"] in final)
        complete = {row["candidacy_id"] for row in self.now["complete_set"]}
        assert complete >= {row["candidacy_id"] for row in self.now["submission"] if row["state"] == "met"}
        in_hand = Counter(row["candidacy_id"] for row in self.now["submission"] if row["state"] in IN_HAND)
        assert all(number == 1 and candidacy not in complete for candidacy, number in in_hand.items())

    def all_told_alike(self, errand: Errand) -> None:
        for row in self.now["review"]:
            case = panels.load(errand, row["id"])
            assert case is not None
            self.replayed(case)
            if reviews.of_submission(errand.work, case.submission.id) == case.review.id:  # else it was handed in anew
                self.told_alike(case)
                self.not_stuck(errand, case)

    def replayed(self, case: Case) -> None:
        """The events of the audit, played from the first on, lead to what stands in the rows."""
        subject = f"review {case.review.id}"
        events = panels.history(
            [(row["action"], row["details"]) for row in self.now["audit"] if row["subject"] == subject]
        )
        assert panel.played(events, case.rules.evaluators) == case.panel
        assert sum(each.verb in (Verb.CONCLUDE, Verb.CLOSE) for each in events) == bool(case.panel.over)

    def told_alike(self, case: Case) -> None:
        """The review and its submission tell the same."""
        assert case.submission.state in TOLD[case.review.state, case.review.outcome]
        begun = any(each.seat in HOLDING[1:] for each in case.readers)
        assert not (begun and case.submission.state == "submitted")

    def not_stuck(self, errand: Errand, case: Case) -> None:
        """An open seat is with the office, once the clock has ticked only where nobody may be asked; an outcome waits to
        be released; what is over is with nobody, and the committee is not asked again what it denied.
        """
        review = str(case.review.id)
        is_open, lacks = case.review.state == "open", review in self.about(asking.LACKING)
        mine = [row for row in self.now["ballot"] if row["subject_id"] == case.review.id]
        asked = [row for row in mine if row["state"] == "open"]
        if is_open and case.panel.open_seats:
            assert lacks or self.to_ask(case)
            assert self.to_ask(case) or not (self.ticked and matching.suggested(errand, case))
        reading = {str(each.person_id) for each in case.readers if each.seat == "reading"}
        assert not self.ticked or self.late(review) <= reading
        waits = case.review.state == "concluded" and case.submission.state == "in review"
        assert (review in self.about("outcome to release")) == waits
        assert is_open or not (lacks or self.to_ask(case) or asked)
        since = max((each.assessed_at for each in case.readers if each.assessed_at), default=self.world.now)
        assert not (asked and any(row["state"] == "no" and row["ended_at"] >= since for row in mine))


@pytest.fixture(scope="module", params=BOTH)
def review(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Review]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('review')}/lssc.db"
    else:
        folder = request.getfixturevalue("postgresql_folder")
        postgresql.run(folder, "CREATE DATABASE at_random TEMPLATE template0")
        url = postgresql.url(folder, "at_random")
    database = prepared(url, "this process", upgrade=True)
    yield Review(database)
    database.close()


ASK, SOON = ("settles", "portfolio handed in", "ask"), ("later", UNDONE_NO_MORE)
MET, NOT_MET, DIFFER = (("all_read", pair) for pair in PAIRS)
# What went wrong once, or seldom comes about by chance: what happens, and the number that chooses who does it.
STORIES: Mapping[str, Sequence[tuple[tuple[Any, ...], int]]] = {
    "a set that was taken back is handed in again": ((("candidate_takes_back",), 0), (("submit",), 0)),
    "the committee is not asked again what it denied": ((DIFFER, 0), (("votes", "no"), 0), (SOON, 0)),
    "nor about a review that is closed": ((DIFFER, 0), (("leaves",), 0)),
    "nor about one that was decided without it": (
        (DIFFER, 0),
        (("presses", ("assessed",), "knows"), 0),
        (NOT_MET, 0),
    ),
    "nothing is left at the desk of a set that is decided": (
        (("candidate_takes_back",), 0),
        (("settles", "portfolio handed in", "choose 2"), 0),
        (("later", timedelta(days=8)), 0),
        (MET, 0),
    ),
    "whoever knows the candidate is not asked for the next round": (
        (("presses", ("asked",), "knows"), 0),
        (NOT_MET, 0),
        (("releases", "revise 2, 5"), 0),
        (("submit",), 0),
        (ASK, 1),
    ),
    "whoever pauses is not asked for another review": ((("says",), 2), (ASK, 0)),
    "whoever took a review is not asked beyond the limit of the year, and then is": (
        (("settles", "portfolio handed in", "choose Eva Stone"), 0),
        (NOT_MET, 0),
        (("releases", "revise 2, 5"), 0),
        (("submit",), 0),
        (ASK, 1),
        *[(("later", timedelta(days=8)), 0)] * 3,
        (("later", timedelta(weeks=53)), 0),
    ),
    "what is read is not taken back": ((("presses", ("asked",), "accept"), 0), (("candidate_takes_back",), 0)),
    "nobody is late who does not read any more": (
        (("presses", ("asked",), "accept"), 0),
        (("later", timedelta(weeks=5)), 0),
        (("presses", ("reading",), "cannot"), 0),
        (SOON, 0),
    ),
    "what was said for an outcome stays": ((MET, 0), (("presses", ("assessed",), "knows"), 0)),
    "no more are chosen than there are seats": ((("settles", "portfolio handed in", "choose 1, 2, 3"), 0),),
    "one third reader decides": ((DIFFER, 0), (("votes", "yes"), 0), (MET, 0)),
}


@pytest.mark.parametrize("name", STORIES)
def test_what_must_hold_holds_where(review: Review, name: str) -> None:
    review.begin_anew()
    for act, number in STORIES[name]:
        review.take(act, number, "once")
        review.check()


@pytest.mark.parametrize("words", ["I have a conflict of interest", "decline {}, I have a conflict of interest"])
def test_whoever_declares_a_conflict_while_reading_reads_no_more(review: Review, words: str) -> None:
    review.begin_anew()
    who, number = review.at(0, ["asked"])
    review.presses(0, ["asked"], "accept")
    (reference,) = (row["reference"] for row in review.rows("review") if row["id"] == number)
    review.hears(who, words.format(reference))
    review.check()
    mine = [row for row in review.rows("review_reader") if row["person_id"] == review.ids[who.name]]
    assert [row["seat"] for row in mine] == ["released"]
    assert review.ids[who.name] in [row["person_id"] for row in review.rows("conflict")]


@pytest.mark.parametrize("examples", [8, pytest.param(1500, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_what_must_hold_of_a_review_holds(review: Review, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.explicit, Phase.generate, Phase.shrink) if examples > 100 else (Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(plan=PLANS)
    def holds(plan: list[tuple[tuple[Any, ...], int, str]]) -> None:
        review.begin_anew()
        for each in plan:
            review.take(*each)
            review.check()

    holds()
