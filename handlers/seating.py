"""Places at webinars: who has one, who moves up when one is free, and what they are told of it."""

from dataclasses import replace

from flows.dialog.speech import Choice, Drawing
from flows.program.webinars import Webinar, in_words
from handlers import calendars, local, telling
from handlers.exchange import Errand
from storage import audit, webinars
from storage.webinars import Held

MOVED_UP = (
    "A place became free: you are signed up for {}.\n{}\nIf you cannot come, `leave webinar {}` gives it to the next."
)


def when(errand: Errand, person_id: int, it: Webinar) -> str:
    """`Thursday 3 December 2026, 3 pm, Central time (Chicago)` where a person lives."""
    return in_words(it.starts, local.zone(errand, person_id).key)


def tap(held: Held) -> Choice:
    """One tap to sign up."""
    return Choice(f"webinar:join:{held.id}", f"Sign up for {held.webinar.code}")


def named(it: Webinar) -> str:
    return f"{it.title} ({it.code})"


def way_in(it: Webinar) -> str:
    """The note and the link, for whoever has a place."""
    link = f"The way in: {it.link}" if it.link else "The office tells you the way in."
    return "\n".join(filter(None, (it.note, link)))


def give_up(errand: Errand, found: Held, person_id: int) -> tuple[Drawing, ...]:
    """Somebody's place at a locked webinar goes to the next; the file that takes it out of their calendar."""
    held = [each for each in webinars.seats(errand.work, found.id) if each.person_id == person_id]
    webinars.move(errand.work, held, "cancelled")
    audit.record(errand.work, f"person {person_id}", "webinar: left", f"webinar {found.webinar.code}", {})
    fill(errand, found.id)
    return calendars.changed(errand, person_id, calendars.of_webinar(found), cancelled=True)


def fill(errand: Errand, webinar_id: int, *, answered: int | None = None) -> int:
    """Free places go to the first who wait and can be reached, each told once; how many there were.

    Whoever is `answered` about it just now needs no message of its own.
    """
    found = webinars.locked(errand.work, webinar_id)
    if found is None or found.webinar.state != "planned" or found.webinar.starts <= errand.work.now:
        return 0
    free, it, moved = found.webinar.seats - found.taken, found.webinar, 0
    for each in webinars.seats(errand.work, webinar_id, "waiting"):
        if moved >= free:
            break
        if telling.reach(errand, each.person_id) is None:
            continue
        webinars.move(errand.work, [replace(each, since=errand.work.now)], "signed")
        audit.record(
            errand.work, "the assistant", "webinar: moved up", f"webinar {it.code}", {"person": each.person_id}
        )
        moved += 1
        if each.person_id != answered:
            told = f"{when(errand, each.person_id, it)}; {it.minutes} minutes.\n{way_in(it)}"
            tell(errand, found, each.person_id, MOVED_UP.format(named(it), told, it.code), in_calendar=True)
    return moved


def tell(errand: Errand, found: Held, person_id: int, text: str, *, in_calendar: bool) -> bool:
    """A message about a webinar, with the file that enters it, or takes it out of a calendar."""
    files = calendars.changed(errand, person_id, calendars.of_webinar(found), cancelled=not in_calendar)
    return telling.tell(
        errand, person_id, text, subject=f"Webinar: {found.webinar.title}", matter=matter(found.id), drawings=files
    )


def matter(webinar_id: int) -> str:
    """What messages about a webinar are about."""
    return f"webinar:{webinar_id}"


def forgotten(errand: Errand, person_id: int) -> None:
    """Before a record is deleted: its places go to those who wait."""
    for each in webinars.of_person(errand.work, person_id, "signed", "waiting"):
        found = webinars.locked(errand.work, each.id)
        if found is not None:
            give_up(errand, found, person_id)


def back(errand: Errand, person_id: int) -> None:
    """Somebody can be reached again: a place that became free meanwhile may be theirs."""
    for each in webinars.of_person(errand.work, person_id, "waiting"):
        fill(errand, each.id)


def joined(errand: Errand, person_id: int) -> None:
    """Two records became one: a place that both had is free."""
    for each in webinars.of_person(errand.work, person_id, "signed"):
        fill(errand, each.id)
