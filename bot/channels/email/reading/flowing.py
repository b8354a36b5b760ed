"""Lines that only a program broke, because it sends none longer than 78 letters (RFC 3676, format=flowed)."""

import re
from collections.abc import Iterator, Sequence

from bot.channels.email.reading.lines import SOFT_MARK, TEXT, Line
from bot.channels.email.reading.parts import Part

_ITEM = re.compile(r"(?:\d{1,2}[.)]|[-*\u2022])\s")


def marked(part: Part) -> str:
    """The part's text; a line of it that goes on in the next one ends in a mark. Quoted ones stay as they are."""
    text = part.text()
    if part.parameters.get("format", "").strip().lower() != "flowed" or " \n" not in text:
        return text
    space = "" if part.parameters.get("delsp", "").strip().lower() == "yes" else " "
    return "\n".join([f"{line[:-1]}{space}{SOFT_MARK}" if _is_soft(line) else line for line in text.split("\n")])


def joined(lines: Sequence[tuple[int, Line]]) -> Iterator[str]:
    """The lines (with their numbers in the mail), those that belong together as one; an item of a list begins anew."""
    pieces: list[str] = []
    before: tuple[int, Line] | None = None
    for number, line in lines:
        if before is not None and before[1].soft is not None and _goes_on(before, number, line):
            pieces += [before[1].soft, line.bare]
        else:
            if before is not None:
                yield "".join(pieces)
            pieces = [line.whole]
        before = (number, line)
    if before is not None:
        yield "".join(pieces)


def _is_soft(line: str) -> bool:
    return line.endswith(" ") and line[0] != ">" and line != "-- " and not line.isspace()


def _goes_on(before: tuple[int, Line], number: int, line: Line) -> bool:
    beside = number == before[0] + 1 and before[1].kind is TEXT and line.kind is TEXT
    return beside and not _ITEM.match(line.bare[:4])
