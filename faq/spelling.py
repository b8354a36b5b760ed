"""Mends misspelled words, preferring the words of the knowledge base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = re.compile(r"[A-Za-z][A-Za-z']*")
VOWELS = frozenset("aeiouy")
# The encoder's vocabulary goes from common to rare; the later words are mostly names and foreign.
COMMON = 12000

BRITISH = (
    (re.compile(r"isation"), "ization"),
    (re.compile(r"is(e|es|ed|ing)$"), r"iz\1"),
    (re.compile(r"yse"), "yze"),
    (re.compile(r"our"), "or"),
    (re.compile(r"ogu(e|es|ed|ing)$"), r"og\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"gramme"), "gram"),
    (re.compile(r"ll(ed|ing|er)$"), r"l\1"),
    (re.compile(r"tre$"), "ter"),
    (re.compile(r"ence$"), "ense"),
    (re.compile(r"ol$"), "oll"),
    (re.compile(r"ilment"), "illment"),
    (re.compile(r"olment"), "ollment"),
    (re.compile(r"ise$"), "ice"),
)


@dataclass(frozen=True)
class Spelling:
    """Knows the knowledge base's words with their counts, and the encoder's with their rank (common first)."""

    domain: Mapping[str, int]
    general: Mapping[str, int]
    memory: dict[str, str] = field(default_factory=dict, compare=False)

    def mend(self, text: str) -> str:
        """The text with unknown words replaced by the nearest known ones; capitals, numbers and apostrophes stay."""
        return WORDS.sub(lambda found: self._mended(found.group()), text)

    def _mended(self, word: str) -> str:
        plain = word.lower()
        if "'" in word or len(plain) < 3 or plain in self.domain or (word.isupper() and len(word) <= 5):
            return word
        if plain not in self.memory:
            if len(self.memory) > 20000:
                self.memory.clear()
            self.memory[plain] = self._nearest(plain)
        return word if self.memory[plain] == plain else self.memory[plain]

    def _nearest(self, word: str) -> str:
        if american := next((form for form in _american(word) if form in self.domain), None):
            return american
        if word in self.general:
            return word if self.general[word] < COMMON else self._surely_meant(word)
        if any(base in self.domain or base in self.general for base in _bases(word)):
            return word
        near = self._at_one(word)
        if near is None:
            near = self._split(word) or (self._at_two(word) if len(word) >= 6 else None)
        return near or word

    def _surely_meant(self, word: str) -> str:
        """A rare word one small slip away from a frequent domain word is taken for that word."""
        near = [form for form in edits(word) if self.domain.get(form, 0) >= 5 and slip(word, form) <= 0.7]
        return max(near, key=lambda form: self.domain[form]) if near and len(word) >= 5 else word

    def _at_one(self, word: str) -> str | None:
        forms = {form for form in edits(word) if form in self.domain or self.general.get(form, COMMON) < COMMON}
        return min(forms, key=lambda form: (self._cost(word, form), form)) if forms else None

    def _cost(self, word: str, form: str) -> float:
        familiar = min(self.domain.get(form, 0), 8) * 0.06 + (0.35 if form in self.domain else 0)
        return slip(word, form) - familiar + self.general.get(form, COMMON) / COMMON * 0.3

    def _at_two(self, word: str) -> str | None:
        near = [(self._cost(word, form), form) for form in self._like(word) if distance(word, form, 2) <= 2]
        return min(near)[1] if near else None

    def _like(self, word: str) -> Iterator[str]:
        for length in range(len(word) - 2, len(word) + 3):
            for form, letters in self._by_length.get(length, ()):
                if sum(abs(word.count(letter) - form.count(letter)) for letter in letters | set(word)) <= 4:
                    yield form

    @cached_property
    def _by_length(self) -> dict[int, list[tuple[str, frozenset[str]]]]:
        shelves: dict[int, list[tuple[str, frozenset[str]]]] = {}
        for form in self.domain:
            shelves.setdefault(len(form), []).append((form, frozenset(form)))
        return shelves

    def _split(self, word: str) -> str | None:
        cuts = ((word[:cut], word[cut:]) for cut in range(2, len(word) - 1))
        known = [halves for halves in cuts if all(map(self._stands, halves)) and max(map(len, halves)) >= 5]
        best = max(known, key=self._weight, default=None)
        return " ".join(best) if best else None

    def _stands(self, word: str) -> bool:
        return word in SMALL or (len(word) >= 3 and word in self.domain)

    def _weight(self, halves: tuple[str, str]) -> int:
        return sum(min(self.domain.get(half, 0), 20) + len(half) ** 2 for half in halves)


SMALL = frozenset(
    [
        "a",
        "i",
        "is",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "do",
        "my",
        "me",
        "it",
        "if",
        "or",
        "an",
        "as",
        "be",
        "so",
        "no",
        "we",
        "am",
        "for",
        "the",
        "and",
        "are",
        "you",
        "can",
        "how",
    ]
)


def _american(word: str) -> Iterator[str]:
    """Forms of a British spelling as an American would write it."""
    for pattern, replacement in BRITISH:
        form = pattern.sub(replacement, word)
        if form != word:
            yield form
            yield from (again for other, new in BRITISH if (again := other.sub(new, form)) not in (word, form))


INFLECTED = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
    ("ness", ""),
    ("able", ""),
    ("ment", ""),
    ("al", ""),
)


def _bases(word: str) -> Iterator[str]:
    """The words of four or more letters that this may be a regular form of."""
    for ending, instead in INFLECTED:
        base = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(base) >= 4:
            yield base
    for start in ("un", "re", "non", "pre"):
        if word.startswith(start) and len(word) - len(start) >= 4:
            yield word.removeprefix(start)


def edits(word: str) -> Iterator[str]:
    """Every word that is one letter added, dropped, changed, or one pair swapped, away."""
    cuts = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    for left, right in cuts:
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in LETTERS:
            if right:
                yield left + letter + right[1:]
            yield left + letter + right


def slip(word: str, form: str) -> float:
    """How unlikely one is written for the other: a doubled letter, a swap or a wrong vowel is the easiest slip,
    and a letter is sooner left out than put in."""
    if len(word) == len(form):
        wrong = [(mine, meant) for mine, meant in zip(word, form, strict=True) if mine != meant]
        if len(wrong) == 2 and wrong[0] == wrong[1][::-1]:
            return 0.5
        cost = sum(0.6 if {mine, meant} <= VOWELS else 1.0 for mine, meant in wrong)
    else:
        each = 0.7 if len(form) > len(word) else 0.9
        cost = 0.5 if _once(word) == _once(form) else each * abs(len(word) - len(form))
    return cost + (0.6 if word[:1] != form[:1] else 0.0)


def _once(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


def distance(one: str, other: str, most: int) -> int:
    """Letters added, dropped, changed or swapped between two words; `most + 1` when it is more than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for down, mine in enumerate(one, 1):
        earlier, before, row = before, row, [down]
        for across, theirs in enumerate(other, 1):
            best = min(before[across] + 1, row[-1] + 1, before[across - 1] + (mine != theirs))
            if down > 1 and across > 1 and mine == other[across - 2] and one[down - 2] == theirs:
                best = min(best, earlier[across - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
