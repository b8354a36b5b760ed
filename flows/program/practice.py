"""The practice portfolio that ends an evaluator's training: fictitious, rated by message, compared with a key.

Source: product specification, "Evaluators"; the portfolio itself is the program's own and made up.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from flows.program.assessing import Found
from flows.program.reviews import Rating

REFERENCE = "R-TRAIN"  # longer than any that a review gets


@dataclass(frozen=True)
class Exercise:
    """One competency of it: what is to be read, and the rating of the key with its reason."""

    number: int
    wording: str
    narrative: str
    links: tuple[str, ...]
    rating: Rating
    why: str


@dataclass(frozen=True)
class Compared:
    """An assessment beside the key: how many agree, and the exercises where they do not."""

    agreed: int
    of: int
    otherwise: tuple[Exercise, ...]


@lru_cache(maxsize=1)
def portfolio() -> tuple[str, tuple[Exercise, ...]]:
    """The name of the set that it pretends to be, and its competencies."""
    told = tomllib.loads((resources.files("flows.program") / "practice.toml").read_text("utf-8"))
    return told["name"], tuple(
        Exercise(
            each["number"],
            each["wording"],
            " ".join(each["narrative"].split()),
            tuple(each["links"]),
            Rating(each["rating"]),
            each["why"],
        )
        for each in told["competency"]
    )


def wordings() -> Mapping[int, str]:
    """The short form of every competency, by number."""
    return {each.number: each.wording for each in portfolio()[1]}


def text() -> str:
    """The whole of it, as an evaluator reads it."""
    name, exercises = portfolio()
    lines = [f"{name}, review {REFERENCE}"]
    for each in exercises:
        lines += [f"{each.number}. {each.wording}", each.narrative, *(f"- {link}" for link in each.links)]
    return "\n".join(lines)


def compared(ratings: Found) -> Compared:
    """Beside the key; one that is not rated does not agree. "Partially met" agrees with no key but its own."""
    exercises = portfolio()[1]
    otherwise = tuple(each for each in exercises if ratings.get(each.number, (None, ""))[0] is not each.rating)
    return Compared(len(exercises) - len(otherwise), len(exercises), otherwise)
