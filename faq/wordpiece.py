"""Cuts a text into the word pieces that the sentence encoder was trained on."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
LONGEST_TEXT = 128


@dataclass(frozen=True)
class WordPiece:
    """BERT's uncased reader over one vocabulary: piece -> number."""

    vocabulary: Mapping[str, int]

    def ids(self, text: str, longest: int = LONGEST_TEXT) -> list[int]:
        """The numbers of the pieces of a text between its start and end marks, at most `longest` of them."""
        numbers = [self.vocabulary[START]]
        for word in words(text):
            numbers += self._word(word)
            if len(numbers) >= longest:
                break
        return [*numbers[: longest - 1], self.vocabulary[END]]

    def _word(self, word: str) -> list[int]:
        unknown = [self.vocabulary[UNKNOWN]]
        if len(word) > LONGEST_WORD:
            return unknown
        found: list[int] = []
        start = 0
        while start < len(word):
            end = self._end_of_longest(word, start)
            if end == start:
                return unknown
            found.append(self.vocabulary[_piece(word, start, end)])
            start = end
        return found

    def _end_of_longest(self, word: str, start: int) -> int:
        for end in range(len(word), start, -1):
            if _piece(word, start, end) in self.vocabulary:
                return end
        return start


def _piece(word: str, start: int, end: int) -> str:
    return word[start:end] if start == 0 else "##" + word[start:end]


def words(text: str) -> list[str]:
    """The words and single punctuation marks of a text, without case and accents."""
    plain = "".join(_cleaned(text)).lower()
    bare = "".join(sign for sign in unicodedata.normalize("NFD", plain) if unicodedata.category(sign) != "Mn")
    return [part for word in bare.split() for part in _at_punctuation(word)]


def _cleaned(text: str) -> Iterator[str]:
    for sign in text:
        if sign in "\t\n\r":
            yield " "
        elif sign in "\x00\ufffd" or unicodedata.category(sign).startswith("C"):
            continue
        elif _is_chinese(ord(sign)):
            yield f" {sign} "
        elif unicodedata.category(sign) == "Zs":
            yield " "
        else:
            yield sign


def _at_punctuation(word: str) -> Iterator[str]:
    gathered = ""
    for sign in word:
        if not _is_punctuation(sign):
            gathered += sign
            continue
        if gathered:
            yield gathered
        gathered = ""
        yield sign
    if gathered:
        yield gathered


def _is_punctuation(sign: str) -> bool:
    ascii_mark = 33 <= ord(sign) <= 47 or 58 <= ord(sign) <= 64 or 91 <= ord(sign) <= 96 or 123 <= ord(sign) <= 126
    return ascii_mark or unicodedata.category(sign).startswith("P")


# The code point ranges that BERT treats as one word per sign.
CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


def _is_chinese(code: int) -> bool:
    return any(first <= code <= last for first, last in CHINESE)


def read(path: Path) -> WordPiece:
    """A reader from `tokenizer.json` or from `vocab.txt` (one piece a line)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return WordPiece(json.loads(text)["model"]["vocab"])
    return WordPiece({piece: number for number, piece in enumerate(text.splitlines())})
