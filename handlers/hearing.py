"""Hears one message in one transaction: dedupe, find the conversation, play, act, enqueue the reply, commit."""

from dataclasses import dataclass
from datetime import datetime

from faq.knowledge import Reply as Thought
from flows.dialog.speech import Inbound
from flows.dialog.unclear import ScriptError
from flows.program import cards
from handlers import confirming, desk, forms, idle, in_form, linking, offers, people
from handlers.exchange import Exchange, House, NeedsThought, Reply
from storage import inbound
from storage import people as addresses
from storage.outbox import Letter

__all__ = ["Heard", "House", "NeedsThought", "hear"]

CARD = "That looks like a card number. I have not kept it; please never send one here. The office tells you how to pay."
LONGEST_NAME = 100
SORRY = "Something went wrong on our side; `cancel` leaves this form, and what you said until now is kept."


@dataclass(frozen=True)
class Heard:
    """What a turn left to deliver at once (rows born leased to this process), and whether it was heard before."""

    letters: tuple[Letter, ...] = ()
    duplicate: bool = False


def hear(house: House, message: Inbound, now: datetime, thought: Thought | None = None) -> Heard:
    """Take one message, in one transaction with one commit.

    Raises NeedsThought, with nothing changed, when the words must be matched against the knowledge base first. A fault
    of a script is told to the person and the desk in a transaction of its own; nothing of the faulty turn stays.
    """
    try:
        return _take(house, message, now, thought)
    except ScriptError as error:
        return _take(house, message, now, thought, fault=error)


def _take(
    house: House, message: Inbound, now: datetime, thought: Thought | None, fault: ScriptError | None = None
) -> Heard:
    with house.database.work(now) as work:
        if not inbound.take(work, message.channel, message.id):
            return Heard(duplicate=True)
        linking.lock_both(work, message)
        speaker = addresses.speaker(work, message.channel, message.address) or addresses.add(
            work, message.channel, message.address, name=message.name[:LONGEST_NAME]
        )
        if speaker.address_state != "proved":
            speaker = confirming.heard_from(work, speaker, trusted=message.trust == "proved")
        ex = Exchange(house, work, message, speaker, thought)
        reply = _apologise(ex, fault) if fault else respond(ex)
        _answer(ex, reply)
        return Heard(tuple(ex.posted))


def respond(ex: Exchange) -> Reply:
    """What is said to this message, and all that it changes on record."""
    reply = forms.followed(ex, _reply(ex))
    return people.introduced(ex, reply) if ex.speaker.new and not reply.introduced else reply


def _reply(ex: Exchange) -> Reply:
    if cards.card_number(ex.message.text):
        return in_form.go_on(ex).after(CARD)
    if ex.message.pressed is not None:
        return in_form.press(ex, ex.message.pressed)
    if ex.speaker.conversation is not None:
        return in_form.reply(ex, ex.speaker.conversation)
    return idle.reply(ex)


def _apologise(ex: Exchange, fault: ScriptError) -> Reply:
    desk.ask(ex, "script error", {"error": str(fault)[:500]})
    return Reply((SORRY, desk.hand_off(ex)))


def _answer(ex: Exchange, reply: Reply) -> None:
    """Queue the reply, and remember what it offered where that is not plain from the form."""
    offer = offers.kept(reply)
    if (offer, reply.misses) != (ex.speaker.offer, ex.speaker.misses):
        addresses.set_offer(ex.work, ex.speaker.address_id, offer, reply.misses)
    ex.post(ex.speaker.address_id, reply.message())
