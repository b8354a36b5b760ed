"""What in a text or a link would tell evaluators who the candidate is; the review is blind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias
from urllib.parse import unquote

from flows.program import names
from flows.program.folding import Folded, Token, fold
from flows.program.ordinary import COMMON, LIBRARIES, WORDS

Kind: TypeAlias = Literal[
    "full name", "one name", "mail address", "phone", "profile", "owner", "employer", "employer word"
]
Span: TypeAlias = tuple[int, int]
Found: TypeAlias = tuple[Kind, bool, Span]

AROUND = 30  # characters shown on each side of what was found
MOST = 50  # findings of one text
LAYERS = 3  # times that a link may be percent-encoded
BROKEN = re.compile(r"(?<=\w)[-\u2010\u00ad]\s{0,8}\n\s{0,8}(?=\w)")
SIGNS = re.compile(r"[\W_]+")
ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
DIGITS = ("zero|oh|o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
GAP = r"[\s().,+\-‐–—/_]{0,4}"
DOT = r"\s{0,3}[\[({<]?\s?(?:[._-]|dot|period)\s?[\])}>]?\s{0,3}"
AT = r"\s{0,3}[\[({<]?\s?(?:@|at)\s?[\])}>]?\s{0,3}"
OWNER = re.compile(
    r"(?:docs|drive|sheets|slides|sites)\.google\.com/[^\s<>\"]{0,1500}?[?&#]"
    r"(ouid=[\w-]{1,60}|(?:authuser|owner|user)=[^\s&#]{0,100}@[^\s&#]{1,100})"
)
OF_PERSONS = re.compile(  # addresses that only persons have
    r"\b(?:linkedin\.com/(?:in|pub)/|orcid\.org/(?=\d)|facebook\.com/(?:profile\.php\?|people/)|"
    r"scholar\.google\.[a-z.]{2,6}/citations\?|researchgate\.net/profile/|goodreads\.com/user/|"
    r"librarything\.com/profile/|about\.me/)[^\s<>\"]{1,200}"
)
OF_ANYBODY = re.compile(  # libraries and projects have these, too
    r"\b(?:facebook|github|gitlab|x|twitter|instagram|threads|tiktok|youtube|medium|linktr|bsky)\."
    r"(?:com|net|ee|app)/(?:profile/|user/|c/)?@?[\w.-]{2,100}"
)
SAID: dict[Kind, str] = {
    "full name": "your name",
    "one name": "a part of your name",
    "mail address": "your mail address",
    "phone": "your phone number",
    "profile": "the profile of a person",
    "owner": "the account of a document's owner",
    "employer": "your employer",
    "employer word": "a word of your employer's name",
}


@dataclass(frozen=True)
class Identity:
    """What is known of a candidate; `others` are other spellings and former names, `profiles` links or handles."""

    name: str
    others: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """`words` tell who somebody is, as they are written; `where` shows them with what stands around.

    What is not `blocking` passes when the candidate says "that is not me".
    """

    kind: Kind
    words: str
    where: str
    blocking: bool


def find(text: str, identity: Identity) -> tuple[Finding, ...]:
    """What a text gives away, the blocking first, each words once, at most 50. Sources: issue 5 item 4, product.md."""
    read = _decoded(text)
    texts = dict.fromkeys((read, BROKEN.sub("", read)))
    return _sorted(found for each in texts for found in _search(fold(each), _clues(identity), in_link=False))


def in_link(url: str, identity: Identity) -> tuple[Finding, ...]:
    """As `find`, for a link: its address, file name and parameters, however they are encoded."""
    return _sorted(_search(fold(_decoded(url)), _clues(identity), in_link=True))


def told(finding: Finding) -> str:
    """One sentence for the candidate: what it is, where it stands, and what can be done."""
    what = f"“{finding.words}” in “{finding.where}”" if finding.where != finding.words else f"“{finding.words}”"
    if finding.kind == "owner":
        return f"{what} names {SAID['owner']}: please send the link without it."
    if finding.blocking:
        return f"{what} tells evaluators {SAID[finding.kind]}: please take it out, the review is blind."
    return f"{what} may be {SAID[finding.kind]}: is it you, or can it stay?"


@dataclass(frozen=True)
class Clues:
    """An identity made ready to be searched for."""

    names: tuple[names.Name, ...]
    mails: tuple[re.Pattern[str], ...]
    phones: tuple[re.Pattern[str], ...]
    local_phones: tuple[re.Pattern[str], ...]
    employers: tuple[tuple[str, ...], ...]
    profiles: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=64)
def _clues(identity: Identity) -> Clues:
    digits = [re.sub(r"\D", "", fold(phone).text)[-10:] for phone in identity.phones]
    digits = [each for each in digits if len(each) >= 7]
    return Clues(
        names.read((identity.name, *identity.others)),
        tuple(_mail(each) for each in identity.mails if "@" in each),
        tuple(_phone(each) for each in digits),
        tuple(_local(each) for each in digits if len(each) == 10),
        tuple(words for each in identity.employers if (words := names.phrase(each))),
        tuple(_profile(each) for each in identity.profiles if len(each) > 2),
    )


def _mail(address: str) -> re.Pattern[str]:
    local, _, domain = fold(address.strip()).text.rpartition("@")
    account = DOT.join(re.escape(part) for part in re.split(r"[._-]", local.partition("+")[0]))
    place = DOT.join(re.escape(part) for part in domain.split("."))
    return re.compile(rf"(?<![\w.-]){account}(?:\+[\w.-]{{0,64}})?{AT}{place}(?!\w)")


def _phone(digits: str) -> re.Pattern[str]:
    spoken = GAP.join(f"(?:{each}|{DIGITS[int(each)]})" for each in digits)
    return re.compile(rf"(?<!\d)(?:\+?\d{{1,3}}{GAP})?0?\)?\s?\(?{spoken}(?!\d)")


def _local(digits: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)(?<!\d[-. ]){digits[3:6]}[-. ]{digits[6:]}(?!\d)")


def _profile(link: str) -> re.Pattern[str]:
    known = re.sub(r"^(?:https?://)?(?:www\.)?", "", fold(link.strip()).text).rstrip("/")
    return re.compile(rf"(?<![\w-]){re.escape(known)}(?![\w-])")


def _decoded(text: str) -> str:
    for _ in range(LAYERS):
        if not ENCODED.search(text):
            break
        text = unquote(text)
    return text


def _search(text: Folded, clues: Clues, *, in_link: bool) -> Iterator[Finding]:
    taken = bytearray(len(text.text))
    for kind, blocking, span in (*_facts(text, clues), *_persons(text, clues, in_link=in_link)):
        if 1 not in taken[slice(*span)]:
            taken[slice(*span)] = b"\1" * (span[1] - span[0])
            yield _finding(kind, text, span, blocking)


def _facts(text: Folded, clues: Clues) -> Iterator[Found]:
    yield from (("mail address", True, span) for span in _matches(text, clues.mails))
    yield from (("phone", True, span) for span in _matches(text, clues.phones))
    yield from (("phone", False, span) for span in _matches(text, clues.local_phones))
    yield from (("profile", True, span) for span in _matches(text, clues.profiles))
    yield from (("owner", True, match.span(1)) for match in OWNER.finditer(text.text))


def _persons(text: Folded, clues: Clues, *, in_link: bool) -> Iterator[Found]:
    """Names, the whole before their parts, then what a profile's address says by itself, then employers."""
    seen: dict[tuple[str, bool, bool], Found] = {}
    for hit in names.hits(text, clues.names, in_link=in_link):
        found: Found = ("full name" if hit.whole else "one name", hit.sure, (hit.start, hit.end))
        seen.setdefault((text.text[hit.start : hit.end], hit.whole, hit.sure), found)
    yield from sorted(seen.values(), key=lambda each: (each[0] != "full name", not each[1]))
    yield from (("profile", True, match.span()) for match in OF_PERSONS.finditer(text.text))
    yield from (("profile", False, match.span()) for match in OF_ANYBODY.finditer(text.text))
    yield from sorted(_employers(text, clues.employers, in_link=in_link), key=lambda each: not each[1])


def _employers(
    text: Folded, employers: Sequence[tuple[str, ...]], *, in_link: bool
) -> Iterator[tuple[Kind, bool, Span]]:
    """A whole name blocks in a text where some word of it is rare; evidence itself stands on libraries' own sites."""
    if not employers:
        return
    tokens, seen = text.tokens(), set[str]()
    for here, token in enumerate(tokens):
        for words in employers:
            if token.word == words[0] and _stands(tokens[here : here + len(words)], words):
                rare = len(words) > 1 and any(_is_rare(word) for word in words)
                end = tokens[here + len(words) - 1].end
                yield ("employer" if rare else "employer word"), rare and not in_link, (token.start, end)
            elif token.word in words and token.word not in seen and _tells(token):
                seen.add(token.word)
                yield "employer word", False, (token.start, token.end)


def _stands(tokens: Sequence[Token], words: tuple[str, ...]) -> bool:
    """Whether these words are an employer's name; one of ordinary words only where it has its capitals."""
    if tuple(token.word for token in tokens) != words:
        return False
    if any(_is_rare(word) for word in words):
        return True
    return all(token.capital for token in tokens if len(token.word) > 3)


def _is_rare(word: str) -> bool:
    return word not in WORDS | COMMON | LIBRARIES and len(word) > 1


def _tells(token: Token) -> bool:
    return token.word not in LIBRARIES and len(token.word) > 2 and (token.word not in WORDS or token.capital)


def _matches(text: Folded, patterns: Sequence[re.Pattern[str]]) -> list[Span]:
    return [match.span() for pattern in patterns for match in pattern.finditer(text.text)]


def _finding(kind: Kind, text: Folded, span: Span, blocking: bool) -> Finding:
    start, end = span
    before = text.text.find(" ", max(0, start - AROUND), start) if start > AROUND else 0
    after = text.text.rfind(" ", end, end + AROUND) if end + AROUND < len(text.text) else len(text.text)
    where = text.words(before if before >= 0 else start, after if after >= 0 else end)
    return Finding(kind, text.words(start, end), where, blocking)


def _sorted(found: Iterator[Finding]) -> tuple[Finding, ...]:
    """Each words once, the blocking first."""
    once: dict[str, Finding] = {}
    for each in found:
        key = each.kind + SIGNS.sub("", fold(each.words).text)
        known = once.get(key)
        once[key] = replace(known, blocking=known.blocking or each.blocking) if known else each
    return tuple(sorted(once.values(), key=lambda each: not each.blocking)[:MOST])
