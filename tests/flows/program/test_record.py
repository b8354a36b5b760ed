from datetime import date

from flows.program.record import readable, readable_until
from flows.program.rules import Rules

ENDED = date(2015, 5, 3)


def test_a_record_is_readable_for_two_years_after_the_end(rules: Rules) -> None:
    assert readable_until(ENDED, rules) == date(2017, 5, 3)
    assert (readable(ENDED, date(2017, 5, 3), rules), readable(ENDED, date(2017, 5, 4), rules)) == (True, False)


def test_a_record_is_readable_while_nothing_has_ended(rules: Rules) -> None:
    assert readable(None, date(2099, 1, 1), rules)
