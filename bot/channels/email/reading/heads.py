"""Finds the heads that mail programs put above a mail they forward or answer: From, Sent, To, Subject."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.channels.email.reading.languages import COPY, DATE, FROM, LABELS, MARKERS, OTHER, SUBJECT, TO
from bot.channels.email.reading.lines import BLANK, CUT, HEAD, QUOTE, RULE, TEXT, WIDTH, Line, following
from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.words import addresses

Known: TypeAlias = tuple[str, frozenset[str]]

_WINDOW = 25
_GAP = 3
_LABEL_WIDTH = 32
_DECORATION = " \t-–—―=_*#~+<>|•·:：.[]()"
_DRAWN = frozenset("-–—―=_*#~+<>|•:：")
_MARKER_WIDTH = 100
_UNADORNED = ("begi", "orig", "forw")
_RECIPIENTS = 20
_ANSWERED = re.compile(r"(?:[A-Za-z]{1,5}(?:\[\d{1,3}\])? ?: )+")  # "Re:", "AW:", "Fwd:"
_NONE = ("", "")
_RULE = re.compile(r"[-_–—=*]{5,200}\Z")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d\d")
_IN_ONE_LINE = re.compile(r"\s\*{0,2}([^\W\d]{2,12})\s?:")


def find(lines: Sequence[Line], known: Callable[[], Known]) -> bool:
    """Marks heads and the markers such as "Original Message", with the rule above them.

    `known` tells what the head of our mail would name. Whether something is left unmarked that may be a head.
    """
    labels = [label(line.bare) if line.kind is TEXT else _NONE for line in lines]
    number, doubtful = 0, False
    while number < len(lines):
        line = lines[number]
        if line.kind is not TEXT:
            number += 1
        elif labels[number] is not _NONE:
            number, may_be = _mark(lines, labels, number, known)
            doubtful = doubtful or may_be
        else:
            if is_marker(line.bare):
                line.kind = CUT
            elif line.bare[0] in _DRAWN and _RULE.match(line.bare[:WIDTH]):
                line.kind = RULE
            number += 1
    return doubtful


def known(mail: Mail) -> Known:
    """The subject, and whom the mail is to, in lower case."""
    to = addresses(mail.headers.raw("To"))[:_RECIPIENTS]
    return bare_subject(mail.headers.get("Subject")), frozenset(
        each.lower() for one in to for each in (one.name, one.address) if each
    )


def begins(quotation: Sequence[Line]) -> int:
    """How many lines of a quotation are the head that it begins with; 0 without one."""
    bare = [
        Line(text, text, TEXT if text else BLANK) for line in quotation[:_WINDOW] if (text := line.bare.lstrip("> "))
    ]
    labels = [label(line.bare) for line in bare]
    if not labels or labels[0] is _NONE:
        return 0
    end, kinds = _labelled(bare, labels, 0)
    return end if _is_head(kinds, marked=False) else 0


def _mark(
    lines: Sequence[Line], labels: Sequence[tuple[str, str]], start: int, known: Callable[[], Known]
) -> tuple[int, bool]:
    """Marks the head that begins there, if one does; where to go on, and whether it may be one all the same."""
    end, kinds = _labelled(lines, labels, start)
    is_one = _in_one_line(lines[start].bare) or _is_head(kinds, marked=_under_marker(lines, start))
    may_be = not is_one and _may_be_head(kinds) and following(lines, end) in (TEXT, QUOTE)
    above_quote = following(lines, end) is QUOTE and (len(kinds) > 2 or _tells_when(kinds))
    if may_be and (above_quote or _is_of_ours(kinds, known())):
        is_one, may_be = True, False
    if not is_one:
        return (end if may_be else start + 1), may_be
    while end < len(lines) and lines[end].whole.startswith((" ", "\t")) and lines[end].kind is TEXT:
        end += 1
    for line in lines[start:end]:
        if line.kind is not BLANK:
            line.kind = HEAD
    return end, False


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


def _labelled(lines: Sequence[Line], labels: Sequence[tuple[str, str]], start: int) -> tuple[int, dict[str, str]]:
    """One after the last of the labels that stand together there, each kind once but for those of recipients."""
    kinds: dict[str, str] = {}
    end, gap = start, 0
    if _in_one_line(lines[start].bare):
        return start + 1, kinds
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
    return end, kinds


def _next(lines: Sequence[Line], number: int) -> str:
    """A value may stand on the line after its label."""
    after = lines[number + 1] if number + 1 < len(lines) else None
    return after.bare[:WIDTH] if after else ""


def _is_head(kinds: dict[str, str], *, marked: bool) -> bool:
    """Three kinds of label make a head where a sender's address or a time is among them, or two right under a marker.

    "From: what I read, ..." is a sentence, and "From: May, To: June" an answer to a form.
    """
    count = len(kinds.keys() - {OTHER})
    if FROM not in kinds and not {DATE, TO, SUBJECT} <= kinds.keys():
        return False
    address = any("@" in value for value in kinds.values())
    moment = _tells_when(kinds)
    if marked:
        return count >= 2
    if count >= 3:
        return (
            (address and (DATE in kinds or SUBJECT in kinds))
            or moment
            or (count >= 4 and {DATE, SUBJECT} <= kinds.keys())
        )
    return count == 2 and moment and "@" in kinds.get(FROM, "")


def _tells_when(kinds: dict[str, str]) -> bool:
    date = kinds.get(DATE, "")
    return bool(_CLOCK.search(date) and _YEAR.search(date))


def _may_be_head(kinds: dict[str, str]) -> bool:
    """Whether labels name a sender as heads do, though not all that makes one sure: no date, no address."""
    sender = kinds.get(FROM, "")
    named = sender[:1].isupper() or sender[:1] in ("<", '"', "'") or "@" in sender
    return named and not _YEAR.search(sender) and not kinds.keys().isdisjoint((DATE, TO, SUBJECT))


def _is_of_ours(kinds: dict[str, str], known: Known) -> bool:
    """Whether the head is that of the mail which this one answers: its subject, or from whom this one is to."""
    subject, recipients = known
    sender = kinds.get(FROM, "").lower().strip(" \"'")
    whole, _, address = sender.partition("<")
    names = {sender, whole.strip(" \"'"), address.rstrip("> "), whole.partition("[")[0].strip()}
    return bool(subject and bare_subject(kinds.get(SUBJECT, "")) == subject) or not recipients.isdisjoint(names)


def bare_subject(subject: str) -> str:
    """In lower case, without what answering and forwarding put before it."""
    return _ANSWERED.sub("", " ".join(subject[:WIDTH].split())).lower()


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
