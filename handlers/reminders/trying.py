"""What a reminder rule would say to somebody, and whom it would reach; nothing of it is kept or sent."""

from dataclasses import dataclass
from datetime import date, datetime

from flows.program.reminding import Rule
from handlers import local
from handlers.exchange import Errand
from handlers.reminders.composing import COMPOSE, Matter
from storage import audiences


@dataclass(frozen=True)
class Tried:
    """A step for one matter: on which day it is due where the person lives, and what it would say now, if anything."""

    step: str
    day: date
    text: str


def preview(errand: Errand, person_id: int, of: Rule) -> list[Tried]:
    """Every step of a rule for each matter of a person, with the words and facts of this moment."""
    found = audiences.of_person(errand.work, of.audience, person_id)
    matters = [Matter(person_id, each, anchor, of, step) for each, anchor in found for step in range(len(of.steps))]
    return [Tried(of.steps[each.step].words, _day(errand, each), _text(errand, each)) for each in matters]


def _day(errand: Errand, of: Matter) -> date:
    step = of.rule.steps[of.step]
    if isinstance(of.anchor, datetime):
        return local.day(errand, of.person_id, step.instant(of.anchor))
    return step.day(of.anchor)


def _text(errand: Errand, of: Matter) -> str:
    said = COMPOSE[of.rule.name](errand, of)
    return said.text if said is not None else ""
