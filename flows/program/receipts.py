"""Money as the office tells it in one line: "$150, library, 3 November 2026, PO 17"."""

from dataclasses import dataclass
from datetime import date

from flows.dialog.dates import read_day
from flows.dialog.unclear import Unclear
from flows.program.money import Cents, cents

ASKS = "How much, from whom (applicant, library, agency or a name), on which day, and which reference if any?"
EXAMPLE = "$150, library, 3 November 2026, PO 17"


@dataclass(frozen=True)
class Receipt:
    """An amount with its payer and day; `reference` is a purchase order or the like, or empty."""

    amount: Cents
    payer: str
    day: date
    reference: str = ""


def read(words: str, today: date) -> Receipt:
    """The parts between commas, in this order; no day means today. Raises Unclear."""
    amount, *rest = [part.strip() for part in _joined(words).split(",")]
    found = cents(amount)
    if found is None or not rest or not rest[0]:
        raise Unclear(f"Please write the amount, the payer and the day, for example: {EXAMPLE}")
    payer, *more = rest
    day = read_day(more[0], today, latest=today) if more and more[0] else today
    return Receipt(found, payer, day, ", ".join(more[1:]))


def _joined(words: str) -> str:
    """`$1,240` is one amount: a comma between digits that makes thousands does not part anything."""
    amount, comma, rest = words.partition(",")
    while comma and rest[:3].isdecimal() and len(rest[:3]) == 3 and not rest[3:4].isdecimal():
        amount, comma, rest = (amount + rest[:3], *_after(rest[3:]))
    return f"{amount}{comma}{rest}"


def _after(rest: str) -> tuple[str, str]:
    return (",", rest[1:]) if rest.startswith(",") else ("", rest)
