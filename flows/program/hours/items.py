"""What a statement is made of: rates, times, periods and doubts, each standing in the text as a marker."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from flows.dialog.dates import NoDate, When
from flows.dialog.numbers import NUMBER
from flows.program.hours.ledger import What

AMOUNT = rf"(?:between {NUMBER} ?(?:and|-|to) ?{NUMBER}|{NUMBER}(?: ?(?:-|to|or) ?{NUMBER})?)"
GAP = r"(?:(?! (?:and|then|plus|but|also|for)\b) [a-z'/&-]+){0,5}"


@dataclass(frozen=True)
class Rate:
    """Hours a week; `soft` when told as a `share` of full time, or as part time without hours (`weekly` 0)."""

    weekly: float
    words: str
    soft: bool = False
    share: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Portion:
    """Hours of one day or visit (`each`), or hours of which it is not said of what."""

    hours: float
    words: str
    each: bool = False


@dataclass(frozen=True)
class Times:
    """How often a week: `weekly` for hours told of the whole (0: cannot be said), `each` for hours told of one day.

    `visits`: told as a count ("3 days a week"), after which short hours are those of one day.
    """

    weekly: float
    each: float
    visits: bool = False


@dataclass(frozen=True)
class Sum:
    """Hours told as a sum; `again` when it may repeat what was told already."""

    hours: float
    words: str
    again: bool = False


@dataclass(frozen=True)
class Weeks:
    """Weeks worked in a year."""

    count: float


@dataclass(frozen=True)
class Season:
    """Work in the school year or in summers only; `years` when the summers are named."""

    name: str
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Length:
    """A time as long as `count` of `unit` (d, w, m, y)."""

    count: float
    unit: str

    @property
    def weeks(self) -> float:
        return self.count * {"d": 1 / 7, "w": 1, "m": 30.4375 / 7, "y": 365.25 / 7}[self.unit]


@dataclass(frozen=True)
class Piece:
    """As much of a period as one phrase tells; `tie` when it hangs on another job ("since then", "before that")."""

    start: When | None = None
    end: When | None = None
    length: Length | None = None
    now: bool = False
    within: When | None = None
    tie: str = ""
    past: bool = False


@dataclass(frozen=True)
class Break:
    """A time to be taken out of the period."""

    piece: Piece


@dataclass(frozen=True)
class Doubt:
    """Something that must be asked back ("{}" for a quotation), the words it is about and which such words they are."""

    what: What
    question: str
    words: str = ""
    place: int = 0


Item: TypeAlias = Rate | Portion | Times | Sum | Weeks | Season | Length | Piece | Break | Doubt | When | NoDate


_MARKER = re.compile(r"«[a-z]\d+»")
_DEEPEST = 6


@dataclass
class Notes:
    """The items found so far; each marker in the text is a letter for the kind and the place in `items`."""

    items: list[Item] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)

    def put(self, letter: str, item: Item, words: str = "") -> str:
        self.items.append(item)
        marker = f"«{letter}{len(self.items) - 1}»"
        self.words[marker] = words
        return marker

    def get(self, marker: str) -> Item:
        return self.items[int(marker[2:-1])]

    def when(self, marker: str) -> When:
        item = self.get(marker)
        if not isinstance(item, When):
            raise TypeError(marker)
        return item

    def plain(self, text: str) -> str:
        """The marked text with the words again that the markers stand for."""
        for _ in range(_DEEPEST):
            bare = _MARKER.sub(lambda marker: self.words.get(marker[0], " "), text)
            if bare == text:
                break
            text = bare
        return text

    def replace(self, pattern: str, text: str, make: Callable[[re.Match[str]], tuple[str, Item] | None]) -> str:
        """Put a marker wherever the pattern stands and `make` finds an item in it."""

        def put(match: re.Match[str]) -> str:
            made = make(match)
            kept = match.groupdict().get("keep") or ""
            return match[0] if made is None else kept + self.put(*made, words=match[0])

        return re.sub(pattern, put, text)


def middle(amount: str) -> float:
    """The number, or the middle of a range of two."""
    numbers = [float(number) for number in re.findall(NUMBER, amount)]
    return sum(numbers) / len(numbers)
