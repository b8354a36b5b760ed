"""Reads a bounce that is written for people only: whom it speaks of, and what it says about that address."""

import re
from dataclasses import dataclass

from bot.channels.email.reading.addresses_in_text import address, addresses
from bot.channels.email.reading.phrases import said
from bot.channels.email.reading.words_of_bounces import NAMED, RETURNED

LINES = 400
LINE = 400
SEGMENT = 12  # lines; what is said of one recipient is shorter

HEADERS = (
    "received:",
    "return-path:",
    "x-received:",
    "dkim-signature:",
    "arc-seal:",
    "delivered-to:",
    "x-ymail",
    "mime-version:",
)
OF_THE_SENDER = (
    "from:",
    "sender:",
    "reply-to:",
    "return-path:",
    "message-id",
    "mail from",
    ">>> mail from",
    "cc:",
    "subject:",
)
# "<a@b>:", "a@b: 550 ...", "* a@b", "-- a@b", '"a@b":', "a@b<mailto:a@b>", "Name<mailto:a@b>"
AT_THE_START = re.compile(r"[ \t]{0,20}(?:[*>•-]{1,3} {1,4})?[<\"'(\[]{0,2}$")
REPLY = re.compile(r"[ \t<]{0,8}(?:[45]\d\d[ -]|<<< [45]\d\d)")
OFFICES = frozenset(
    {"postmaster", "mailer-daemon", "abuse", "support", "helpdesk", "mailerdaemon", "noreply", "no-reply", "hostmaster"}
)


@dataclass(frozen=True)
class Named:
    """A recipient the text names, the lines that speak of it, and how sure it is that it is one (1 to 3)."""

    recipient: str
    said: str
    weight: int


def before_the_returned_mail(text: str) -> tuple[str, ...]:
    """The lines of the report itself; what follows is the returned mail, whose words say nothing of the failure."""
    lines = [line[:LINE] for line in text.split("\n", LINES)[:LINES]]
    for number, line in enumerate(lines):
        if number and _begins_the_returned_mail(line):
            return tuple(lines[:number])
    return tuple(lines)


def returned_recipient(text: str) -> str:
    """Whom the returned mail was for, from its own header: "To", or "for <...>" in "Received"."""
    lines = [line[:LINE] for line in text.split("\n", LINES)[:LINES]]
    wanted = [line for line in lines if line.lstrip().lower().startswith(("to:", "x-original-to:", "x-apparently-to:"))]
    traced = [line.partition("for <")[2] for line in lines if "for <" in line]
    return next((found for line in (*wanted, *traced) if (found := address(line))), "")


def named(lines: tuple[str, ...], not_these: frozenset[str]) -> Named | None:
    """The first of the surest recipients; those in `not_these` (lower case: us, the reporter) only if no other is."""
    weighed = [
        (number, found, 1 if _names_the_sender(lines[max(0, number - 3) : number]) else _weight(line, found, not_these))
        for number, line in enumerate(lines)
        if "@" in line
        for found in addresses(line)
    ]
    best = max((weight for _, _, weight in weighed), default=0)
    if best == 0:
        return None
    number, recipient = next((number, found) for number, found, weight in weighed if weight == best)
    return Named(recipient, _said(lines, number, recipient, weighed), best)


def _said(lines: tuple[str, ...], number: int, recipient: str, weighed: list[tuple[int, str, int]]) -> str:
    """From the recipient's line to the next recipient's; in a transcript, what was said since the last one."""
    if REPLY.match(lines[number]):
        before = [other for other, found, weight in weighed if other < number and weight > 2]
        return " ".join(line.strip() for line in lines[max([*before[-1:], number - SEGMENT]) + 1 : number + 1])
    others = (
        other
        for other, found, weight in weighed
        if other > number and weight > 2 and found.lower() != recipient.lower()
    )
    end = min(next(others, len(lines)), number + SEGMENT)
    return " ".join(line.strip() for line in lines[number:end])


def _names_the_sender(above: tuple[str, ...]) -> bool:
    """ "A message sent by", and the address on a line of its own."""
    last = next((line for line in reversed(above) if line.strip()), "")
    return last.rstrip().lower().endswith(("sent by", "from", "sender", "sender:", "from:"))


def _weight(line: str, found: str, not_these: frozenset[str]) -> int:
    lowered, local = line.strip().lower(), found.partition("@")[0].lower()
    if lowered.startswith(OF_THE_SENDER) or "message-id" in lowered:
        return 0
    if found.lower() in not_these or local in OFFICES:
        return 1
    before = line[: line.find(found)]
    if AT_THE_START.match(before) or REPLY.match(line) or said(lowered, NAMED):
        return 4 if "envelope" not in lowered else 2
    return 3 if "<mailto:" in before or lowered.startswith("to:") else 2


def _begins_the_returned_mail(line: str) -> bool:
    lowered = line.strip().lower()
    if lowered.startswith(HEADERS):
        return True
    if len(lowered) > 100 or not said(lowered, RETURNED) or "was received" in lowered:
        return False
    return (
        lowered[0] in "-_=*"
        or lowered[-1] in ":-"
        or lowered.endswith(("follow", "follows", "follow.", "follows.", "following."))
    )
