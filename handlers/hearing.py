"""Hears one message in one transaction: dedupe, find the conversation, play, act, enqueue the reply, commit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from faq.knowledge import Reply as Thought
from flows.dialog.speech import Envelope, Inbound
from flows.dialog.unclear import ScriptError
from flows.program import cards
from flows.program.competencies import Reference
from handlers import (
    appealing,
    believing,
    commands,
    confirming,
    courtesy,
    forms,
    handoff,
    idle,
    in_form,
    late,
    linking,
    logbook,
    media,
    narrating,
    offers,
    papers,
    people,
    placing,
    public,
    quoting,
    recording,
    seating,
)
from handlers.desk import items, words
from handlers.exchange import Errand, Exchange, House, NeedsGuesses, NeedsThought, Reply
from handlers.reminders import moot
from handlers.review import committee, evaluating, willing
from storage import inbound
from storage import people as addresses
from storage.database import Work
from storage.outbox import Letter

__all__ = ["Heard", "House", "NeedsGuesses", "NeedsThought", "hear"]

CARD = "That looks like a card number. I have not kept it; please never send one here. The office tells you how to pay."
CUT = "That was longer than I can read in one message; I took the first 20,000 characters of it."
LONGEST_TEXT = 20_000
NOTHING_THOUGHT: Mapping[str, Thought] = {}
NOTHING_GUESSED: Mapping[str, tuple[Reference, ...]] = {}
UNSURE = (
    "I could not tell what is new in your mail from what it quotes, so I took all of it, beginning with “{}”. Was"
    " something else meant? Please send it anew."
)
SORRY = "Something went wrong on our side; `cancel` leaves this form, and what you said until now is kept."


@dataclass(frozen=True)
class Heard:
    """What a turn left to deliver at once (rows born leased to this process), and whether it was heard before."""

    letters: tuple[Letter, ...] = ()
    duplicate: bool = False


def hear(
    house: House,
    message: Inbound,
    now: datetime,
    thoughts: Mapping[str, Thought] = NOTHING_THOUGHT,
    guesses: Mapping[str, tuple[Reference, ...]] = NOTHING_GUESSED,
) -> Heard:
    """Take one message, in one transaction with one commit.

    `thoughts` is what the knowledge base made of words, `guesses` which competencies they may be evidence for. Raises
    NeedsThought or NeedsGuesses, with nothing changed, when more of that must be found out first. A fault of a script
    is told to the person and the desk in a transaction of its own; nothing of the faulty turn stays.
    """
    try:
        return _take(house, message, now, thoughts, guesses)
    except ScriptError as error:
        return _take(house, message, now, thoughts, guesses, fault=error)


def _take(
    house: House,
    message: Inbound,
    now: datetime,
    thoughts: Mapping[str, Thought],
    guesses: Mapping[str, tuple[Reference, ...]],
    fault: ScriptError | None = None,
) -> Heard:
    with house.database.work(now) as work:
        if message.place:
            taken = _in_place(house, work, message, thoughts)
        else:
            taken = _in_private(house, work, message, thoughts, guesses, fault)
        if taken is not None:
            moot.cancel(taken)
    return Heard(duplicate=True) if taken is None else Heard(taken.posted)


def _in_private(
    house: House,
    work: Work,
    message: Inbound,
    thoughts: Mapping[str, Thought],
    guesses: Mapping[str, tuple[Reference, ...]],
    fault: ScriptError | None,
) -> Errand | None:
    """What was done about a message; None when it was heard before."""
    linking.lock_both(work, message)
    first_time, speaker = addresses.heard(work, message.channel, message.id, message.address)
    if not first_time:
        return None
    if speaker is None:
        # A name on a mail proves nothing: whoever applies with that address elsewhere may still prove it.
        state = "claimed" if message.mail is not None and message.trust != "proved" else "proved"
        speaker = addresses.add(work, message.channel, message.address, state, message.name[: people.LONGEST_NAME])
    proves = confirming.proves(work, speaker, message)
    before = speaker.address_state
    if before != "proved":
        speaker = confirming.heard_from(work, speaker, message)
    ex = Exchange(house, work, message, people.named(work, speaker, message), thoughts, guesses)
    thanked = confirming.thanked(ex) if proves else None
    if thanked is not None and not confirming.says_more(ex):
        _answer(ex, thanked)
    else:
        said = _apologise(ex, fault) if fault else respond(ex)
        _answer(ex, said.after(*thanked.paragraphs) if thanked is not None else said)
    if before == "unreachable":
        seating.back(ex, speaker.person_id)
    return ex


def _in_place(house: House, work: Work, message: Inbound, thoughts: Mapping[str, Thought]) -> Errand | None:
    """Where many people read: the staff at the desk's place, everybody else as anybody may be answered there."""
    if not inbound.take(work, message.channel, message.id):
        return None
    if (message.channel, message.place) == house.desk:
        speaker = addresses.speaker(work, message.channel, message.address)
        if speaker is None and message.pressed is not None and words.is_command(message.pressed.choice):
            speaker = addresses.add(work, message.channel, message.address)  # to be refused in private
        if speaker is not None:
            ex = Exchange(house, work, message, people.named(work, speaker, message), thoughts)
            if words.in_place(ex):
                return ex
    return public.answer(house, work, message, thoughts)


def respond(ex: Exchange) -> Reply:
    """What is said to this message, and all that it changes on record."""
    reply = forms.followed(ex, _reply(ex))
    return people.introduced(ex, reply) if ex.speaker.new and not reply.introduced else reply


def _reply(ex: Exchange) -> Reply:
    doubted = believing.doubted(ex)
    if doubted is not None:
        return doubted.after(*papers.left(ex))
    if len(ex.message.text) > LONGEST_TEXT:
        cut = replace(ex.message, text=ex.message.text[:LONGEST_TEXT])
        return _reply(replace(ex, message=cut)).after(CUT)
    if cards.card_number(ex.message.text):
        return in_form.go_on(ex).after(CARD, *papers.left(ex))
    if not media.is_words(ex):
        return media.reply(ex)
    return media.noted(ex, _to_words(ex) if ex.message.mail is None else _to_a_mail(ex, ex.message.mail))


def _to_a_mail(ex: Exchange, mail: Envelope) -> Reply:
    if (mail.files or mail.refused) and not ex.message.text.strip():
        if not (words := papers.as_answer(ex)):
            return in_form.go_on(ex).after(*papers.taken(ex))
        ex = replace(ex, message=replace(ex.message, text=words))
    asked_before, sender = papers.asked_for(ex) if mail.files else "", ex
    ex = believing.as_pressed(ex)
    confirmed = believing.confirmed(ex)
    if confirmed is not None:
        ex = replace(ex, message=replace(ex.message, text=confirmed, pressed=None))
    if confirmed == "":
        return in_form.go_on(ex).after(believing.FORGOTTEN)
    understood = UNSURE.format(quoting.beginning(ex, ex.message.text)) if mail.unsure else ""
    whole, ex = ex.message.text, _asking(ex)
    said = believing.left_to_the_office(ex, whole) or believing.given_over(ex, whole) or _to_words(ex)
    told = papers.taken(sender, asked_before)
    asked = quoting.quoted(ex, ex.message.text) if ex.message.text in ex.thoughts else ""
    return said.after(*told, understood, asked)


def _asking(ex: Exchange) -> Exchange:
    """With the questions alone, where nothing else is to be done with what a mail says."""
    talks = ex.speaker.conversation is not None or ex.speaker.handed_off is not None or ex.message.pressed is not None
    if talks or commands.find(ex.message.text) is not None or offers.picked(ex.speaker.offer, ex.message.text):
        return ex
    if placing.shows(ex) or narrating.shows(ex) or logbook.shows(ex):
        return ex
    return replace(ex, message=replace(ex.message, text=courtesy.asked(ex.message.text)))


def _to_words(ex: Exchange) -> Reply:
    at_the_desk = _at_the_desk(ex)
    if at_the_desk is not None:
        return at_the_desk
    if ex.message.pressed is not None:
        return _beside_the_office(ex, in_form.press(ex, ex.message.pressed))
    return _handed_off(ex) or _beside_the_office(ex, _to_the_assistant(ex))


def _beside_the_office(ex: Exchange, reply: Reply) -> Reply:
    """A question of a form to somebody whose words go to the office says so."""
    if ex.speaker.handed_off is None or not reply.in_form:
        return reply
    if addresses.handed_to(ex.work, ex.speaker.person_id) is None:
        return reply
    return replace(reply, paragraphs=(*reply.paragraphs, handoff.TO_THE_OFFICE))


def _at_the_desk(ex: Exchange) -> Reply | None:
    """For the desk: a command of the staff, typed, pressed or chosen, or an answer to a message that shows an item."""
    pressed = ex.message.pressed
    chosen = pressed.choice if pressed is not None else offers.picked(ex.speaker.offer, ex.message.text)
    meant = words.meant(ex)
    below = None if meant else words.below(ex, ex.speaker.address_id)
    said = Reply((below,)) if below else words.heard(
        ex, meant or chosen or ex.message.text, pressed=pressed is not None
    )  # fmt: skip
    if said is None or said.in_form:
        return said
    if ex.speaker.conversation is None:
        return replace(said, introduced=True)
    if said.matter or said.drawings:  # an item with its buttons, or a document, is a message of its own
        ex.post(ex.speaker.address_id, said.message(), said.matter)
        return in_form.go_on(ex)
    return forms.beside(ex, Reply(said.paragraphs))


def _handed_off(ex: Exchange) -> Reply | None:
    """Words for the office; commands and what was just offered still reach the assistant."""
    if ex.speaker.handed_off is None or commands.find(ex.message.text) is not None:
        return None
    if offers.picked(ex.speaker.offer, ex.message.text) is not None:
        return None
    if handoff.from_person(ex):
        return Reply(silent=True)
    # What was meant for a person is no answer to the question of a form.
    return (idle.reply(ex) if ex.speaker.conversation is None else in_form.go_on(ex)).after(handoff.BACK)


def _to_the_assistant(ex: Exchange) -> Reply:
    if (appeal := appealing.heard(ex)) is not None:
        return appeal
    if (of_a_review := committee.heard(ex) or evaluating.heard(ex) or willing.heard(ex)) is not None:
        return of_a_review
    if (logged := logbook.heard(ex)) is not None:
        return logged
    shown = None if recording.takes(ex) else placing.shown(ex) or narrating.shown(ex)
    if shown is not None:
        return shown
    if ex.speaker.conversation is not None:
        return in_form.reply(ex, ex.speaker.conversation)
    return late.reply(ex) or idle.reply(ex)


def _apologise(ex: Exchange, fault: ScriptError) -> Reply:
    items.ask(ex, "script error", {"error": str(fault)[:500]})
    return handoff.begin(ex).after(SORRY)


def _answer(ex: Exchange, reply: Reply) -> None:
    """Queue the reply, and remember what it offered where that is not plain from the form."""
    offer = ex.speaker.offer if believing.asks_back(reply) else offers.kept(reply)
    if (offer, reply.misses) != (ex.speaker.offer, ex.speaker.misses):
        addresses.set_offer(ex.work, ex.speaker.address_id, offer, reply.misses)
    if not reply.silent:
        matter = reply.matter or words.still_about(ex, reply)
        ex.post(ex.speaker.address_id, believing.answering(ex, reply.message()), matter)
