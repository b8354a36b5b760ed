"""What a candidate tells about a competency: how it is counted, and what it seems to tell of."""

import re

MANY = 40  # words; a longer message of a candidate is offered as narrative; not in the sources
LONGEST = 20_000  # characters of one piece
SHOWN = 60  # characters by which a piece is recognised
COURSE = re.compile(
    r"\b(?:course(?:work)?s?|class(?:es)?|workshops?|webinars?|seminars?|trainings?|certificates?|diplomas?|degrees?)\b",
    re.IGNORECASE,
)


def count(words: str) -> int:
    """How many words a text has."""
    return len(words.split())


def counted(number: int) -> str:
    """So many words, in words."""
    return "one word" if number == 1 else f"{number:,} words"


def beginning(words: str) -> str:
    """The first words of a text, by which its writer knows it again."""
    said = " ".join(words.split())
    if len(said) <= SHOWN:
        return said
    return f"{said[:SHOWN].rpartition(' ')[0] or said[:SHOWN]}..."


def tells_of_a_course(words: str) -> bool:
    """Whether a text speaks of a course, class or workshop. Source: candidate FAQ 13 asks how a past one helped."""
    return COURSE.search(words) is not None
