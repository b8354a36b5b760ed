"""How the fee of one application stands: what is due after membership and assistance, what came in, what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flows.program.admission import Payment, settled_on
from flows.program.fees import Award, award_amount
from flows.program.money import Cents, dollars


@dataclass(frozen=True)
class Reserved:
    """Assistance that is kept for one application since a day."""

    day: date
    award: Award


@dataclass(frozen=True)
class Balance:
    """`due` is the fee less assistance and `paid` what came in less what went back: due = paid + open - overpaid.

    `settled_on` is the day from which the money has sufficed up to now; None while something is open.
    """

    due: Cents
    paid: Cents
    open: Cents
    overpaid: Cents
    settled_on: date | None


def balance(fee: Cents, since: date, payments: Iterable[Payment], reserved: Reserved | None = None) -> Balance:
    """The balance of a fee that is asked since a day; a refund or a reversal is a negative payment.

    Assistance counts from the day it was reserved. A fee that changes (a membership that is not confirmed) counts as
    if it had always been so.
    """
    payments = tuple(payments)
    assistance = award_amount(reserved.award, fee) if reserved else 0
    due, paid = fee - assistance, sum(payment.amount for payment in payments)
    helped = [Payment(reserved.day, assistance)] if reserved else []
    settled = settled_on(fee, [Payment(since, 0), *helped, *payments])
    return Balance(due, paid, max(0, due - paid), max(0, paid - due), settled)


def in_words(balance: Balance) -> str:
    """`$150 of $350 received, $200 open`, for the applicant as for the office."""
    if balance.open:
        return f"{dollars(balance.paid)} of {dollars(balance.due)} received, {dollars(balance.open)} open"
    if balance.overpaid:
        return f"{dollars(balance.due)} due and paid, {dollars(balance.overpaid)} more than that received"
    return f"{dollars(balance.due)} due and paid" if balance.due else "nothing is left to pay"
