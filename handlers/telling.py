"""Tells somebody something of our own accord, where they can be reached."""

import json

from flows.dialog.speech import Choice, Drawing, Outbound
from handlers import letters, quieting
from handlers.exchange import Errand
from storage import held, people, profiles
from storage.people import Address

# Where several are proved and none was used lately: a chat is read sooner than mail, a terminal only when open.
PREFERENCE = ("slack", "telegram", "email", "terminal")


def reach(errand: Errand, person_id: int, there: int | None = None) -> Address | None:
    """Where to write to a person: `there`, else where they wish it, else where they wrote last, else what is read soon.

    Only what is proved counts. `there` is the id of the address where they expect it, if that is one of theirs.
    """
    known = people.addresses(errand.work, person_id)
    proved = [each for each in known if each.state == "proved"]
    if not proved and len(known) == 1 and known[0].state == "claimed":
        proved = known  # a stranger who wrote from there: nothing else is known of them
    wished = (there, profiles.of(errand.work, person_id).prefers, people.last_heard_at(errand.work, person_id))
    ranked = sorted(proved, key=lambda each: (*(each.id != one for one in wished), _rank(each), each.id))
    return ranked[0] if ranked else None


def tell(
    errand: Errand,
    person_id: int,
    text: str,
    *choices: Choice,
    subject: str = "",
    there: int | None = None,
    matter: str = "",
    stoppable: str = "",
    drawings: tuple[Drawing, ...] = (),
    at_once: bool = False,
) -> bool:
    """Write to a person, `there` as in `reach`; False when they cannot be reached at all.

    `stoppable` is the kind of a message that they may want no more of: a reminder. It is held until their quiet hours
    are over, unless it is to go `at_once`, as a word in a talk that they are in.
    """
    errand.told.add(person_id)
    address = reach(errand, person_id, there)
    if address is None:
        return False
    message = Outbound(text, choices, subject=subject, stoppable=stoppable, drawings=drawings)
    until = None if at_once else quieting.until(errand, person_id, reminder=bool(stoppable))
    if until is None:
        post(errand, address, message, matter)
    else:
        held.add(errand.work, person_id, letters.encode(message), matter, until)
    return True


def reached(told: bool, who: str = "The candidate") -> str:
    """For the office: whether somebody was told, as a sentence; `who` is one, or `They`."""
    are, have = ("are", "have") if who == "They" else ("is", "has")
    return f"{who} {are} told." if told else f"{who} {have} no proved address, so nothing could be sent."


def post(errand: Errand, address: Address, message: Outbound, matter: str = "") -> None:
    """Write to an address now; what is offered can be typed there."""
    if message.choices:
        offer = json.dumps([[each.key, each.label] for each in message.choices])
        people.set_offer(errand.work, address.id, offer, 0)
    errand.post(address.id, message, matter)


def _rank(address: Address) -> int:
    return PREFERENCE.index(address.channel) if address.channel in PREFERENCE else len(PREFERENCE)
