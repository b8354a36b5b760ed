"""What anybody is told who checks a certificate: no more than its holder allows."""

from dataclasses import dataclass

from flows.program import certificates as rules_of
from flows.program.certificates import Standing
from flows.program.figures import day_in_words
from handlers import certifying, holders
from handlers.exchange import Errand
from storage import certificates
from storage.certificates import Certificate


@dataclass(frozen=True)
class Checked:
    """A certificate as the public page tells it; `facts` are labels with what is told.

    `today` is the day for which it is told; `renewable`: it has expired, and can still be renewed.
    """

    number: str
    standing: Standing
    facts: tuple[tuple[str, str], ...]
    sets: tuple[str, ...]
    today: str
    renewable: bool


def by_code(errand: Errand, words: str) -> Checked | None:
    """The certificate with this check code, however that was typed; None for none."""
    code = rules_of.code(words)
    found = certificates.by_code(errand.work, code) if code else None
    return _told(errand, found) if found is not None else None


def by_both(errand: Errand, number: str, words: str) -> Checked | None:
    """The same, where the number must be its own, too."""
    found = by_code(errand, words)
    return found if found is not None and found.number.casefold() == number.strip().casefold() else None


def _told(errand: Errand, found: Certificate) -> Checked:
    standing = certifying.standing(errand, found)
    facts = [("Name", found.name)] if "name" in found.shows else []
    if "dates" in found.shows and not found.revoked:  # dates of one that is worth nothing would only mislead
        facts += [("Valid from", day_in_words(found.since)), ("Valid until", day_in_words(found.until))]
    names = [errand.house.competencies.named(each).name for each in found.set_ids] if "sets" in found.shows else []
    today = certifying.day(errand, found)
    renewable = standing is Standing.EXPIRED and today <= holders.seen(errand, found).window.closes
    return Checked(found.number, standing, tuple(facts), tuple(names), day_in_words(today), renewable)
