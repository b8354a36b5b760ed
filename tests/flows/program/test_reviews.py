import pytest

from flows.program.reviews import (
    Assessment,
    NextStep,
    Rating,
    ReviewOutcome,
    assess,
    next_step,
    outcome,
    ratings_offered,
)
from flows.program.rules import Rules

MET, NOT_MET = Assessment.MET, Assessment.NOT_MET


@pytest.mark.parametrize(
    ("first", "second", "third", "expected"),
    [
        (None, None, None, ReviewOutcome.WAITING),
        (MET, None, None, ReviewOutcome.WAITING),
        (None, NOT_MET, None, ReviewOutcome.WAITING),
        (MET, MET, None, ReviewOutcome.COMPLETE),
        (NOT_MET, NOT_MET, None, ReviewOutcome.NOT_MET),
        (MET, NOT_MET, None, ReviewOutcome.THIRD_READER),
        (NOT_MET, MET, None, ReviewOutcome.THIRD_READER),
        (MET, NOT_MET, MET, ReviewOutcome.COMPLETE),
        (NOT_MET, MET, NOT_MET, ReviewOutcome.NOT_MET),
        (MET, MET, NOT_MET, ReviewOutcome.COMPLETE),
    ],
)
def test_two_assessments_decide_and_a_third_where_they_differ(
    first: Assessment | None, second: Assessment | None, third: Assessment | None, expected: ReviewOutcome
) -> None:
    assert outcome(first, second, third) == expected


def ratings(met: int, partially: int = 0, not_met: int = 0) -> list[Rating]:
    return [Rating.MET] * met + [Rating.PARTIALLY] * partially + [Rating.NOT_MET] * not_met


def test_by_default_every_competency_must_be_met(rules: Rules) -> None:
    assert ratings_offered(rules) == (Rating.MET, Rating.NOT_MET)
    assert assess(ratings(11), rules) == MET
    assert assess(ratings(10, not_met=1), rules) == NOT_MET
    assert assess(ratings(10, partially=1), rules) == NOT_MET


@pytest.mark.parametrize(
    ("met", "partially", "not_met", "expected"),
    [
        (7, 3, 0, MET),
        (6, 4, 0, NOT_MET),
        (9, 0, 1, NOT_MET),
        (16, 6, 0, MET),
        (15, 7, 0, NOT_MET),
        (8, 3, 0, MET),
        (7, 4, 0, NOT_MET),
    ],
)
def test_with_the_later_policy_shares_decide(
    all_on: Rules, met: int, partially: int, not_met: int, expected: Assessment
) -> None:
    assert ratings_offered(all_on) == tuple(Rating)
    assert assess(ratings(met, partially, not_met), all_on) == expected


def test_an_assessment_without_ratings_is_a_mistake(rules: Rules) -> None:
    with pytest.raises(ValueError, match="needs the ratings"):
        assess([], rules)


def test_two_revisions_may_follow_and_one_with_the_later_policy(rules: Rules, all_on: Rules) -> None:
    assert [next_step(done, rules) for done in (0, 1, 2)] == [NextStep.REVISE, NextStep.REVISE, NextStep.COURSE]
    assert [next_step(done, all_on) for done in (0, 1)] == [NextStep.REVISE, NextStep.COURSE]
