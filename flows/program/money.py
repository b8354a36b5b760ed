"""Amounts of money: how they are kept, read and shown."""

import re
from typing import Annotated, TypeAlias

Cents: TypeAlias = Annotated[int, "cents"]
"""An amount in whole US cents. Every amount of the program is kept so; `dollars` shows it."""

_AMOUNT = re.compile(r"\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?")


def dollars(amount: Cents) -> str:
    """Cents as people write them: `$350`, `$162.50`, `$1,240`, `-$25`."""
    whole, cents = divmod(abs(amount), 100)
    sign = "-" if amount < 0 else ""
    return f"{sign}${whole:,}.{cents:02}" if cents else f"{sign}${whole:,}"


def cents(text: str) -> Cents | None:
    """The amount in words such as `$350`, `350`, `$1,240` or `162.50`; None when it is no amount."""
    found = _AMOUNT.fullmatch(text.strip())
    return None if found is None else int(found[1].replace(",", "")) * 100 + int(found[2] or 0)
