"""Finds marked words in whatever was sent, however they are spelled, wrapped or encoded there."""

import re
import unicodedata
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.header import decode_header, make_header
from functools import cached_property, lru_cache
from html import unescape
from quopri import decodestring
from urllib.parse import unquote_plus

DEPTH = 3  # encodings within each other
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SIGNATURE = 16  # characters at the end of a word that our mail addresses carry
ENCODED_WORD = r"=\?[^?\s]+\?[bqBQ]\?[^?]*\?="
ENCODED_WORDS = re.compile(rf"{ENCODED_WORD}(?:\s+{ENCODED_WORD})*")
ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
FOLDED = re.compile(r"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{60,}\r?\n)+[A-Za-z0-9+/=]*")
HEX = re.compile(r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}){6,}")
RUN = re.compile(r"[A-Za-z0-9+/_-]{8,}")
NUMBER = re.compile(r"[0-9]+")
UNSEEN = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
WORD = re.compile(r"[\w@.-]{5,}")
TOKEN = re.compile(rf"\+([0-9a-z]{{{SIGNATURE + 3},30}})(?=@)|/unsubscribe/[^/\s]+/([0-9a-z]{{{SIGNATURE + 3},30}})")


@dataclass(frozen=True)
class Marks:
    """What tells who somebody is: words that mean nobody else, a name's initials, and numbers of their records."""

    words: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()

    @cached_property
    def short(self) -> re.Pattern[str]:
        """The initials, which count only where they stand alone, with points or without."""
        each = "|".join(r"[. ]{0,2}".join(map(re.escape, each.lower())) for each in self.initials)
        return re.compile(rf"(?<![^\W_])(?:{each or '(?!)'})(?![^\W_])")

    @cached_property
    def plain(self) -> tuple[str, ...]:
        return tuple(folded(each) for each in self.words)

    @cached_property
    def digits(self) -> frozenset[str]:
        return frozenset(map(str, self.numbers))

    def in_line(self, line: str) -> list[str]:
        """What a line in small letters tells: words also within others, numbers and initials only alone."""
        found = [each for each in self.plain if each in line]
        found += [each for each in NUMBER.findall(line) if each in self.digits]
        return [*found, *self.short.findall(line)]

    def __add__(self, other: "Marks") -> "Marks":
        return Marks(
            tuple(dict.fromkeys(self.words + other.words)),
            tuple(dict.fromkeys(self.initials + other.initials)),
            tuple(dict.fromkeys(self.numbers + other.numbers)),
        )

    def __sub__(self, other: "Marks") -> "Marks":
        return Marks(
            tuple(each for each in self.words if each not in other.words),
            tuple(each for each in self.initials if each not in other.initials),
            tuple(each for each in self.numbers if each not in other.numbers),
        )


def leaks(text: str, marks: Marks) -> list[str]:
    """The marks that a text tells, each once."""
    return list(dict.fromkeys(each for line in lines(text) for each in marks.in_line(line)))


def lines(text: str) -> list[str]:
    """The different lines of a text in small letters, and of all that it says once it is decoded."""
    return list(dict.fromkeys(folded(line) for each in readings(text) for line in each.splitlines()))


def readings(text: str) -> list[str]:
    """A text, and what it is decoded, some encodings deep."""
    known, last = {text: None}, [text]
    for _ in range(DEPTH):
        last = list(dict.fromkeys(new for each in last for new in _decoded(each) if new not in known))
        known |= dict.fromkeys(last)
    return list(known)


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Small letters, without accents and invisible signs."""
    if text.isascii():
        return text.lower()
    return UNSEEN.sub("", unicodedata.normalize("NFKD", text)).casefold()


def _decoded(text: str) -> Iterator[str]:
    for decode in DECODERS:
        found = decode(text)
        if found and found != text:
            yield found


def _quoted_printable(text: str) -> str:
    return decodestring(text.encode()).decode("utf-8", "replace") if "=" in text else ""


def _headers(text: str) -> str:
    """RFC 2047; a charset that nobody knows tells nothing."""
    with suppress(LookupError, UnicodeError):
        return "\n".join(str(make_header(decode_header(each[0]))) for each in ENCODED_WORDS.finditer(text))
    return ""


def _escapes(text: str) -> str:
    return ESCAPED.sub(lambda each: chr(int(each[1], 16)), text) if "\\u" in text else ""


def _base64(text: str) -> str:
    """Of every run of its letters, begun at each of the four places where a group may begin."""
    unfolded = FOLDED.sub(lambda each: "".join(each[0].split()), text)
    return "\n".join(filter(None, map(_run, {each[0] for each in RUN.finditer(unfolded)})))


@lru_cache(maxsize=20_000)
def _run(letters: str) -> str:
    told = letters.replace("+", "-").replace("/", "_")
    begun = (told[start:] for start in range(4) if (len(told) - start) % 4 != 1)
    return "\n".join(filter(None, (_told(urlsafe_b64decode(each + "=" * (-len(each) % 4))) for each in begun)))


def _hexadecimal(text: str) -> str:
    return "\n".join(filter(None, (_told(bytes.fromhex(each[0])) for each in HEX.finditer(text))))


def _told(content: bytes) -> str:
    """As text; of what is none only its longer words, because short ones come about by chance."""
    told = content.decode("utf-8", "replace")
    if told.isprintable() and "\ufffd" not in told:
        return told
    return "\n".join(WORD.findall(told))


def _tokens(text: str) -> str:
    """The numbers in the signed words of our mail addresses and links: whose letter it is, and which."""
    return "\n".join(_numbers(each[1] or each[2]) for each in TOKEN.finditer(text))


def _numbers(word: str) -> str:
    told = word[:-SIGNATURE]
    end = DIGITS.index(told[0]) + 1
    return f"{int(told[1:end] or '0', 36)} {int(told[end:] or '0', 36)}"


DECODERS: Iterable[Callable[[str], str]] = (
    unescape,
    unquote_plus,
    _quoted_printable,
    _headers,
    _escapes,
    _base64,
    _hexadecimal,
    _tokens,
)
