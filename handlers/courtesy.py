"""The greeting and the thanks around what a mail says, which are no part of an answer."""

import re

GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)"
    r"(?: (?!(?:i|we|my|yes|no|not|none|ok|okay|sure|is|am|have)\b)[^\W\d][\w.'’-]*){0,3}[,!.]?",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"(?:(?:many |kind |best |warm |with )?(?:thanks?(?: you)?|regards|wishes|cheers|sincerely|yours(?: truly)?|best)"
    r"(?: (?:so|very|a lot|again|in advance|you|much|for your (?:help|time)|and (?:best|kind) regards))*"
    r"|sent from my \w+)[,!.]*",
    re.IGNORECASE,
)
MOST_IN_SIGNATURE = 7  # lines below the thanks
REACHED = re.compile(  # a telephone, a mail address, the first page of a site; a longer link may be what was sent
    r"^(?:(?:tel|phone|office|mobile|cell|fax)[.:]* *)?\+?[\d (][\d ().-]{6,20}\d(?: *(?:x|ext\.?) *\d+)?$"
    r"|^\S+@\S+\.\w+$|^(?:https?://|www\.)[\w.-]+/?$|^[^?]{2,60} \| [^?]{2,60}$",
    re.IGNORECASE,
)
LONGEST_NAME = 4  # words
LONGEST_TITLE = 6
MOST_SIGNED = 3  # lines of a name, a position and a library
SMALL = ("and", "at", "de", "del", "for", "of", "the", "van", "von")  # words of a name or a position
MOST_QUESTIONS = 3  # of one mail
SENTENCES = re.compile(r"(?<=[.!?])\s+")


def bare(words: str, name: str = "") -> str:
    """The words without a greeting above and a thank-you with a name below; all of them when nothing else is said.

    `name` is what the sender is called: below a blank line it is a signature, also without thanks.
    """
    lines = _unsigned(words.strip().splitlines(), name)
    whole = "\n".join(lines).strip()
    said = [index for index, line in enumerate(lines) if line.strip()]
    if len(said) < 2:
        return whole
    first, last = 0, len(said)
    if GREETING.fullmatch(lines[said[0]].strip()[:100]):
        first = 1
    for place in range(max(first, len(said) - 1 - MOST_IN_SIGNATURE), len(said)):
        if THANKS.fullmatch(lines[said[place]].strip()[:100]) and _only_signs([lines[i] for i in said[place + 1 :]]):
            last = place
            break
    if first >= last:
        return whole
    return "\n".join(lines[said[first] : said[last - 1] + 1]).strip()


def first_line(words: str) -> str:
    """What stands above a blank line and somebody's name and position; all of the words where more is said there."""
    first, *below = (line.strip() for line in words.strip().splitlines() or [""])
    signed = [line for line in below if line]
    if not signed or below[0] or len(signed) > MOST_SIGNED or not all(map(_is_title, signed)):
        return words
    return first


def asked(words: str) -> str:
    """The questions of a mail that tells a story around them; all of it where it asks nothing, or nothing else."""
    sentences = SENTENCES.split(" ".join(words.split()))
    questions = [each for each in sentences if each.endswith("?")]
    return " ".join(questions[:MOST_QUESTIONS]) if questions and len(sentences) > len(questions) else words


def _unsigned(lines: list[str], name: str) -> list[str]:
    """Without the last lines, where a blank line and then the sender's own name begin them."""
    called = set(name.lower().split())
    for place in range(max(1, len(lines) - MOST_SIGNED), len(lines)):
        own = {word.strip(".,") for word in lines[place].lower().split()}
        if own and own <= called and not lines[place - 1].strip():
            return lines[: place - 1]
    return lines


def _only_signs(lines: list[str]) -> bool:
    """At most two lines that could be a name and a place; or a name with a position, a library and ways to reach it."""
    if len(lines) <= 2 and all(_is_a_name(line) for line in lines):
        return True
    name, *more = (line.strip() for line in lines)
    return _is_a_name(name) and _is_title(name) and all(_is_title(line) or REACHED.search(line[:200]) for line in more)


def _is_title(line: str) -> bool:
    """Whether a line could be a name or a position: a few words that begin with capitals."""
    return len(line.split()) <= LONGEST_TITLE and all(
        word[0].isupper() or word in SMALL for word in line.replace("-", " ").split()
    )


def _is_a_name(line: str) -> bool:
    return len(line.split()) <= LONGEST_NAME and not re.search(r"[\d?:@/]", line)
