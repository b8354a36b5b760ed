"""Money as the office writes it down: "150 from the library, PO 4711, on 20 November"."""

import re
from dataclasses import dataclass
from datetime import date

from flows.dialog import dates
from flows.dialog.numbers import digits
from flows.dialog.unclear import Unclear
from flows.program.money import Cents

AMOUNT = re.compile(
    r"\s*(?:us)?\$?\s?(?P<dollars>\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(?P<cents>\d\d))?(?![\d.])(?: dollars)?"
)
WORD = r"(?:po|p\.o\.|purchase order|order|reference|ref\.?|check|cheque|invoice)"
ORDER = re.compile(rf"{WORD}\s*(?:no\.?|number|#)?\s*(?P<order>[A-Za-z0-9][\w./-]*)", re.IGNORECASE)
# Where a new part begins, also without a comma.
PART = re.compile(rf"\s*[,;]\s*|\s+(?=(?:from|by|to|on)\s)|\s+(?={WORD}\s*(?:no\.?|number|#)?\s*\d)", re.IGNORECASE)
LEADING = re.compile(r"^(?:(?:from|by|to|on)\s+)?(?:(?:the|their|her|his)\s+)?", re.IGNORECASE)
YEARLESS = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,}\.?|[a-z]{3,}\.? \d{1,2}(?:st|nd|rd|th)?", re.IGNORECASE
)
APPLICANT = ("applicant", "them", "themselves", "her", "him", "herself", "himself")
EXAMPLE = "150 from the library, PO 4711, on 20 November 2026"


@dataclass(frozen=True)
class Receipt:
    """Money that moved: `payer` is applicant, library, agency or other words; `order` a purchase order or a check."""

    amount: Cents
    payer: str
    order: str
    day: date


def read(words: str, today: date) -> Receipt:
    """What the words say; without a payer the applicant's, without a day today's. Raises Unclear with an example."""
    said = " ".join(words.split())[:300]
    amount = AMOUNT.match(said)
    if amount is None:
        raise Unclear(f"How much is it? For example: {EXAMPLE}")
    cents = int(amount["dollars"].replace(",", "")) * 100 + int(amount["cents"] or 0)
    payer, order, day = "", "", today
    for part in filter(None, PART.split(said[amount.end() :].strip(" ,;"))):
        if (found := ORDER.fullmatch(part)) is not None:
            order = found["order"]
        elif any(character.isdecimal() for character in part):
            day = _day(digits(LEADING.sub("", part)), today)
        else:
            payer = LEADING.sub("", part).strip(" .")
    return Receipt(cents, _payer(payer), order, day)


def _day(said: str, today: date) -> date:
    """Without a year the latest such day."""
    if YEARLESS.fullmatch(said):
        this_year = dates.read_day(f"{said} {today.year}", today)
        return this_year if this_year <= today else dates.read_day(f"{said} {today.year - 1}", today)
    return dates.read_day(said, today, latest=today)


def _payer(said: str) -> str:
    if not said or said.lower() in APPLICANT:
        return "applicant"
    return said.lower() if said.lower() in ("library", "agency") else said
