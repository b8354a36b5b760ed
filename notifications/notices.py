"""The kinds of notice: one frozen dataclass each, and a template of the same name in `templates/`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Notice:
    """Something that a person is told; `template` names its words, `subject` heads the mail."""

    template: ClassVar[str]
    subject: ClassVar[str] = ""


@dataclass(frozen=True)
class Welcome(Notice):
    """The first words to anyone: what this is, what it can do, that a person is near, what is kept."""

    template = "welcome"
    known_days: int


@dataclass(frozen=True)
class Help(Notice):
    """The commands, for the place the person is at."""

    template = "help"
    in_form: bool
    contact_email: str
    contact_phone: str


@dataclass(frozen=True)
class ApplicationReceived(Notice):
    """To the applicant, in the channel the application came by; `fee` says what is due and how to pay it."""

    template = "application_received"
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

    template = "address_claimed"
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

    template = "application_accepted"


@dataclass(frozen=True)
class ApplicationDeclined(OfApplication):
    """The office declined it, and says why."""

    template = "application_declined"
    reason: str
    contact_email: str


@dataclass(frozen=True)
class AddressConfirmed(Notice):
    """To an address whose code was typed: what that means, and what to do if it was somebody else."""

    template = "address_confirmed"
    subject = "This address is confirmed"
    contact_email: str


@dataclass(frozen=True)
class ApplicationReturned(OfApplication):
    """The office needs a correction, and says which."""

    template = "application_returned"
    reason: str


@dataclass(frozen=True)
class MoneyRecorded(OfApplication):
    """`kind` is payment, refund or reversal; `paid` is set once nothing is open while the decision is pending."""

    template = "money_recorded"
    kind: str
    amount: str
    payer: str
    paid: bool


@dataclass(frozen=True)
class MembershipChecked(OfApplication):
    """Whether the office found the membership of ALA that was claimed."""

    template = "membership_checked"
    confirmed: bool
    contact_email: str


@dataclass(frozen=True)
class SchoolingConfirmed(OfApplication):
    """The office accepts schooling outside the United States."""

    template = "schooling_confirmed"


@dataclass(frozen=True)
class AssistanceChanged(OfApplication):
    """An award is kept for the applicant, or is not any more."""

    template = "assistance_changed"
    giver: str
    kept: bool


@dataclass(frozen=True)
class Admitted(Notice):
    """The welcome of a candidate, with the last day and the next step."""

    template = "admitted"
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

    template = "desk_item"
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

    template = "link_code"
    code: str
    minutes: int
    telegram_bot: str


@dataclass(frozen=True)
class Linked(Notice):
    """In both channels, each with the other one's name."""

    template = "linked"
    subject = "Another channel was linked to your record"
    other: str


@dataclass(frozen=True)
class Unlinked(Notice):
    """To an address that was taken out of a record."""

    template = "unlinked"
    subject = "This address was unlinked"
    by: str


@dataclass(frozen=True)
class Progress(Notice):
    """To a candidate: how far they have come; a set is named with its state, `time` and `next_step` are sentences."""

    template = "progress"
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

    template = "review_offered"
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

    template = "set_completed"
    subject = "One more competency set is complete"
    set: str
    way: str
    counted: int
    needed: int
    earned: bool
    spare: bool


@dataclass(frozen=True)
class CertificateIssued(Notice):
    """To a holder, with the certificate as a document; `check_url` is the public page, empty where there is none."""

    template = "certificate_issued"
    subject = "Your LSSC certificate"
    number: str
    since: str
    until: str
    check_url: str


@dataclass(frozen=True)
class CertificateRenewed(Notice):
    """To a holder, with the certificate as a document: the new term, and the public page as in `CertificateIssued`."""

    template = "certificate_renewed"
    subject = "Your LSSC certificate is renewed"
    number: str
    since: str
    until: str
    check_url: str


@dataclass(frozen=True)
class CertificateHeld(Notice):
    """To somebody whose six sets are complete: what still keeps the office from issuing the certificate."""

    template = "certificate_held"
    subject = "Your LSSC certificate"
    reason: str
    contact_email: str


@dataclass(frozen=True)
class CertificateCorrected(Notice):
    """To its holder: another name stands on it, and it is sent anew."""

    template = "certificate_corrected"
    subject = "Your LSSC certificate, corrected"
    number: str
    name: str


@dataclass(frozen=True)
class CertificateRevoked(Notice):
    """To a holder: the certificate does not count any more, and why."""

    template = "certificate_revoked"
    subject = "Your LSSC certificate"
    number: str
    reason: str
    contact_email: str


@dataclass(frozen=True)
class CertificateReinstated(Notice):
    """To a holder: the certificate counts again, and why; `until` is its last day."""

    template = "certificate_reinstated"
    subject = "Your LSSC certificate"
    number: str
    reason: str
    until: str


@dataclass(frozen=True)
class Count:
    """How often something happened in a week, and in the one before; `before` is None where nothing is known of it."""

    label: str
    now: int
    before: int | None


@dataclass(frozen=True)
class Waiting:
    """Items of one kind at the desk: how many, and the oldest of them with its day."""

    title: str
    count: int
    since: date
    oldest: int


@dataclass(frozen=True)
class Overdue:
    """An item whose person was told to expect an answer before now."""

    title: str
    item: int
    since: date


@dataclass(frozen=True)
class Ahead:
    """What has its day in the next weeks, or had it before (`past` of the `count`); `first` is the nearest day."""

    label: str
    count: int
    past: int
    first: date


@dataclass(frozen=True)
class WeeklyReport(Notice):
    """To the office: the week from `first` to `last`, and how things stand at `as_of`.

    `open` is how many items wait at the desk, `open_before` how many did a week earlier (None: nothing is known),
    `put_off` how many of them are put off. `horizon` is the last day of `ahead`. `unanswered` are the questions that
    the documents did not answer, in so many `groups`.
    """

    template = "weekly_report"
    first: date
    last: date
    as_of: str
    open: int
    open_before: int | None
    put_off: int
    overdue: tuple[Overdue, ...]
    waiting: tuple[Waiting, ...]
    horizon: date
    ahead: tuple[Ahead, ...]
    alone: tuple[Count, ...]
    happened: tuple[Count, ...]
    unanswered: Count
    groups: int


@dataclass(frozen=True)
class WeeklyReportInShort(Notice):
    """The same where others may read: numbers only."""

    template = "weekly_report_in_short"
    first: date
    last: date
    open: int
    overdue: int
    ahead: int
