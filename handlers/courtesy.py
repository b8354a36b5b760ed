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
LONGEST_NAME = 4  # words
LONGEST_QUOTE = 500  # characters
MOST_QUESTIONS = 3  # of one mail
SENTENCES = re.compile(r"(?<=[.!?])\s+")


def bare(words: str) -> str:
    """The words without a greeting above and a thank-you with a name below; all of them when nothing else is said."""
    lines = words.strip().splitlines()
    said = [index for index, line in enumerate(lines) if line.strip()]
    if len(said) < 2:
        return words.strip()
    first, last = 0, len(said)
    if GREETING.fullmatch(lines[said[0]].strip()[:100]):
        first = 1
    for place in range(max(first, len(said) - 3), len(said)):
        if THANKS.fullmatch(lines[said[place]].strip()[:100]) and _only_a_name([lines[i] for i in said[place + 1 :]]):
            last = place
            break
    if first >= last:
        return words.strip()
    return "\n".join(lines[said[first] : said[last - 1] + 1]).strip()


def quoted(words: str) -> str:
    """A question as it stands above its answer: hours may lie between the two."""
    more = " ..." if len(words) > LONGEST_QUOTE else ""
    return "\n".join(f"> {line}".rstrip() for line in f"{words[:LONGEST_QUOTE]}{more}".splitlines())


def asked(words: str) -> str:
    """The questions of a mail that tells a story around them; all of it where it asks nothing, or nothing else."""
    sentences = SENTENCES.split(" ".join(words.split()))
    questions = [each for each in sentences if each.endswith("?")]
    return " ".join(questions[:MOST_QUESTIONS]) if questions and len(sentences) > len(questions) else words


def _only_a_name(lines: list[str]) -> bool:
    """At most two lines that could be a name and a place."""
    return len(lines) <= 2 and all(_is_a_name(line) for line in lines)


def _is_a_name(line: str) -> bool:
    return len(line.split()) <= LONGEST_NAME and not re.search(r"[\d?:@/]", line)
