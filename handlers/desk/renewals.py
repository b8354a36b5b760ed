"""What the office decides for holders: how many contact hours credits are, and whether a certificate is renewed."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from re import fullmatch

from flows.program import renewal
from flows.program.figures import day_in_words
from flows.program.logbook import MOST
from flows.program.renewal import in_contact_hours, in_hours
from handlers import admission, calendars, certifying, holders, roles, telling
from handlers.accounts import Refusal
from handlers.desk import items
from handlers.desk.acting import REFUSED
from handlers.desk.kinds import Action, Kind, Outcome, refusal
from handlers.exchange import Errand
from handlers.holders import Holder
from handlers.roles import Actor
from notifications import notices
from storage import audit, certificates, desk, linking, renewals
from storage.certificates import Certificate
from storage.desk import Item
from storage.renewals import Entry, Renewal

RENEWAL, VALUE = "renewal", "hours to value"  # the kinds of desk item
SUBJECT = "Your LSSC renewal"
GONE = "That line was removed or corrected meanwhile; nothing was changed."
OVER = "That request has ended meanwhile; nothing was changed."
TOO_FEW = "Only {} count now; `return` tells them what is missing."


def to_value(errand: Errand, certificate: Certificate, entry: Entry) -> None:
    """The office is asked how many contact hours a line is worth, which the rules do not say."""
    details = {"certificate": certificate.number, "entry": str(entry.id)}
    items.add(errand, VALUE, certificate.person_id, details)


def to_decide(errand: Errand, certificate: Certificate, asked: Renewal) -> None:
    details = {"certificate": certificate.number, "renewal": str(asked.id)}
    items.add(errand, RENEWAL, certificate.person_id, details)


def drop(errand: Errand, certificate: Certificate, entry: Entry) -> None:
    """A line that was removed or corrected needs nobody to value it."""
    _taken_back(errand, certificate, VALUE, "entry", entry.id)


def withdrawn(errand: Errand, certificate: Certificate, asked: Renewal) -> None:
    _taken_back(errand, certificate, RENEWAL, "renewal", asked.id)


def _taken_back(errand: Errand, certificate: Certificate, kind: str, key: str, number: int) -> None:
    for item in desk.open_for(errand.work, certificate.person_id):
        meant = item.kind == kind and json.loads(item.details).get(key) == str(number)
        if meant and desk.settle(errand.work, item.id, "the holder", "taken back"):
            items.update(errand, item, "Taken back by the holder")


def _certificate(errand: Errand, item: Item) -> Certificate | None:
    return certificates.by_number(errand.work, json.loads(item.details)["certificate"])


def _entry(errand: Errand, item: Item) -> Entry | None:
    """The line, where it still waits to be valued."""
    found = renewals.entry(errand.work, int(json.loads(item.details)["entry"]))
    return found if found is not None and found.state == "current" and found.seconds is None else None


def _worth(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    said = fullmatch(r"(\d{1,3}(?:[.,]\d{1,2})?)(?: ?(?:h|hrs?|hours?|contact hours?))?\.?", words.strip().lower())
    if not roles.may_credit(actor):
        return refusal(REFUSED)
    if said is None or not 0 < Fraction(said[1].replace(",", ".")) <= MOST:
        return refusal(f"Please give a number of contact hours up to {MOST}, such as 45.", again=True)
    return _valued(errand, actor, item, Fraction(said[1].replace(",", ".")), "")


def _worthless(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    reason = admission.written(words)
    if not roles.may_credit(actor):
        return refusal(REFUSED)
    if isinstance(reason, Refusal):
        return refusal(reason, again=True)
    return _valued(errand, actor, item, Fraction(0), reason)


def _valued(errand: Errand, actor: Actor, item: Item, hours: Fraction, reason: str) -> Outcome:
    certificate = _certificate(errand, item)
    if certificate is not None:
        linking.lock(errand.work, [certificate.person_id])
    entry = _entry(errand, item)
    if certificate is None or entry is None:
        return Outcome(GONE)
    renewals.value(errand.work, entry.id, hours)
    details = {"number": entry.number, "hours": in_hours(hours)}
    audit.record(errand.work, actor.name, "valued hours", f"certificate {certificate.number}", details)
    mine = holders.seen(errand, certificate)
    worth = in_contact_hours(hours)
    told = f"counts as {worth}." if hours else f"does not count: {reason}"
    text = f"The office has looked at number {entry.number} of your hours ({entry.told}, {entry.what}): it {told}"
    reached = _tell(errand, certificate, f"{text}\nYou have {holders.total(mine)}: `hours`.")
    return Outcome(f"Number {entry.number} {f'counts as {worth}' if hours else 'does not count'}. {reached}")


def _tell(errand: Errand, certificate: Certificate, text: str) -> str:
    reached = telling.tell(errand, certificate.person_id, text, subject=SUBJECT, matter="hours")
    return telling.reached(reached, certifying.THEY)


def _tells_value(errand: Errand, item: Item) -> Sequence[str]:
    entry = renewals.entry(errand.work, int(json.loads(item.details)["entry"]))
    number = json.loads(item.details)["certificate"]
    if entry is None:
        return [f"Certificate {number}", GONE]
    return [f"Certificate {number}", line(errand, entry), "The rules do not say how many contact hours that is."]


def line(errand: Errand, entry: Entry) -> str:
    """A line of the log for the office."""
    name = errand.house.competencies.named(entry.set_id).name if entry.set_id else "no set"
    told = f"{holders.amount(entry)}, {entry.what} ({name}) {entry.link}".rstrip()
    return f"{entry.number}. {day_in_words(entry.day)}: {told}"


def _asked(errand: Errand, item: Item) -> tuple[Holder, Renewal] | None:
    """The holder and the request, where it is still open; the holder is locked."""
    certificate = _certificate(errand, item)
    if certificate is None:
        return None
    linking.lock(errand.work, [certificate.person_id])
    mine = holders.seen(errand, certificate)
    asked = mine.request
    return (mine, asked) if asked is not None and str(asked.id) == json.loads(item.details)["renewal"] else None


def _renew(errand: Errand, actor: Actor, item: Item, _words: str) -> Outcome:
    """The new term follows the old one, whenever it is decided; number and first day stay."""
    if not roles.may_certify(actor):
        return refusal(REFUSED)
    found = _asked(errand, item)
    if found is None:
        return Outcome(OVER)
    mine, asked = found
    if mine.certificate.revoked:
        return refusal(f"Certificate {mine.certificate.number} is revoked; `decline` tells them why.")
    if not mine.tally.enough:
        return refusal(TOO_FEW.format(holders.total(mine)))
    term, number = renewal.next_term(mine.term, mine.rules), mine.certificate.number
    renewals.decide(errand.work, asked, "renewed", "", mine.tally.hours, term.start, term.end)
    audit.record(errand.work, actor.name, "renewed", f"certificate {number}", {"until": term.end.isoformat()})
    renewed = certificates.by_number(errand.work, number)
    if renewed is None:
        raise LookupError(number)
    notice = notices.CertificateRenewed(
        number, day_in_words(term.start), day_in_words(term.end), certifying.url(errand, renewed)
    )
    files = (certifying.sheet(errand, renewed).drawing(), *calendars.after_certificate(errand, renewed))
    reached = certifying.tell(errand, renewed.person_id, notice, *files)
    until = day_in_words(term.end)
    return Outcome(f"Certificate {number} is renewed until {until}. {telling.reached(reached, certifying.THEY)}")


def _send_back(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    return _refused(errand, actor, item, words, "returned", "`hours` shows what counts, and `renew` asks anew.")


def _decline(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    return _refused(
        errand, actor, item, words, "declined", "`appeal` has that looked at again; `person` reaches the office."
    )


def _refused(errand: Errand, actor: Actor, item: Item, words: str, state: str, then: str) -> Outcome:
    reason = admission.written(words)
    if not roles.may_certify(actor):
        return refusal(REFUSED)
    if isinstance(reason, Refusal):
        return refusal(reason, again=True)
    found = _asked(errand, item)
    if found is None:
        return Outcome(OVER)
    mine, asked = found
    renewals.decide(errand.work, asked, state, reason, mine.tally.hours)
    audit.record(errand.work, actor.name, f"{state} a renewal", f"certificate {mine.certificate.number}", {})
    back = "came back to you" if state == "returned" else "was declined"
    text = f"Your request to renew certificate {mine.certificate.number} {back}: {reason}\n{then}"
    return Outcome(f"#{item.id} is {state}. {_tell(errand, mine.certificate, text)}")


def _tells_renewal(errand: Errand, item: Item) -> Sequence[str]:
    certificate = _certificate(errand, item)
    if certificate is None:
        return [f"Certificate {json.loads(item.details)['certificate']} is not on record."]
    mine = holders.seen(errand, certificate)
    term = renewal.next_term(mine.term, mine.rules)
    counted = [each for each in mine.entries if not mine.not_counted(each)]
    return [
        f"Certificate {certificate.number}, {certificate.name}: until {day_in_words(mine.term.end)}",
        f"Renewed, it lasts from {day_in_words(term.start)} until {day_in_words(term.end)}",
        f"Counted: {holders.total(mine)}",
        *(line(errand, each) for each in counted),
        *([] if mine.adopted else ["The renewal policy is not marked as adopted in the rules."]),
    ]


BECAUSE = "What shall the holder be told as the reason?"
KINDS: Mapping[str, Kind] = {
    RENEWAL: Kind(
        "Renewal to decide",
        (
            Action("renew", "Renew", _renew),
            Action("return", "Send it back", _send_back, BECAUSE, "Please add a link that shows line 3."),
            Action("decline", "Decline", _decline, BECAUSE, "The hours are not related to the sets."),
        ),
        _tells_renewal,
    ),
    VALUE: Kind(
        "Credits or conference days to value in contact hours",
        (
            Action("worth", "Say what it is worth", _worth, "How many contact hours is it worth?", "45"),
            Action("decline", "It does not count", _worthless, BECAUSE, "It was before your term began."),
        ),
        _tells_value,
    ),
}
