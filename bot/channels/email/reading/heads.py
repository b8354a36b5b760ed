"""Finds the heads that mail programs put above a mail they forward or answer: From, Sent, To, Subject."""

import re
from collections.abc import Sequence

from bot.channels.email.reading.languages import COPY, DATE, FROM, LABELS, MARKERS, OTHER, SUBJECT, TO
from bot.channels.email.reading.lines import BLANK, CUT, HEAD, RULE, TEXT, WIDTH, Line

_WINDOW = 25
_GAP = 3
_LABEL_WIDTH = 32
_DECORATION = " \t-–—―=_*#~+<>|•·:：.[]()"
_DRAWN = frozenset("-–—―=_*#~+<>|•:：")
_MARKER_WIDTH = 100
_UNADORNED = ("begi", "orig", "forw")
_NONE = ("", "")
_RULE = re.compile(r"[-_–—=*]{5,200}\Z")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d\d")
_IN_ONE_LINE = re.compile(r"\s\*{0,2}([^\W\d]{2,12})\s?:")


def find(lines: Sequence[Line]) -> None:
    """Marks heads and the markers such as "Original Message", with the rule above them."""
    labels = [label(line.bare) if line.kind is TEXT else _NONE for line in lines]
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.kind is not TEXT:
            number += 1
        elif labels[number] is not _NONE:
            number = _mark(lines, labels, number)
        else:
            if is_marker(line.bare):
                line.kind = CUT
            elif line.bare[0] in _DRAWN and _RULE.match(line.bare[:WIDTH]):
                line.kind = RULE
            number += 1


def _mark(lines: Sequence[Line], labels: Sequence[tuple[str, str]], start: int) -> int:
    """Marks the head that begins there, if one does; where to go on."""
    end = _end(lines, labels, start)
    for line in lines[start:end]:
        if line.kind is not BLANK:
            line.kind = HEAD
    return max(end, start + 1)


def is_marker(bare: str) -> bool:
    """Whether the line, its dashes taken off, is one of those that say that an older mail follows."""
    if not (bare[:1] in _DRAWN or bare[-1:] in _DRAWN or bare[:4].lower() in _UNADORNED) or len(bare) > _MARKER_WIDTH:
        return False
    inner = bare.strip(_DECORATION).lower().replace("\u0307", "")  # a Turkish capital leaves its dot
    if inner not in MARKERS:
        return False
    return inner != bare.lower() or inner[:4] in _UNADORNED


def label(bare: str) -> tuple[str, str]:
    """The kind of label that the line begins with, and what follows it; ("", "") without one."""
    start = bare[:_LABEL_WIDTH]
    if ":" not in start and "：" not in start:
        return _NONE
    colon = start.find(":" if ":" in start else "：")
    kind = LABELS.get(start[:colon].strip("*_|• \t").lower(), "")
    return (kind, bare[colon + 1 : WIDTH].strip("*_ \t")) if kind else _NONE


def _end(lines: Sequence[Line], labels: Sequence[tuple[str, str]], start: int) -> int:
    """One after the head's last line; `start`, if no head begins there.

    Three kinds of label make a head where a sender's address or a time is among them, or two right under a marker.
    "From: what I read, ..." is a sentence, and "From: May, To: June" an answer to a form.
    """
    if _in_one_line(lines[start].bare):
        return start + 1
    kinds: dict[str, str] = {}
    end, gap = start, 0
    for number in range(start, min(start + _WINDOW, len(lines))):
        line = lines[number]
        kind, value = labels[number]
        if kind:
            if kind in kinds and kind not in (COPY, OTHER, TO):
                break
            kinds.setdefault(kind, value or _next(lines, number))
            end, gap = number + 1, 0
        else:
            gap += 1
            if gap > _GAP or line.kind not in (TEXT, BLANK) or is_marker(line.bare):
                break
    if not _is_head(kinds, marked=_under_marker(lines, start)):
        return start
    while end < len(lines) and lines[end].whole.startswith((" ", "\t")) and lines[end].kind is TEXT:
        end += 1
    return end


def _next(lines: Sequence[Line], number: int) -> str:
    """A value may stand on the line after its label."""
    after = lines[number + 1] if number + 1 < len(lines) else None
    return after.bare[:WIDTH] if after else ""


def _is_head(kinds: dict[str, str], *, marked: bool) -> bool:
    count = len(kinds.keys() - {OTHER})
    if FROM not in kinds and not {DATE, TO, SUBJECT} <= kinds.keys():
        return False
    address = any("@" in value for value in kinds.values())
    date = kinds.get(DATE, "")
    moment = bool(_CLOCK.search(date) and _YEAR.search(date))
    if marked:
        return count >= 2
    if count >= 3:
        return (
            (address and (DATE in kinds or SUBJECT in kinds))
            or moment
            or (count >= 4 and {DATE, SUBJECT} <= kinds.keys())
        )
    return count == 2 and moment and "@" in kinds.get(FROM, "")


def _under_marker(lines: Sequence[Line], start: int) -> bool:
    """Whether the last line above that is not blank is a marker or a rule."""
    for line in reversed(lines[max(0, start - 3) : start]):
        if line.kind is not BLANK:
            return line.kind in (CUT, RULE)
    return False


def _in_one_line(bare: str) -> bool:
    """Some programs run the head together: From: ... Sent: ... To: ... Subject: ..."""
    if label(bare)[0] != FROM:
        return False
    kinds = {LABELS.get(word.lower(), "") for word in _IN_ONE_LINE.findall(bare[:WIDTH])}
    return len(kinds & {DATE, TO, SUBJECT}) >= 2
