"""The kinds of notice: one frozen dataclass each, and a template of the same name in `templates/`."""

import re
from dataclasses import dataclass
from typing import ClassVar

CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True)
class Notice:
    """Something that a person is told; `subject` heads the mail."""

    subject: ClassVar[str] = ""

    @classmethod
    def template(cls) -> str:
        """The file of its words: `link_code.txt` for LinkCode."""
        return f"{CAPITAL.sub('_', cls.__name__).lower()}.txt"


@dataclass(frozen=True)
class Welcome(Notice):
    """The first words to anyone: what this is, what it can do, that a person is near, what is kept."""

    known_days: int


@dataclass(frozen=True)
class Help(Notice):
    """The commands, for the place the person is at."""

    in_form: bool
    contact_email: str
    contact_phone: str


@dataclass(frozen=True)
class ApplicationReceived(Notice):
    """To the applicant, in the channel the application came by; `fee` says what is due and how to pay it."""

    subject = "Your LSSC application"
    reference: str
    fee: str
    email: str
    contact_email: str
    again: bool = False


@dataclass(frozen=True)
class AddressClaimed(Notice):
    """To an address that somebody typed into a form: without any personal fact, because it may be a stranger's.

    `by_reply`: a reply to it proves the address as well. `reference` is that of the application, empty where somebody
    changes the address of their record.
    """

    subject = "A code to confirm this address for LSSC"
    reference: str
    code: str
    days: int
    contact_email: str
    by_reply: bool


@dataclass(frozen=True)
class OfApplication(Notice):
    """About an application; `fee` says what is due, received and open, and how to pay it."""

    subject = "Your LSSC application"
    reference: str
    fee: str


@dataclass(frozen=True)
class ApplicationAccepted(OfApplication):
    """The office accepted it; the fee is still open."""


@dataclass(frozen=True)
class ApplicationDeclined(OfApplication):
    """The office declined it, and says why."""

    reason: str
    contact_email: str


@dataclass(frozen=True)
class AddressConfirmed(Notice):
    """To an address whose code was typed: what that means, and what to do if it was somebody else."""

    subject = "This address is confirmed"
    contact_email: str


@dataclass(frozen=True)
class ApplicationReturned(OfApplication):
    """The office needs a correction, and says which."""

    reason: str


@dataclass(frozen=True)
class MoneyRecorded(OfApplication):
    """`kind` is payment, refund or reversal; `paid` is set once nothing is open while the decision is pending."""

    kind: str
    amount: str
    payer: str
    paid: bool


@dataclass(frozen=True)
class MembershipChecked(OfApplication):
    """Whether the office found the membership of ALA that was claimed."""

    confirmed: bool
    contact_email: str


@dataclass(frozen=True)
class SchoolingConfirmed(OfApplication):
    """The office accepts schooling outside the United States."""


@dataclass(frozen=True)
class AssistanceChanged(OfApplication):
    """An award is kept for the applicant, or is not any more."""

    giver: str
    kept: bool


@dataclass(frozen=True)
class Admitted(Notice):
    """The welcome of a candidate, with the last day and the next step."""

    subject = "Welcome to the LSSC program"
    admitted_on: str
    until: str
    years: str
    sets_needed: str
    required: str
    electives: str
    carried_over: str = ""


@dataclass(frozen=True)
class DeskItem(Notice):
    """To the staff: something that needs a person, and what may be done about it."""

    heading: str
    person: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    number: int
    actions: str
    is_talk: bool


@dataclass(frozen=True)
class LinkCode(Notice):
    """A code to be typed in another channel; `telegram_bot` is the bot's user name there, empty when there is none."""

    code: str
    minutes: int
    telegram_bot: str


@dataclass(frozen=True)
class Linked(Notice):
    """In both channels, each with the other one's name."""

    subject = "Another channel was linked to your record"
    other: str


@dataclass(frozen=True)
class Unlinked(Notice):
    """To an address that was taken out of a record."""

    subject = "This address was unlinked"
    by: str


@dataclass(frozen=True)
class Progress(Notice):
    """To a candidate: how far they have come; a set is named with its state, `time` and `next_step` are sentences."""

    subject = "Your progress"
    counted: int
    needed: int
    required: tuple[str, ...]
    electives: tuple[str, ...]
    electives_needed: int
    to_choose: str
    some_elective: bool
    electives_open: str
    spare: int
    time: str
    next_step: str


@dataclass(frozen=True)
class ReviewOffered(Notice):
    """To an evaluator: nothing here tells whose the portfolio is. `size` counts competencies, words and links."""

    reference: str
    set_name: str
    size: str
    answer_by: str
    review_days: int
    due: str
    again: bool


@dataclass(frozen=True)
class SetCompleted(Notice):
    """To a candidate: one more set is complete; `earned` when it was the last one, `spare` when none was needed."""

    subject = "One more competency set is complete"
    set: str
    way: str
    counted: int
    needed: int
    earned: bool
    spare: bool


@dataclass(frozen=True)
class OfCertificate(Notice):
    """About a certificate, by its number."""

    subject = "Your LSSC certificate"
    number: str


@dataclass(frozen=True)
class CertificateIssued(OfCertificate):
    """To a holder, with the certificate as a document; `check_url` is the public page, empty where there is none."""

    since: str
    until: str
    check_url: str


@dataclass(frozen=True)
class CertificateRenewed(CertificateIssued):
    """The same of the new term."""

    subject = "Your LSSC certificate is renewed"


@dataclass(frozen=True)
class CertificateHeld(Notice):
    """To somebody whose six sets are complete: what still keeps the office from issuing the certificate."""

    subject = "Your LSSC certificate"
    reason: str
    contact_email: str


@dataclass(frozen=True)
class CertificateCorrected(OfCertificate):
    """To its holder: another name stands on it, and it is sent anew."""

    subject = "Your LSSC certificate, corrected"
    name: str


@dataclass(frozen=True)
class CertificateRevoked(OfCertificate):
    """To a holder: the certificate does not count any more, and why."""

    reason: str
    contact_email: str


@dataclass(frozen=True)
class CertificateReinstated(OfCertificate):
    """To a holder: the certificate counts again, and why; `until` is its last day."""

    reason: str
    until: str
