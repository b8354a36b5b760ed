"""A mail address typed into a form: one mail with a code goes there, and nothing else until that was typed here."""

import json
import re
from dataclasses import replace
from datetime import timedelta

from flows.dialog.speech import Inbound, Outbound
from flows.program.figures import listed
from handlers import amending, courtesy, telling
from handlers.desk import items
from handlers.exchange import Errand, Exchange, Reply
from notifications import compose, notices
from storage import applications, audit, claims, codes, desk, linking, mailboxes, people, profiles
from storage.applications import Application
from storage.database import Work
from storage.people import Address, Speaker

LASTS = timedelta(days=3)
DAY = timedelta(days=1)
BRIEF = 8  # words that say no more than yes
MAILS_A_DAY = 3  # to one address, which may be a stranger's

NOT_MINE = re.compile(
    r"^\s*(?:no|stop|unsubscribe|remove)\b"
    r"|\b(?:not me|wrong (?:address|person)|never applied|did(?:n[’']t| not) apply)\b",
    re.IGNORECASE,
)

WAITS = (
    "Your mail address {} is not confirmed yet: send me the six-digit code from the mail that went there;"
    " `confirm mail` sends a new one."
)
NOTHING = "There is no mail address of yours to confirm."
SENT = (
    "A mail with a new code goes to {}. Send me the code here; if no mail arrives within the hour, look among the"
    " unwanted mail, or tell {}."
)
STAYS = "Until then everything stays as it is. `new mail` names another one."
LINE = "Email"  # of an application
ENOUGH = "Several mails went to {} today already; please look among the unwanted mail, or tell {}."


def claim(errand: Errand, person_id: int, email: str, reference: str = "") -> None:
    """A person says that this address is theirs, in the application of that reference or for their record.

    One mail without personal facts goes there; none when it is proved to be somebody else's. Who applies is not told
    which; the desk is. An address that others merely claim as well belongs to whoever claims it last and proves it.
    """
    found = claims.owner(errand.work, email)
    if found is None:
        _send_code(errand, claims.add(errand.work, person_id, email), reference)
        return
    if found.person_id != person_id:
        _tell_desk(errand, person_id, reference)
        if found.state == "claimed":
            mailboxes.revoke(errand.work, found.address_id)  # a reply to the other one's mail is no word for this one
    if found.state == "claimed":
        claims.renew(errand.work, found.address_id, person_id)
        _send_code(errand, found.address_id, reference)


def instead(ex: Exchange, email: str) -> str:
    """A person has a new mail address: it takes the place of the old one once it is proved; what they are told."""
    me, spelled = ex.speaker.person_id, people.spelled("email", email)
    mine = {each.address: each for each in people.addresses(ex.work, me) if each.channel == "email"}
    if spelled in mine and mine[spelled].state == "proved":
        return f"{email} is confirmed already. `preferred channel` has me write there, `unlink` takes another one out."
    owner = claims.owner(ex.work, email)
    if owner is not None and not _may_send(ex.work, owner.address_id):
        return ENOUGH.format(email, ex.rules.contact_email)
    profiles.put(ex.work, me, replace(profiles.of(ex.work, me), new_mail=spelled))
    claim(ex, me, email)
    audit.record(ex.work, f"person {me}", "names a new mail address", f"person {me}", {})
    return f"{SENT.format(email, ex.rules.contact_email)} {STAYS}"


def unconfirmed(errand: Errand, person_id: int) -> str:
    """The mail address that this person has yet to prove: the new one, else that of the application being worked on.

    Empty when there is none.
    """
    new = profiles.of(errand.work, person_id).new_mail
    if new:
        return new
    found = applications.latest(errand.work, person_id)
    if found is None or found.state not in applications.IN_WORK:
        return ""
    email = _email(found)
    mine = people.addresses(errand.work, person_id)
    proved = any(
        each.channel == "email" and each.address == people.spelled("email", email) and each.state != "claimed"
        for each in mine
    )
    return "" if proved else email


def waits(errand: Errand, person_id: int) -> str:
    """What a person is told while their address is not confirmed; empty otherwise."""
    email = unconfirmed(errand, person_id)
    return WAITS.format(email) if email else ""


def anew(ex: Exchange) -> str:
    """`confirm mail`: another mail with another code."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    email = unconfirmed(ex, ex.speaker.person_id)
    if not email:
        return NOTHING
    contact = ex.rules.contact_email
    owner = claims.owner(ex.work, email)
    if owner is not None and not _may_send(ex.work, owner.address_id):
        return ENOUGH.format(email, contact)
    of_the_application = found is not None and people.spelled("email", _email(found)) == people.spelled("email", email)
    claim(ex, ex.speaker.person_id, email, found.reference if found is not None and of_the_application else "")
    return SENT.format(email, contact)


def prove(errand: Errand, address_id: int, email: str, person_id: int) -> str:
    """Somebody showed that they read the mail to an address they claimed; what they are told where they showed it."""
    people.mark_proved(errand.work, address_id)
    codes.revoke(errand.work, address_id)
    audit.record(errand.work, f"person {person_id}", "proved", f"address {address_id}", {"channel": "email"})
    if profiles.of(errand.work, person_id).new_mail == people.spelled("email", email):
        return _replaced(errand, person_id, address_id, email)
    return f"Thank you, {email} is confirmed and belongs to your record. Mail about your application goes there."


def _replaced(errand: Errand, person_id: int, address_id: int, email: str) -> str:
    """The new address is what is written to where the old one was, also by the office about an open application."""
    mine = profiles.of(errand.work, person_id)
    now = telling.reach(errand, person_id)
    prefers = address_id if now is not None and now.channel == "email" else mine.prefers
    profiles.put(errand.work, person_id, replace(mine, new_mail="", prefers=prefers))
    amending.amend(errand, person_id, LINE, "email", email)
    others = [each.address for each in people.addresses(errand.work, person_id) if _is_older(each, address_id)]
    left = (
        f" {listed(others)} {'is' if len(others) == 1 else 'are'} still yours; `unlink` takes it out." if others else ""
    )
    return f"Thank you, {email} is confirmed: my mail to you goes there now.{left}"


def _is_older(address: Address, new: int) -> bool:
    return address.channel == "email" and address.state == "proved" and address.id != new


def by_code(errand: Errand, address_id: int, email: str, person_id: int) -> str:
    """The code from the mail was typed in: what is said to that; the address is told as well."""
    told = prove(errand, address_id, email, person_id)
    errand.post(address_id, compose.message(notices.AddressConfirmed(errand.rules.contact_email)))
    return told


def proves(work: Work, speaker: Speaker, message: Inbound) -> bool:
    """Whether a mail is a reply to ours from an address that somebody claimed: it shows that they read mail there."""
    if speaker.address_state != "claimed" or message.mail is None or not message.mail.signed:
        return False
    return _is_shared(work, speaker) and not NOT_MINE.search(message.text[:300])


def thanked(ex: Exchange) -> Reply:
    """What is said to that mail, and where the address was claimed."""
    told = prove(ex, ex.speaker.address_id, ex.speaker.address, ex.speaker.person_id)
    for other in people.addresses(ex.work, ex.speaker.person_id):
        if other.id != ex.speaker.address_id and other.state == "proved":
            ex.post(other.id, Outbound(told))
    return Reply((told,), introduced=True)


def says_more(ex: Exchange) -> bool:
    """Whether that mail says more than that the address is right."""
    mail = ex.message.mail
    files = bool(mail and (mail.files or mail.refused))
    words = courtesy.bare(ex.message.text)
    return files or "?" in words or len(words.split()) > BRIEF


def heard_from(work: Work, speaker: Speaker, message: Inbound) -> Speaker:
    """Whoever speaks from an address that is not proved.

    An address that was given up works again. One that somebody else merely claimed has an owner of its own, who knows
    nothing of whoever claimed it.
    """
    if speaker.address_state == "claimed" and not proves(work, speaker, message) and _is_shared(work, speaker):
        linking.part(work, speaker.address_id)
        speaker = replace(people.speaker(work, speaker.channel, speaker.address) or speaker, new=True)
    if message.trust != "proved":
        return speaker
    people.mark_proved(work, speaker.address_id)
    return replace(speaker, address_state="proved")


def _is_shared(work: Work, speaker: Speaker) -> bool:
    return len(people.addresses(work, speaker.person_id)) > 1


def _send_code(errand: Errand, address_id: int, reference: str) -> None:
    if _may_send(errand.work, address_id):
        digits = codes.give(errand.work, address_id, LASTS)
        notice = notices.AddressClaimed(
            reference, digits, LASTS // DAY, errand.rules.contact_email, errand.house.takes_mail
        )
        errand.post(address_id, compose.message(notice))


def _may_send(work: Work, address_id: int) -> bool:
    return codes.given(work, address_id, work.now - DAY) < MAILS_A_DAY


def _tell_desk(errand: Errand, person_id: int, reference: str) -> None:
    details = {"reference": reference} if reference else {"named as": "a new address"}
    known = desk.open_for(errand.work, person_id)
    if not any(item.kind == "address of another person" and json.loads(item.details) == details for item in known):
        items.add(errand, "address of another person", person_id, details)


def _email(application: Application) -> str:
    return str(json.loads(application.details).get(LINE, ""))
