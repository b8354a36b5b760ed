"""What somebody sees who looks at the assistant without saying anything, as in Slack's App Home."""

from datetime import datetime

from flows.dialog.speech import Inbound, Outbound
from handlers import forms, people
from handlers.exchange import Exchange, House, Reply
from handlers.loading import load
from storage import people as addresses
from storage.people import Speaker


def shown(house: House, channel: str, address: str, now: datetime) -> Outbound:
    """Where the person at this address stands and what they can do, in a transaction that changes nothing."""
    with house.database.work(now) as work:
        speaker = addresses.speaker(work, channel, address)
        known = speaker or Speaker(0, 0, channel, address, "proved", "", "", 0, new=True)
        ex = Exchange(house, work, Inbound("", channel, address, ""), known)
        return (people.welcome(ex) if speaker is None else _standing(ex)).message()


def _standing(ex: Exchange) -> Reply:
    if ex.speaker.conversation is not None:
        opened = load(ex, ex.speaker.conversation)
        if not opened.stage.scene.over:
            return forms.again(ex, opened).after(f"You are in the middle of {opened.form.title}.")
    reply = people.greeting(ex)
    return reply if reply.extras else Reply(reply.paragraphs, extras=people.menu(ex).extras)
