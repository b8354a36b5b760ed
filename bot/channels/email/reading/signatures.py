"""Finds the signatures that a line of dashes begins."""

import re
from collections.abc import Sequence

from bot.channels.email.reading.lines import ATTRIBUTION, BLANK, CUT, HEAD, QUOTE, RULE, SIGNATURE, TEXT, Line

_LINES = 14
_COUNTED = 40
_DELIMITERS = frozenset(("--", "—", "- --", "–", "——", "––", "―"))
_UNDERSCORES = re.compile(r"_{3,200}\Z")


def find(lines: Sequence[Line]) -> None:
    """Marks each delimiter and the lines below it, down to a quotation, a head or the end, if they are at most 14.

    `---` is no delimiter: people draw it between two matters.
    """
    number = 0
    while number < len(lines):
        if is_delimiter(lines[number]):
            end = _end(lines, number + 1)
            for line in lines[number:end]:
                line.kind = BLANK if line.kind is BLANK else SIGNATURE
            number = max(end, number + 1)
        else:
            number += 1


def is_delimiter(line: Line) -> bool:
    """Whether a signature may begin there."""
    if line.kind is TEXT:
        return line.bare in _DELIMITERS
    return line.kind is RULE and bool(_UNDERSCORES.match(line.bare))


def _end(lines: Sequence[Line], start: int) -> int:
    """One after the signature's last line; the delimiter's own place, if what follows is too long for one."""
    count = 0
    for number in range(start, len(lines)):
        kind = lines[number].kind
        if kind in (QUOTE, ATTRIBUTION, HEAD, CUT):
            return number
        if kind is TEXT:
            count += 1
            if count > _LINES:
                return start - 1
    return len(lines)
