from datetime import date

from flows.program.courses import approval_fee, approved_until
from flows.program.rules import Rules

DAY = date(2012, 2, 29)


def test_an_approval_has_no_end_and_no_known_fee_by_default(rules: Rules) -> None:
    assert (approved_until(DAY, rules), approval_fee(rules)) == (None, None)


def test_with_the_later_policy_it_lasts_four_years_for_100_dollars(all_on: Rules) -> None:
    assert (approved_until(DAY, all_on), approval_fee(all_on)) == (date(2016, 2, 29), 10000)
