"""What somebody is reminded of next, as far as it holds now: the next reminder of each matter, by their own clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from handlers import local
from handlers.exchange import Errand
from handlers.reminders import manners, moot
from handlers.reminders.composing import COMPOSE, Matter
from notifications import reminders as rulebook
from storage import audiences, reminders


@dataclass(frozen=True)
class Coming:
    """A reminder to come: when it may go at the earliest (in UTC), its day where the person lives, and its name."""

    at: datetime
    day: date
    about: str


def soonest(errand: Errand, person_id: int) -> list[Coming]:
    """Of each matter the next reminder that is wanted, the soonest first."""
    theirs, found = manners.of(errand, person_id), dict[object, Coming]()
    for begins, each in [*_waiting(errand, person_id), *_by_the_rules(errand, person_id)]:
        said = COMPOSE[each.rule.name](errand, each) if theirs.wants(each.rule) else None
        if said is None:
            continue
        at = theirs.until(each.rule, begins) or errand.work.now
        one = Coming(at, local.day(errand, person_id, at), said.about or each.rule.subject)
        key = COMPOSE[each.rule.name], each.id, each.anchor
        found[key] = min(found.get(key, one), one, key=lambda coming: coming.at)
    return sorted(found.values(), key=lambda coming: coming.at)


def _waiting(errand: Errand, person_id: int) -> Iterator[tuple[datetime, Matter]]:
    """What is planned already and waits for its hour, or for the end of a snooze."""
    rules = rulebook.rules()
    for each in reminders.of(errand.work, person_id):
        if each.rule in rules and moot.holds(errand, person_id, each, rules[each.rule]):
            anchor = moot.anchor(each, rules[each.rule])
            yield errand.work.now, Matter(person_id, each.matter, anchor, rules[each.rule], each.step)


def _by_the_rules(errand: Errand, person_id: int) -> Iterator[tuple[datetime, Matter]]:
    """The next step of each rule for each matter, and when it begins."""
    for rule in rulebook.rules().values():
        for matter, anchor in audiences.of_person(errand.work, rule.audience, person_id):
            steps = (Matter(person_id, matter, anchor, rule, number) for number in range(len(rule.steps)))
            ahead = ((_begins(errand, each), each) for each in steps)
            if (found := next((one for one in ahead if one[0] > errand.work.now), None)) is not None:
                yield found


def _begins(errand: Errand, of: Matter) -> datetime:
    step = of.rule.steps[of.step]
    if isinstance(of.anchor, datetime):
        return step.instant(of.anchor)
    return local.midnight(errand, of.person_id, step.day(of.anchor))
