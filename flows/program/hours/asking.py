"""What must be asked back, the answers already given to it, and the person's own words to quote in it."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from flows.program.hours.ledger import Missing, What
from flows.program.hours.wording import LONGEST, plain

_LONGEST_QUOTE, _MOST_PARTS = 90, 60
_PARTS = re.compile(r"(?<=[,;.!?])\s+|\s+(?=(?:and|then|but|plus)\b)|\n|\s*[()]\s*")
_SENTENCES = re.compile(r"(?<=[;.!?])\s+|\n")


class Asking:
    """Collects questions; one that has its answer already gives it instead."""

    def __init__(self, words: str, answers: Mapping[str, str]) -> None:
        self.missing: list[Missing] = []
        self._words = words[:LONGEST]
        self._answers = answers
        self._counts: Counter[str] = Counter()

    @cached_property
    def _parts(self) -> tuple[list[tuple[str, str]], ...]:
        """The parts and the sentences of the words, each with its plain spelling."""
        split = (pattern.split(self._words, maxsplit=_MOST_PARTS) for pattern in (_PARTS, _SENTENCES))
        told = ([part.strip(" ,;:.()") for part in parts if part.strip(" ,;:.()")] for parts in split)
        return tuple([(part, " ".join(plain(part).split())) for part in parts] for parts in told)

    def ask(self, what: What, question: str) -> str | None:
        """The answer given under the question's key, or None after noting that it is missing."""
        self._counts[what] += 1
        number = self._counts[what]
        key = what if number == 1 else f"{what} {number}"
        if self._answers.get(key, "").strip():
            return self._answers[key].strip()
        self.missing.append(Missing(what, question, key))
        return None

    def again(self, what: What, question: str) -> None:
        """The answer could not be read: ask the same once more."""
        number = self._counts[what]
        self.missing.append(Missing(what, question, what if number == 1 else f"{what} {number}"))

    def about(self, fragment: str) -> str:
        """ "For “20 hrs/wk at Oak Street”: " when the fragment of the plain text stands in one part of the words."""
        sought = " ".join(fragment.split()).strip(" ,;:().")
        if not sought or "«" in sought:
            return ""
        stands = re.compile(rf"(?<![\w.]){re.escape(sought)}(?!\w)")
        for parts in self._parts:
            found = [part for part, spelled in parts if stands.search(spelled)]
            if len(found) == 1 and len(found[0]) <= _LONGEST_QUOTE:
                return f"For “{found[0]}”: "
        return ""
