"""What comes of a person's changes: each is on record at once, and told as it was and as it is."""

from dataclasses import replace
from typing import Any

from flows.profile import InZone, NewMail, Preferred, QuietHours, Renamed, Told, What
from flows.program import quiet, zones
from flows.program.office import hour_in_words
from handlers import confirming, local, naming
from handlers.addressing import titled
from handlers.exchange import Errand, Exchange
from storage import applications, audit, candidacies, certificates, held, people, profiles, reminders

SAME = "{}: {} is on record already."
CHANGED = "{}: {} → {}. {}"
LABELS: dict[What, str] = {"library": "Library", "position": "Position", "state": "State"}
LINES: dict[What, str] = {"library": "Library", "position": "Position", "state": local.LABEL}
GONE = "That address is not one of your confirmed ones any more, so nothing was changed."
WHEREVER = "wherever you wrote last"


def renamed(ex: Exchange, result: Renamed) -> str:
    """The name on a certificate stays true: whoever holds one asks the office."""
    me, before = ex.speaker.person_id, people.named(ex.work, ex.speaker.person_id)
    if result.name == before:
        return SAME.format("Name", before)
    issued = certificates.latest(ex.work, me)
    if issued is not None and not issued.revoked:
        return naming.asked(ex, before, result.name, issued.number)
    people.name(ex.work, me, result.name)
    _noted(ex, "renamed")
    back = f"`my name is now {before}` takes it back." if before else "`rename` changes it again."
    told = CHANGED.format("Name", before or "not told", result.name, back)
    applied = applications.latest(ex.work, me) is not None
    return f"{told} An application keeps the name that it was sent with." if applied else told


def told(ex: Exchange, result: Told) -> str:
    """An application keeps what it was sent with."""
    label, before = LABELS[result.what], on_record(ex, ex.speaker.person_id, result.what)
    if result.words == before:
        return SAME.format(label, before)
    mine = profiles.of(ex.work, ex.speaker.person_id)
    changes: dict[str, Any] = {result.what: result.words}
    profiles.put(ex.work, ex.speaker.person_id, replace(mine, **changes))
    _noted(ex, f"changed their {result.what}")
    back = f"`my {result.what} is now {before}` takes it back." if before else f"`my {result.what}` changes it again."
    if result.what == "state":
        candidacies.unsettle(ex.work, ex.speaker.person_id)
    said = CHANGED.format(label, before or "not told", result.words, back)
    return f"{said} {_time_there(ex)}" if result.what == "state" else said


def _time_there(ex: Exchange) -> str:
    """A time zone that was told stays; else that of the state counts, where it has just one."""
    me = ex.speaker.person_id
    zone = zones.in_words(local.zone(ex, me).key)
    if people.time_zone(ex.work, me):
        return f"Your time zone stays {zone}; `time zone` changes it."
    if local.of_the_state(ex, me):
        return f"Days and hours are told in {zone} now."
    return f"Days and hours are told in the office's time zone, {zone}; `time zone` tells me yours."


def on_record(errand: Errand, person_id: int, what: What) -> str:
    """What is known now: as told last, else as in the newest application; empty when it is not known."""
    if what == "state":
        return local.state_on_record(errand, person_id)
    mine = profiles.of(errand.work, person_id)
    return getattr(mine, what) or local.of_the_application(errand, person_id, LINES[what])


def new_mail(ex: Exchange, result: NewMail) -> str:
    """The old address stays until the new one is proved."""
    return confirming.instead(ex, result.email)


def in_zone(ex: Exchange, result: InZone) -> str:
    me, before = ex.speaker.person_id, local.zone(ex, ex.speaker.person_id).key
    people.set_time_zone(ex.work, me, result.zone)
    candidacies.unsettle(ex.work, me)
    _look_again(ex)
    _noted(ex, "changed their time zone")
    if before == result.zone:
        return f"Your time zone is {zones.in_words(before)}. {clock(ex)}"
    back = f"`time zone {before}` takes it back."
    return f"{CHANGED.format('Time zone', zones.in_words(before), zones.in_words(result.zone), back)} {clock(ex)}"


def clock(ex: Exchange) -> str:
    """What time it is where the person is, so that a wrong zone shows."""
    return f"It is {hour_in_words(local.at(ex, ex.speaker.person_id))} there now."


def preferred(ex: Exchange, result: Preferred) -> str:
    """Only where messages can be delivered now."""
    me = ex.speaker.person_id
    mine = {each.id: each for each in people.addresses(ex.work, me) if each.state == "proved"}
    if result.address_id is not None and result.address_id not in mine:
        return GONE
    before, after = profiles.of(ex.work, me), result.address_id
    profiles.put(ex.work, me, replace(before, prefers=after))
    _noted(ex, "prefers another address")
    old, new = (
        titled(ex, mine[each]) if each is not None and each in mine else WHEREVER
        for each in (before.prefers, after)
    )  # fmt: skip
    how = "Answers come where you ask. `preferred channel` changes it again."
    return CHANGED.format("Preferred channel", old, new, how) if old != new else SAME.format("Preferred channel", new)


def quiet_hours(ex: Exchange, result: QuietHours) -> str:
    """What waits is looked at anew."""
    me = ex.speaker.person_id
    before = profiles.of(ex.work, me)
    profiles.put(ex.work, me, replace(before, quiet=result.kept))
    _look_again(ex)
    old, new = (quiet.in_words(quiet.of(each)) for each in (before.quiet, result.kept))
    if before.quiet == result.kept:
        return SAME.format("Quiet hours", new)
    _noted(ex, "changed their quiet hours")
    how = "Answers to you and codes never wait. `quiet hours` changes it again."
    return f"{CHANGED.format('Quiet hours', old, new, how)} {clock(ex)}"


def _look_again(ex: Exchange) -> None:
    """What waits for the person's hours may go at another time now."""
    held.look_again(ex.work, ex.speaker.person_id)
    reminders.look_again(ex.work, ex.speaker.person_id)


def _noted(ex: Exchange, what: str) -> None:
    who = f"person {ex.speaker.person_id}"
    audit.record(ex.work, who, what, who, {})
