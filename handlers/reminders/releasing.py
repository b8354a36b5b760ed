"""Sends people what they are to be reminded of: looked at anew, each as one message, written in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from flows.dialog.speech import Choice, Outbound
from flows.program.reminding import Rule
from handlers import local, telling, whereabouts
from handlers.desk import items
from handlers.exchange import Errand
from handlers.reminders import ahead, composing, manners, moot
from handlers.reminders.composing import Compose, Matter, Told
from handlers.telling import Post
from notifications import reminders as rulebook
from storage import desk, reminders
from storage.reminders import Planned

AGAIN = timedelta(days=1)
IN_VAIN, FAULT, UNDELIVERABLE = "reminded in vain", "script error", "undeliverable"  # kinds of desk items
OF_DAYS = ("deadlines", "renewal")  # kinds that tell of a person's own days
SEVERAL = "A few things wait for you; a number leads to each:"
SUBJECT = "What waits for you at LSSC"
HOW = "`reminders` changes what I remind you of."
NOWHERE = "no confirmed address is left, so a reminder could not be sent"

Pending = tuple[Planned, Rule]


@dataclass
class Settled:
    """What became of planned reminders (ids), how they ended or until when they are put off, and what is sent.

    It is written down for everybody at once.
    """

    ended: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    put_off: defaultdict[datetime, list[int]] = field(default_factory=lambda: defaultdict(list))
    posts: list[Post] = field(default_factory=list)

    def write(self, errand: Errand) -> None:
        for how, ids in self.ended.items():
            reminders.end(errand.work, ids, how)
        for until, ids in self.put_off.items():
            reminders.put_off(errand.work, ids, until)
        telling.leave(errand, self.posts)


def release(errand: Errand, people: Sequence[int]) -> int:
    """Send what is due to these people and may go now, each once, whoever calls this how often: how many messages.

    Whom somebody else has locked is left for the next time. A fault with one of them undoes it for all; let each be
    tried alone then.
    """
    settled = Settled()
    free = reminders.free(errand.work, people)
    ahead.read(errand, free)
    for person_id in free:
        _release(errand, person_id, settled)
    settled.write(errand)
    return len(settled.posts)


def who(errand: Errand, most: int) -> list[int]:
    """People with something to look at, the longest due first."""
    return reminders.who(errand.work, most)


def give_up(errand: Errand, person_id: int, error: str) -> None:
    """A fault of ours kept a person's reminders from being sent: the desk is told, and they are tried tomorrow."""
    planned = [each.id for each in reminders.of(errand.work, person_id)]
    reminders.put_off(errand.work, planned, errand.work.now + AGAIN)
    if not _is_open(errand, person_id, FAULT):
        items.add(errand, FAULT, person_id, {"error": f"a reminder could not be written: {error}"})


def compose(errand: Errand, person_id: int, of: Planned, rule: Rule) -> Told | None:
    """What is said; None when it is over."""
    if not moot.holds(errand, person_id, of, rule):
        return None
    return composing.COMPOSE[rule.name](errand, Matter(person_id, of.matter, moot.anchor(of, rule), rule, of.step))


def _release(errand: Errand, person_id: int, settled: Settled) -> None:
    rules, planned = rulebook.rules(), reminders.of(errand.work, person_id)
    settled.ended["cancelled"] += [each.id for each in planned if each.rule not in rules]  # of an older program
    pending = [(each, rules[each.rule]) for each in planned if each.rule in rules]
    if not any(each.look_at <= errand.work.now for each, _ in pending):
        return
    now = _allowed(errand, person_id, _newest(pending, settled), settled)
    told: list[tuple[Planned, Rule, Told]] = []
    for each, rule in now:
        if (said := compose(errand, person_id, each, rule)) is None:
            settled.ended["cancelled"].append(each.id)
        else:
            told.append((each, rule, said))
    if told:
        _send(errand, person_id, told, settled)


def _newest(pending: Sequence[Pending], settled: Settled) -> list[Pending]:
    """Of each matter the last step alone; those before it, also of another rule with the same words, are of no use."""
    matters: defaultdict[tuple[Compose, int, str], list[Pending]] = defaultdict(list)
    for each, rule in pending:
        matters[composing.COMPOSE[rule.name], each.matter, each.anchor].append((each, rule))
    kept: list[Pending] = []
    for steps in matters.values():
        *older, newest = sorted(steps, key=_due) if len(steps) > 1 else steps
        settled.ended["superseded"] += [each.id for each, _ in older]
        kept.append(newest)
    return kept


def _due(one: Pending) -> date | datetime:
    of, rule = one
    step, anchor = rule.steps[of.step], moot.anchor(of, rule)
    return step.instant(anchor) if isinstance(anchor, datetime) else step.day(anchor)


def _begins(errand: Errand, person_id: int, of: Planned, rule: Rule) -> datetime:
    """When the moment of a reminder comes, or its day where the person lives; some are planned by the office's day."""
    due = _due((of, rule))
    return due if isinstance(due, datetime) else local.midnight(errand, person_id, due)


def _allowed(errand: Errand, person_id: int, pending: Sequence[Pending], settled: Settled) -> list[Pending]:
    """What may go now; the rest is put off to when it may, or not wanted, which the office is not told any less for."""
    theirs, allowed = manners.of(errand, person_id), []
    for each, rule in pending:
        if not theirs.wants(rule):
            settled.ended["unwanted"].append(each.id)
            if (said := compose(errand, person_id, each, rule)) is not None:
                _tell_office(errand, person_id, each, rule, said)
        elif (until := theirs.until(rule, _begins(errand, person_id, each, rule))) is not None:
            settled.put_off[until].append(each.id)
        else:
            allowed.append((each, rule))
    if len(allowed) < 2:
        return allowed
    order = list(rulebook.rules())
    return sorted(allowed, key=lambda one: (not one[1].essential, order.index(one[1].name), one[0].id))


def _send(errand: Errand, person_id: int, told: Sequence[tuple[Planned, Rule, Told]], settled: Settled) -> None:
    sent = [each.id for each, _, _ in told]
    for each, rule, said in told:
        _tell_office(errand, person_id, each, rule, said)
    address = telling.reach(errand, person_id, channel=told[0][1].channel)
    if address is None:
        if not _is_open(errand, person_id, UNDELIVERABLE):
            items.add(errand, UNDELIVERABLE, person_id, {"error": NOWHERE})
        settled.ended["unreachable"] += sent
        return
    thread = told[0][2].thread if len(told) == 1 else ""
    settled.posts.append(Post(address, _asked_where(errand, person_id, told, message(told)), thread))
    settled.ended["sent"] += sent


def message(told: Sequence[tuple[Planned, Rule, Told]]) -> Outbound:
    """One reminder as it is, several in one message, numbered, each with its one choice."""
    kinds = {rule.kind for _, rule, _ in told if not rule.essential}
    stoppable = next(iter(kinds)) if len(kinds) == 1 else "reminders" if kinds else ""
    footer = f"\n\n{HOW}" if kinds else ""
    if len(told) == 1:
        [(_, _, said)] = told
        return Outbound(said.text + footer, said.choices, subject=said.subject, stoppable=stoppable)
    parts = [f"{number}. {said.text}" for number, (_, _, said) in enumerate(told, 1)]
    choices = tuple(_choice(said, rule) for _, rule, said in told)
    return Outbound("\n\n".join((SEVERAL, *parts)) + footer, choices, subject=SUBJECT, stoppable=stoppable)


def _asked_where(
    errand: Errand, person_id: int, told: Sequence[tuple[Planned, Rule, Told]], message: Outbound
) -> Outbound:
    """With the question for the time zone, once, where days are told to somebody whom nobody has asked for it."""
    if not any(rule.kind in OF_DAYS for _, rule, _ in told):
        return message
    asks, zones = whereabouts.question(errand, person_id)
    if not asks:
        return message
    return replace(message, text=f"{message.text}\n\n{asks}", choices=(*message.choices, *zones))


def _choice(said: Told, rule: Rule) -> Choice:
    """The first of its choices, under a name that says what it is about."""
    first = said.choices[0]
    return Choice(first.key, said.about or rule.subject)


def _tell_office(errand: Errand, person_id: int, of: Planned, rule: Rule, said: Told) -> None:
    """After the last step of some rules: below the open item that it is about, else as an item of its own."""
    if not (rule.desk and rule.is_last(of.step)):
        return
    waiting = [each for each in desk.open_for(errand.work, person_id) if each.kind == said.item]
    if waiting:
        items.remind(errand, waiting[0], said.office)
    elif said.office:
        items.add(errand, IN_VAIN, person_id, {"reminded of": rule.subject, "what": said.office})


def _is_open(errand: Errand, person_id: int, kind: str) -> bool:
    return any(each.kind == kind for each in desk.open_for(errand.work, person_id))
