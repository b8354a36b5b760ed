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
ORDER = re.compile(
    r"\b(?:po|p\.o\.|purchase order|order|reference|ref\.?|check|cheque|invoice)\s*(?:no\.?|number|#)?\s*"
    r"(?P<order>[A-Za-z0-9][\w./-]*)",
    re.IGNORECASE,
)
DAY = re.compile(r"\bon (?P<day>[^,;]+)$", re.IGNORECASE)
PAYER = re.compile(r"\b(?:from|by|to) (?:the |their |her |his )?(?P<payer>[^,;]+)", re.IGNORECASE)
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
    rest = said[amount.end() :].strip(" ,;")
    rest, day = _day(rest, today)
    order = ORDER.search(rest)
    if order is not None:
        rest = f"{rest[: order.start()]} {rest[order.end() :]}"
    cents = int(amount["dollars"].replace(",", "")) * 100 + int(amount["cents"] or 0)
    return Receipt(cents, _payer(rest.strip(" ,;")), order["order"] if order else "", day)


def _day(rest: str, today: date) -> tuple[str, date]:
    found = DAY.search(rest)
    if found is None:
        return rest, today
    return rest[: found.start()].strip(" ,;"), dates.read_day(digits(found["day"]), today, latest=today)


def _payer(rest: str) -> str:
    found = PAYER.search(rest)
    said = (found["payer"] if found else rest.removeprefix("the ")).strip().lower().rstrip(".")
    if not said or said in APPLICANT:
        return "applicant"
    return next((each for each in ("library", "agency") if said == each), (found["payer"] if found else rest).strip())
