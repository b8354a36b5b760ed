"""Somebody offers to assess portfolios: which sets, with what experience, where they work, and how many a year.

Sources: briefing, appendix C 4 (experts in the set, selected by the committee); product specification, "Evaluators".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flows.dialog import kinds
from flows.dialog.question import Question
from flows.dialog.speech import Choice
from flows.dialog.summary import Line, confirm
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.facts import Facts
from flows.program.enlisting import LARGEST_LIMIT
from flows.program.figures import listed

T = TypeVar("T")
NONE = Choice("none", "None")
NO = ("none", "no", "n", "nope", "skip", "-", "n/a", "nobody", "nowhere", "1")
LONGEST_EXPERIENCE = 2000
USUAL = ("usual", "the usual", "as usual", "any", "no limit", "default")
NUMBER = re.compile(
    r"(?:up to |at most |no more than |about )?(\d{1,3})(?: (?:reviews|portfolios))?(?: (?:a|per) year)?"
)
BETWEEN = re.compile(r"\s*(?:;|\n)\s*")


@dataclass(frozen=True)
class Volunteered:
    """A confirmed offer; `limit` is the most reviews a year, None for the program's; `resume` a link or empty.

    `workplaces` and `conflicts` are names of places and people whose portfolios this evaluator must not read.
    """

    name: str
    sets: tuple[str, ...]
    experience: str
    resume: str
    workplaces: tuple[str, ...]
    limit: int | None
    conflicts: tuple[str, ...]


async def script(talk: Talk, facts: Facts) -> Volunteered:
    groups = {each.id: each.name for each in facts.competencies.sets}
    choices = tuple(Choice(each, name) for each, name in groups.items())
    usual = facts.rules.reviews_a_year
    name, sets, experience, resume, workplaces, limit, conflicts = await talk.form(
        talk.text("name", "What is your full name?", label="Name", example="Ann Example"),
        talk.several("sets", "Which sets do you know well enough to assess?", choices, label="Sets"),
        talk.text(
            "experience",
            "What is your experience with them, in a few sentences?",
            longest=LONGEST_EXPERIENCE,
            lines=True,
            label="Experience",
            example="Ten years of cataloging in a county library",
            verbatim=True,
        ),
        _none_or(talk, "resume", "A link to your resume? Or “none”.", kinds.link, "Resume", "https://example.org/me"),
        _none_or(
            talk,
            "workplace",
            "Where do you work? Several with semicolons between them; “none” if you are retired. You are never asked"
            " for a portfolio from there.",
            _several,
            "Workplace",
            "Springfield Public Library",
        ),
        _limit(talk, usual),
        _none_or(
            talk,
            "conflicts",
            "Whose portfolios should you not read: people whom you mentor, supervise or teach, and other places you"
            " have ties to? Names with semicolons between them, or “none”.",
            _several,
            "Conflicts",
            "Bob Example; Shelbyville Library",
        ),
    )
    most = f"{limit} a year" if limit else f"the program's usual number, {usual} a year"
    lines = [
        Line("Name", name, ("name",)),
        Line("Sets", listed([groups[each] for each in sets]), ("sets",)),
        Line("Experience", experience, ("experience",)),
        Line("Resume", resume or "none", ("resume",)),
        Line("Workplace", "; ".join(workplaces or ()) or "none", ("workplace",)),
        Line("At most", most, ("limit",)),
        Line("Conflicts", "; ".join(conflicts or ()) or "none", ("conflicts",)),
    ]
    await confirm(talk, "summary", "Please check what goes to the review committee.", lines, "Offer to assess")
    return Volunteered(name, sets, experience, resume or "", workplaces or (), limit, conflicts or ())


def _none_or(talk: Talk, key: str, text: str, read: Callable[[str], T], label: str, example: str) -> Question[T | None]:
    def given(words: str) -> T | None:
        return None if words.strip().lower().rstrip(".!") in NO else read(words)

    return talk.ask(key, text, given, choices=(NONE,), label=label, example=example, free=True)


def _several(words: str) -> tuple[str, ...]:
    return tuple(filter(None, BETWEEN.split(kinds.text(words, lines=True))))


def _limit(talk: Talk, usual: int) -> Question[int | None]:
    def read(words: str) -> int | None:
        said = words.strip().lower().rstrip(".!")
        if said in USUAL:
            return None
        found = NUMBER.fullmatch(said)
        if found is None or not 1 <= int(found[1]) <= LARGEST_LIMIT:
            raise Unclear(f"A number of reviews a year, from 1 to {LARGEST_LIMIT}, or “usual”.")
        return int(found[1])

    text = f"How many portfolios a year would you assess at most? A number, or “usual” for up to {usual}."
    return talk.ask("limit", text, read, label="At most", example="6", assumed="usual")
