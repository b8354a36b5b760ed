"""How a mail's words stand in the reply to it: as they are where somebody vouches for the sender, else one plain line.

Anybody can write somebody else's address on a mail: what the reply says of that mail must be of no use to a swindler.
"""

import re
import unicodedata

from handlers.exchange import Exchange

LONGEST = 500  # characters
LONGEST_LINE = 100  # where nobody vouches for the sender
READ = 2000
LINK, NUMBER, FILE, MORE = "[link]", "[number]", "a file", " ..."
DOMAIN = re.compile(r"\w[.\u3002][^\W\d_]{2,}")
CALLABLE = re.compile(r"\+?\d(?:[ ().-]{0,3}\d){6,}")  # the telephone number of who knows whom
PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,20}\.(?:pdf|jpe?g|png)", re.IGNORECASE)


def is_vouched_for(ex: Exchange) -> bool:
    """Whether a mail came to a reply address made for its sender, or the office's own mail server vouches for them."""
    return ex.message.trust == "proved"


def quoted(ex: Exchange, words: str) -> str:
    """A question as it stands above its answer: hours may lie between the two."""
    if not is_vouched_for(ex):
        return f"> {plain(words)}"
    more = MORE if len(words) > LONGEST else ""
    return "\n".join(f"> {line}".rstrip() for line in f"{words[:LONGEST]}{more}".splitlines())


def beginning(ex: Exchange, words: str) -> str:
    """How a mail begins, within a sentence."""
    return words[:200] if is_vouched_for(ex) else plain(words)


def named(ex: Exchange, name: str) -> str:
    """A file that came with a mail."""
    return f"“{name}”" if is_vouched_for(ex) or PLAIN_NAME.fullmatch(name) else FILE


def plain(words: str) -> str:
    """One line of at most about 100 characters, in which no link, address or telephone number is left."""
    line = _harmless(words[:READ])
    if len(line) <= LONGEST_LINE and len(words) <= READ:
        return line
    return f"{line[: LONGEST_LINE + 1].rpartition(' ')[0]}{MORE}"


def is_whole(words: str) -> bool:
    """Whether `plain` leaves out nothing but links and the like."""
    return len(words) <= READ and len(_harmless(words)) <= LONGEST_LINE


def _harmless(words: str) -> str:
    seen = "".join(each if each.isprintable() else " " for each in unicodedata.normalize("NFKC", words))
    line = " ".join(LINK if _leads_away(word) else word for word in seen.split())
    return CALLABLE.sub(NUMBER, line)


def _leads_away(word: str) -> bool:
    """Whether a mail program may make a link of it."""
    return "://" in word or "@" in word or word.lower().startswith("www.") or DOMAIN.search(word) is not None
