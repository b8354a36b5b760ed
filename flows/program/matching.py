"""Whom to ask for a review: the experts who may, ranked, each with the reasons.

Only evaluators who are approved and trained for the set are asked, never one who works where the candidate works, has a
declared conflict, knows the candidate, or is at the limit of the year. Sources: product specification, "Evaluators";
briefing, appendix C 4.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flows.program.figures import listed

# Words that many names of workplaces share, which make no two of them the same.
COMMON = frozenset({
    "the", "of", "and", "for", "at", "in", "a", "library", "libraries", "public", "county", "city", "town", "state",
    "university", "college", "community", "school", "district", "system", "branch", "center", "centre", "department",
    "services", "main", "central", "memorial", "regional",
})  # fmt: skip


@dataclass(frozen=True)
class Expert:
    """An evaluator as a panel is put together.

    `workplaces` are where they work and what they declared a conflict with; `load` counts the reviews that they hold
    now, `this_year` those they took in the past twelve months, `limit` the most they take in that time (None: the
    program's). `accepted` and `asked` count past offers, `last` is the day of the newest. `silent`: they did not say
    whether they go on for another year.
    """

    person_id: int
    name: str
    sets: frozenset[str]
    workplaces: tuple[str, ...] = ()
    conflicts: frozenset[int] = frozenset()
    load: int = 0
    this_year: int = 0
    limit: int | None = None
    asked: int = 0
    accepted: int = 0
    last: date | None = None
    paused_until: date | None = None
    trained: bool = True
    silent: bool = False


@dataclass(frozen=True)
class Case:
    """What is to be read: a set, of a person, who has these workplaces, mentors and providers; `past` were asked."""

    set_id: str
    person_id: int
    workplaces: tuple[str, ...] = ()
    past: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Suggested:
    """Somebody who may be asked, and why they stand where they stand, for the office."""

    expert: Expert
    why: str


def ranked(experts: Iterable[Expert], case: Case, today: date, limit: int) -> list[Suggested]:
    """Everybody who may be asked, the best first; `limit` is how many reviews a year are taken by default.

    First whoever has the least share of their own year used up and accepts most often, then who was asked longest ago:
    whoever never accepts would else come first every time, and each offer to them costs a week.
    """
    able = [each for each in experts if not why_not(each, case, today, limit)]
    able.sort(key=lambda each: _order(each, limit))
    return [Suggested(each, _why(each, today, limit)) for each in able]


def why_not(expert: Expert, case: Case, today: date, limit: int) -> str:
    """Why somebody may not be asked, for the office; empty when they may."""
    reasons = (
        (expert.person_id == case.person_id, "is the candidate"),
        (case.set_id not in expert.sets, "is not approved for this set"),
        (not expert.trained, "is not trained"),
        (expert.person_id in case.past, "was asked for it, or about it"),
        (case.person_id in expert.conflicts, "knows the candidate"),
        (bool(shared(expert.workplaces, case.workplaces)), "has a conflict: the same workplace, or a declared one"),
        (expert.paused_until is not None and expert.paused_until >= today, "pauses"),
        (expert.silent, "did not say whether they go on for another year"),
        (expert.this_year >= most(expert, limit), "is at the limit of the year"),
    )
    return next((told for applies, told in reasons if applies), "")


def most(expert: Expert, limit: int) -> int:
    """How many reviews somebody takes in twelve months."""
    return limit if expert.limit is None else expert.limit


def shared(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The names of `one` that mean a workplace of `other`: they have every telling word of the shorter name."""
    return [name for name in one if any(_same(_telling(name), _telling(each)) for each in other)]


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


def _telling(name: str) -> frozenset[str]:
    """The words that make a name one of its own; all of them when every one is common."""
    words = frozenset(re.findall(r"[^\W_]+", name.casefold()))
    return (words - COMMON) or words


def _order(expert: Expert, limit: int) -> tuple[float, date, int]:
    """The share of the year that is used up with one more, the greater the seldomer somebody accepts."""
    used = (expert.this_year + 1) / most(expert, limit)
    accepts = (expert.accepted + 1) / (expert.asked + 2)
    return round(used / accepts, 3), expert.last or date.min, expert.person_id


def _why(expert: Expert, today: date, limit: int) -> str:
    told = [f"{expert.this_year} of {most(expert, limit)} reviews in the past year"]
    told += [f"{expert.load} at hand"] if expert.load else []
    told += [f"accepted {expert.accepted} of {expert.asked} offers"] if expert.asked else ["never asked before"]
    told += [f"asked last {(today - expert.last).days} days ago"] if expert.last else []
    return listed(told)
