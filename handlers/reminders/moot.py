"""A reminder whose matter is over is dropped in the transaction that ends it, so that it may come back with it."""

from datetime import date, datetime

from flows.program.reminding import Rule
from handlers.exchange import Errand, Exchange
from notifications import reminders as rulebook
from storage import audiences, reminders
from storage.reminders import Planned


def cancel(errand: Errand) -> None:
    """Look again at what is planned for whoever spoke, and for whoever was told something of what was done."""
    people = set(errand.told)
    if isinstance(errand, Exchange) and errand.speaker.reminders:
        people.add(errand.speaker.person_id)
    rules = rulebook.rules()
    for person_id in sorted(people):
        over = [
            each.id
            for each in reminders.of(errand.work, person_id)
            if each.rule in rules and not holds(errand, person_id, each, rules[each.rule])
        ]
        reminders.drop(errand.work, over)


def holds(errand: Errand, person_id: int, of: Planned, rule: Rule) -> bool:
    """Whether the matter is still what it was when the reminder was planned."""
    return (of.matter, anchor(of, rule)) in audiences.of_person(errand.work, rule.audience, person_id)


def anchor(of: Planned, rule: Rule) -> date | datetime:
    return datetime.fromisoformat(of.anchor) if rule.moment else date.fromisoformat(of.anchor)
