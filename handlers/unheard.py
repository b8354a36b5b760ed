"""A message that fails time after time for a reason of its own is left to the office, so that others get through."""

from datetime import datetime

from flows.dialog.speech import Inbound, Outbound
from handlers.desk import items
from handlers.exchange import Errand, House
from handlers.hearing import Heard
from handlers.people import LONGEST_NAME
from storage import failing, inbound, people
from storage.database import Work

SORRY = (
    "Something went wrong on our side, and I could not take your last message. The office was told. "
    "You can go on with anything else; `menu` shows what there is."
)


def failed(work: Work, message: Inbound, error: str) -> int:
    """Count a failure of this message; how many there are by now. `error` is the name of its kind."""
    return failing.again(work, message.channel, message.id, error)


def give_up(house: House, message: Inbound, now: datetime, error: str) -> Heard:
    """The message counts as heard: the desk is told what failed, without its words, and the person that it did."""
    with house.database.work(now) as work:
        if not inbound.take(work, message.channel, message.id):
            return Heard(duplicate=True)
        errand, person_id = Errand(house, work), None
        if not message.place:
            speaker = people.speaker(work, message.channel, message.address) or people.add(
                work, message.channel, message.address, name=message.name[:LONGEST_NAME]
            )
            person_id = speaker.person_id
            errand.post(speaker.address_id, Outbound(SORRY))
        items.add(errand, "message failed", person_id, {"channel": message.channel, "error": error})
        return Heard(errand.posted)
