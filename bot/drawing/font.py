"""The letters that come with the program: which there are, and how wide a line of them is.

Exception
└── MissingLetters    a text has letters that our fonts have not
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

FOLDER = Path(str(resources.files("notifications") / "fonts"))
REGULAR, BOLD = FOLDER / "DejaVuSans.ttf", FOLDER / "DejaVuSans-Bold.ttf"
FAMILY = "DejaVu Sans"
UNICODE = (3, 10)  # platform and encoding of the table that has every letter of a font


class MissingLetters(ValueError):
    """A text has letters that our fonts have not."""


@dataclass(frozen=True)
class Font:
    """`advances` says how far each letter moves the pen, in parts of an em."""

    advances: Mapping[str, float]

    def width(self, text: str, size: float) -> float:
        """In the unit of `size`."""
        return size * sum(self.advances.get(letter, 0.0) for letter in text)

    def known(self, text: str) -> str:
        """The text without the letters that this font does not have."""
        return "".join(letter for letter in text if letter in self.advances)

    def wrapped(self, text: str, size: float, width: float, most: int) -> list[str]:
        """At most so many lines of at most that width; what does not fit ends in an ellipsis."""
        lines: list[str] = []
        for word in self._pieces(self.known(text), size, width):
            if lines and self.width(f"{lines[-1]} {word}", size) <= width:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.append(word)
        if len(lines) <= most:
            return lines
        return [*lines[: most - 1], self._cut(lines[most - 1], size, width)]

    def _pieces(self, text: str, size: float, width: float) -> Iterable[str]:
        """The words; one that is wider than a line is cut."""
        for word in text.split():
            rest = word
            while self.width(rest, size) > width:
                fits = next(end for end in range(len(rest), 0, -1) if self.width(rest[:end], size) <= width or end == 1)
                yield rest[:fits]
                rest = rest[fits:]
            if rest:
                yield rest

    def _cut(self, line: str, size: float, width: float) -> str:
        while line and self.width(f"{line}…", size) > width:
            line = line.rpartition(" ")[0] or line[:-1]
        return f"{line.rstrip(' ,.;')}…"


def missing(text: str) -> str:
    """The letters of a text that our fonts have not, each once."""
    fonts = (loaded(REGULAR), loaded(BOLD))
    return "".join(dict.fromkeys(each for each in text if any(each not in font.advances for font in fonts)))


def demand(texts: Iterable[str]) -> None:
    """Raises MissingLetters unless both fonts have all letters of these texts."""
    if missing("".join(texts)):
        raise MissingLetters("letters that our fonts have not")


@cache
def loaded(file: Path) -> Font:
    """Raises OSError when the file is missing, and struct.error or KeyError when it is no font as ours are."""
    tables = _tables(file.read_bytes())
    (em,) = struct.unpack_from(">H", tables["head"], 18)
    (wide,) = struct.unpack_from(">H", tables["hhea"], 34)
    widths = [advance / em for advance, _ in struct.iter_unpack(">Hh", tables["hmtx"][: 4 * wide])]
    glyphs = _glyphs(tables["cmap"])
    return Font({letter: widths[min(glyph, wide - 1)] for letter, glyph in glyphs.items()})


def _tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 4)
    found = struct.iter_unpack(">4s4xII", data[12 : 12 + 16 * count])
    return {tag.decode("ascii"): data[start : start + length] for tag, start, length in found}


def _glyphs(table: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", table, 2)
    places = {(platform, kind): at for platform, kind, at in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count])}
    start = places[UNICODE]
    (groups,) = struct.unpack_from(">I", table, start + 12)
    runs = struct.iter_unpack(">III", table[start + 16 : start + 16 + 12 * groups])
    return {chr(code): glyph + code - first for first, last, glyph in runs for code in range(first, last + 1)}
