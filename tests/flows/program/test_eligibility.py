from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.program import policy as policies
from flows.program.eligibility import (
    Forecast,
    Hours,
    Outcome,
    Verdict,
    in_words,
    judge,
    qualifying_date,
    weekly_pace,
    window,
)
from flows.program.positions import Position
from flows.program.rules import Rules

TODAY = date(2011, 3, 1)
SHARED = policies.load((resources.files("flows.program") / "policy.toml").read_text(encoding="utf-8")).on(TODAY)


@dataclass(frozen=True)
class Span:
    start: date
    end: date
    weekly: Fraction


def judged(rules: Rules, hours: Hours = 1820, **said: object) -> Verdict:
    told: dict[str, object] = {"position": Position.SUPPORT, "diploma": True, "abroad": False, **said}
    return judge(hours=hours, rules=rules, **told)  # type: ignore[arg-type]


def test_1820_hours_are_enough_and_1819_are_one_short(rules: Rules) -> None:
    assert judged(rules, 1820) == Verdict(Outcome.ELIGIBLE)
    assert judged(rules, 1819) == Verdict(
        Outcome.NOT_YET, ("1 more hour is needed: 1,820 within the last 5 years count.",), Fraction(1)
    )


def test_hours_that_a_sum_of_floats_makes_a_hair_too_few_are_enough(rules: Rules) -> None:
    assert judged(rules, 1819.9999999) == Verdict(Outcome.ELIGIBLE)


def test_a_missing_part_of_an_hour_is_not_shown_as_none(rules: Rules) -> None:
    verdict = judged(rules, Fraction(1820) - Fraction(1, 70))
    assert verdict.reasons == ("0.1 more hours are needed: 1,820 within the last 5 years count.",)


def test_no_diploma_is_not_yet_and_all_that_is_missing_is_said_at_once(rules: Rules) -> None:
    assert judged(rules, 1700, diploma=False) == Verdict(
        Outcome.NOT_YET,
        (
            "120 more hours are needed: 1,820 within the last 5 years count.",
            "A high school diploma, a GED or the equivalent is needed first.",
        ),
        Fraction(120),
    )


ABROAD = "Schooling outside the United States is no bar: a person looks at each case."


@pytest.mark.parametrize(
    ("diploma", "outcome"),
    [(True, Outcome.LIKELY), (False, Outcome.PERSON_DECIDES), (None, Outcome.PERSON_DECIDES)],
)
def test_schooling_abroad_is_for_a_person_and_never_an_automatic_no(
    rules: Rules, diploma: bool | None, outcome: Outcome
) -> None:
    verdict = judged(rules, diploma=diploma, abroad=True)
    assert verdict == Verdict(outcome, (ABROAD,))
    assert verdict.needs_a_person


def test_schooling_abroad_does_not_hide_missing_hours(rules: Rules) -> None:
    assert judged(rules, 0, abroad=True).outcome == Outcome.NOT_YET


def test_somebody_unsure_of_the_diploma_is_for_a_person(rules: Rules) -> None:
    assert judged(rules, diploma=None).outcome == Outcome.PERSON_DECIDES


def test_a_volunteer_is_as_eligible_as_staff(rules: Rules) -> None:
    assert judged(rules, position=Position.VOLUNTEER) == Verdict(Outcome.ELIGIBLE)


def test_an_mlis_is_no_bar_when_the_position_does_not_need_it(rules: Rules) -> None:
    assert judged(rules, holds_mlis=True) == Verdict(
        Outcome.ELIGIBLE, ("Holding an MLIS is no bar: your position does not require it.",)
    )


def test_a_position_that_requires_an_mlis_is_not_for_this_program_whatever_the_hours(rules: Rules) -> None:
    verdict = judged(rules, 0, diploma=False, position=Position.LIBRARIAN)
    assert verdict.outcome == Outcome.NOT_THIS_PROGRAM
    assert verdict.reasons[0].endswith("write to lssc@ala.org or call 800-545-2433, extension 2424.")


def test_somebody_between_positions_goes_on_and_is_marked_for_a_person(rules: Rules) -> None:
    assert judged(rules, position=Position.FORMER) == Verdict(
        Outcome.LIKELY, ("You have no library position now, so a person looks at this.",)
    )


def test_the_window_reaches_five_years_back(rules: Rules) -> None:
    assert window(TODAY, rules) == (date(2006, 3, 1), TODAY)


def test_from_a_leap_day_the_window_opens_on_28_february(rules: Rules) -> None:
    assert window(date(2012, 2, 29), rules) == (date(2007, 2, 28), date(2012, 2, 29))
    assert window(date(2017, 2, 28), rules) == (date(2012, 2, 28), date(2017, 2, 28))
    assert window(date(2017, 3, 1), rules) == (date(2012, 3, 1), date(2017, 3, 1))


def test_the_present_pace_is_all_work_that_goes_on_today() -> None:
    ledger = [
        Span(date(2010, 1, 1), TODAY, Fraction(20)),
        Span(date(2009, 1, 1), TODAY, Fraction(5, 2)),
        Span(date(2006, 1, 1), date(2009, 1, 1), Fraction(40)),
    ]
    assert weekly_pace(ledger, TODAY) == Fraction(45, 2)


def test_a_shortfall_is_met_after_so_many_weeks(rules: Rules) -> None:
    forecast = qualifying_date(100, 20, TODAY, rules)
    assert forecast == Forecast(TODAY + timedelta(weeks=5), Fraction(0), Fraction(20 * 1827, 7))


def test_no_shortfall_is_met_today(rules: Rules) -> None:
    assert qualifying_date(0, 0, TODAY, rules) == Forecast(TODAY, Fraction(0), Fraction(0))


def test_without_any_work_the_day_never_comes(rules: Rules) -> None:
    assert qualifying_date(1, 0, TODAY, rules).day is None


def test_hours_that_leave_the_window_meanwhile_move_the_day(rules: Rules) -> None:
    old = Span(date(2006, 3, 1), date(2006, 4, 25), Fraction(10))
    # All its 80 hours have left by then: 180 hours at 20 a week take nine weeks.
    assert qualifying_date(100, 20, TODAY, rules, [old]) == Forecast(
        date(2011, 5, 3), Fraction(80), Fraction(20 * 1827, 7)
    )


def test_a_pace_that_only_replaces_what_leaves_never_gets_there(rules: Rules) -> None:
    steady = Span(date(2000, 1, 1), TODAY, Fraction(5))
    shortfall = 1820 - Fraction(5 * 1827, 7)
    forecast = qualifying_date(shortfall, 5, TODAY, rules, [steady])
    assert (forecast.day, forecast.most) == (None, Fraction(1305))


spans = st.builds(
    lambda start, days, weekly: Span(start, start + timedelta(days=days), Fraction(weekly)),
    st.dates(date(2004, 1, 1), TODAY),
    st.integers(0, 1500),
    st.integers(1, 60),
)


def counted(ledger: list[Span], day: date, rules: Rules) -> Fraction:
    first = window(day, rules)[0]
    return sum(
        (span.weekly * max(0, (min(span.end, day) - max(span.start, first)).days + 1) / 7 for span in ledger),
        Fraction(0),
    )


@given(st.lists(spans.map(lambda span: replace(span, end=min(span.end, TODAY))), max_size=4), st.integers(1, 50))
def test_the_qualifying_day_is_the_first_on_which_the_whole_ledger_suffices(ledger: list[Span], weekly: int) -> None:
    rules = SHARED
    shortfall = max(Fraction(0), rules.hours_needed - counted(ledger, TODAY, rules))
    forecast = qualifying_date(shortfall, weekly, TODAY, rules, ledger)
    enough = (
        day
        for day in (TODAY + timedelta(days=days) for days in range(1827))
        if counted([*ledger, Span(TODAY + timedelta(days=1), day, Fraction(weekly))], day, rules) >= rules.hours_needed
    )
    assert forecast.day == next(enough, None)


def test_hours_are_shown_as_people_write_them() -> None:
    assert [in_words(hours) for hours in (1820, 37.5, Fraction(1, 7), 0)] == ["1,820", "37.5", "0.2", "0"]
