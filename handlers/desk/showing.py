"""What a desk item looks like: in full for the staff, and as a short line where others may read."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from flows.dialog.speech import Choice, Outbound
from flows.program import office
from flows.program.figures import day_in_words
from handlers.desk import kinds
from handlers.exchange import Errand
from notifications import compose, notices
from storage import candidacies, desk, papers, people
from storage.desk import Item

LAST_NOTES = 6
LONGEST_WORDS = 700


def full(errand: Errand, item: Item) -> Outbound:
    """Everything needed to settle it, with a button for each thing that may be done."""
    actions = kinds.offered(errand, item) if item.state == "open" else ()
    choices = tuple(Choice(f"settle {item.id} {action.key}", action.label) for action in actions)
    return Outbound(text(errand, item), choices, subject=subject(errand, item))


def short(errand: Errand, item: Item) -> Outbound:
    """Kind, number and age; the rest is nobody else's business."""
    line = f"{heading(errand, item)}\nThe rest is in your direct messages with me; `show {item.id}` brings it there."
    return Outbound(line, (Choice(f"show {item.id}", "Show it to me"),), subject=subject(errand, item))


def is_full(shown: Outbound) -> bool:
    """Whether a message showed its item in full, not as a short line."""
    return any(choice.key.startswith("settle ") for choice in shown.choices)


def title(errand: Errand, item: Item) -> str:
    """`#17 Application to decide`."""
    return f"#{item.id} {kinds.of(errand, item).title}"


def subject(errand: Errand, item: Item) -> str:
    """Of every mail about an item, without its age, so that they are one thread."""
    return f"Desk: {title(errand, item)}"


def heading(errand: Errand, item: Item) -> str:
    """`#17 Application to decide (2 h)`."""
    return f"{title(errand, item)} ({age(errand.work.now - item.created_at)})"


def text(errand: Errand, item: Item) -> str:
    kind = kinds.of(errand, item)
    person = who(errand, item.person_id)
    notes = [_line(note) for note in desk.notes(errand.work, item.id)[-LAST_NOTES:]]
    actions = ", ".join(f"`{action.key}`" for action in kinds.offered(errand, item))
    return compose.text(
        notices.DeskItem(
            heading=heading(errand, item),
            person=person,
            lines=(*kind.tells(errand, item), *_about(errand, item), *_documents(errand, item)),
            notes=tuple(notes),
            number=item.id,
            actions=actions if item.state == "open" else "",
            is_talk=kind.is_talk and item.state == "open",
        )
    )


def as_json(errand: Errand, item: Item) -> dict[str, object]:
    """The same for scripts; times in ISO form, UTC."""
    kind = kinds.of(errand, item)
    return {
        "id": item.id,
        "kind": item.kind,
        "title": kind.title,
        "state": item.state,
        "created_at": item.created_at.isoformat(),
        "age_hours": round((errand.work.now - item.created_at).total_seconds() / 3600, 1),
        "due": item.due.isoformat() if item.due else None,
        "person": who(errand, item.person_id) or None,
        "assigned_to": who(errand, item.assigned_to) or None,
        "details": {name: value for name, value in json.loads(item.details).items() if not name.startswith("_")},
        "told": list(kind.tells(errand, item)),
        "actions": {action.key: action.label for action in kinds.offered(errand, item)},
        "settled_by": item.settled_by or None,
        "action": item.action or None,
    }


def who(errand: Errand, person_id: int | None) -> str:
    """A person as the office knows them: name, number as a candidate, and where they are reached; "" for nobody."""
    if person_id is None:
        return ""
    candidacy = candidacies.latest(errand.work, person_id)
    places = [f"candidate {candidacy.id}"] if candidacy is not None else []
    places += [_address(each) for each in people.addresses(errand.work, person_id)]
    name = people.named(errand.work, person_id) or f"person {person_id}"
    return f"{name} ({', '.join(places)})" if places else name


def age(gone: timedelta) -> str:
    """`5 min`, `3 h`, `4 days`."""
    minutes = int(gone.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 0)} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def queue(errand: Errand, items: Sequence[Item], most: int) -> str:
    """The list of what is to be settled."""
    if not items:
        return "Nothing waits at the desk."
    lines = [f"{heading(errand, item)}{_assigned(errand, item)}" for item in items[:most]]
    more = [f"... and {len(items) - most} more"] if len(items) > most else []
    return "\n".join([f"{len(items)} at the desk:", *lines, *more])


def _about(errand: Errand, item: Item) -> list[str]:
    if item.state == "settled" and item.settled_at is not None:
        day = day_in_words(errand.day(item.settled_at))
        return [f"Settled on {day} by {item.settled_by or 'nobody'}: {item.action}"]
    lines = []
    if item.assigned_to is not None:
        lines.append(f"Taken by {people.named(errand.work, item.assigned_to)}")
    if item.snoozed_until is not None and item.snoozed_until > errand.work.now:
        lines.append(f"Put off until {day_in_words(errand.day(item.snoozed_until))}")
    if item.reminded:
        lines.append("The answer that was promised is overdue")
    elif item.due is not None:
        lines.append(f"An answer was promised by {office.in_words(_local(errand, item.due))}")
    return lines


def _documents(errand: Errand, item: Item) -> list[str]:
    """What the person sent, and how to look at it."""
    sent = papers.of(errand.work, item.person_id) if item.person_id is not None else []
    return [f"Document {each.id}: {each.name} ({each.about}); `document {each.id}` sends it to you" for each in sent]


def _assigned(errand: Errand, item: Item) -> str:
    return f" - {people.named(errand.work, item.assigned_to)}" if item.assigned_to is not None else ""


def _local(errand: Errand, instant: datetime) -> datetime:
    return instant.astimezone(errand.house.office_zone)


def _line(note: desk.Note) -> str:
    mark = {"note": "note", "to person": "to them", "from person": "from them"}[note.kind]
    words = note.words if len(note.words) <= LONGEST_WORDS else f"{note.words[:LONGEST_WORDS]}..."
    return f"{note.author} ({mark}): {words}"


def _address(address: people.Address) -> str:
    shown = f"{address.channel} {address.address}"
    return {"claimed": f"{shown}, not confirmed", "unreachable": f"{shown}, unreachable"}.get(address.state, shown)
