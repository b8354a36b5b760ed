"""Finds the signatures that a line of dashes begins."""

import re
from collections.abc import Sequence

from bot.channels.email.reading.lines import ATTRIBUTION, BLANK, CUT, HEAD, QUOTE, RULE, SIGNATURE, TEXT, Line

_LINES = 14
_UNDERSCORED_LINES = 6
_COUNTED = 40
_DELIMITERS = frozenset(("--", "—", "- --", "–", "——", "––", "―"))
_UNDERSCORES = re.compile(r"_{3,200}\Z")


def find(lines: Sequence[Line]) -> None:
    """Marks each delimiter and the lines below it, down to a quotation, a head or the end, if they are at most 14.

    `---` is no delimiter: people draw it between two matters.
    """
    _keep_long(lines)
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
    """One after the signature's last line; the delimiter's own place, if what follows is too long for one.

    Under a drawn line fewer are believed to be a signature, because people draw lines, too.
    """
    most = _UNDERSCORED_LINES if lines[start - 1].kind is RULE else _LINES
    texts = counted = 0
    for number in range(start, len(lines)):
        kind = lines[number].kind
        if kind in (QUOTE, ATTRIBUTION, HEAD, CUT):
            return number
        counted += kind is not BLANK
        texts += kind is TEXT
        if texts > most or counted > _COUNTED:
            return start - 1
    return len(lines)


def _keep_long(lines: Sequence[Line]) -> None:
    """What HTML calls a signature is a text, if it is long: people write into the box of their signature."""
    marked = [line for line in lines if line.kind is SIGNATURE]
    if len(marked) > _LINES:
        for line in marked:
            line.kind = TEXT
