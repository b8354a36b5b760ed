"""A talk with a person of the office: begun, carried to and fro, watched, and given back."""

import json
from collections.abc import Sequence
from datetime import datetime

from flows.program import cards, office
from handlers import local, quieting, roles
from handlers.accounts import Refusal
from handlers.desk import items, showing
from handlers.desk.kinds import Outcome, refusal
from handlers.exchange import Errand, Exchange, Reply
from handlers.offers import GO_ON_ALONE, RESUME, WAIT
from handlers.roles import Actor
from handlers.telling import reach, tell
from storage import audit, desk, people
from storage import roles as records
from storage.desk import Item

HAND_OFF = "hand-off"
THERE = "_address"  # among the details of an item; what begins so is not shown
WRITE_BACK = "What you write now goes to the office; `resume` brings me, the assistant, back."
TO_THE_OFFICE = "(What you type goes to the office until you send `resume`.)"
SUBJECT = "From the LSSC office"
BACK = "You are talking to me, the assistant, again."


def begin(ex: Exchange) -> Reply:
    """Somebody wants a person: the desk is told, the person when to expect an answer; asking twice makes one item.

    Where nobody of the office reads along the quickest way is told; otherwise the assistant falls silent.
    """
    waiting = [item for item in desk.open_for(ex.work, ex.speaker.person_id) if item.kind == HAND_OFF]
    read = _somebody_reads(ex)
    due = office.answer_by(_local(ex, ex.work.now), ex.rules.handoff_working_days) if read else None
    details = {"channel": ex.message.channel, THERE: str(ex.speaker.address_id)}
    number = waiting[0].id if waiting else items.add(ex, HAND_OFF, ex.speaker.person_id, details, due)
    if waiting:
        _answer_here(ex, waiting[0])
    if due is None:
        return Reply((_listed(ex, waiting),))
    people.hand_off(ex.work, ex.speaker.person_id, number)
    return Reply((_promise(ex, _local(ex, waiting[0].due) if waiting and waiting[0].due else due),), extras=(RESUME,))


def _listed(ex: Exchange, waiting: Sequence[Item]) -> str:
    on_the_list = (
        "Your wish for a person is on the LSSC office's list already."
        if waiting
        else "I have put your wish for a person on the LSSC office's list."
    )
    contact = f"write to {ex.rules.contact_email} or to call {ex.rules.contact_phone}."
    return f"{on_the_list} The quickest way to a person is to {contact}"


def _promise(ex: Exchange, due: datetime) -> str:
    return (
        f"A person of the LSSC office will answer you here, by {_told(ex, due)}. Write what it is"
        " about: it goes to them, and I stay silent. Commands still work, and `resume` brings me back."
        f" Urgent? {ex.rules.contact_email}, {ex.rules.contact_phone}."
    )


def from_person(ex: Exchange) -> bool:
    """Words for the office are put into the thread; False when that talk is over, and the assistant is back."""
    item = desk.locked(ex.work, ex.speaker.handed_off or 0)
    if item is None or item.state == "settled":
        people.hand_off(ex.work, ex.speaker.person_id, None)
        return False
    _answer_here(ex, item)
    author = ex.speaker.name or "They"
    desk.note(ex.work, item.id, "from person", author, ex.message.text)
    items.tell_office(ex, item, f"{author}: {ex.message.text}")
    if item.due is None:
        due = office.answer_by(_local(ex, ex.work.now), ex.rules.handoff_working_days)
        desk.expect(ex.work, item.id, due, 0)
    return True


def to_person(errand: Errand, actor: Actor, item: Item, words: str) -> str:
    """An answer of the office; the person may write back until they or the office end the talk."""
    person_id = item.person_id
    if person_id is None:
        return Refusal(f"#{item.id} is about nobody who could be answered.")
    if why := _not_to_tell(errand, item, person_id, words):
        return Refusal(why)
    desk.note(errand.work, item.id, "to person", actor.name, words.strip())
    desk.expect(errand.work, item.id, None, 0)
    begun = people.handed_to(errand.work, person_id) == item.id
    people.hand_off(errand.work, person_id, item.id)
    audit.record(errand.work, actor.name, "answered", f"desk item {item.id}", {})
    text = f"From the LSSC office ({_short(actor)}):\n{words.strip()}"
    text = text if begun else f"{text}\n\n{WRITE_BACK}"
    tell(errand, person_id, text, subject=SUBJECT, there=_there(item), at_once=True)
    return f"Sent: {_name(errand, person_id)} can write back."


def _not_to_tell(errand: Errand, item: Item, person_id: int, words: str) -> str:
    """Why the office's words cannot go to the person; empty when they can."""
    if not words.strip():
        return f"What shall I tell them? For example: `reply {item.id} We have received it.`"
    if cards.card_number(words):
        return "That holds what looks like a card number; it was neither kept nor sent. Please leave it out."
    if item.state == "settled":
        return f"#{item.id} is settled; the person talks to the assistant again."
    if reach(errand, person_id) is None:
        return f"{_name(errand, person_id)} cannot be reached at any confirmed address, so nothing was sent."
    return ""


def close(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """The office ends the talk, with last words if it likes; the assistant answers again."""
    if item.person_id is None:
        return Outcome(f"#{item.id} is closed.")
    if words and isinstance(said := to_person(errand, actor, item, words), Refusal):
        return refusal(said)
    people.hand_off(errand.work, item.person_id, None)
    over = f"The office has finished this talk. {BACK} `menu` shows what you can do."
    tell(errand, item.person_id, over, subject=SUBJECT, there=_there(item), at_once=True)
    return Outcome(f"#{item.id} is closed, and the assistant answers again.")


def answer(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """The same as writing into the thread: the item stays open."""
    said = to_person(errand, actor, item, words)
    return refusal(said) if isinstance(said, Refusal) else Outcome(said, settled=False)


def resume(ex: Exchange) -> str:
    """The person has the assistant back; what was never answered, or is more than a talk, stays at the desk."""
    number = ex.speaker.handed_off
    if number is None:
        return "You are talking to me, the assistant, already."
    people.hand_off(ex.work, ex.speaker.person_id, None)
    item = desk.by_id(ex.work, number)
    if item is None or item.state == "settled":
        return BACK
    answered = any(each.kind == "to person" for each in desk.notes(ex.work, number))
    if answered and item.kind != HAND_OFF:  # such as an application that the office asked about
        return BACK
    if answered and desk.settle(ex.work, number, "the person", "talk ended"):
        items.update(ex, item, "✓ The person went back to the assistant.")
        return BACK
    return f"{BACK} Your question stays with the office; what they answer reaches you here."


def wait(ex: Exchange) -> str:
    """The person goes on waiting."""
    if ex.speaker.handed_off is None:
        return "Your question stays with the office; what they answer reaches you here."
    return "All right, the office has been reminded; what you write here goes to them. `resume` brings me back."


def watch(errand: Errand) -> int:
    """Reminds the office of what it left unanswered: the assistant, then the officer, then daily; how many reminders.

    Each step once, whoever calls this how often: an item is locked, and its next step lies a working day ahead.
    """
    return sum(_remind(errand, item) for item in desk.overdue(errand.work))


def _remind(errand: Errand, seen: Item) -> bool:
    item = desk.locked(errand.work, seen.id)
    if item is None or item.state != "open" or item.due is None or item.due > errand.work.now:
        return False
    role = roles.ASSISTANT if item.reminded == 0 else roles.OFFICER
    next_due = office.answer_by(_local(errand, errand.work.now), 1)
    desk.expect(errand.work, item.id, next_due, item.reminded + 1)
    told = [held.person_id for held in records.everybody(errand.work) if held.role == role]
    text = f"Still unanswered: {showing.heading(errand, item)}. `show {item.id}` shows it."
    for member in told:
        tell(errand, member, text)
    if not told:
        items.remind(errand, item, text)
    if item.reminded == 0 and item.kind == HAND_OFF and item.person_id is not None:
        sorry = "The office has not answered yet; I have reminded them. Your question stays with them either way."
        if quieting.until(errand, item.person_id, reminder=True) is None:  # in the morning it may be answered
            tell(errand, item.person_id, sorry, WAIT, GO_ON_ALONE, there=_there(item), at_once=True)
    return True


def _answer_here(ex: Exchange, item: Item) -> None:
    """The office's answers go where the person wrote last."""
    details = json.loads(item.details)
    if details.get(THERE) != str(ex.speaker.address_id):
        desk.describe(ex.work, item.id, json.dumps(details | {THERE: str(ex.speaker.address_id)}, ensure_ascii=False))


def _there(item: Item) -> int | None:
    found = json.loads(item.details).get(THERE, "")
    return int(found) if found else None


def _name(errand: Errand, person_id: int) -> str:
    return people.named(errand.work, person_id) or "The person"


def _somebody_reads(ex: Exchange) -> bool:
    return bool(ex.house.desk or ex.house.staff or any(each.role in roles.STAFF for each in records.everybody(ex.work)))


def _local(errand: Errand, instant: datetime) -> datetime:
    return instant.astimezone(errand.house.office_zone)


def _told(ex: Exchange, due: datetime) -> str:
    """The end of an hour of the office, on the clock of whoever waits for it."""
    there = due.astimezone(local.zone(ex, ex.speaker.person_id))
    return f"{office.in_words(there)} ({there:%Z})"


def _short(actor: Actor) -> str:
    return actor.name.partition(" (")[0]
