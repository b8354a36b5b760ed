"""A mail's text as lines, each of which is text, blank or quoted, or something that a mail program added."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

LINES_LIMIT = 20_000
WIDTH = 400
"""Letters of a line, at most, that a regular expression may see."""

ATTRIBUTION_MARK, CUT_MARK, SIGNATURE_MARK, RULE_MARK = "\x01", "\x02", "\x03", "\x04"
"""What begins a line whose kind HTML told; no mail's own text holds these."""
SOFT_MARK = "\x05"
"""What ends a line that goes on in the next one."""
_INVISIBLE = dict.fromkeys(
    [0xAD, 0xFEFF, 0x2060, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_INITIALS = re.compile(r"[A-Za-z]{1,3}>(?: |\Z)")
_LIKE_TEXT = re.compile(r">\s?=?\s?[$€£]?\d")
_END_OF_ADDRESS = re.compile(r"> ?[^<>@]{0,40}[:：]\Z")


class Kind(Enum):
    """What a line is; a `RULE` is a line drawn across, a `CUT` the place where a whole mail follows."""

    TEXT = auto()
    BLANK = auto()
    QUOTE = auto()
    ATTRIBUTION = auto()
    HEAD = auto()
    CUT = auto()
    RULE = auto()
    FOOTER = auto()
    SIGNATURE = auto()
    BANNER = auto()
    DISCLAIMER = auto()


TEXT, BLANK, QUOTE, ATTRIBUTION, HEAD, CUT, RULE, FOOTER, SIGNATURE, BANNER, DISCLAIMER = (
    Kind  # read often, and cheaper so
)


@dataclass(slots=True)
class Line:
    """A line as it came, without its end, and its letters without what cannot be seen.

    `soft` is what stands between it and the next line, which it was broken from by a program; None for others.
    """

    whole: str
    bare: str
    kind: Kind
    soft: str | None = None


_MARKED = {
    ATTRIBUTION_MARK: ATTRIBUTION,
    CUT_MARK: CUT,
    SIGNATURE_MARK: SIGNATURE,
    RULE_MARK: RULE,
}


def split(text: str) -> tuple[list[Line], bool]:
    """The first 20,000 lines, and whether more came."""
    pieces = text.split("\n", LINES_LIMIT)
    more = len(pieces) > LINES_LIMIT
    lines = [_line(piece) for piece in pieces[:LINES_LIMIT]]
    quotes = [number for number, line in enumerate(lines) if line.kind is QUOTE]
    for number in quotes:
        if _ends_address(lines, number) or (len(quotes) == 1 and _compares(lines, number)):
            lines[number].kind = TEXT
    _find_other_marks(lines)
    return lines, more


def _line(piece: str) -> Line:
    bare = piece.strip()
    if not bare.isprintable():  # as marks, fixed spaces and what cannot be seen are not
        if bare[-1] == SOFT_MARK:
            return _soft(piece, bare)
        if bare[0] in _MARKED:
            rest = bare[1:].strip()
            kind = _MARKED[bare[0]]
            return Line(rest, rest, kind if rest or kind in (CUT, RULE) else BLANK)
        bare = bare.translate(_INVISIBLE).replace("\xa0", " ").strip()
    if not bare:
        return Line("", "", BLANK)
    whole = piece if len(piece) == len(bare) else piece.rstrip()
    return Line(whole, bare, QUOTE if bare[0] in ">＞" else TEXT)


def _soft(piece: str, bare: str) -> Line:
    """A line that goes on in the next one; where the spaces at its end belong to it they part the two."""
    line = _line(piece.rstrip(f"{SOFT_MARK} \t\r"))
    line.soft = " " if bare[-2:-1].isspace() else ""
    return line


def _ends_address(lines: Sequence[Line], number: int) -> bool:
    """Whether the line is not quoted but the end of a folded `<address> wrote:`."""
    before = lines[number - 1] if number else None
    if not before or before.kind is not TEXT or not _END_OF_ADDRESS.match(lines[number].bare[:WIDTH]):
        return False
    above = "".join(near.bare[:WIDTH] for near in lines[max(0, number - 4) : number])
    return "@" in above and above.count("<") > above.count(">")


def _compares(lines: Sequence[Line], number: int) -> bool:
    """Whether the only line with `>` is not quoted but says "> 50 % of it"."""
    return bool(_LIKE_TEXT.match(lines[number].bare)) and not _introduced(lines, number)


def _introduced(lines: Sequence[Line], number: int) -> bool:
    """Whether the last line above that is not blank ends in a colon."""
    above = next((line for line in reversed(lines[max(0, number - 3) : number]) if line.bare), None)
    return above is not None and above.bare.endswith((":", "："))


def _find_other_marks(lines: Sequence[Line]) -> None:
    """Some programs quote with `| ` or with the writer's initials, `JB> `, on at least two lines in a row."""
    run: list[Line] = []
    for line in lines:
        bare = line.bare
        if (">" in bare[1:4] or bare[:1] == "|") and line.kind is TEXT and (_has_initials(bare) or _is_barred(bare)):
            run.append(line)
        else:
            if run:
                _quote(run)
                run = []
    _quote(run)


def _has_initials(bare: str) -> bool:
    return bool(_INITIALS.match(bare))


def _is_barred(bare: str) -> bool:
    """A row of a table ends in a bar, too."""
    return bare == "|" or (bare[0] == "|" and bare[-1] != "|")


def _quote(run: Sequence[Line]) -> None:
    if len(run) > 1:
        for line in run:
            line.kind = QUOTE


def following(lines: Sequence[Line], number: int) -> Kind | None:
    """The kind of the first line from there that is neither blank nor a rule."""
    for line in lines[number : number + 50]:
        if line.kind not in (BLANK, RULE):
            return line.kind
    return None


def has_text(lines: Iterable[Line]) -> bool:
    """Whether a person's own words are among them."""
    return any(line.kind is TEXT for line in lines)
