"""A holder and their certificate: seen again at any time, and what the public check page may tell of it."""

from collections.abc import Callable, Mapping

from flows.dialog.speech import Choice
from flows.program.certificates import Standing, in_groups
from flows.program.figures import day_in_words, listed, number_in_words
from flows.program.progress import certified
from handlers import certifying, commands, holders, profile
from handlers.exchange import Exchange, Reply
from storage import audit, candidacies, certificates
from storage.certificates import Certificate

NONE = "There is no certificate on your record."
NO_NUMBER = (
    "You are certified; the number of your certificate is not on record yet. `person` has the office look for it."
)
SOON = "All your sets are complete; the certificate comes as soon as the office has confirmed it."
NAMES: Mapping[str, str] = {"name": "your name", "sets": "your sets", "dates": "the dates"}
# The words by which a holder chooses what the check page tells, and hides it again.
CHOOSING: Mapping[str, tuple[str, bool]] = dict(
    zip(commands.CERTIFICATE, ((part, shows) for part in NAMES for shows in (True, False)), strict=True)
)


def shown(ex: Exchange, _rest: str) -> Reply:
    """The certificate itself, and how it stands; or when it comes."""
    if ex.message.place:
        return Reply((profile.IN_PRIVATE,))
    mine = certificates.latest(ex.work, ex.speaker.person_id)
    if mine is None:
        return Reply((_none(ex),))
    drawings = () if mine.revoked else (certifying.sheet(ex, mine).drawing(),)
    return Reply(
        tuple(filter(None, (_stands(ex, mine), holders.line(ex, mine.person_id), _page(ex, mine)))),
        extras=_choices(ex, mine),
        matter=certifying.MATTER,
        drawings=drawings,
    )


def line(ex: Exchange, candidacy_id: int) -> str:
    """A sentence about the certificate of a candidacy; empty when there is none."""
    mine = certificates.of_candidacy(ex.work, candidacy_id)
    return _stands(ex, mine) if mine is not None else ""


def _none(ex: Exchange) -> str:
    candidacy = candidacies.latest(ex.work, ex.speaker.person_id)
    if candidacy is None:
        return NONE
    if candidacy.state == "certified":
        return NO_NUMBER
    rules = ex.house.policy.on(candidacy.admitted_on)
    if certified({each.set_id for each in candidacies.sets(ex.work, candidacy.id)}, rules):
        return SOON
    needed = number_in_words(rules.sets_needed)
    return f"{NONE} It comes when {needed} sets are complete; `progress` shows how far you are."


def _stands(ex: Exchange, mine: Certificate) -> str:
    since, until = day_in_words(mine.since), day_in_words(mine.until)
    stands = certifying.standing(ex, mine)
    return {
        Standing.VALID: f"Your certificate {mine.number} is valid from {since} until {until}.",
        Standing.NOT_YET: f"Your certificate {mine.number} is valid from {since} until {until}.",
        Standing.EXPIRED: f"Your certificate {mine.number} was valid from {since} until {until}.",
        Standing.REVOKED: f"Your certificate {mine.number} was revoked: {mine.reason}",
    }[stands]


def _page(ex: Exchange, mine: Certificate) -> str:
    url = certifying.url(ex, mine)
    if not url:
        return f"Its check code is {in_groups(mine.code)}." if not mine.revoked else ""
    if mine.revoked:
        return f"Whoever checks it is told so: {url}"
    told = listed(["the number", "whether it is valid", *(NAMES[each] for each in NAMES if each in mine.shows)])
    hidden = listed([NAMES[each] for each in NAMES if each not in mine.shows])
    kept = f", and not {hidden.replace(' and ', ' or ')}" if hidden else ""
    return f"Whoever has this address can check it: {url}\nThe page tells {told}{kept}."


def _choices(ex: Exchange, mine: Certificate) -> tuple[Choice, ...]:
    if not ex.house.public_url or mine.revoked:
        return ()
    return tuple(
        Choice(words, words.capitalize()) for words, (part, shows) in CHOOSING.items() if shows != (part in mine.shows)
    )


def _choosing(part: str, *, show: bool) -> Callable[[Exchange, str], Reply]:
    def run(ex: Exchange, _rest: str) -> Reply:
        if (refused := profile.not_theirs(ex)) is not None:
            return refused
        mine = certificates.latest(ex.work, ex.speaker.person_id)
        if mine is None:
            return Reply((_none(ex),))
        if (part in mine.shows) != show:
            parts = {*mine.shows, part} if show else {*mine.shows} - {part}
            certificates.show(ex.work, mine.id, sorted(parts))
            details = {"part": part, "shown": show}
            who = f"person {ex.speaker.person_id}"
            audit.record(ex.work, who, "chose what the check page tells", f"certificate {mine.number}", details)
            mine = certificates.latest(ex.work, ex.speaker.person_id) or mine
        told = _page(ex, mine) or "There is no check page here yet; I keep your choice for it."
        return Reply((told,), extras=_choices(ex, mine), matter=certifying.MATTER)

    return run


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "certificate": shown,
    **{words: _choosing(part, show=show) for words, (part, show) in CHOOSING.items()},
}
