from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from flows.program.deadlines import Pace, PaceWord, counts, is_over, last_day, pace
from flows.program.rules import Rules

ADMITTED = date(2011, 5, 3)
LAST = date(2015, 5, 3)


def test_four_years_end_on_the_same_day_of_the_year(rules: Rules) -> None:
    assert last_day(ADMITTED, rules) == LAST


def test_four_years_from_a_leap_day_end_on_a_leap_day_or_on_28_february_in_2100(rules: Rules) -> None:
    assert last_day(date(2012, 2, 29), rules) == date(2016, 2, 29)
    assert last_day(date(2096, 2, 29), rules) == date(2100, 2, 28)


def test_an_extension_only_ever_lengthens(rules: Rules) -> None:
    assert last_day(ADMITTED, rules, date(2015, 9, 1)) == date(2015, 9, 1)
    assert last_day(ADMITTED, rules, date(2014, 9, 1)) == LAST


def test_the_last_day_still_belongs_to_the_candidate() -> None:
    assert (is_over(LAST, LAST), is_over(LAST, LAST + timedelta(days=1))) == (False, True)


def test_a_set_submitted_on_the_last_day_counts_however_late_its_review_ends(rules: Rules) -> None:
    reviewed = LAST + timedelta(days=40)
    assert counts(LAST, reviewed, LAST, rules)
    assert not counts(LAST + timedelta(days=1), reviewed, LAST, rules)


def test_where_the_setting_is_off_the_review_must_have_ended(rules: Rules) -> None:
    strict = replace(rules, last_day_submission_counts=False)
    assert counts(LAST - timedelta(days=30), LAST, LAST, strict)
    assert not counts(LAST - timedelta(days=30), LAST + timedelta(days=1), LAST, strict)


def test_the_pace_compares_complete_sets_with_an_even_pace(rules: Rules) -> None:
    halfway = date(2013, 5, 3)
    assert pace(ADMITTED, LAST, 3, halfway, rules) == Pace(
        PaceWord.ON_PACE, Fraction(6 * 731, 1461), 3, 730, date(2014, 1, 1)
    )


@pytest.mark.parametrize(
    ("complete", "today", "word"),
    [
        (0, ADMITTED, PaceWord.ON_PACE),
        (1, ADMITTED, PaceWord.AHEAD),
        (0, date(2011, 12, 31), PaceWord.ON_PACE),
        (0, date(2012, 1, 2), PaceWord.BEHIND),
        (5, LAST, PaceWord.BEHIND),
        (5, LAST + timedelta(days=1), PaceWord.OVER),
        (6, LAST + timedelta(days=1), PaceWord.COMPLETE),
        (0, ADMITTED - timedelta(days=9), PaceWord.ON_PACE),
    ],
)
def test_a_word_says_how_a_candidate_stands(rules: Rules, complete: int, today: date, word: PaceWord) -> None:
    assert pace(ADMITTED, LAST, complete, today, rules).word == word


def test_the_last_set_is_due_on_the_last_day(rules: Rules) -> None:
    assert pace(ADMITTED, LAST, 5, ADMITTED, rules).next_due == LAST
    assert pace(ADMITTED, LAST, 6, ADMITTED, rules).next_due is None
