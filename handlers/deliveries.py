"""What follows when a message cannot be delivered at all: the next channel of that person, and a word to the desk."""

from dataclasses import replace

from handlers import letters, telling
from handlers.desk import items
from handlers.exchange import Errand
from handlers.switching import CHANNELS
from storage import outbox, people, profiles
from storage.outbox import Letter

INSTEAD = "(I could not reach you by {}, so this comes here.{})\n\n{}"
PREFERRED = " You asked me to write there; `preferred channel` names another."


def undeliverable(errand: Errand, letter: Letter, error: str) -> None:
    """A permanent failure of a letter: its address counts as unreachable."""
    _give_up(errand, letter.address_id, letter.channel, letter.body, error)


def returned(errand: Errand, address_id: int, letter_id: int, error: str) -> None:
    """A letter that was taken came back for good."""
    body = outbox.body(errand.work, letter_id, address_id)
    _give_up(errand, address_id, people.channel_of(errand.work, address_id), body, error)


def _give_up(errand: Errand, address_id: int, channel: str, body: str, error: str) -> None:
    """A claimed address stays so, and what was said there is said nowhere else: it may be a stranger's."""
    owner = people.owner(errand.work, address_id)
    people.mark_unreachable(errand.work, address_id)
    if owner is None or owner.state != "unreachable":  # once for each address, whatever waits for it
        who = owner.person_id if owner is not None else None
        items.add(errand, "undeliverable", who, {"channel": channel, "error": error[:500]})
    if owner is not None and owner.person_id is not None and owner.state != "claimed" and body:
        preferred = profiles.of(errand.work, owner.person_id).prefers == address_id
        _say_elsewhere(errand, owner.person_id, channel, body, PREFERRED if preferred else "")


def _say_elsewhere(errand: Errand, person_id: int, channel: str, body: str, more: str) -> None:
    instead = telling.reach(errand, person_id)
    try:
        message = letters.decode(body)
    except (ValueError, TypeError):  # that is why it could not be delivered
        return
    if instead is not None and not message.edits:
        text = INSTEAD.format(CHANNELS.get(channel, channel), more, message.text)
        errand.post(instead.id, replace(message, text=text, answers="", subject=message.subject))
