"""What an evaluator is shown of a submission, made of the blind read model alone."""

import json
from collections.abc import Mapping
from typing import Any

from flows.program.competencies import CompetencySet
from handlers.exchange import Errand
from handlers.package import lines
from storage import packages
from storage.packages import Package


def package(errand: Errand, review_id: int) -> Package:
    """NoResultFound for a review that is not there."""
    return packages.of(errand.work, review_id)


def group(errand: Errand, it: Package) -> CompetencySet:
    return errand.house.competencies.named(it.set_id)


def named(errand: Errand, it: Package) -> str:
    return group(errand, it).name


def parts(it: Package) -> list[Mapping[str, Any]]:
    """The competencies that are to be assessed: in a revision, those that it asked for."""
    found: list[Mapping[str, Any]] = json.loads(it.contents)["competencies"]
    fresh = [each for each in found if not each.get("before")]
    return fresh or found


def numbers(it: Package) -> tuple[int, ...]:
    """The numbers of the competencies that are to be assessed."""
    return tuple(int(each["number"]) for each in parts(it))


def size(it: Package) -> str:
    """6 competencies, 2,150 words, 14 links."""
    found = parts(it)
    words = sum(len(piece["words"].split()) for each in found for piece in each["narrative"])
    links = len({link["url"] for each in found for link in each["links"]})
    counts = ((len(found), "competency", "competencies"), (words, "word", "words"), (links, "link", "links"))
    return ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in counts)


def text(errand: Errand, it: Package) -> str:
    """The whole package, as text."""
    head = f"{named(errand, it)}, review {it.reference}" + (f", round {it.round}" if it.round > 1 else "")
    return "\n".join([head, *lines(json.loads(it.contents))])
