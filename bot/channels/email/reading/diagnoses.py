"""What a mail server said about an address: does the address take no mail for good, or only this mail or only today."""

import re

from bot.channels.email.reading.phrases import said as _has
from bot.channels.email.reading.words_of_servers import (
    AFTER_THE_TEXT,
    BEFORE_THE_ADDRESS,
    FOR_GOOD,
    NO_ROOM,
    NOT_THE_ADDRESS,
)

STATUS = re.compile(r"(?<![\d.\[])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
REPLY = re.compile(r"(?<![\d.])([2345]\d\d)(?=[ \-:]|$)")
LINK = re.compile(r"https?://\S{1,200}")
EXAMINED = 1600  # characters; a server's sentence is shorter
STRETCH = 400

# NTT docomo's gateway says "Unknown user a@b" also of people whose own filter refuses the sender.
A_FILTERS_WORD = re.compile(r"unknown user \S{1,64}@")
# RFC 3463 and its registry; 5.4.1 is Exchange Online's word for an address that is not in its directory.
HARD_STATUS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.9", "5.1.10", "5.4.4"})


def status_in(text: str) -> str:
    """The first enhanced status code in a text, else the class of its SMTP reply code as 5.0.0 or 4.0.0, else ""."""
    if (found := STATUS.search(text[:EXAMINED])) is not None:
        return found[1]
    if (reply := REPLY.search(text[:STRETCH])) is not None and reply[1][0] in "45":
        return f"{reply[1][0]}.0.0"
    return ""


def verdict(diagnosis: str, status: str = "", around: str = "") -> bool | None:
    """True when the address takes no mail for good, False when it may take the next, None when the text does not tell.

    What the server said in words goes before its codes: 5.1.1 is also sent for "you have sent to too many". `around` is
    what the report says beside, looked at only for the moment of the conversation at which the server refused.
    """
    said, moment = _plain(diagnosis), _plain(f"{diagnosis[:EXAMINED]} {around}")
    spoken = _in_words(said)
    if _has(moment, BEFORE_THE_ADDRESS) or spoken is False:
        return False
    code = STATUS.search(said)
    known = code[1] if code is not None else status
    return _believed(said, known, moment) if spoken else _by_code(said, known)


def _plain(text: str) -> str:
    flat = " ".join(LINK.sub(" ", text[: 2 * EXAMINED]).lower().replace("\u2019", "'").split())
    return flat.replace("too many errors", "")  # how a server ends a conversation in which it refused an address


def _in_words(said: str) -> bool | None:
    if _has(said, NO_ROOM) or _has(said, NOT_THE_ADDRESS):
        return False
    return True if _has(said, FOR_GOOD) else None


def _believed(said: str, status: str, moment: str) -> bool:
    """Whether "user unknown" is meant so: it may be for today only, or a filter's word once it has seen the text."""
    if status in HARD_STATUS:
        return True
    if _temporary(said, status) or status.startswith("5.7."):
        return False
    return not _has(moment, AFTER_THE_TEXT) and A_FILTERS_WORD.search(said) is None


def _by_code(said: str, status: str) -> bool | None:
    if _temporary(said, status):
        return False
    if status in HARD_STATUS or (status == "5.4.1" and "recipient address rejected" in said):
        return True
    return None if status in ("", "5.0.0") or not said else False


def _temporary(said: str, status: str) -> bool:
    """By the first code that was said, else by the report's own."""
    codes = [
        found
        for pattern in (STATUS, REPLY)
        if (found := pattern.search(said[:STRETCH])) is not None and found[1][0] != "2"
    ]
    return (codes[0][1] if codes else status).startswith("4")
