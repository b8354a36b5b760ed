"""Puts what needs a person of the office on record, and shows it where the office looks."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flows.dialog.speech import Outbound
from handlers import letters, roles
from handlers.desk import showing
from handlers.exchange import Errand, Exchange
from handlers.telling import reach
from storage import desk, outbox, people
from storage.desk import Item

CHANGEABLE = ("slack", "telegram")  # where a message that was sent can still be changed
NEWS = "There is something new; it is in your direct messages with me, and `show {number}` brings it there."
LONGEST_CHANGE = 3000  # characters; a longer message went in several pieces


def ask(ex: Exchange, kind: str, details: Mapping[str, str]) -> int:
    """A new desk item about the speaker."""
    return add(ex, kind, ex.speaker.person_id, details)


def add(
    errand: Errand, kind: str, person_id: int | None, details: Mapping[str, str], due: datetime | None = None
) -> int:
    """A new desk item, shown to the office; `due` when somebody was told to expect an answer."""
    number = desk.add(errand.work, kind, person_id, json.dumps(dict(details), ensure_ascii=False), due)
    item = desk.by_id(errand.work, number)
    if item is not None:
        show(errand, item)
    return number


def show(errand: Errand, item: Item) -> None:
    """To the desk's place; in full only where nobody but the staff reads it, otherwise in full to each of the staff."""
    place = errand.house.desk
    full = showing.full(errand, item)
    if place is not None:
        there, private = _desk(errand, *place)
        errand.post(there, full if private else showing.short(errand, item), matter(item))
        if private:
            return
    for address_id in _staff(errand):
        errand.post(address_id, full, matter(item))


def _desk(errand: Errand, channel: str, address: str) -> tuple[int, bool]:
    """The desk's place, and whether only staff read it. A mailbox is a member of the staff: who reads it may answer."""
    if channel == "email":
        return people.adopted(errand.work, channel, address), True
    there = people.place(errand.work, channel, address)
    return there.id, is_private(channel, address, there.state)


def is_private(channel: str, address: str, state: str) -> bool:
    """Whether only staff read a place: a Slack channel that was found to be so, a mailbox, one's own Telegram chat."""
    if channel == "slack":
        return state == "staff"
    return channel != "telegram" or not address.startswith("-")  # Telegram's groups have negative numbers


def tell_office(errand: Errand, item: Item, text: str) -> None:
    """Another line below an item, wherever it was shown; nothing a person wrote where others than the staff read."""
    places, hidden = _shown(errand, item), _public_place(errand)
    if hidden not in places:
        remind(errand, item, text)
        return
    errand.post(hidden, Outbound(NEWS.format(number=item.id), answers=places[hidden]), matter(item))
    for address_id in {*_staff(errand), *places} - {hidden}:
        named = places.get(address_id, "")
        line = text if named else f"{showing.title(errand, item)}\n{text}"
        about = showing.subject(errand, item)
        errand.post(address_id, Outbound(line, answers=named, subject=about), matter(item))


def remind(errand: Errand, item: Item, text: str) -> None:
    """A line of our own below an item, wherever it was shown."""
    for address_id, named in _shown(errand, item).items():
        errand.post(address_id, Outbound(text, answers=named, subject=showing.subject(errand, item)), matter(item))


def show_to(errand: Errand, item: Item, person_id: int) -> None:
    """In full to one of the staff."""
    address = reach(errand, person_id)
    if address is not None:
        errand.post(address.id, showing.full(errand, item), matter(item))


def update(errand: Errand, item: Item, note: str) -> None:
    """The messages that show an item say what became of it, and have no buttons any more."""
    for letter_id, address_id, before in _changeable(errand, item):
        changed = replace(before, text=f"{showing.title(errand, item)}\n{note}", choices=(), edits=letter_id)
        errand.post(address_id, changed, matter(item))


def refresh(errand: Errand, item: Item) -> None:
    """The messages that show an open item in full tell it as it stands now."""
    now = showing.full(errand, item)
    hidden = _public_place(errand)
    for letter_id, address_id, before in _changeable(errand, item):
        in_one_piece = max(len(before.text), len(now.text)) <= LONGEST_CHANGE
        if showing.is_full(before) and address_id != hidden and in_one_piece:
            errand.post(address_id, replace(now, edits=letter_id), matter(item))


def matter(item: Item) -> str:
    return f"item:{item.id}"


def shown(item: Item) -> str:
    """The matter of a message that shows an item to somebody who asked: answers to it count, news do not go there."""
    return shown_as(item.id)


def shown_as(number: int) -> str:
    """The same of the item of that number."""
    return f"shown:{number}"


def number_in(matter: str) -> int | None:
    """The number of the item that a matter names; None when it is about something else."""
    kind, _, number = matter.partition(":")
    return int(number) if kind in ("item", "shown") and number.isdecimal() and len(number) < 10 else None


def _staff(errand: Errand) -> list[int]:
    """Where each member of the staff is written to."""
    found = (reach(errand, member) for member in roles.staff_addresses(errand))
    return [address.id for address in found if address is not None]


def _shown(errand: Errand, item: Item) -> dict[int, str]:
    """The places where an item was shown, with the vendor's name of the message there."""
    places: dict[int, str] = {}
    for letter_id, address_id, body in outbox.about(errand.work, matter(item)):
        if letters.decode(body).choices and address_id not in places:
            places[address_id] = outbox.sent_as(errand.work, letter_id)
    return places


def _changeable(errand: Errand, item: Item) -> list[tuple[int, int, Outbound]]:
    """The messages that showed an item where they can be changed: number, address and what they said at first."""
    shown = [(number, to, letters.decode(body)) for number, to, body in outbox.about(errand.work, matter(item))]
    return [
        (number, to, message)
        for number, to, message in shown
        if message.choices and not message.edits and people.channel_of(errand.work, to) in CHANGEABLE
    ]


def _public_place(errand: Errand) -> int | None:
    """The desk's place, while others than the staff may read there."""
    place = errand.house.desk
    there = people.place(errand.work, *place) if place is not None else None
    return there.id if place and there and not is_private(*place, there.state) else None
