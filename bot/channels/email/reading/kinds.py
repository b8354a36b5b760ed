"""Tells what kind of mail came in: only what a person wrote may act."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.channels.email.reading.addresses_in_text import sender
from bot.channels.email.reading.automatic import (
    has_automatic_subject,
    is_from_a_list,
    is_marked_automatic,
    says_human,
)
from bot.channels.email.reading.bounce_signs import is_a_bounce
from bot.channels.email.reading.complaints import complaint
from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.receipts import reads_as_a_receipt
from bot.channels.email.reading.vacations import reads_as_a_note

OWN_FORM = re.compile(r"\d{8,20}\.\d{1,18}-[0-9a-f]{12}(?:-\d{1,4})?@")  # what the delivery makes of a letter's number
Kind = Literal["human", "auto", "bounce", "complaint", "list", "own"]


@dataclass(frozen=True)
class Ours:
    """Who we are, all in lower case: our addresses, the domain of our Message-IDs, the local part of our return paths
    (`bounce_local+TOKEN@message_id_domain`), and the List-Ids of groups that stand in front of us.
    """

    addresses: frozenset[str]
    message_id_domain: str
    bounce_local: str
    list_ids: frozenset[str]


def kind(mail: Mail, ours: Ours, *, answers_us: bool = False) -> Kind:
    """The kind; in doubt "human", because a person's mail must never be dropped and a missed bounce changes nothing.

    `answers_us`: it came to an address that we made for answers.
    A mail program's unsubscribe mail is a "complaint" about "opt-out": it is automatic, yet it takes the person off.
    """
    if is_from_us(mail, ours):
        return "own"
    if complaint(mail) is not None:
        return "complaint"
    if is_a_bounce(mail):
        return "bounce"
    if is_made_by_us(mail, ours):
        return "own"
    if is_marked_automatic(mail) or (has_automatic_subject(mail) and not says_human(mail)):
        return "list" if _is_a_newsletter(mail, ours) else "auto"
    if is_from_a_list(mail, ours.list_ids):
        return "list"
    if says_human(mail):
        return "human"
    return "auto" if reads_as_a_note(mail) or reads_as_a_receipt(mail, answers_us=answers_us) else "human"


def is_from_us(mail: Mail, ours: Ours) -> bool:
    """Whether the sender is an address of ours, also one with a token, or a return path."""
    writer = _plain(sender(mail.headers.get("from")))
    return writer in ours.addresses or writer == f"{ours.bounce_local}@{ours.message_id_domain}"


def is_made_by_us(mail: Mail, ours: Ours) -> bool:
    """A mail of ours that came back under another sender, as lists do it.

    It has a Message-ID of ours, in its form or on a mail that is "auto-generated"; colleagues' programs may share the
    domain.
    """
    identity = mail.headers.get("message-id").strip().lower().strip("<>")
    made = bool(ours.message_id_domain) and identity.endswith(f"@{ours.message_id_domain}")
    generated = mail.headers.get("auto-submitted").strip().lower().startswith("auto-generated")
    return made and (generated or OWN_FORM.match(identity) is not None)


def _plain(address: str) -> str:
    """Without what follows "+" in the local part: local+TOKEN@domain is local@domain."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _is_a_newsletter(mail: Mail, ours: Ours) -> bool:
    """Newsletters often call themselves automatic as well."""
    return "list-unsubscribe" in mail.headers and is_from_a_list(mail, ours.list_ids)
