"""Warns, once in a flood, whoever sends more than anybody can read."""

from datetime import datetime

from flows.dialog.speech import Inbound, Outbound
from handlers.exchange import Exchange, House
from handlers.hearing import Heard
from storage import inbound
from storage import people as addresses

WARNING = "That is more than I can read; please wait a minute."


def warn(house: House, message: Inbound, now: datetime) -> Heard:
    """Take a message of a flood without acting on it: it counts as heard, and its sender is warned."""
    with house.database.work(now) as work:
        if not inbound.take(work, message.channel, message.id):
            return Heard(duplicate=True)
        speaker = addresses.speaker(work, message.channel, message.address) or addresses.add(
            work, message.channel, message.address
        )
        ex = Exchange(house, work, message, speaker)
        ex.post(speaker.address_id, Outbound(WARNING))
        return Heard(ex.posted)
