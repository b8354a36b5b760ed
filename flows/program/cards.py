"""Payment card numbers in what people write: they are recognized, refused and never kept."""

import re
from collections.abc import Iterator

MASK = "[card number removed]"

_GAP = r"[\s.\-_*\u2010-\u2015\u200b]{1,3}"
FEWEST = 13  # digits of a card number
_DIGITS = re.compile(rf"(?<!\d)\d+(?:{_GAP}\d+)*")
_GROUP = re.compile(r"\d+")
# Issuers' prefixes and lengths (ISO/IEC 7812): Visa, Mastercard, Mir, American Express, Diners, JCB,
# and Discover, UnionPay and Maestro together.
_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|220[0-4]\d{12,15}"
    r"|3[47]\d{13}"
    r"|3(?:0[0-59]|[689]\d)\d{11}"
    r"|35(?:2[89]|[3-8]\d)\d{12,15}"
    r"|(?:50|5[6-9]|6\d)\d{11,17}"
)


def card_number(text: str) -> bool:
    """Is there a payment card number in the text?

    13 to 19 digits whose check digit is right (Luhn). Fewer than 16, and grouped ones, must also look like an issuer's
    cards: so telephone numbers, years, ISBNs, shorter membership numbers and most library barcodes are left alone.
    """
    return next(_found(text), None) is not None


def without_card(text: str) -> str:
    """The text with every card number replaced by a note that one was removed."""
    pieces, after = [], 0
    for start, end in _found(text):
        pieces += [text[after:start], MASK]
        after = end
    return "".join([*pieces, text[after:]])


def _found(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each card number, from left to right."""
    if sum(map(str.isdigit, text)) < FEWEST:
        return
    for run in _DIGITS.finditer(text):
        groups = [(run.start() + group.start(), run.start() + group.end()) for group in _GROUP.finditer(run[0])]
        first = 0
        while first < len(groups):
            last = _last_group(text, groups, first)
            if last is not None:
                yield groups[first][0], groups[last][1]
            first = first + 1 if last is None else last + 1


def _last_group(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The group with which a card number ends that begins with the group `first`; the longest one counts."""
    start = groups[first][0]
    if text[start - 1 : start] == "+":
        return None  # an international telephone number
    parts, found = [], None
    for last in range(first, len(groups)):
        parts.append(_plain(text[groups[last][0] : groups[last][1]]))
        if sum(map(len, parts)) > 19:
            break
        if _is_card(parts):
            found = last
    return found


def _is_card(groups: list[str]) -> bool:
    digits = "".join(groups)
    if not 13 <= len(digits) <= 19 or not _checks(digits):
        return False
    issued = _ISSUED.fullmatch(digits) is not None
    # Library barcodes have 14 digits, begin with 2 or 3 and carry the same check digit as cards.
    return issued and _grouped_as_a_card(groups) if len(groups) > 1 or len(digits) < 16 else True


def _grouped_as_a_card(groups: list[str]) -> bool:
    """In even groups, or beginning with four and more digits; telephone numbers begin with 3, 10 or 11 of them."""
    lengths = [len(group) for group in groups]
    even = len(set(lengths[:-1])) == 1 and lengths[-1] <= lengths[0]
    return even or (lengths[0] >= 4 and lengths[0] not in (10, 11))


def _checks(digits: str) -> bool:
    """The Luhn sum of ISO/IEC 7812 is right (nothing but zeros is no number)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0 and any(doubled)


def _plain(digits: str) -> str:
    """Digits of any script (Arabic, full width) as 0 to 9."""
    return "".join(str(int(digit)) for digit in digits)
