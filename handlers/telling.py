"""Tells somebody something of our own accord, where they can be reached."""

import json
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from flows.dialog.speech import Choice, Drawing, Outbound
from handlers import letters, quieting
from handlers.exchange import Errand
from storage import held, people, profiles
from storage.people import Address

# Where several are proved and none was used lately: a chat is read sooner than mail, a terminal only when open.
PREFERENCE = ("slack", "telegram", "email", "terminal")


def reach(errand: Errand, person_id: int, there: int | None = None, *, channel: str = "") -> Address | None:
    """Where to write to a person: `there`, else where they wish it, else where they wrote last, else what is read soon.

    Only what is proved counts. `there` is the id of the address where they expect it, if that is one of theirs.
    `channel`, email or chat, comes before where they wrote last: a chat for what cannot wait.
    """
    known = people.addresses(errand.work, person_id)
    proved = [each for each in known if each.state == "proved"]
    if not proved and len(known) == 1 and known[0].state == "claimed":
        proved = known  # a stranger who wrote from there: nothing else is known of them
    if len(proved) < 2:
        return proved[0] if proved else None
    wish, last = profiles.of(errand.work, person_id).prefers, people.last_heard_at(errand.work, person_id)

    def order(each: Address) -> tuple[bool | int, ...]:
        other = bool(channel) and (each.channel == "email") != (channel == "email")
        return each.id != there, each.id != wish, other, each.id != last, _rank(each), each.id

    return min(proved, key=order)


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
        people.set_offer(errand.work, address.id, _offer(message.choices), 0)
    errand.post(address.id, message, matter)


class Post(NamedTuple):
    """A message to an address, and what it is about."""

    address: Address
    message: Outbound
    matter: str = ""


def leave(errand: Errand, posts: Sequence[Post]) -> None:
    """The same as `post` for many people, left to the delivery; none of them to the same address."""
    offer = cache(_offer)
    offered = {each.address.id: offer(each.message.choices) for each in posts if each.message.choices}
    people.set_offers(errand.work, offered)
    errand.leave((each.address.id, each.message, each.matter) for each in posts)


def _offer(choices: Sequence[Choice]) -> str:
    return json.dumps([[each.key, each.label] for each in choices])


def _rank(address: Address) -> int:
    return PREFERENCE.index(address.channel) if address.channel in PREFERENCE else len(PREFERENCE)
