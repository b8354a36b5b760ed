"""What in a text or a link would tell an evaluator who the candidate is, because the review is blind.

Sources: briefing, appendix C 4 (the review is blind); that a lone name which is an ordinary word too only warns is a
setting of the program. A lone given or family name always only warns: authors and colleagues have the same ones.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import unquote_plus, urlsplit

from flows.program.figures import listed
from flows.program.ordinary import IN_LIBRARY_NAMES, ORDINARY

What = Literal["name", "mail", "phone", "profile", "employer"]

LONGEST = 1_000_000  # characters that are searched
MOST = 50  # findings of one text
LEAST_PART = 3  # letters of a name that is looked for alone
LEAST_JOINED = 7  # letters of a first and a family name written as one word
LEAST_DIGITS = 7  # of a phone number: a local one has so many
BETWEEN = 3  # words that may stand between the first and the last part of a name
NO_NAMES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "jr", "sr", "ii", "iii", "mls", "mlis"))
PARTICLES = frozenset(
    (
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "of",
        "the",
        "al",
        "el",
        "y",
    )
)
SPOKEN = frozenset(("at", "dot"))
MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
PHONE = re.compile(r"(?<![\d.-])(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?![\d-])")
DIGITS = re.compile(r"\+?\d[\d ().\-/]{5,24}\d")
PROFILES = re.compile(
    r"(?<![a-z0-9@-])(?:[a-z0-9-]{1,30}\.)?(?:linkedin\.com/(?:in|pub)|facebook\.com|fb\.com|instagram\.com|twitter\.com|x\.com|threads\.net"
    r"|orcid\.org|about\.me|researchgate\.net/profile|academia\.edu|tiktok\.com|mastodon\.social|bsky\.app/profile"
    r"|medium\.com/@|youtube\.com/@|goodreads\.com/user|github\.com|gravatar\.com|slideshare\.net)/?[^\s/?#]+",
    re.IGNORECASE,
)
# Letters of other alphabets that look like Latin ones.
POSING = str.maketrans("авеіјкмнорсѕтухԁһԛԝαβεικνορτυχ", "abeijkmhopcstyxdhqwabeiknoptux")
DROPPED = ("Cf", "Mn", "Me", "Cc")


@dataclass(frozen=True)
class Identity:
    """What tells who a candidate is: full names as written on record, mail addresses, phone numbers, and employers."""

    names: tuple[str, ...]
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()

    @cached_property
    def spelled(self) -> tuple[tuple[str, ...], ...]:
        """The parts of each name."""
        parts = (tuple(each.plain for each in _words(name) if each.plain not in NO_NAMES) for name in self.names)
        return tuple(dict.fromkeys(each for each in parts if each))

    @cached_property
    def employed(self) -> tuple[tuple[str, ...], ...]:
        parts = (tuple(each.plain for each in _words(name)) for name in self.employers)
        return tuple(dict.fromkeys(each for each in parts if each))


@dataclass(frozen=True)
class Finding:
    """What was found, the words as they stand there, and where; one that does not block only warns."""

    what: What
    words: str
    where: str
    blocking: bool


@dataclass(frozen=True)
class _Word:
    """A word of a text: `plain` in small letters without accents, and its place; `first` of a sentence or line."""

    plain: str
    begin: int
    end: int
    capital: bool
    first: bool


def find(text: str, identity: Identity, where: str = "") -> tuple[Finding, ...]:
    """What a text tells of the candidate, each once, the blocking first; in time linear in the text."""
    text = text[:LONGEST]
    words = list(_words(text))
    found = [
        *_mails(text, words, identity, where),
        *_phones(text, identity, where),
        *_profiles(text, identity, where),
        *_names(text, words, identity, where),
        *_employers(text, words, identity, where),
    ]
    return _each_once(found)


def in_link(url: str, identity: Identity, where: str = "") -> tuple[Finding, ...]:
    """What the address of a link tells of the candidate; a name written as one word counts here."""
    told = unquote_plus(unquote_plus(url[:LONGEST]))
    words = list(_words(told))
    found = [
        *_mails(told, words, identity, where),
        *_phones(told, identity, where),
        *_profiles(told, identity, where),
        *(each for each in _names(told, words, identity, where) if each.blocking or len(each.words) > LEAST_PART),
        *_joined(words, told, identity, where),
        *_of_the_host(url, identity, where),
    ]
    return _each_once(found)


def told(finding: Finding) -> str:
    """What is to be done about a finding, in a sentence to the candidate."""
    there = f"{finding.where}: " if finding.where else ""
    what = {
        "name": "tells your name" if finding.blocking else "is a part of your name",
        "mail": "is your mail address" if finding.blocking else "is a mail address",
        "phone": "is your phone number" if finding.blocking else "is a phone number",
        "profile": "is a profile with your name" if finding.blocking else "is somebody’s profile",
        "employer": "names where you work" if finding.blocking else "may name where you work",
    }[finding.what]
    return f"{there}“{finding.words}” {what}."


def summary(findings: Sequence[Finding]) -> str:
    """The words that were found, in a line."""
    return listed(list(dict.fromkeys(f"“{each.words}”" for each in findings)))


def _each_once(found: Sequence[Finding]) -> tuple[Finding, ...]:
    known: dict[tuple[str, str], Finding] = {}
    for each in sorted(found, key=lambda one: not one.blocking):
        known.setdefault((each.what, _folded(each.words)), each)
    return tuple(known.values())[:MOST]


def _folded(text: str) -> str:
    """Small letters without accents, invisible characters and letters that only look Latin."""
    apart = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l").replace("Ł", "L"))
    kept = "".join(each for each in apart if unicodedata.category(each) not in DROPPED)
    return kept.lower().replace("ø", "o").replace("đ", "d").replace("ı", "i").translate(POSING)


def _words(text: str) -> Iterator[_Word]:
    """The words of a text; whatever is no letter or digit parts them, but for invisible characters."""
    at, plain, begins_sentence = -1, "", True
    for place, character in enumerate(text):
        kind = unicodedata.category(character)
        if kind in DROPPED and character not in "\n\r\t":
            continue
        if kind[0] in "LN":
            if at < 0:
                at = place
            plain += _folded(character)
            continue
        if at >= 0:
            yield _Word(plain, at, place, text[at].isupper(), begins_sentence)
            at, plain, begins_sentence = -1, "", False
        if character in '.!?:\n“”"•':
            begins_sentence = True
    if at >= 0:
        yield _Word(plain, at, len(text), text[at].isupper(), begins_sentence)


def _names(text: str, words: Sequence[_Word], identity: Identity, where: str) -> Iterator[Finding]:
    for parts in identity.spelled:
        taken = -1  # the last word of a name that was found whole
        for place, word in enumerate(words):
            if place > taken and (word.plain in parts or word.plain == parts[0][0]):
                end, found = _name_at(text, words, place, parts, where)
                yield from found
                taken = end


def _name_at(
    text: str, words: Sequence[_Word], place: int, parts: Sequence[str], where: str
) -> tuple[int, list[Finding]]:
    """The whole name, or its family name with an initial, or a part of it alone, beginning here; and where it ends."""
    word, first, last = words[place], parts[0], parts[-1]
    end = _whole(words, place, parts) if len(parts) > 1 else None
    if end is not None and _is_a_name(text, word, words[end], first, last):
        return end, [Finding("name", _shown(text, word, words[end]), where, blocking=True)]
    alone = len(word.plain) >= LEAST_PART and word.plain in parts and word.plain not in PARTICLES
    if alone and (word.plain not in ORDINARY or (word.capital and not word.first)):
        return place, [Finding("name", text[word.begin : word.end], where, blocking=False)]
    return place, []


def _whole(words: Sequence[_Word], place: int, parts: Sequence[str]) -> int | None:
    """The place of the last word of the whole name, in either order, with other parts or initials between."""
    first, last, begin = parts[0], parts[-1], words[place].plain
    if begin in (first, last):
        wanted = {last} if begin == first else {first, first[0]}
    elif begin == first[0]:
        wanted = {last}
    else:
        return None
    for at in range(place + 1, min(place + 2 + BETWEEN, len(words))):
        plain = words[at].plain
        if plain in wanted and words[at].begin - words[at - 1].end <= BETWEEN:
            return at
        if not (plain in parts or len(plain) == 1) or words[at].begin - words[at - 1].end > BETWEEN:
            return None
    return None


def _is_a_name(text: str, begin: _Word, end: _Word, first: str, last: str) -> bool:
    """Whether two words in a row are meant as the name: ordinary words ("will page") are only where they look so."""
    short = min(begin, end, key=lambda each: len(each.plain))
    if len(short.plain) == 1 and len(first) > 1:
        long = end if short is begin else begin
        with_dot = text[short.end : short.end + 1] == "."
        return short.capital and long.capital and (with_dot or last not in ORDINARY)
    if first in ORDINARY and last in ORDINARY:
        return begin.capital and end.capital
    return True


def _joined(words: Sequence[_Word], text: str, identity: Identity, where: str) -> Iterator[Finding]:
    """A name written as one word, as in `annexample` or `aexample`."""
    for parts in (each for each in identity.spelled if len(each) > 1):
        first, last = parts[0], parts[-1]
        whole = {first + last, last + first, "".join(parts)}
        short = {first[0] + last, last + first[0], first + last[0]} if len(last) > LEAST_PART else set()
        for word in words:
            bare = word.plain.strip("0123456789")
            if bare in whole and len(bare) >= LEAST_JOINED:
                yield Finding("name", _shown(text, word, word), where, blocking=True)
            elif bare in whole | short or (len(first + last) > LEAST_JOINED and first + last in word.plain):
                yield Finding("name", _shown(text, word, word), where, blocking=bare not in ORDINARY)


def _mails(text: str, words: Sequence[_Word], identity: Identity, where: str) -> Iterator[Finding]:
    """Addresses on record, also spoken ("ann at library dot org"), and warned of: those of others."""
    known = {each.lower() for each in identity.mails}
    for match in MAIL.finditer(text):
        yield Finding("mail", match[0], where, blocking=match[0].lower().rstrip(".") in known)
    said = [each for each in words if each.plain not in SPOKEN]
    for mail in identity.mails:
        parts = [each.plain for each in _words(mail)]
        for begin, end in _runs(said, parts):
            yield Finding("mail", _shown(text, said[begin], said[end]), where, blocking=True)


def _phones(text: str, identity: Identity, where: str) -> Iterator[Finding]:
    known = {re.sub(r"\D", "", each)[-10:] for each in identity.phones}
    for match in DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if any(len(each) >= LEAST_DIGITS and digits.endswith(each) for each in known):
            yield Finding("phone", match[0].strip(), where, blocking=True)
    for match in PHONE.finditer(text):
        if re.sub(r"\D", "", match[0])[-10:] not in known:
            yield Finding("phone", match[0].strip(), where, blocking=False)


def _profiles(text: str, identity: Identity, where: str) -> Iterator[Finding]:
    for match in PROFILES.finditer(text):
        words = list(_words(match[0]))
        full = [*_names(match[0], words, identity, ""), *_joined(words, match[0], identity, "")]
        of_theirs = any(each.blocking for each in full)
        yield Finding("profile", match[0], where, blocking=of_theirs)


def _employers(text: str, words: Sequence[_Word], identity: Identity, where: str) -> Iterator[Finding]:
    """The whole name of a workplace blocks when a word of it is its own; its own word alone warns."""
    for parts in identity.employed:
        own = [each for each in parts if each not in IN_LIBRARY_NAMES and len(each) >= LEAST_PART]
        blocks = any(each not in ORDINARY for each in own)
        inside: set[int] = set()
        for begin, end in _runs(words, parts) if len(parts) > 1 else ():
            inside.update(range(begin, end + 1))
            if blocks or words[begin].capital:
                yield Finding("employer", _shown(text, words[begin], words[end]), where, blocking=blocks)
        for place, word in enumerate(words):
            alone = word.plain in own and place not in inside
            if alone and word.capital and not (word.first and word.plain in ORDINARY):
                yield Finding("employer", text[word.begin : word.end], where, blocking=False)


def _of_the_host(url: str, identity: Identity, where: str) -> Iterator[Finding]:
    """A site that is named after the workplace; evidence may well stand there, so this only warns."""
    host = _folded(urlsplit(url).netloc.rpartition("@")[2]).replace("-", "")
    for parts in identity.employed:
        own = [each for each in parts if each not in IN_LIBRARY_NAMES and len(each) > LEAST_PART]
        if any(each in host for each in own):
            yield Finding("employer", urlsplit(url).netloc, where, blocking=False)


def _runs(words: Sequence[_Word], parts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the parts stand one after the other: the places of the first and the last."""
    for place in range(len(words) - len(parts) + 1):
        if words[place].plain == parts[0] and all(words[place + at].plain == each for at, each in enumerate(parts)):
            yield place, place + len(parts) - 1


def _shown(text: str, begin: _Word, end: _Word) -> str:
    return " ".join(text[begin.begin : end.end].split())
