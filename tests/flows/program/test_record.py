from datetime import date

from flows.program.record import readable_until
from flows.program.rules import Rules


def test_a_record_is_readable_for_two_years_after_the_end(rules: Rules) -> None:
    assert readable_until(date(2015, 5, 3), rules) == date(2017, 5, 3)
