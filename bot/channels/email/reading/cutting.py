"""What a person said in a mail: the new text, without what they answer and what programs added."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.channels.email.reading import attributions, bodies, flowing, footers, gateways, heads, signatures
from bot.channels.email.reading.languages import listed
from bot.channels.email.reading.lines import (
    ATTRIBUTION,
    BANNER,
    BLANK,
    CUT,
    DISCLAIMER,
    FOOTER,
    HEAD,
    QUOTE,
    RULE,
    SIGNATURE,
    TEXT,
    WIDTH,
    Line,
    following,
    has_text,
    split,
)
from bot.channels.email.reading.mime import Mail

_QUOTE_BETWEEN = 8
_LINKS = 100
_LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}]{1,2000}", re.IGNORECASE)
_DRAWN = re.compile(r"[-_=*~#+<>|. ]{2,200}\Z|ᐧ\Z")  # the last is what a tracking program adds
_INVITES = re.compile(
    r"\b(?:answers?|answered|comments?|replies|replied|responses?|respond\w*|see|notes?)\b.{0,40}"
    r"\b(?:below|in-?line|interspersed|in (?:red|blue|green|bold|caps|capitals))\b",
    re.IGNORECASE,
)
_FAREWELLS = listed("""
best | kind | warm | many thanks | with | regards | thanks | thank you | cheers | sincerely | yours | br | rgds |
mfg | lg | vg | liebe | viele | beste | mit freundlichen | grüße | gruß | cordialement | bien à vous | merci |
saludos | gracias | un saludo | atentamente | saluti | cordiali | grazie | groet | met vriendelijke | mvh | hilsen |
venlig | med | hälsningar | terveisin | pozdrawiam | с уважением | спасибо | obrigad | abraço | atenciosamente
""")
_HEADS = (ATTRIBUTION, HEAD, CUT)
_ADDED = (*_HEADS, FOOTER, SIGNATURE, BANNER, DISCLAIMER)


@dataclass(frozen=True)
class Said:
    """What counts as said. `uncertain`: an older mail may be in it, or all of it is the whole text."""

    new_text: str
    uncertain: bool
    links: tuple[str, ...]
    warnings: tuple[str, ...]


def said(mail: Mail) -> Said:
    """The person's own words; losing one is worse than keeping a quotation."""
    lines, more = split(bodies.text(mail, marked=True))
    attributions.find(lines)
    doubtful = heads.find(lines, cache(lambda: heads.known(mail)))
    for find in (gateways.find_banners, footers.find, signatures.find):
        find(lines)
    new_text, uncertain = _decided(lines)
    uncertain = uncertain or doubtful
    warnings = [*mail.warnings, *(["only the first 20,000 lines were read"] if more else [])]
    return Said(new_text, uncertain, _links(new_text), tuple([*warnings, "uncertain"] if uncertain else warnings))


def _decided(lines: Sequence[Line]) -> tuple[str, bool]:
    """The new text, or all of it where nothing would remain or an answer may stand among the old lines."""
    end, headed = _end(lines)
    above = lines[:end]
    if end < len(lines) and has_text(lines[end:]) and _invites(above):
        return _all(lines), True
    gateways.find_disclaimers(above)
    new_text = _written(above, _dropped_quotes(above))
    return (new_text, headed or _stops_after_head(above)) if new_text else (_all(lines), True)


def _end(lines: Sequence[Line]) -> tuple[int, bool]:
    """Where a whole older mail begins; and whether one does above all text, which then cannot be told from it."""
    text, headed = False, False
    number = 0
    while number < len(lines):
        kind = lines[number].kind
        if kind in _HEADS:
            after = _after_heads(lines, number)
            if following(lines, after) is not QUOTE and (kind is CUT or has_text(lines[after:])):
                if text:
                    return number, False
                headed = True
            number = after
        else:
            text = text or kind is TEXT
            number += 1
    return len(lines), headed


def _after_heads(lines: Sequence[Line], number: int) -> int:
    """One after the last line of the heads that stand together there."""
    after = number
    while number < len(lines) and (lines[number].kind in _HEADS or lines[number].kind in (BLANK, RULE)):
        if lines[number].kind in _HEADS:
            after = number + 1
        number += 1
    return after


def _invites(above: Sequence[Line]) -> bool:
    """Whether the text says that the answers stand among the old lines."""
    texts = [line.bare[:WIDTH] for line in above if line.kind is TEXT]
    return len(texts) <= _QUOTE_BETWEEN and any(map(_INVITES.search, texts))


def _dropped_quotes(lines: Sequence[Line]) -> set[int]:
    """The lines of the quotations that are not part of what was said.

    The last one is dropped, and one above all text under an attribution. Two or more with text below are kept,
    because answers stand among them; one between two texts is kept where it is short.
    """
    runs = _runs(lines)
    if not runs:
        return set()
    last_text = max((number for number, line in enumerate(lines) if line.kind is TEXT), default=-1)
    answered = [run for run in runs if run[1] <= last_text]
    dropped = {number for run in runs if run[1] > last_text for number in range(*run)}
    if len(answered) == 1 and not _stays(lines, *answered[0]):
        dropped.update(range(*answered[0]))
    return dropped


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where each quotation begins and ends; blank lines do not part one."""
    runs: list[tuple[int, int]] = []
    open_run = False
    for number, line in enumerate(lines):
        if line.kind is QUOTE:
            runs.append((runs.pop()[0], number + 1) if open_run else (number, number + 1))
            open_run = True
        elif line.kind is not BLANK:
            open_run = False
    return runs


def _stays(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether the only quotation that has text below it belongs to the text."""
    attributed = _attributed(lines, start)
    if not has_text(lines[:start]):
        return not attributed
    short = sum(line.kind is QUOTE for line in lines[start:end]) <= _QUOTE_BETWEEN
    return short and not (attributed and _only_farewell(lines[end:]))


def _stops_after_head(lines: Sequence[Line]) -> bool:
    """Whether a quotation is nothing but a head, so that the text below it may be the old one."""
    runs = _runs(lines)
    last = lines[runs[-1][0] : runs[-1][1]] if runs else []
    count = sum(line.kind is QUOTE for line in last)
    return 0 < count == heads.begins(last) and has_text(lines[runs[-1][1] :])


def _attributed(lines: Sequence[Line], start: int) -> bool:
    if heads.begins(lines[start : start + _QUOTE_BETWEEN]):
        return True
    above = (line.kind for line in reversed(lines[max(0, start - 50) : start]) if line.kind is not BLANK)
    return next(above, TEXT) in _HEADS


def _only_farewell(below: Sequence[Line]) -> bool:
    """ "Kind regards, Nora" answers nothing."""
    texts = [line.bare for line in below if line.kind is TEXT]
    return len(texts) <= 4 and texts[0].lower().startswith(_FAREWELLS) and all(len(text.split()) <= 5 for text in texts)


def _written(lines: Sequence[Line], dropped: set[int]) -> str:
    kept = [each for each in enumerate(lines) if each[0] not in dropped and each[1].kind not in _ADDED]
    while kept and (not kept[-1][1].bare or _DRAWN.match(kept[-1][1].bare)):
        kept.pop()
    return "\n".join(flowing.joined(kept)).lstrip("\n") if any(line.kind is not RULE for _, line in kept) else ""


def _all(lines: Sequence[Line]) -> str:
    """The whole text without the heads, also those that are quoted."""
    kept = [each for each in enumerate(lines) if each[1].kind not in _HEADS and each[1].kind is not BANNER]
    kept = [each for each in kept if each[1].kind is not QUOTE or not attributions.within(each[1].bare.lstrip("> "))]
    return "\n".join(flowing.joined(kept)).strip("\n") if any(line.bare.strip("> ") for _, line in kept) else ""


def _links(text: str) -> tuple[str, ...]:
    """The first 100 addresses of web pages, each once."""
    found: dict[str, None] = {}
    if "://" not in text:
        return ()
    for match in _LINK.finditer(text):
        found[match[0].rstrip(".,;:!?*_'")] = None
        if len(found) == _LINKS:
            break
    return tuple(found)
