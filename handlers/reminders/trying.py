"""What a reminder rule would say to somebody, and whom it would reach; nothing of it is kept or sent."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.program.reminding import Rule
from handlers import local
from handlers.exchange import Errand
from handlers.reminders.composing import COMPOSE, Matter
from storage import audiences

MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class Tried:
    """A step for one matter: on which day it is due where the person lives, and what it would say, if anything."""

    step: str
    day: date
    text: str


def preview(errand: Errand, person_id: int, of: Rule, *, now: bool = False) -> list[Tried]:
    """Every step of a rule for each matter of a person: by the records of today, as said on its day, or as of `now`."""
    found = audiences.of_person(errand.work, of.audience, person_id)
    matters = [Matter(person_id, each, anchor, of, step) for each, anchor in found for step in range(len(of.steps))]
    return [
        Tried(of.steps[each.step].words, _day(errand, each), _text(errand if now else _then(errand, each), each))
        for each in matters
    ]


def _then(errand: Errand, of: Matter) -> Errand:
    """The same transaction at the moment when the step comes, or in the morning of its day."""
    step = of.rule.steps[of.step]
    if isinstance(of.anchor, datetime):
        at = step.instant(of.anchor)
    else:
        at = local.midnight(errand, of.person_id, step.day(of.anchor)) + MORNING
    return Errand(errand.house, replace(errand.work, now=at))


def _day(errand: Errand, of: Matter) -> date:
    step = of.rule.steps[of.step]
    if isinstance(of.anchor, datetime):
        return local.day(errand, of.person_id, step.instant(of.anchor))
    return step.day(of.anchor)


def _text(errand: Errand, of: Matter) -> str:
    said = COMPOSE[of.rule.name](errand, of)
    return said.text if said is not None else ""
