"""Two records of one person that each have something under way: the office joins them, or leaves them apart."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.program.figures import day_in_words
from flows.program.money import dollars
from handlers import accounts, applications, calendars, crediting, ending, roles, seating, telling
from handlers.desk import showing
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.review import leaving
from handlers.roles import Actor
from storage import applications as applied
from storage import audit, candidacies, evidence, linking
from storage.desk import Item
from storage.linking import Record

TWO_RECORDS = "two records"  # the kind of desk item
WHICH = "Which of the two goes on, 1 or 2? The other is closed, and both become one record."
SUBJECT = "Your two records"
APART = "They are of two people, as you told us."
NOT_STAFF = "Only the staff of the LSSC office may decide that, so nothing was changed."
JOINED = "As the office has looked at it, your two records are one now: {} goes on, and {} is closed."


@dataclass(frozen=True)
class Held:
    """One of the two records; `names` are what it has under way, as people call it."""

    record: Record
    names: Sequence[str]

    @property
    def named(self) -> str:
        return " and ".join(f"your {each}" for each in self.names) or "your other record"


def details(records: Sequence[Record], held: Sequence[Sequence[str]]) -> Mapping[str, str]:
    """What the item about these two keeps: who they are, and what each has under way."""
    people = " ".join(str(each.id) for each in records)
    return {"records": " / ".join(", ".join(each) for each in held), "_people": people}


def join(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """One of them goes on; what the other has under way is closed, and everything becomes one record."""
    both = _both(errand, item)
    if why := _why_not(actor, both):
        return why
    said = words.strip().lstrip("#").rstrip(".")
    chosen = [n for n, each in enumerate(both, 1) if said == str(n) or said.lower() in map(str.lower, each.names)]
    if len(chosen) != 1:
        return refusal(WHICH, again=True)
    stays, goes = both[chosen[0] - 1], both[2 - chosen[0]]
    money = _close(errand, actor, goes.record.id)
    kept, absorbed = both[0].record, both[1].record
    linking.merge(errand.work, kept, absorbed)
    leaving.joined(errand, kept.id)
    seating.joined(errand, kept.id)
    facts = {"absorbed": absorbed.id, "goes on": list(stays.names), "closed": list(goes.names)}
    audit.record(errand.work, actor.name, "joined", f"person {kept.id}", facts)
    carried = _carried_over(errand, kept.id)
    text = " ".join(filter(None, (JOINED.format(stays.named, goes.named), money, carried)))
    files = calendars.without_what_ended(errand, kept.id)
    told = telling.tell(errand, kept.id, text, subject=SUBJECT, drawings=files)
    reached = telling.reached(told, "They")
    return Outcome(f"One record now: {', '.join(stays.names)} goes on, {', '.join(goes.names)} is closed. {reached}")


def leave_apart(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """They stay two records; both are told why."""
    both = _both(errand, item)
    if why := _why_not(actor, both):
        return why
    text = f"The office looked at your two records and leaves them as they are: {words}"
    told = sum(telling.tell(errand, each.record.id, text, subject=SUBJECT) for each in both)
    return Outcome(f"They stay two records; {told} of 2 could be told.")


def _both(errand: Errand, item: Item) -> list[Held]:
    """Both as they are now, locked, the older record first; fewer when one was deleted or absorbed since."""
    people = [int(each) for each in json.loads(item.details)["_people"].split()]
    found = linking.lock(errand.work, people)
    return [Held(each, linking.under_way(errand.work, each.id)) for each in found]


def _why_not(actor: Actor, both: Sequence[Held]) -> Outcome | None:
    if not roles.may_admit(actor):
        return refusal(NOT_STAFF)
    if len(both) < 2:
        return Outcome("There are not two records any more, so nothing is left to decide.")
    return None


def _close(errand: Errand, actor: Actor, person_id: int) -> str:
    """End what a record has under way; a sentence about money that came in for it."""
    candidacy = candidacies.latest(errand.work, person_id)
    if candidacy is not None and candidacy.state in candidacies.UNDER_WAY:
        ending.close(errand, actor.name, candidacy, "ended")
    account = applications.take_back(errand, person_id, actor.name)
    return accounts.told(errand, account) if account is not None else ""


def _carried_over(errand: Errand, person_id: int) -> str:
    """The complete sets of a candidacy that was closed count in the one that goes on."""
    candidacy = candidacies.latest(errand.work, person_id)
    names = crediting.carry_over(errand, candidacy) if candidacy is not None else []
    return f"Complete from before: {', '.join(names)}." if names else ""


def _tells(errand: Errand, item: Item) -> Sequence[str]:
    """Both records side by side, numbered as `join` wants them."""
    people = [int(each) for each in json.loads(item.details)["_people"].split()]
    records = linking.lock(errand.work, people)
    return [f"{n}: {_told(errand, each)}" for n, each in enumerate(records, 1)]


def _told(errand: Errand, record: Record) -> str:
    found = [showing.who(errand, record.id)]
    application = applied.latest(errand.work, record.id)
    if application is not None:
        paid = accounts.of(errand, application).balance.paid
        day = day_in_words(errand.day(application.submitted_at))
        found.append(f"application {application.reference} of {day}, {application.state}, {dollars(paid)} received")
    candidacy = candidacies.latest(errand.work, record.id)
    if candidacy is not None:
        sets, pieces = candidacies.sets(errand.work, candidacy.id), evidence.of(errand.work, candidacy.id)
        day = day_in_words(candidacy.admitted_on)
        found.append(f"{candidacy.state} since {day}: {len(sets)} sets complete, {len(pieces)} links")
    return "; ".join(found)


KIND = Kind(
    "Two records of one person",
    (
        Action("join", "Join them", join, WHICH, "1"),
        Action("apart", "Leave them apart", leave_apart, "What shall both be told as the reason?", APART),
    ),
    _tells,
)
