"""Taking an address out of a record: which one, whether that is sure, and both told."""

from dataclasses import replace

from flows.dialog.speech import Choice
from handlers import forms, telling
from handlers.addressing import described, named, titled
from handlers.exchange import Exchange, Reply
from notifications import compose, notices
from storage import audit, linking, people, profiles
from storage.people import Address

ONE_ONLY = "There is nothing to unlink: your record has only this channel where it can be reached."
WHICH = "Which one shall leave your record? It gets a record of its own with nothing in it; yours stays as it is."
GONE = "That address is not part of your record any more, so nothing was changed."
KEEP = Choice("profile", "Keep it as it is")
HERE = (
    "This channel is unlinked. It has a record of its own now, with nothing in it; your other record is untouched, and"
    " was told."
)


def unlink(ex: Exchange) -> Reply:
    """Which address shall go; one at least that is proved stays behind."""
    mine = people.addresses(ex.work, ex.speaker.person_id)
    choices = tuple(Choice(f"unlink:{each.id}", titled(ex, each)) for each in mine if _may_go(each, mine))
    if not choices:
        return forms.beside(ex, Reply((ONE_ONLY,)))
    return forms.beside(ex, Reply((WHICH,), extras=(*choices, KEEP)))


def step(ex: Exchange, rest: str) -> Reply:
    """An address was chosen, or confirmed (`42:yes`)."""
    number, _, sure = rest.partition(":")
    mine = people.addresses(ex.work, ex.speaker.person_id)
    chosen = next((each for each in mine if str(each.id) == number and _may_go(each, mine)), None)
    if chosen is None:
        return forms.beside(ex, Reply((GONE,)))
    if sure != "yes":
        question = f"Shall I unlink {described(ex, chosen)}? Nothing of your record is deleted."
        yes = Choice(f"unlink:{chosen.id}:yes", "Yes, unlink it")
        return forms.beside(ex, Reply((question,), extras=(yes, KEEP)))
    return _unlinked(ex, chosen)


def _unlinked(ex: Exchange, chosen: Address) -> Reply:
    owner = ex.speaker.person_id
    linking.part(ex.work, chosen.id)
    details = {"address": chosen.id, "channel": chosen.channel}
    audit.record(ex.work, f"person {owner}", "unlinked", f"person {owner}", details)
    mine = profiles.of(ex.work, owner)
    if mine.new_mail and mine.new_mail == chosen.address:
        profiles.put(ex.work, owner, replace(mine, new_mail=""))
    if chosen.id == ex.speaker.address_id:
        telling.tell(
            ex, owner, f"{named(chosen.channel)} ({chosen.address}) was unlinked from your record.", at_once=True
        )
        return Reply((HERE,), introduced=True)
    if chosen.state == "proved":
        ex.post(chosen.id, compose.message(notices.Unlinked(named(ex.speaker.channel))))
    return forms.beside(ex, Reply((f"{titled(ex, chosen)} is unlinked; your record is untouched.",)))


def _may_go(address: Address, mine: list[Address]) -> bool:
    return any(other.state == "proved" for other in mine if other.id != address.id)
