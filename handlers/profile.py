"""What a person can see and decide about their own record: name, addresses, what is stored, and that it be deleted."""

import json
from collections.abc import Callable, Mapping

from flows.dialog.speech import Choice
from flows.program import quiet, zones
from flows.program.office import hour_in_words
from handlers import (
    changed,
    confirming,
    disclosing,
    ending,
    forgotten,
    forms,
    linking,
    local,
    naming,
    unlinking,
)
from handlers.addressing import titled
from handlers.exchange import Exchange, Reply
from storage import people, profiles, unwanted

STATES: Mapping[str, str] = {
    "proved": "confirmed", "claimed": "not confirmed yet", "unreachable": "messages cannot be delivered there",
}  # fmt: skip
CHOICES = (
    Choice("link", "Link another channel"),
    Choice("unlink", "Unlink a channel"),
    Choice("rename", "Correct my name"),
    Choice("time zone", "Time zone"),
    Choice("preferred channel", "Preferred channel"),
    Choice("quiet hours", "Quiet hours"),
)
NOT_TOLD = "not told yet"
IN_PRIVATE = "That is between you and me: please send me the same word in a private message."
NOT_SURE = "I cannot be sure that this message comes from you, so I did nothing. Please send it from a linked channel."
MY_DATA = "This is what is stored about you; all of it, word for word, is in the file that comes with this message.\n{}"
APART = "Answers to the voluntary questions are stored apart, without your name. `forget me` deletes the rest."
LEFT = "Documents too large for one message: {}; {} sends them."


def profile(ex: Exchange) -> Reply:
    """What is on record of the speaker, each line with the words that change it."""
    me = ex.speaker.person_id
    mine = profiles.of(ex.work, me)
    preferred = next((each for each in people.addresses(ex.work, me) if each.id == mine.prefers), None)
    stopped = "reminders" in unwanted.kinds(ex.work, me)
    lines = [
        f"Name: {_name(ex)}",
        *_addresses(ex),
        "`link` adds a channel, `new mail` a mail address, `unlink` takes one out.",
        f"Library: {changed.on_record(ex, me, 'library') or NOT_TOLD} (`my library`)",
        f"Position: {changed.on_record(ex, me, 'position') or NOT_TOLD} (`my position`)",
        f"State: {local.state(ex, me) or NOT_TOLD} (`my state`)",
        f"Time zone: {_zone(ex)} (`time zone`)",
        f"Preferred channel: {titled(ex, preferred) if preferred else changed.WHEREVER} (`preferred channel`)",
        f"Quiet hours: {quiet.in_words(quiet.of(mine.quiet))} (`quiet hours`)",
        f"Reminders: {'off' if stopped else 'on'} (`{'start reminders' if stopped else 'reminders'}`)",
    ]
    return forms.beside(ex, Reply(("\n".join(lines),), extras=CHOICES))


def _name(ex: Exchange) -> str:
    """The name, how it is changed, and what the office looks at."""
    wish = naming.waiting(ex, ex.speaker.person_id)
    waits = f"; the office looks at your wish to be called {json.loads(wish.details)['name']}" if wish else ""
    return f"{ex.speaker.name or NOT_TOLD} (`rename`{waits})"


def _zone(ex: Exchange) -> str:
    me = ex.speaker.person_id
    told = people.time_zone(ex.work, me)
    home = "" if told else ", by your state" if local.of_the_state(ex, me) else ", that of the office"
    return f"{zones.in_words(told or local.zone(ex, me).key)}{home}; it is {hour_in_words(local.at(ex, me))} there now"


def my_data(ex: Exchange) -> Reply:
    """Everything on record about the speaker, as a file, with what it holds; to a confirmed address only."""
    if ex.speaker.address_state != "proved":
        return forms.beside(ex, Reply((NOT_SURE,)))
    mine = disclosing.of(ex, ex.speaker.person_id)
    papers = mine.get("paper", [])
    sent = disclosing.documents(papers)
    missing = LEFT.format(len(papers) - len(sent), ex.rules.contact_email) if len(sent) < len(papers) else ""
    told = (MY_DATA.format(disclosing.summary(mine)), APART, missing)
    said = Reply(told, drawings=(disclosing.drawing(ex), *sent))
    if ex.speaker.conversation is None:
        return said
    ex.post(ex.speaker.address_id, said.message())  # the question of the form is a message of its own
    return forms.beside(ex, Reply())


def _addresses(ex: Exchange) -> list[str]:
    mine = people.addresses(ex.work, ex.speaker.person_id)
    lines = [f"- {titled(ex, each)}: {STATES[each.state]}" for each in mine]
    return ["Reached at:", *lines, *filter(None, [confirming.waits(ex, ex.speaker.person_id)])]


def not_theirs(ex: Exchange) -> Reply | None:
    """Why a message may change nothing of a record: others read it, or its sender may be forged; None where it may."""
    if ex.message.place:
        return Reply((IN_PRIVATE,))
    return Reply((NOT_SURE,)) if ex.message.trust != "proved" else None


def _in_private(act: Callable[[Exchange], Reply]) -> Callable[[Exchange], Reply]:
    """Nothing of a record is said where others read it."""
    return lambda ex: Reply((IN_PRIVATE,)) if ex.message.place else act(ex)


def _by_the_person(act: Callable[[Exchange], Reply]) -> Callable[[Exchange], Reply]:
    """A message whose sender may be forged changes nothing."""
    return _in_private(lambda ex: act(ex) if ex.message.trust == "proved" else forms.beside(ex, Reply((NOT_SURE,))))


RUN: Mapping[str, Callable[[Exchange], Reply]] = {
    "profile": _in_private(profile),
    "my data": _by_the_person(my_data),
    "link": _by_the_person(linking.link),
    "unlink": _by_the_person(unlinking.unlink),
    "forget me": _by_the_person(lambda ex: forms.beside(ex, forgotten.asked(ex))),
    "leave program": _by_the_person(lambda ex: forms.beside(ex, ending.leave(ex))),
    "confirm mail": _by_the_person(lambda ex: forms.beside(ex, Reply((confirming.anew(ex),)))),
}


def leaving(ex: Exchange, rest: str) -> Reply:
    """A candidate said yes to leaving, once or twice."""
    return _by_the_person(lambda again: forms.beside(again, ending.step(again, rest)))(ex)


def forgetting(ex: Exchange, rest: str) -> Reply:
    """Somebody said yes to be forgotten, once or twice; after the second there is no form to come back to."""
    if forgotten.is_done(rest, ex.speaker.person_id):
        return _by_the_person(lambda again: forgotten.step(again, rest))(ex)
    return _by_the_person(lambda again: forms.beside(again, forgotten.step(again, rest)))(ex)


def chosen(ex: Exchange, rest: str) -> Reply:
    """An address to be unlinked was chosen or confirmed."""
    return _by_the_person(lambda again: unlinking.step(again, rest))(ex)
