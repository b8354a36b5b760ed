from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.program.fees import (
    CoursePrice,
    FlatAward,
    Line,
    PercentAward,
    Quote,
    Route,
    assisted,
    award_amount,
    quote,
    routes,
    standard_award,
)
from flows.program.rules import Rules

INCLUDED = "The fee is paid once and includes 4 years of the online record."
NOTHING_MORE = "Portfolios cost nothing more."
BY_PROVIDER = "The price of a course is set by its provider and paid to the provider."


def test_the_fee_is_350_dollars_and_325_for_members(rules: Rules) -> None:
    notes = (INCLUDED, NOTHING_MORE)
    assert quote(False, None, rules) == Quote((Line("Application fee", 35000),), 35000, notes)
    assert quote(True, None, rules) == Quote((Line("Application fee, ALA member", 32500),), 32500, notes)


def test_somebody_whose_membership_is_unknown_hears_both_prices(rules: Rules) -> None:
    known = (INCLUDED, "Members of ALA pay $325, $25 less.", NOTHING_MORE)
    assert quote(None, None, rules) == Quote((Line("Application fee", 35000),), 35000, known)


def test_assistance_halves_the_fee(rules: Rules) -> None:
    assert (assisted(rules.fee, rules), assisted(rules.member_fee, rules)) == (17500, 16250)
    assert quote(True, standard_award(rules), rules).lines[1] == Line("Assistance", -16250)


def test_a_flat_award_pays_its_amount_and_never_more_than_the_fee(rules: Rules) -> None:
    award = FlatAward(10000, "the State Library of Colorado")
    assert quote(False, award, rules).lines[1] == Line("Assistance from the State Library of Colorado", -10000)
    assert quote(False, FlatAward(99999), rules).total == 0


def test_part_of_a_cent_is_rounded_for_the_applicant() -> None:
    assert [award_amount(PercentAward(percent), 10001) for percent in (50, 33, 100, 0)] == [5001, 3301, 10001, 0]


@given(
    st.integers(0, 10**6), st.one_of(st.builds(PercentAward, st.integers(0, 100)), st.builds(FlatAward, st.integers(0)))
)
def test_an_award_pays_between_nothing_and_the_fee(fee: int, award: PercentAward | FlatAward) -> None:
    assert 0 <= award_amount(award, fee) <= fee


def test_a_mix_of_courses_and_portfolios_adds_up(rules: Rules) -> None:
    courses = [CoursePrice("Technology, online", 12550), CoursePrice("Youth Services", 20000)]
    assert quote(True, standard_award(rules), rules, courses, portfolios=4) == Quote(
        (
            Line("Application fee, ALA member", 32500),
            Line("Assistance", -16250),
            Line("4 portfolios", 0),
            Line("Technology, online", 12550),
            Line("Youth Services", 20000),
        ),
        48800,
        (INCLUDED, NOTHING_MORE, BY_PROVIDER),
    )


def test_a_course_without_a_known_price_is_said_to_have_none(rules: Rules) -> None:
    priced = quote(False, None, rules, [CoursePrice("Access Services", None)], portfolios=1)
    asked = "The price of Access Services is not known here: ask its provider."
    assert (priced.total, priced.complete, priced.notes[-1]) == (35000, False, asked)


def test_the_two_ends_of_the_mix_are_six_portfolios_and_six_courses(rules: Rules) -> None:
    prices = {
        "foundations": [10000],
        "technology": [10000, 30000],
        "communication": [10000],
        "access": [5000],
        "youth": [7000, 9000],
        "reference": [8000],
        "supervision": [40000],
    }
    assert routes(False, None, rules, prices) == (
        Route("6 portfolios, no course", 35000, 35000),
        Route("6 courses, no portfolio", 35000 + 30000 + 20000, 35000 + 50000 + 57000),
    )


@pytest.mark.parametrize(
    ("missing", "unpriced"),
    [
        ("technology", ("technology",)),
        ("access", ("access", "cataloging", "collection", "reference", "supervision")),
    ],
)
def test_a_set_without_a_priced_course_leaves_the_course_route_open(
    rules: Rules, missing: str, unpriced: tuple[str, ...]
) -> None:
    some = ("foundations", "technology", "communication", "access", "advisory", "youth")
    prices = {group: [10000] for group in some if group != missing}
    assert routes(False, None, rules, prices)[1] == Route("6 courses, no portfolio", None, None, unpriced)


def test_portfolios_that_cost_something_are_counted(rules: Rules) -> None:
    dearer = replace(rules, portfolio_fee=1000)
    assert routes(True, None, dearer, {})[0] == Route("6 portfolios, no course", 38500, 38500)
    assert NOTHING_MORE not in quote(True, None, dearer, portfolios=2).notes
