"""The header of a mail or of one of its parts: names and values, unfolded, with their encoded words decoded."""

import re
from collections.abc import Iterator

from bot.channels.email.reading import charsets, words

VALUE_LIMIT = 8192
FIELDS_LIMIT = 5000
_NAME = re.compile(r"[!-9;-~]{1,100}[ \t]*\Z")
_KNOWN = re.compile(
    r"(?:content-[a-z-]{1,30}|mime-version|from|to|subject|date|message-id|received|return-path):", re.IGNORECASE
)
_LOOK_AHEAD = 20


class Headers:
    """Values by name, whatever its case; of a name that comes twice, the first counts."""

    __slots__ = ("_fields",)

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in fields:
            self._fields.setdefault(name.lower(), []).append(value)

    def get(self, name: str, default: str = "") -> str:
        """The first value on one line, its encoded words decoded, cut at 8 kB."""
        values = self._fields.get(name.lower())
        return words.decoded(values[0]) if values else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of the name, as `get` gives the first."""
        return tuple(map(words.decoded, self._fields.get(name.lower(), ())))

    def raw(self, name: str) -> str:
        """The first value on one line, its encoded words left as they are."""
        values = self._fields.get(name.lower())
        return values[0] if values else ""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._fields

    def __iter__(self) -> Iterator[str]:
        """The names in lower case, each once, in the order of the mail."""
        return iter(self._fields)

    def __repr__(self) -> str:
        return f"Headers({', '.join(self)})"


def headers(block: bytes) -> tuple[Headers, int]:
    """The fields of a header block, and where in it the body begins because the line between them is missing.

    That place is -1 where every line is a header's. At most 5,000 fields are read.
    """
    lines = _unfolded(block)
    fields: list[tuple[str, str]] = []
    for number, line in enumerate(lines):
        name, colon, value = line.partition(":")
        if colon and _NAME.match(name):
            fields.append((name.rstrip(), value.strip()[:VALUE_LIMIT].replace("\r", " ")))
            if len(fields) == FIELDS_LIMIT:
                break
        elif line.strip() and not _may_be_passed(lines, number):
            return Headers(fields), _offset(block, number)
    return Headers(fields), -1


def _unfolded(block: bytes) -> list[str]:
    text = charsets.text(block).replace("\r\n", "\n")
    return text.replace("\n ", " ").replace("\n\t", " ").split("\n")


def _may_be_passed(lines: list[str], number: int) -> bool:
    """The line that mailboxes put above a mail, or a badly folded one: well-known names follow."""
    if number == 0 and lines[0].startswith(("From ", ">From ")):
        return True
    return any(_KNOWN.match(line) for line in lines[number + 1 : number + _LOOK_AHEAD])


def _offset(block: bytes, number: int) -> int:
    """Where the line begins that is number `number` when folded lines are not counted."""
    offset = 0
    for line in block.split(b"\n"):
        if offset == 0 or not line.startswith((b" ", b"\t")):
            if number == 0:
                return offset
            number -= 1
        offset += len(line) + 1
    return -1
