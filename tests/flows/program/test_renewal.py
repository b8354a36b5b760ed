from datetime import date, timedelta
from fractions import Fraction

import pytest

from flows.program.renewal import (
    Learning,
    LeftOut,
    RenewalWindow,
    Tally,
    Term,
    Unit,
    contact_hours,
    left_out,
    next_term,
    tally,
    term,
    window,
)
from flows.program.rules import Rules

DAY = timedelta(days=1)
FIRST = Term(date(2012, 5, 15), date(2017, 5, 15))


def learned(hours: int, subject: str | None = "cataloging", day: date = date(2013, 5, 12)) -> Learning:
    return Learning(day, Fraction(hours), subject)


def test_a_certificate_lasts_five_years_from_the_sixth_set(rules: Rules) -> None:
    assert term(date(2012, 5, 15), rules) == FIRST
    assert (FIRST.holds(date(2017, 5, 15)), FIRST.holds(date(2017, 5, 16))) == (True, False)


def test_a_certificate_of_a_leap_day_lasts_to_28_february(rules: Rules) -> None:
    assert term(date(2012, 2, 29), rules).end == date(2017, 2, 28)


def test_a_renewed_term_follows_the_old_one(rules: Rules) -> None:
    assert next_term(FIRST, rules) == Term(date(2017, 5, 16), date(2022, 5, 15))


def test_32_hours_are_enough_and_31_are_not(rules: Rules) -> None:
    none = Fraction(0)
    assert tally([learned(31)], FIRST, rules) == Tally(Fraction(31), none, Fraction(1), none)
    assert tally([learned(31), learned(1, "technology")], FIRST, rules) == Tally(Fraction(32), Fraction(1), none, none)
    assert tally([learned(32)], FIRST, rules).enough


def test_only_what_was_learned_in_the_term_about_a_set_counts(rules: Rules) -> None:
    others = [
        learned(9, day=date(2012, 5, 14)),
        learned(9, day=date(2017, 5, 16)),
        learned(9, None),
        learned(9, "golf"),
    ]
    assert tally([learned(5, day=FIRST.start), learned(5, day=FIRST.end), *others], FIRST, rules).hours == 10


def test_what_does_not_count_is_left_out_for_a_reason(rules: Rules) -> None:
    told = [(FIRST.start - DAY, "access"), (FIRST.start, "access"), (FIRST.end, None), (FIRST.end + DAY, "access")]
    why = [left_out(day, set_id, FIRST, rules) for day, set_id in told]
    assert why == [LeftOut.BEFORE, None, LeftOut.NO_SET, LeftOut.AFTER]


def test_renewal_can_be_asked_for_at_any_time_of_the_term(rules: Rules) -> None:
    assert window(FIRST, rules) == RenewalWindow(FIRST.start, FIRST.end)


def test_with_the_later_policy_terms_windows_and_technology_hours_apply(all_on: Rules) -> None:
    shorter = term(date(2012, 5, 15), all_on)
    assert shorter == Term(date(2012, 5, 15), date(2016, 5, 15))
    assert window(shorter, all_on) == RenewalWindow(date(2015, 5, 15), date(2016, 7, 15))
    assert tally([learned(32), learned(3, "technology")], shorter, all_on).technology_missing == 1
    assert tally([learned(28), learned(4, "technology")], shorter, all_on).enough


@pytest.mark.parametrize(
    ("amount", "unit", "by_default", "later"),
    [
        (6, Unit.HOUR, 6, 6),
        (1, Unit.SEMESTER_CREDIT, None, 15),
        (3, Unit.QUARTER_CREDIT, None, 30),
        (2, Unit.CONFERENCE_DAY, None, 12),
    ],
)
def test_credits_and_days_become_hours_only_where_the_rules_say_so(
    rules: Rules, all_on: Rules, amount: int, unit: Unit, by_default: int | None, later: int
) -> None:
    assert contact_hours(Fraction(amount), unit, rules) == by_default
    assert contact_hours(Fraction(amount), unit, all_on) == later
