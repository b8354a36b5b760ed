"""Who takes part in a simulated program: evaluators with their habits, candidates, and what these hand in on which day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from flows.program.competencies import CompetencySet
from handlers import outcomes
from handlers.exchange import Errand
from handlers.review import selecting
from handlers.review.selecting import Offered
from storage import candidacies, people, profiles, roles, submissions
from storage.profiles import Profile

CHANNEL = "telegram"
TRAINED, ADMITTED, DEADLINE = date(2025, 1, 6), date(2025, 1, 6), date(2035, 1, 6)
SETS_EACH = (2, 3, 4)  # sets of an evaluator
HANDED_IN_EACH = 3  # sets of a candidate
FIRST, LAST = (
    ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Linden", "Maple", "Oak"),
    ("brook", "field", "ford", "ton", "wick"),
)
LIBRARIES = tuple(f"{first}{last} Public Library" for first in FIRST for last in LAST)
CHAIR = "chair"  # the address of who chairs the committee


class Habit(StrEnum):
    """How an evaluator deals with what is offered."""

    RELIABLE = "reliable"
    LATE = "late"
    DECLINES = "declines"
    SILENT = "silent"


SHARES = {Habit.SILENT: 0.20, Habit.DECLINES: 0.15, Habit.LATE: 0.10}


@dataclass(frozen=True)
class Plan:
    """How large a simulation is; the same seed gives the same people, days and words.

    `limit` is the most reviews that each evaluator takes in a year.
    """

    seed: int = 1
    submissions: int = 1000
    months: int = 24
    evaluators: int = 200
    limit: int = 12

    @property
    def days(self) -> int:
        return round(self.months * 365 / 12)


@dataclass(frozen=True)
class Evaluator:
    """Somebody who assesses, with an address in a chat."""

    person_id: int
    address: str
    habit: Habit
    sets: tuple[str, ...]


@dataclass(frozen=True)
class HandingIn:
    """A set of a candidacy that is handed in on a day of the simulation; `good`: whether it deserves to be found met."""

    day: int
    candidacy_id: int
    group: CompetencySet
    good: bool
    round: int = 1


def evaluators(errand: Errand, plan: Plan, random: Random) -> list[Evaluator]:
    """Trained evaluators, each for two to four sets of the program's ten; every set has its share of them."""
    every = [each.id for each in errand.house.competencies.sets]
    habits = [habit for habit, share in SHARES.items() for _ in range(round(share * plan.evaluators))]
    habits += [Habit.RELIABLE] * (plan.evaluators - len(habits))
    random.shuffle(habits)
    found = []
    for number, habit in enumerate(habits):
        first = every[number % len(every)]
        others = random.sample([each for each in every if each != first], random.choice(SETS_EACH) - 1)
        offered = Offered((first, *others), random.choice(LIBRARIES), "", "", plan.limit)
        found.append(_evaluator(errand, f"e{number}", habit, offered))
    return found


def _evaluator(errand: Errand, address: str, habit: Habit, offered: Offered) -> Evaluator:
    person = people.add(errand.work, CHANNEL, address, "proved", f"Evaluator {address}").person_id
    selecting.put(errand, person, offered, "selected")
    selecting.trained(errand, "the office", person, TRAINED)
    return Evaluator(person, address, habit, tuple(offered.sets))


def committee(errand: Errand) -> None:
    """Whoever chairs it decides alone."""
    person = people.add(errand.work, CHANNEL, CHAIR, "proved", "The Chair").person_id
    roles.give(errand.work, person, "committee", "the office", errand.rules.committee_seats[0], chair=True)


def handed_in(errand: Errand, plan: Plan, random: Random) -> list[HandingIn]:
    """What candidates hand in, spread evenly over the time; three sets each, and one in five is not good enough."""
    days = sorted(random.randrange(plan.days) for _ in range(plan.submissions))
    random.shuffle(days)
    found: list[HandingIn] = []
    while len(found) < plan.submissions:
        candidacy = _candidacy(errand, len(found), random.choice(LIBRARIES))
        for group in random.sample(errand.house.competencies.sets, HANDED_IN_EACH)[: plan.submissions - len(found)]:
            found.append(HandingIn(days[len(found)], candidacy, group, random.random() < 0.8))
    return sorted(found, key=lambda each: each.day)


def _candidacy(errand: Errand, number: int, library: str) -> int:
    person = people.add(errand.work, CHANNEL, f"c{number}", "proved", f"Candidate Zeller{number}").person_id
    profiles.put(errand.work, person, Profile(library))
    return candidacies.add(errand.work, person, None, ADMITTED, DEADLINE, "active")


def hand_in(errand: Errand, it: HandingIn, receipt: str) -> int:
    """The set is frozen, its links are found open, and it goes to review; the id of the submission."""
    contents = json.dumps(_contents(it.group, it.round))
    done = submissions.add(errand.work, it.candidacy_id, it.group.id, it.round, receipt, contents, "[]", "[]")
    outcomes.seen(errand, done.id, [])
    return done.id


def _contents(group: CompetencySet, round_: int) -> object:
    told = {"words": "I do this work every day.", "learning": "new", "proof": "", "course": ""}
    parts: Sequence[object] = [
        {"number": each.number, "wording": each.short, "narrative": [told], "links": []} for each in group.competencies
    ]
    return {"set": group.id, "round": round_, "guidelines": "", "competencies": parts}
