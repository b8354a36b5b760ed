"""Sends somebody what they are to be reminded of: looked at anew, as one message, written in the same transaction."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from flows.dialog.speech import Choice, Outbound
from flows.program.reminding import Rule
from handlers import telling
from handlers.desk import items
from handlers.exchange import Errand
from handlers.reminders import composing, manners, moot
from handlers.reminders.composing import Matter, Told
from notifications import reminders as rulebook
from storage import desk, linking, reminders
from storage.reminders import Planned

AGAIN = timedelta(days=1)
IN_VAIN = "reminded in vain"  # the kind of desk item
SEVERAL = "A few things wait for you; a number leads to each:"
SUBJECT = "What waits for you at LSSC"
HOW = "`reminders` changes what I remind you of."
NOWHERE = "no confirmed address is left, so a reminder could not be sent"

Pending = tuple[Planned, Rule]


def release(errand: Errand, person_id: int) -> bool:
    """Send what is due to a person and may go now, each once, whoever calls this how often; whether something went."""
    if not linking.lock(errand.work, [person_id]):
        return False  # joined with another record meanwhile, which has all of theirs now
    rules = rulebook.rules()
    pending = [(each, rules[each.rule]) for each in reminders.of(errand.work, person_id) if each.rule in rules]
    if not any(each.look_at <= errand.work.now for each, _ in pending):
        return False
    now = _allowed(errand, person_id, _newest(errand, pending))
    told = [(each, rule, said) for each, rule in now if (said := compose(errand, person_id, each, rule)) is not None]
    said_of = {each.id for each, _, _ in told}
    reminders.end(errand.work, [each.id for each, _ in now if each.id not in said_of], "cancelled")
    return bool(told) and _send(errand, person_id, told)


def who(errand: Errand, most: int) -> list[int]:
    """People with something to look at, the longest due first."""
    return reminders.who(errand.work, most)


def give_up(errand: Errand, person_id: int, error: str) -> None:
    """A fault of ours kept a person's reminders from being sent: the desk is told, and they are tried tomorrow."""
    for each in reminders.of(errand.work, person_id):
        reminders.put_off(errand.work, each.id, errand.work.now + AGAIN)
    items.add(errand, "script error", person_id, {"error": f"a reminder could not be written: {error}"})


def compose(errand: Errand, person_id: int, of: Planned, rule: Rule) -> Told | None:
    """What is said; None when it is over."""
    if not moot.holds(errand, person_id, of, rule):
        return None
    return composing.COMPOSE[rule.name](errand, Matter(person_id, of.matter, moot.anchor(of, rule), rule, of.step))


def _newest(errand: Errand, pending: Sequence[Pending]) -> list[Pending]:
    """Of each matter the last step alone; those before it are of no use any more."""

    def matter(one: Pending) -> tuple[str, int, str]:
        return one[0].rule, one[0].matter, one[0].anchor

    kept: list[Pending] = []
    for _, steps in groupby(sorted(pending, key=lambda one: (*matter(one), one[0].step)), matter):
        *older, newest = steps
        reminders.end(errand.work, [each.id for each, _ in older], "superseded")
        kept.append(newest)
    return kept


def _allowed(errand: Errand, person_id: int, pending: Sequence[Pending]) -> list[Pending]:
    """What may go now; the rest is put off to when it may, or not wanted."""
    theirs, allowed = manners.of(errand, person_id), []
    for each, rule in pending:
        if not theirs.wants(rule):
            reminders.end(errand.work, [each.id], "unwanted")
        elif (until := theirs.until(rule)) is not None:
            reminders.put_off(errand.work, each.id, until)
        else:
            allowed.append((each, rule))
    order = list(rulebook.rules())
    return sorted(allowed, key=lambda one: (not one[1].essential, order.index(one[1].name), one[0].id))


def _send(errand: Errand, person_id: int, told: Sequence[tuple[Planned, Rule, Told]]) -> bool:
    sent = [each.id for each, _, _ in told]
    address = telling.reach(errand, person_id)
    if address is None:
        known = any(each.kind == "undeliverable" for each in desk.open_for(errand.work, person_id))
        if not known:
            items.add(errand, "undeliverable", person_id, {"error": NOWHERE})
        reminders.end(errand.work, sent, "unreachable")
        return False
    thread = told[0][2].thread if len(told) == 1 else ""
    telling.post(errand, address, message(told), thread)
    reminders.end(errand.work, sent, "sent")
    for each, rule, said in told:
        if rule.desk and rule.is_last(each.step):
            _tell_office(errand, person_id, rule, said)
    return True


def message(told: Sequence[tuple[Planned, Rule, Told]]) -> Outbound:
    """One reminder as it is, several in one message, numbered, each with its one choice."""
    kinds = {rule.kind for _, rule, _ in told if not rule.essential}
    stoppable = next(iter(kinds)) if len(kinds) == 1 else "reminders" if kinds else ""
    footer = f"\n\n{HOW}" if kinds else ""
    if len(told) == 1:
        [(_, rule, said)] = told
        return Outbound(said.text + footer, said.choices, subject=rule.subject, stoppable=stoppable)
    parts = [f"{number}. {said.text}" for number, (_, _, said) in enumerate(told, 1)]
    choices = tuple(_choice(said, rule) for _, rule, said in told)
    return Outbound("\n\n".join((SEVERAL, *parts)) + footer, choices, subject=SUBJECT, stoppable=stoppable)


def _choice(said: Told, rule: Rule) -> Choice:
    """The first of its choices, under a name that says what it is about."""
    first = said.choices[0]
    return Choice(first.key, said.about or rule.subject)


def _tell_office(errand: Errand, person_id: int, rule: Rule, said: Told) -> None:
    """Below the open item that it is about, else as an item of its own."""
    waiting = [each for each in desk.open_for(errand.work, person_id) if each.kind == said.item]
    if waiting:
        items.remind(errand, waiting[0], said.office)
    elif said.office:
        items.add(errand, IN_VAIN, person_id, {"reminded of": rule.subject, "what": said.office})
