"""What follows when a message cannot be delivered at all."""

import json

from storage import desk, people
from storage.database import Work
from storage.outbox import Letter


def undeliverable(work: Work, letter: Letter, error: str) -> None:
    """A permanent failure: the address counts as unreachable, and the desk is told which one and why."""
    people.mark_unreachable(work, letter.address_id)
    person_id = people.find(work, letter.channel, letter.address)
    details = {"channel": letter.channel, "error": error[:500]}
    desk.add(work, "undeliverable", person_id, json.dumps(details))
