"""Finds the lines that say who wrote what is quoted below: "On Tuesday, Ms Vale wrote:"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.channels.email.reading.languages import NAME_AFTER, VERB_ENDINGS, VERBS, VERBS_ATTACHED, spaced
from bot.channels.email.reading.lines import ATTRIBUTION, BLANK, QUOTE, TEXT, WIDTH, Line, following

_LINES = 5
_FOLDED = 60
_VERB_WIDTH = 40
_BEFORE_WORD = "<>()[]\"'“”„*_,"
_PARTICLES = frozenset(spaced("of for at and via de del da do dos di du la le van von der den e y"))
_SENTENCE = frozenset(".,;!?")
_EDGE = " \t-–—*_~=|\"'”“»«"
_ENDINGS = tuple(VERB_ENDINGS)
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"[^\s<>()\"]{1,64}@[^\s<>()\"]{1,255}")
_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")  # Thai years are 543 more
_DAY = re.compile(r"(?<!\d)[0-3]?\d(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)\d{1,4}([./-]) ?\d{1,2}\1 ?\d{1,4}(?!\d)")
_TIME = re.compile(
    r"(?<![\d.])\d{1,2} ?[:.h] ?\d\d(?!\d|\.\d)|(?<!\d)\d{1,2} ?(?:[ap]\.? ?m\b|Uhr\b|h\b)", re.IGNORECASE
)
_GMAIL_OF_OLD = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d \S")
_NAMED = re.compile(rf"(?:\A|[\s,])(?:{'|'.join(map(re.escape, NAME_AFTER))})[\s,]+(\S.{{0,200}})\Z")
_DATED = re.compile(rf"(?:\A|[\s>\"),])(?:{'|'.join(map(re.escape, sorted(VERBS)))})[\s:]+(.{{0,30}}\d.{{0,60}})\Z")


@dataclass(frozen=True)
class _Found:
    """How sure it is, and whether a whole attribution begins here, not only its end."""

    strong: bool
    whole: bool


def find(lines: Sequence[Line]) -> None:
    """Marks the attributions; one that is not sure by itself counts only where a quotation follows."""
    for number, line in enumerate(lines):
        if line.kind is TEXT and _may_end(line.bare) and not _goes_on(lines, number):
            for one in lines[_start(lines, number) : number + 1]:
                one.kind = ATTRIBUTION if one.bare else BLANK


def within(quote: str) -> bool:
    """Whether a quoted line, its marks taken off, is an attribution by itself."""
    return _may_end(quote) and _judge(quote) is not None


def _may_end(bare: str) -> bool:
    if len(bare) > WIDTH or bare[-1:] in _SENTENCE:
        return False
    end = bare.rstrip(_EDGE)
    return end.endswith((":", "：", ">")) or _ends_with_verb(end) or bool(_GMAIL_OF_OLD.match(bare))


def _goes_on(lines: Sequence[Line], number: int) -> bool:
    """Whether the sender's name, with the colon, stands on the next line."""
    if lines[number].bare.endswith((":", "：")) or number + 1 == len(lines):
        return False
    after = lines[number + 1]
    return after.kind is TEXT and "@" in after.bare and after.bare.endswith((":", "："))


def _start(lines: Sequence[Line], end: int) -> int:
    """Where the attribution begins that ends there; one after it, if none does."""
    quoted = following(lines, end + 1) is QUOTE
    known = end + 1
    for start, text in _joined(lines, end):
        found = _judge(text)
        if not found or not (found.strong or quoted):
            continue
        if known > end or lines[known].bare.startswith(("<", "mailto:")):
            known = start
        elif found.whole and _breaks_off(lines[start].bare):
            return start
        if found.whole:
            return known
    return known


def _breaks_off(bare: str) -> bool:
    """Whether an attribution may have been folded after that line; a short one without a time is a person's."""
    return len(bare) >= _FOLDED or bare.endswith((",", "<")) or bool(_TIME.search(bare))


def _joined(lines: Sequence[Line], end: int) -> Iterator[tuple[int, str]]:
    """The last line, the last two and so on, each joined; a blank line stands only before an address."""
    text, used = "", 0
    for start in range(end, max(-1, end - 2 * _LINES), -1):
        line = lines[start]
        if line.kind is BLANK and text.startswith("<"):
            continue
        text = f"{line.bare} {text}" if text else line.bare
        used += 1
        if line.kind is not TEXT or len(text) > WIDTH or used > _LINES:
            return
        yield start, text


def _judge(text: str) -> _Found | None:
    if not ("@" in text or _DIGIT.search(text) or _ends_with_verb(text.rstrip(_EDGE))):
        return None
    inner = text.strip(_EDGE)
    colon = inner.endswith((":", "："))
    end = inner.rstrip(" :：")
    verb = _ends_with_verb(end)
    address = bool("@" in text and _ADDRESS.search(text))
    date = _date(inner)
    if not verb and not (address and date >= 0) and not colon:
        return _Found(True, True) if _GMAIL_OF_OLD.match(text) else None
    time = bool(_TIME.search(inner))
    early = 0 <= date <= 30
    dated = date >= 0 and time
    if verb:
        return _with_verb(text, inner, address, dated, early, date >= 0)
    if colon and (address or dated) and _verb_inside(end):
        return _Found(True, True)
    if colon and address and dated:
        return _Found(True, early or inner[0].isupper())
    if _GMAIL_OF_OLD.match(text):
        return _Found(True, True)
    return _Found(False, early) if date >= 0 and (address or (colon and _verb_inside(end))) else None


def _with_verb(text: str, inner: str, address: bool, dated: bool, early: bool, has_date: bool) -> _Found | None:
    between_rules = text.startswith("---") and text.endswith("---")
    if address or dated or between_rules:
        return _Found(True, early or between_rules)
    return _Found(False, early) if has_date or _only_a_name(inner) else None


def _only_a_name(inner: str) -> bool:
    """ "Ms Vale wrote:", but not "The evaluator wrote:", which a person may have written."""
    words = inner.split()[:-1]
    names = [word for word in words if word not in _PARTICLES]
    return words == ["you"] or (0 < len(words) <= 5 and words[0] not in _PARTICLES and all(map(_may_be_name, names)))


def _may_be_name(word: str) -> bool:
    return not word[0].islower() or not word.isascii()


def _ends_with_verb(end: str) -> bool:
    """Whether the last word, before a colon and additions such as "(a)", is one of the verbs, not a part of a word."""
    end = end[-_VERB_WIDTH:].rstrip(" :：.").lower()
    if end.endswith(_ENDINGS):
        longest = max((ending for ending in _ENDINGS if end.endswith(ending)), key=len)
        end = end[: -len(longest)].rstrip()
    word = end.split()[-1] if end else ""
    return word.lstrip(_BEFORE_WORD) in VERBS or word.endswith(VERBS_ATTACHED)


def _verb_inside(end: str) -> bool:
    """Whether a verb stands before the name, as in German, or before the date."""
    if VERBS.isdisjoint(end.split()):
        return False
    named = _NAMED.search(end)
    if named and ("@" in named[1] or (len(named[1].split()) <= 5 and not named[1][0].islower())):
        return True
    dated = _DATED.search(end)
    return bool(dated and (_TIME.search(dated[1]) or _date(dated[1]) >= 0))


def _date(text: str) -> int:
    """Where a date begins; -1, if there is none with a year."""
    numeric = _NUMERIC.search(text)
    if numeric:
        return numeric.start()
    year = _YEAR.search(text)
    if not year:
        return -1
    day = _DAY.search(text)
    return min(day.start(), year.start()) if day else -1
