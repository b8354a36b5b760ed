"""What mail brings besides words to be heard: whose it is, what came back, who is away, who wants no more of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.dialog.speech import Outbound
from handlers import deliveries, roles, stopping
from handlers.desk import items
from handlers.exchange import Errand
from storage import audit, inbound, mailboxes, people

CHANNEL = "email"
THREADS = "staff thread"  # Message-IDs of mails that a member of the staff took part in
MOST_AN_HOUR, MOST_A_DAY = 20, 60  # mails to one address, or two robots may write to each other without end
PAUSE = (
    "I wrote to you so often in a short time that I pause now: two programs may be answering each other. Your last mail"
    " was not heard. If you wrote it yourself, please send it again in {}; {} helps at once."
)
MOST_BOUNCES = 5  # in a row, for passing reasons, before the office looks


@dataclass(frozen=True)
class Whose:
    """What a reply address says about its mail; see `Envelope`."""

    signed: bool = False
    foreign: bool = False
    matter: str = ""
    letter: int = 0


def whose(errand: Errand, sender: str, address_id: int, letter_id: int) -> Whose:
    """Of a mail from `sender` to the reply address of a letter to that address (both ids as the token tells them).

    Another address of the same person speaks for them too; anybody else's mail was forwarded, and speaks for nobody.
    """
    made_for = mailboxes.find(errand.work, address_id, letter_id)
    if made_for is None or made_for.revoked:
        return Whose()
    own = people.at(errand.work, CHANNEL, sender)
    if sender == made_for.address.lower():
        return Whose(signed=True, matter=made_for.matter, letter=letter_id)
    same = own is not None and own.state == "proved" and people.find(errand.work, CHANNEL, sender) == made_for.person_id
    return Whose(signed=True, matter=made_for.matter, letter=letter_id) if same else Whose(foreign=True)


def is_between_people(
    errand: Errand, message_id: str, sender: str, others: Sequence[str], before: Sequence[str]
) -> bool:
    """Whether a mail belongs to a talk that a member of the staff takes part in: the assistant keeps out of it.

    `before` are the Message-IDs that it answers. A mail of the staff to us alone is no such talk.
    """
    staff = _staff(errand)
    took_part = bool(staff.intersection(others)) or (sender in staff and bool(others))
    if not took_part:
        took_part = any(inbound.is_known(errand.work, THREADS, each) for each in before)
    if took_part:
        inbound.take(errand.work, THREADS, message_id)
    return took_part


def _staff(errand: Errand) -> set[str]:
    members = roles.staff_addresses(errand).values()
    return {each.address for mine in members for each in mine if each.channel == CHANNEL}


def is_enough(errand: Errand, sender: str) -> bool:
    """Whether so many mails went to an address lately that no more are written in reply.

    The office is told once a day, and so is whoever writes: it may be somebody in a hurry, and that mail is not heard.
    """
    work = errand.work
    if sender in _staff(errand):  # to whom the desk itself writes
        return False
    an_hour = mailboxes.written_since(work, sender, work.now - timedelta(hours=1))
    a_day = mailboxes.written_since(work, sender, work.now - timedelta(days=1))
    if an_hour < MOST_AN_HOUR and a_day < MOST_A_DAY:
        return False
    if inbound.take(work, "mail loop", f"{sender} {errand.today}"):
        details = {"address": sender, "in an hour": str(an_hour), "in a day": str(a_day)}
        items.add(errand, "mail loop", people.find(work, CHANNEL, sender), details)
        known = people.at(work, CHANNEL, sender)
        if known is not None:
            told = PAUSE.format("an hour" if a_day < MOST_A_DAY else "a day", errand.rules.contact_email)
            errand.post(known.id, Outbound(told, subject="A pause"))
    return True


def came_through(errand: Errand, sender: str) -> None:
    """Somebody writes from there, so what came back before does not count any more."""
    known = people.at(errand.work, CHANNEL, sender)
    if known is not None:
        mailboxes.came_through(errand.work, known.id)


def bounced(errand: Errand, address_id: int, letter_id: int, status: str, *, hard: bool) -> None:
    """A mail came back to its own return path: for good, or for now."""
    found = mailboxes.find(errand.work, address_id, letter_id)
    if found is None:
        return
    audit.record(
        errand.work, "a mail server", "returned a mail", f"address {address_id}", {"status": status, "hard": hard}
    )
    if hard:
        deliveries.returned(errand, address_id, letter_id, f"{status} returned by its mail server".strip())
    elif mailboxes.bounced(errand.work, address_id) == MOST_BOUNCES:
        details = {
            "channel": CHANNEL,
            "error": f"{MOST_BOUNCES} mails in a row came back, the last with {status or 'no code'}",
        }
        items.add(errand, "undeliverable", found.person_id, details)


def away(errand: Errand, address_id: int, letter_id: int, until: date) -> None:
    """Somebody's mail program says that they are away: reminders wait until then."""
    found = mailboxes.find(errand.work, address_id, letter_id)
    if found is not None and found.person_id is not None and not found.revoked:
        mailboxes.away(errand.work, found.person_id, until)


def wants_no_more(errand: Errand, address_id: int, letter_id: int, kind: str) -> str:
    """One click, or a mail to the address for it: no more of this kind, or of every kind ("")."""
    found = mailboxes.find(errand.work, address_id, letter_id)
    if found is None or found.person_id is None or found.revoked:
        return ""
    ending = [kind] if kind else stopping.all_of(errand, found.person_id)
    told = [stopping.ended(errand, found.person_id, each) for each in ending]
    return "\n".join(told)
