"""The kinds of notice: one frozen dataclass each, and a template of the same name in `templates/`."""

from dataclasses import dataclass
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
    """To the applicant, in the channel the application came by."""

    template = "application_received"
    subject = "Your LSSC application"
    reference: str
    fee: str
    email: str
    contact_email: str


@dataclass(frozen=True)
class AddressClaimed(Notice):
    """To an address that somebody typed into a form: without any personal fact, because it may be a stranger's."""

    template = "address_claimed"
    subject = "An application to LSSC names this address"
    reference: str
    contact_email: str


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
