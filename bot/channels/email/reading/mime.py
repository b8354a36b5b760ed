"""A mail's bytes as its header and its parts: one pass, limits on everything, and no bytes that make it fail."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.email.reading.headers import Headers, headers
from bot.channels.email.reading.parts import Mail, Part
from bot.channels.email.reading.words import parameters

__all__ = ["Mail", "Part", "read"]

RAW_LIMIT = 32 * 1024 * 1024
HEADER_LIMIT = 256 * 1024
PARTS_LIMIT = 200
DEPTH_LIMIT = 20
ENCLOSED_LIMIT = 1024 * 1024
NAME_LIMIT = 255
_LINE_LIMIT = 200  # a boundary has at most 70 letters (RFC 2046)
_PREAMBLE_LIMIT = 64 * 1024
_GUESSING_LIMIT = 2000
_ENCLOSING = frozenset(("message/rfc822", "message/global"))
_ENCODED = ("base64", "quoted-printable")
_GUESSED = re.compile(rb"\n--([^\s-][^\r\n]{0,69}?)[ \t]*\r?\n")
_SLASHES = re.compile(r"[/\\]")


@dataclass
class _Level:
    """A multipart whose end has not come yet."""

    boundary: bytes
    fields: Headers
    body: int
    depth: int
    inside: bool
    alternative: int
    digest: bool
    parts: int = 0


@dataclass
class _Open:
    """A part, or an enclosed mail, whose end has not come yet."""

    fields: Headers
    media_type: str
    parameters: Mapping[str, str]
    body: int
    depth: int
    inside: bool
    alternative: int
    level: int = 0
    place: int = 0


def read(raw: bytes) -> Mail:
    """The mail that the bytes hold; any bytes hold one."""
    reading = _Reading(raw[:RAW_LIMIT] if b"\n" in raw else raw[:RAW_LIMIT].replace(b"\r", b"\n"))
    reading.run()
    long = ("the mail is longer than 32 MB",) if len(raw) > RAW_LIMIT else ()
    return Mail(reading.top, tuple(part for part in reading.parts if part), len(raw), (*long, *reading.warnings))


class _Reading:
    """The pass over the bytes: what is open at the place that it has come to."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.top = Headers([])
        self.parts: list[Part | None] = []
        self.warnings: dict[str, None] = {}
        self._levels: list[_Level] = []
        self._boundaries: dict[bytes, int] = {}
        self._leaf: _Open | None = None
        self._enclosed: list[_Open] = []
        self._alternatives = 0

    def run(self) -> None:
        position = self._begin(0, None)
        while self._levels and len(self.parts) < PARTS_LIMIT:
            found = self.raw.find(b"\n--", position)
            if found < 0:
                break
            level, closing, position = self._delimiter(found)
            if level >= 0:
                position = self._cut(found, level, closing, position)
        if self._levels and len(self.parts) >= PARTS_LIMIT:
            self._warn("parts after the first 200 were left out")
            self._leaf = None
        self._end(len(self.raw), 0, 0)

    def _warn(self, warning: str) -> None:
        self.warnings[warning] = None

    def _delimiter(self, found: int) -> tuple[int, bool, int]:
        """Which open multipart's delimiter the line is (-1: none), whether it closes it, and where to go on."""
        end = self.raw.find(b"\n", found + 1, found + _LINE_LIMIT)
        if end < 0:
            end = len(self.raw) if found + _LINE_LIMIT >= len(self.raw) else found + 1
        line = self.raw[found + 3 : end].rstrip()
        level = self._boundaries.get(line, -1)
        if level < 0 and line.endswith(b"--"):
            return self._boundaries.get(line[:-2], -1), True, max(end, found + 1)
        return level, False, max(end, found + 1)

    def _cut(self, found: int, level: int, closing: bool, position: int) -> int:
        end = found - 1 if self.raw[found - 1 : found] == b"\r" else found
        self._end(end, level if closing else level + 1, level + 1)
        if closing or position >= len(self.raw):
            return position
        self._levels[level].parts += 1
        return self._begin(position + 1, self._levels[level])

    def _begin(self, start: int, level: _Level | None) -> int:
        """Reads a part's header, and those of the mails and multiparts that begin with it; where to go on from."""
        depth, inside, alternative = (level.depth + 1, level.inside, level.alternative) if level else (0, False, 0)
        default = "message/rfc822" if level and level.digest else "text/plain"
        while True:
            fields, body = self._header(start)
            if start == 0:
                self.top = fields
            media_type, given = _media_type(fields, default)
            if media_type in _ENCLOSING and depth < DEPTH_LIMIT and not _encoded(fields):
                self._enclose(_Open(fields, media_type, given, body, depth, inside, alternative))
                start, depth, inside, default, alternative = body, depth + 1, True, "text/plain", 0
                continue
            opened = _Open(fields, media_type, given, body, depth, inside, alternative)
            if not (media_type.startswith("multipart/") and self._nest(opened)):
                self._leaf = opened
            return max(body - 1, 0)

    def _enclose(self, opened: _Open) -> None:
        opened.level, opened.place = len(self._levels), len(self.parts)
        self._enclosed.append(opened)
        self.parts.append(None)

    def _nest(self, opened: _Open) -> bool:
        """Opens a multipart; not where it is nested too deeply or shows no boundary: then it is a text."""
        boundary = self._boundary(opened)
        if opened.depth >= DEPTH_LIMIT:
            self._warn("parts nested more than 20 deep were left out")
        if not boundary or opened.depth >= DEPTH_LIMIT:
            opened.media_type = "text/plain"
            return False
        if opened.media_type == "multipart/alternative":
            self._alternatives += 1
            opened.alternative = self._alternatives
        digest = opened.media_type == "multipart/digest"
        level = _Level(boundary, opened.fields, opened.body, opened.depth, opened.inside, opened.alternative, digest)
        self._boundaries[boundary] = len(self._levels)
        self._levels.append(level)
        return True

    def _boundary(self, opened: _Open) -> bytes:
        """The boundary that is named, or the one that is used where that does not come."""
        named = opened.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
        start = max(opened.body - 1, 0)
        if named and self.raw.find(b"\n--" + named, start, start + _PREAMBLE_LIMIT) >= 0:
            return named
        guessed = _GUESSED.search(self.raw, start, start + _GUESSING_LIMIT)
        return guessed[1] if guessed else named

    def _header(self, start: int) -> tuple[Headers, int]:
        """The header that begins there, and where its body begins."""
        end, body = self._blank_line(start)
        if self._levels:
            end, body = self._before_delimiter(start, end, body)
        fields, strange = headers(self.raw[start:end])
        return fields, body if strange < 0 else start + strange

    def _blank_line(self, start: int) -> tuple[int, int]:
        """Where the header's lines end, and where the body begins after a blank line."""
        raw = self.raw
        if raw.startswith((b"\n", b"\r\n"), start):
            return start, start + 1 + raw.startswith(b"\r", start)
        limit = start + HEADER_LIMIT
        plain = raw.find(b"\n\n", start, limit)
        returned = raw.find(b"\n\r\n", start, limit if plain < 0 else plain + 1)
        if returned >= 0:
            return returned, returned + 3
        if plain >= 0:
            return plain, plain + 2
        if limit >= len(raw):
            return len(raw), len(raw)
        self._warn("a header longer than 256 kB was cut")
        return limit, self._after_long_header(start, limit)

    def _after_long_header(self, start: int, limit: int) -> int:
        """Only the mail's own header is looked through to its end, so that many long ones cost no more than one."""
        if start:
            return limit
        plain, returned = self.raw.find(b"\n\n", limit), self.raw.find(b"\n\r\n", limit)
        ends = [place + length for place, length in ((plain, 2), (returned, 3)) if place >= 0]
        return min(ends, default=len(self.raw))

    def _before_delimiter(self, start: int, end: int, body: int) -> tuple[int, int]:
        """A header ends at a delimiter, too, where the blank line is missing."""
        found = self.raw.find(b"\n--", start - 1, end)
        while found >= 0:
            level, _, position = self._delimiter(found)
            if level >= 0:
                return max(found, start), found + 1
            found = self.raw.find(b"\n--", position, end)
        return end, body

    def _end(self, place: int, levels: int, enclosing: int) -> None:
        """Ends the part that is open, multiparts down to that many, and mails enclosed in so many or more."""
        if self._leaf:
            self.parts.append(self._part(self._leaf, self.raw[self._leaf.body : max(place, self._leaf.body)]))
            self._leaf = None
        while self._enclosed and self._enclosed[-1].level >= enclosing:
            mail = self._enclosed.pop()
            self.parts[mail.place] = self._part(mail, self.raw[mail.body : min(place, mail.body + ENCLOSED_LIMIT)])
        if len(self._levels) > levels:
            for level in self._levels[levels:]:
                if not level.parts:
                    self._keep_undivided(level, place)
            del self._levels[levels:]
            self._boundaries = {level.boundary: number for number, level in enumerate(self._levels)}

    def _keep_undivided(self, level: _Level, place: int) -> None:
        """A multipart in which its boundary never came is read as a text."""
        whole = _Open(level.fields, "text/plain", {}, level.body, level.depth, level.inside, level.alternative)
        self.parts.append(self._part(whole, self.raw[level.body : max(place, level.body)]))

    def _part(self, opened: _Open, body: bytes) -> Part:
        disposition, given = parameters(opened.fields.raw("Content-Disposition"))
        name = given.get("filename", "") or opened.parameters.get("name", "")
        return Part(
            media_type=opened.media_type,
            parameters=opened.parameters,
            headers=opened.fields,
            body=body,
            depth=opened.depth,
            inside=opened.inside,
            disposition=disposition if disposition in ("inline", "") else "attachment",
            filename=_SLASHES.split(name)[-1].strip()[:NAME_LIMIT],
            alternative=opened.alternative,
        )


def _media_type(fields: Headers, default: str) -> tuple[str, Mapping[str, str]]:
    """The Content-Type; what cannot be read is a text."""
    value = fields.raw("Content-Type")
    if not value:
        return default, {}
    media_type, given = parameters(value)
    media_type = media_type.partition(" ")[0]
    main, slash, sub = media_type.partition("/")
    return (media_type if main and slash and sub else "text/plain"), given


def _encoded(fields: Headers) -> bool:
    return fields.raw("Content-Transfer-Encoding").strip().lower() in _ENCODED
