"""Lets go what was held for the end of somebody's quiet hours."""

from handlers import letters, quieting, stopping, telling
from handlers.desk import items
from handlers.exchange import Errand
from storage import held
from storage.held import Held

MOST = 200  # in one tick
NOWHERE = "no confirmed address is left, so what was held for the end of the quiet hours could not be sent"


def release(errand: Errand) -> int:
    """Send what was held and may go now, each once, whoever calls this how often: how many were sent."""
    return sum(_released(errand, each) for each in held.due(errand.work, MOST))


def _released(errand: Errand, waiting: Held) -> bool:
    """Hours and wishes of now count, not those of the day on which it was held."""
    message = letters.decode(waiting.body)
    until = quieting.until(errand, waiting.person_id, reminder=bool(message.stoppable))
    if until is not None:
        held.put_off(errand.work, waiting.id, until)
        return False
    held.drop(errand.work, waiting.id)
    if message.stoppable and not stopping.wants(errand, waiting.person_id, message.stoppable):
        return False
    address = telling.reach(errand, waiting.person_id)
    if address is None:
        items.add(errand, "undeliverable", waiting.person_id, {"error": NOWHERE})
        return False
    telling.post(errand, address, message, waiting.matter)
    return True
