"""When an applicant becomes a candidate: once the application is accepted and the fee is settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flows.program.money import Cents


@dataclass(frozen=True)
class Payment:
    """Money or assistance that arrived on a day; a refund is negative."""

    day: date
    amount: Cents


def settled_on(fee: Cents, payments: Iterable[Payment]) -> date | None:
    """The day from which payments and assistance together cover the fee, up to now; None while they do not."""
    settled, sum_so_far = None, 0
    for payment in sorted(payments, key=lambda payment: payment.day):
        sum_so_far += payment.amount
        if sum_so_far < fee:
            settled = None
        elif settled is None:
            settled = payment.day
    return settled


def admitted_on(accepted: date | None, settled: date | None) -> date | None:
    """The later of the two days; None while one is missing. Sources: briefing, appendix D; candidate FAQ 15 and 17."""
    return max(accepted, settled) if accepted and settled else None
