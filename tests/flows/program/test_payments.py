from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from flows.program.admission import Payment, admitted_on
from flows.program.fees import Award, FlatAward, PercentAward, award_amount
from flows.program.payments import Balance, Reserved, balance, in_words

EARLY, MIDDLE, LATE = date(2011, 3, 1), date(2011, 3, 20), date(2011, 4, 15)
FEE = 35_000

days = st.dates(EARLY, LATE)
awards = st.builds(PercentAward, st.integers(0, 100)) | st.builds(FlatAward, st.integers(0, 50_000))
reserved = st.none() | st.builds(Reserved, days, awards)
payments = st.lists(st.builds(Payment, days, st.integers(-40_000, 40_000)), max_size=8)
fees = st.integers(0, 50_000)


def test_a_fee_is_paid_in_parts_by_several_payers() -> None:
    first = balance(FEE, EARLY, [Payment(MIDDLE, 15_000)])
    assert first == Balance(due=35_000, paid=15_000, open=20_000, overpaid=0, settled_on=None)
    both = balance(FEE, EARLY, [Payment(MIDDLE, 15_000), Payment(LATE, 20_000)])
    assert both == Balance(due=35_000, paid=35_000, open=0, overpaid=0, settled_on=LATE)


def test_assistance_lowers_what_is_due_and_counts_from_its_day() -> None:
    half = Reserved(LATE, PercentAward(50))
    assert balance(FEE, EARLY, [Payment(MIDDLE, 17_500)], half) == Balance(17_500, 17_500, 0, 0, LATE)
    assert balance(FEE, EARLY, [], Reserved(MIDDLE, FlatAward(50_000))) == Balance(0, 0, 0, 0, MIDDLE)


def test_too_much_money_settles_the_fee_and_is_not_lost() -> None:
    assert balance(FEE, EARLY, [Payment(MIDDLE, 40_000)]) == Balance(35_000, 40_000, 0, 5_000, MIDDLE)


def test_a_reversal_unsettles_the_fee_until_the_money_suffices_again() -> None:
    bounced = [Payment(EARLY, 35_000), Payment(MIDDLE, -35_000)]
    assert balance(FEE, EARLY, bounced) == Balance(35_000, 0, 35_000, 0, None)
    assert balance(FEE, EARLY, [*bounced, Payment(LATE, 35_000)]).settled_on == LATE


def test_a_program_without_a_fee_is_settled_from_the_first_day() -> None:
    assert balance(0, EARLY, []) == Balance(0, 0, 0, 0, EARLY)


def test_a_balance_reads_as_people_say_it() -> None:
    paid = (0, 15_000, 35_000, 36_000)
    assert [in_words(balance(FEE, EARLY, [Payment(EARLY, each)])) for each in paid] == [
        "$0 of $350 received, $350 open",
        "$150 of $350 received, $200 open",
        "$350 due and paid",
        "$350 due and paid, $10 more than that received",
    ]
    assert in_words(balance(FEE, EARLY, [], Reserved(EARLY, PercentAward(100)))) == "nothing is left to pay"


@given(fees, payments, reserved)
def test_no_money_is_ever_lost(fee: int, money: list[Payment], kept: Reserved | None) -> None:
    found = balance(fee, EARLY, money, kept)
    assert found.due == found.paid + found.open - found.overpaid
    assert min(found.open, found.overpaid) == 0
    assert found.due == fee - (award_amount(kept.award, fee) if kept else 0)


@given(fees, payments, reserved)
def test_a_fee_is_settled_exactly_while_nothing_is_open(fee: int, money: list[Payment], kept: Reserved | None) -> None:
    found = balance(fee, EARLY, money, kept)
    assert (found.settled_on is None) == (found.open > 0)


@given(fees, awards, st.permutations([EARLY, MIDDLE, LATE]))
def test_admission_is_the_later_day_whichever_came_first(fee: int, award: Award, when: list[date]) -> None:
    accepted, paid, kept = when
    settled = balance(fee, EARLY, [Payment(paid, fee)], Reserved(kept, award)).settled_on
    admitted = admitted_on(accepted, settled)
    assert settled is not None
    assert admitted == max(accepted, settled)


@given(fees, payments)
def test_the_order_in_which_payments_were_recorded_does_not_matter(fee: int, money: list[Payment]) -> None:
    one, other = balance(fee, EARLY, money), balance(fee, EARLY, money[::-1])
    assert (one.due, one.paid, one.open, one.overpaid) == (other.due, other.paid, other.open, other.overpaid)
