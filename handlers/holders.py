"""A holder as renewal sees them: the certificate, its present term, the hours that count, and what may be asked for.

A holder keeps the rules of the day they were admitted: how long a term lasts, what its renewal takes, and when.
Source: product specification, "The program's rules".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flows.program import renewal
from flows.program.figures import day_in_words
from flows.program.renewal import Learning, LeftOut, Opening, RenewalWindow, Tally, Term, in_contact_hours, in_hours
from flows.program.rules import Rules
from handlers import local
from handlers.exchange import Errand
from storage import candidacies, certificates, renewals
from storage.certificates import Certificate
from storage.renewals import Entry, Renewal

COLUMNS = (
    "certificate", "name", "number", "day", "told", "contact hours", "what", "set", "proof", "state",
    "counts toward this term", "why not",
)  # fmt: skip

NOT_COUNTED: Mapping[LeftOut, str] = {
    LeftOut.BEFORE: "it was before your term, which is from {0} on",
    LeftOut.AFTER: "your term ended on {1}; it counts toward the next one, once you are renewed",
    LeftOut.NO_SET: "it relates to no current set",
}
TO_VALUE = "the office has yet to say how many contact hours it is"
TOLD_OTHERWISE = re.compile(r"credit|day|ceu|semester|quarter", re.IGNORECASE)


@dataclass(frozen=True)
class Holder:
    """`entries` are all current lines of the log by day; `asked` are all requests for renewal, oldest first.

    `rules` are those of the day of admission; `adopted` is whether the committee has adopted a renewal policy by now.
    """

    certificate: Certificate
    term: Term
    window: RenewalWindow
    opening: Opening
    entries: tuple[Entry, ...]
    tally: Tally
    asked: tuple[Renewal, ...]
    rules: Rules
    adopted: bool

    @property
    def may_log(self) -> bool:
        """The certificate is current, or can still be renewed."""
        return not self.certificate.revoked and self.opening is not Opening.OVER

    @property
    def request(self) -> Renewal | None:
        """What is with the office just now."""
        return next((each for each in self.asked if each.state == "requested"), None)

    @property
    def answered(self) -> Renewal | None:
        """The last request for this term, where the office sent it back or declined it and no other followed."""
        last = self.asked[-1] if self.asked else None
        sent_back = last is not None and last.state in ("returned", "declined") and last.ends == self.term.end
        return last if sent_back else None

    def found(self, number: int) -> Entry | None:
        """The line of that number."""
        return next((each for each in self.entries if each.number == number), None)

    def not_counted(self, entry: Entry) -> str:
        """Why a line does not count toward the renewal of this term; empty for one that does."""
        why = renewal.left_out(entry.day, entry.set_id, self.term, self.rules)
        if why is not None:
            return NOT_COUNTED[why].format(day_in_words(self.term.start), day_in_words(self.term.end))
        return TO_VALUE if entry.seconds is None else ""


def of(errand: Errand, person_id: int) -> Holder | None:
    """The holder that a person is, also of a certificate that was revoked or has ended; None without one."""
    found = certificates.latest(errand.work, person_id)
    return seen(errand, found) if found is not None else None


def seen(errand: Errand, certificate: Certificate) -> Holder:
    """How a certificate stands to its renewal now: its days end at midnight where its holder lives."""
    asked = tuple(renewals.renewals(errand.work, certificate.id))
    begun = [each.since for each in asked if each.state == "renewed" and each.since is not None]
    term = Term(begun[-1] if begun else certificate.since, certificate.until)
    rules = errand.house.policy.on(candidacies.by_id(errand.work, certificate.candidacy_id).admitted_on)
    entries = tuple(each for each in renewals.of(errand.work, certificate.id) if each.state == "current")
    learned = [Learning(each.day, each.hours, each.set_id) for each in entries if each.hours is not None]
    return Holder(
        certificate,
        term,
        renewal.window(term, rules),
        renewal.opening(term, local.day(errand, certificate.person_id), rules),
        entries,
        renewal.tally(learned, term, rules),
        asked,
        rules,
        renewal.is_adopted(errand.rules),
    )


def table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """Columns and rows of all lines that holders ever logged, by certificate and number; hours as decimals."""
    return COLUMNS, [row for each in certificates.everything(errand.work) for row in _rows(errand, each)]


def _rows(errand: Errand, certificate: Certificate) -> list[list[str]]:
    mine = seen(errand, certificate)
    return [
        [certificate.number, certificate.name, str(each.number), each.day.isoformat(), each.told,
         in_hours(each.hours) if each.hours is not None else "", each.what, each.set_id or "", each.link, each.state,
         "" if each.state != "current" or mine.not_counted(each) else "yes",
         mine.not_counted(each) if each.state == "current" else ""]
        for each in sorted(renewals.of(errand.work, certificate.id), key=lambda each: each.number)
    ]  # fmt: skip


def total(mine: Holder) -> str:
    """`14 of 32 contact hours, 2 of 4 in technology`."""
    in_all, in_technology = renewal.needed(mine.rules)
    told = f"{in_hours(mine.tally.hours)} of {in_all} contact hours"
    if in_technology:
        told += f", {in_hours(mine.tally.technology)} of {in_technology} in technology"
    return told


def amount(entry: Entry) -> str:
    """The contact hours of a line, and how they were told where that is something else."""
    if entry.hours is None:
        return entry.told
    worth = in_contact_hours(entry.hours)
    return f"{worth} ({entry.told})" if TOLD_OTHERWISE.search(entry.told) else worth


def line(errand: Errand, person_id: int) -> str:
    """A sentence for a holder about the renewal of their certificate; empty for everybody else."""
    mine = of(errand, person_id)
    if mine is None or mine.certificate.revoked:
        return ""
    if mine.request is not None:
        return "Your request for renewal is with the office."
    if mine.opening is Opening.OVER:
        return "`renew` says what remains possible."
    until = f" It can still be renewed until {day_in_words(mine.window.closes)}: `renew`."
    return f"For its renewal you have {total(mine)}: `hours`.{until if mine.opening is Opening.GRACE else ''}"


def missing(mine: Holder) -> str:
    """What a renewal still takes, as a sentence; empty when there is enough."""
    left, in_technology = mine.tally.missing, mine.tally.technology_missing
    if in_technology and left <= in_technology:  # they close both gaps
        return f"{in_hours(in_technology)} in technology {_are(in_technology)} missing."
    if not left:
        return ""
    of_them = f", {in_hours(in_technology)} of them in technology" if in_technology else ""
    return f"{in_hours(left)} {_are(left)} missing{of_them}."


def _are(hours: Fraction) -> str:
    return "is" if hours == 1 else "are"
