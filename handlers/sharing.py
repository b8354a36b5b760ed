"""Links by which a candidate shares parts of their record: made, listed with every look, extended, ended, and read."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flows.program.figures import day_in_words, listed
from flows.sharing import PARTS, Shared
from handlers import achievement, certifying, local
from handlers.achievement import Part
from handlers.exchange import Errand, Exchange
from storage import audit, candidacies, certificates, sharing
from storage.candidacies import Candidacy
from storage.sharing import Share, Views

PATH = "/record/"
NO_PAGES = (
    "Records cannot be shared yet: this service has no public web address. The office can set one up; nothing was made."
)
NONE = "You share your record with nobody. `share` makes a link for one reader."
NO_SUCH = "There is no shared link with the number {}; `shares` lists them."
ENDED = "Link {} for {} has ended, so nothing was changed. `share` makes a new one."
LOOKS_SHOWN = 5
LENGTH = 24  # bytes of a token: 192 bits


@dataclass(frozen=True)
class Page:
    """What a reader sees, and the last day on which they do; `certificate` says how long that one is valid."""

    reader: str
    until: str
    parts: tuple[Part, ...]
    certificate: str = ""


def share(ex: Exchange, shared: Shared) -> str:
    """A link for one reader, told this once: only a hash of it is kept."""
    mine = candidacies.latest(ex.work, ex.speaker.person_id)
    if mine is None or not ex.house.public_url:
        return NO_PAGES
    token = secrets.token_urlsafe(LENGTH)
    made = sharing.add(ex.work, mine.id, token, shared.reader, shared.parts, _end(ex, shared.until))
    details = {"share": made.number, "parts": shared.parts, "until": shared.until.isoformat()}
    _audit(ex, mine, "shared", details)
    named = listed([PARTS[each] for each in made.chosen])
    return (
        f"Link {made.number}, for {made.reader}, until the end of {day_in_words(shared.until)}: {named}.\n"
        f"{ex.house.public_url.rstrip('/')}{PATH}{token}\n"
        "Whoever has it can read these parts, so send it to them only. I keep no copy and cannot show it again."
        f" `shares` lists who looked when; `unshare {made.number}` ends it at once."
    )


def overview(ex: Exchange, mine: Candidacy) -> str:
    """Every link with its looks, those that are open first."""
    made = sorted(sharing.of(ex.work, mine.id), key=lambda each: (not each.is_open(ex.work.now), each.number))
    views = sharing.views(ex.work, mine.id)
    if not made:
        return NONE
    how = "`unshare` with a number ends one at once, `extend` with a number and a day makes it last longer."
    return "\n".join([*(_line(ex, each, views.get(each.id, Views())) for each in made), how])


def extend(ex: Exchange, mine: Candidacy, number: int, until: date) -> str:
    """An open link lasts until the day that is told."""
    found = _found(ex, mine, number)
    if found is None:
        return NO_SUCH.format(number)
    if not found.is_open(ex.work.now):
        return ENDED.format(number, found.reader)
    sharing.extend(ex.work, found.id, _end(ex, until))
    _audit(ex, mine, "extended", {"share": number, "until": until.isoformat()})
    return f"Link {number} for {found.reader} is open until the end of {day_in_words(until)}."


def end(ex: Exchange, mine: Candidacy, number: int) -> str:
    """The link shows nothing any more, from now on."""
    found = _found(ex, mine, number)
    if found is None:
        return NO_SUCH.format(number)
    if not found.is_open(ex.work.now):
        return f"Link {number} for {found.reader} has ended already."
    sharing.end(ex.work, found.id)
    _audit(ex, mine, "unshared", {"share": number})
    return f"Link {number} for {found.reader} shows nothing any more."


def seen(errand: Errand, token: str, by: str) -> Page | None:
    """What that link shows now, with the look on record; None for one that is unknown, over or ended, all alike."""
    found = sharing.by_token(errand.work, token)
    if found is None or not found.is_open(errand.work.now):
        return None
    candidacy = candidacies.by_id(errand.work, found.candidacy_id)
    readable = achievement.last_day(errand, candidacy)
    ends = local.midnight(errand, candidacy.person_id, readable + timedelta(days=1))
    if errand.work.now >= ends:
        return None
    sharing.seen(errand.work, found.id, by)
    until = _last_day(errand, candidacy.person_id, min(found.ends_at, ends))
    if by != sharing.PERSON:  # a preview goes into other people's talks: it tells nothing
        return Page("", until, ())
    parts = achievement.parts(errand, candidacy, found.chosen)
    return Page(found.reader, until, parts, _certificate(errand, candidacy))


def _certificate(errand: Errand, candidacy: Candidacy) -> str:
    """How the certificate stands, apart from the link; its dates as far as the holder lets them be told."""
    held = certificates.of_candidacy(errand.work, candidacy.id)
    if held is None:
        return ""
    if held.revoked:
        return "The certificate was revoked."
    is_over = certifying.day(errand, held) > held.until
    if "dates" not in held.shows:
        return "The certificate has expired." if is_over else "The certificate is valid."
    verb = "was" if is_over else "is"
    return f"The certificate {verb} valid until {day_in_words(held.until)}."


def _end(ex: Exchange, last: date) -> datetime:
    """The midnight after the last day, where the candidate lives."""
    return local.midnight(ex, ex.speaker.person_id, last + timedelta(days=1))


def _last_day(errand: Errand, person_id: int, ends_at: datetime) -> str:
    return local.day_told(errand, person_id, ends_at - timedelta(seconds=1))


def _found(ex: Exchange, mine: Candidacy, number: int) -> Share | None:
    return next((each for each in sharing.of(ex.work, mine.id) if each.number == number), None)


def _line(ex: Exchange, each: Share, views: Views) -> str:
    parts = listed([PARTS[key] for key in each.chosen])
    if each.ended_at is not None:
        state = f"ended by you on {local.day_told(ex, ex.speaker.person_id, each.ended_at)}"
    else:
        last = _last_day(ex, ex.speaker.person_id, each.ends_at)
        state = f"{'open until' if each.is_open(ex.work.now) else 'over since'} {last}"
    return f"{each.number}. {each.reader}: {parts}; {state}; {_views(ex, each, views)}"


def _views(ex: Exchange, each: Share, views: Views) -> str:
    previews = f", and {views.previews} automatic previews" if views.previews > 1 else ""
    previews = ", and one automatic preview" if views.previews == 1 else previews
    if not views.people:
        return f"not looked at yet{previews}"
    times = "once" if views.people == 1 else f"{views.people} times"
    looks = [_moment(ex, at) for at in sharing.looks(ex.work, each.id, LOOKS_SHOWN)]
    return f"looked at {times}{previews} ({'last: ' if views.people > LOOKS_SHOWN else ''}{listed(looks)})"


def _moment(ex: Exchange, at: datetime) -> str:
    there = local.at(ex, ex.speaker.person_id, at)
    return f"{day_in_words(there.date())} at {there:%H:%M}"


def _audit(ex: Exchange, mine: Candidacy, what: str, details: dict[str, object]) -> None:
    audit.record(ex.work, f"person {ex.speaker.person_id}", what, f"candidacy {mine.id}", details)
