"""Joining two channels by a code: six digits given in one, typed in the other.

The arithmetic of guessing: there are a million codes, a code lives ten minutes, and an address is refused for an hour
after five wrong ones; over all addresses together a hundred wrong codes an hour are taken. So with one code alive at
every moment, day and night, a guesser with any number of accounts needs 10,000 hours on average, more than a year, and
the office is told in the first of them. A code mailed to an address that somebody claims lives longer, but counts only
when that same person types it, so it adds nothing to be guessed. Whoever is linked by a stranger is told at once in the
channel where the code was given, and `unlink` takes the stranger out again.
"""

import json
import re
from dataclasses import replace
from datetime import timedelta

from flows.dialog.kinds import tidy
from flows.dialog.speech import Choice, Inbound, Outbound
from handlers import applications, confirming, doubles, forms, loading, seating
from handlers.addressing import named
from handlers.desk import items
from handlers.exchange import Exchange, Reply
from handlers.review import leaving
from notifications import compose, notices
from storage import audit, codes, conversations, desk, linking, people
from storage.codes import Code
from storage.database import Work
from storage.linking import Record

LASTS = timedelta(minutes=10)
TRIES, ALL_TRIES, PER = 5, 100, timedelta(hours=1)
TYPED = re.compile(r"(?:/?(?:lssc )?link[ _:]*)?\(?(\d{3})[ -]?(\d{3})\)?\.?", re.IGNORECASE)
NEW_CODE = Choice("link", "Get a code here")

UNKNOWN = "I know no such code, so nothing was linked. Please look at it again, or take a new one: it works both ways."
USED = "That code was used already; each works once. I can give you a new one here, to be typed in the other channel."
OVER = "That code is over; it lasts ten minutes. I can give you a new one here, to be typed in the other channel."
REPLACED = "A newer code was given since, and only the newest counts. Please type that one, or get one here."
LINKED_ALREADY = "That code did its work already: both channels are one record."
SAME = "That code is from this very record. Type it in the other channel, the one that you want to link."
PAUSED = "Too many wrong codes are coming in just now, so I take none for an hour. Nothing is lost; please try later."
TWO_RECORDS = (
    "Each of the two records has an application or a candidacy of its own, so I do not join them by myself. The office"
    " looks at both and writes to you; until then nothing is changed."
)


def code_in(words: str) -> str:
    """The six digits that the whole message is, with or without `link` before them; empty for other words."""
    found = TYPED.fullmatch(tidy(words[:40]))
    return "".join(found.groups()) if found else ""


def lock_both(work: Work, message: Inbound) -> None:
    """Before the speaker is locked: both persons whom a typed code would join, in the order of their ids.

    Otherwise two people who type each other's codes at the same moment would wait for each other.
    """
    digits = code_in(message.text) if message.pressed is None else ""
    if digits:
        linking.lock_both(work, digits, message.channel, message.address)


def link(ex: Exchange) -> Reply:
    """`link` gives a code, `link 123456` takes one."""
    digits = code_in(ex.message.text) if ex.message.pressed is None else ""
    return _typed(ex, digits) if digits else forms.beside(ex, Reply((_given(ex),)))


def _given(ex: Exchange) -> str:
    digits = codes.give(ex.work, ex.speaker.address_id, LASTS)
    bot = ex.house.bots.get("telegram", "") if ex.speaker.channel != "telegram" else ""
    told = compose.text(notices.LinkCode(digits, LASTS // timedelta(minutes=1), bot))
    return "\n".join(filter(None, (told, confirming.waits(ex, ex.speaker.person_id))))


def _typed(ex: Exchange, digits: str) -> Reply:
    refused = _throttled(ex)
    if refused:
        return forms.beside(ex, Reply((refused,)))
    found = codes.find(ex.work, digits)
    person = ex.speaker.person_id
    if found is None or found.person_id is None or (found.state == "claimed" and found.person_id != person):
        return _wrong(ex, UNKNOWN)
    if found.used_at is not None and found.person_id == person:
        return forms.beside(ex, Reply((LINKED_ALREADY,)))
    for reason, applies in (
        (USED, found.used_at is not None),
        (REPLACED, found.replaced),
        (OVER, found.expires_at <= ex.work.now),
    ):
        if applies:
            return _wrong(ex, reason)
    if found.state == "claimed":
        codes.use(ex.work, found.id)
        return forms.beside(ex, Reply((confirming.by_code(ex, found.address_id, found.address, person),)))
    if found.person_id == person:
        return forms.beside(ex, Reply((SAME,)))
    return _join(ex, found)


def _throttled(ex: Exchange) -> str:
    """Why no code is taken now; empty when one is."""
    since = ex.work.now - PER
    tries = codes.wrong_at(ex.work, ex.speaker.address_id, since)
    if len(tries) >= TRIES:
        minutes = (tries[-TRIES] - since) // timedelta(minutes=1) + 1
        return f"Too many wrong codes came from here, so I take none for the next {minutes} minutes. Nothing is lost."
    return PAUSED if codes.all_wrong(ex.work, since) >= ALL_TRIES else ""


def _wrong(ex: Exchange, reason: str) -> Reply:
    """Also an old code counts as a try, or old ones could be looked for without end."""
    codes.wrong(ex.work, ex.speaker.address_id)
    if codes.all_wrong(ex.work, ex.work.now - PER) == ALL_TRIES:
        items.add(ex, "wrong codes", None, {"in an hour": str(ALL_TRIES)})
    return forms.beside(ex, Reply((reason,), extras=(NEW_CODE,)))


def _join(ex: Exchange, found: Code) -> Reply:
    records = linking.lock(ex.work, filter(None, (ex.speaker.person_id, found.person_id)))
    if len(records) < 2 or not codes.use(ex.work, found.id):
        return _wrong(ex, UNKNOWN)
    kept, absorbed = records
    held = [linking.under_way(ex.work, each.id) for each in records]
    if all(held):
        return _left_to_the_office(ex, found, records, held)
    linking.merge(ex.work, kept, absorbed)
    leaving.joined(ex, kept.id)
    seating.joined(ex, kept.id)
    by = {"absorbed": absorbed.id, "from": found.channel, "typed in": ex.speaker.channel}
    audit.record(ex.work, f"person {ex.speaker.person_id}", "linked", f"person {kept.id}", by)
    ex.post(found.address_id, compose.message(notices.Linked(named(ex.speaker.channel))))
    return _one_record(ex, compose.text(notices.Linked(named(found.channel))))


def _left_to_the_office(ex: Exchange, found: Code, records: list[Record], held: list[list[str]]) -> Reply:
    details = doubles.details(records, held)
    open_items = desk.open_for(ex.work, ex.speaker.person_id)
    if not any(item.kind == doubles.TWO_RECORDS and json.loads(item.details) == details for item in open_items):
        items.ask(ex, doubles.TWO_RECORDS, details)
    ex.post(found.address_id, Outbound(TWO_RECORDS))
    return forms.beside(ex, Reply((TWO_RECORDS,)))


def _one_record(ex: Exchange, told: str) -> Reply:
    """The speaker as they are now, and the form that is open in the joined record."""
    speaker = people.speaker(ex.work, ex.speaker.channel, ex.speaker.address)
    ex = replace(ex, speaker=speaker or ex.speaker)
    here = ex.speaker.conversation
    refused = applications.refused(ex, here.script) if here is not None else ""
    if here is not None and refused:
        conversations.park(ex.work, here.id)
        ex = replace(ex, speaker=replace(ex.speaker, conversation=None))
        told = f"{told}\n{loading.named(here.script).title.capitalize()} that was not finished is set aside. {refused}"
    return replace(forms.followed(ex, forms.beside(ex, Reply())).after(told), introduced=True)
