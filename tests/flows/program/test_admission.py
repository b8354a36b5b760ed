from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from flows.program.admission import Payment, admitted_on, settled_on

EARLY, LATE = date(2011, 3, 1), date(2011, 4, 15)


def test_admission_is_the_later_of_acceptance_and_settlement() -> None:
    assert admitted_on(EARLY, LATE) == LATE
    assert admitted_on(LATE, EARLY) == LATE


def test_nobody_is_admitted_before_both_are_there() -> None:
    assert (admitted_on(EARLY, None), admitted_on(None, LATE), admitted_on(None, None)) == (None, None, None)


def test_the_fee_is_settled_on_the_day_payments_and_assistance_cover_it() -> None:
    assert settled_on(35000, [Payment(LATE, 17500), Payment(EARLY, 17500)]) == LATE
    assert settled_on(35000, [Payment(EARLY, 35000), Payment(LATE, 100)]) == EARLY
    assert settled_on(35000, [Payment(EARLY, 34999)]) is None


def test_money_sent_back_unsettles_the_fee() -> None:
    assert settled_on(35000, [Payment(EARLY, 35000), Payment(LATE, -35000)]) is None


@given(st.lists(st.builds(Payment, st.dates(EARLY, LATE), st.integers(1, 500)), max_size=9), st.integers(1, 2000))
def test_a_fee_is_settled_exactly_when_enough_has_arrived(payments: list[Payment], fee: int) -> None:
    assert (settled_on(fee, payments) is not None) == (sum(payment.amount for payment in payments) >= fee)
