"""A text as it reads to the eye: without accents, capitals, invisible signs, or letters that only look alike."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
APOSTROPHES = re.compile(r"['’ʼ`´]")
POSSESSIVE = re.compile(r"['’ʼ`´]s$")
LIKE = str.maketrans("аеорсхуіјѕһοανρυικτøłđħıŧ", "aeopcxyijshoavpuiktoldhit")
LIGATURES = {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}


@dataclass(frozen=True)
class Token:
    """A word of a folded text; `start` and `end` are places in that, `capital` tells how it was written."""

    word: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True)
class Folded:
    """`text` as it reads; `places[i]` is where its sign `i` stands in `written`."""

    written: str
    text: str
    places: tuple[int, ...] | range

    def words(self, start: int, end: int) -> str:
        """What is written there, without invisible signs, on one line."""
        shown = self.written[self.places[start] : self.places[end - 1] + 1]
        return " ".join("".join(each for each in shown if unicodedata.category(each) != "Cf").split())

    def tokens(self) -> list[Token]:
        return [
            Token(bare(match[0]), match.start(), match.end(), self.written[self.places[match.start()]].isupper())
            for match in TOKEN.finditer(self.text)
        ]


def fold(written: str) -> Folded:
    """The text as it reads, in time proportional to its length."""
    if written.isascii():
        return Folded(written, written.lower(), range(len(written)))
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(written):
        read = _sign(sign)
        signs.append(read)
        places.extend([place] * len(read))
    return Folded(written, "".join(signs), tuple(places))


def bare(word: str) -> str:
    """A folded word without apostrophes and the 's of a possessive."""
    return APOSTROPHES.sub("", POSSESSIVE.sub("", word))


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    parts = (part for part in unicodedata.normalize("NFKD", sign) if unicodedata.category(part) not in ("Mn", "Cf"))
    read = "".join(parts).casefold().translate(LIKE)
    read = "".join(LIGATURES.get(each, each) for each in read)
    return "".join(str(unicodedata.digit(each, each)) for each in read)
