"""What the assessments of a portfolio come to."""

from collections.abc import Sequence
from enum import StrEnum

from flows.program.rules import Rules


class Assessment(StrEnum):
    """One evaluator's word on a whole set."""

    MET = "met"
    NOT_MET = "not met"


class Rating(StrEnum):
    """One evaluator's word on one competency; "partially met" is offered only where the rules know it."""

    MET = "met"
    PARTIALLY = "partially met"
    NOT_MET = "not met"


class ReviewOutcome(StrEnum):
    """What a submission has come to so far."""

    WAITING = "waiting for an assessment"
    THIRD_READER = "the assessments differ: a third reader"
    COMPLETE = "complete"
    NOT_MET = "not met"


class NextStep(StrEnum):
    """What the candidate of a set that was not met is asked for."""

    REVISE = "revise or add, or take a course"
    COURSE = "take a course"


def outcome(first: Assessment | None, second: Assessment | None, third: Assessment | None = None) -> ReviewOutcome:
    """The outcome of two blind assessments, or of the third when they differ: the third reader's word decides.

    A third assessment is no part of two that agree. Source: briefing, appendix C 4.
    """
    if first is None or second is None:
        return ReviewOutcome.WAITING
    word = first if first is second else third
    if word is None:
        return ReviewOutcome.THIRD_READER
    return ReviewOutcome.COMPLETE if word is Assessment.MET else ReviewOutcome.NOT_MET


def ratings_offered(rules: Rules) -> tuple[Rating, ...]:
    """The words an evaluator may choose from for a competency."""
    return tuple(Rating) if rules.optional.ratings.on else (Rating.MET, Rating.NOT_MET)


def assess(ratings: Sequence[Rating], rules: Rules) -> Assessment:
    """One evaluator's ratings of all competencies of a set, as one assessment; ValueError without any rating.

    By default every competency must be met. With the later policy of shares on, enough are met, few enough only
    partially, and none is not met.
    """
    if not ratings:
        raise ValueError("an assessment needs the ratings of all competencies of the set")
    met, partial, shares = ratings.count(Rating.MET), ratings.count(Rating.PARTIALLY), rules.optional.ratings
    if not shares.on:
        passed = met == len(ratings)
    else:
        enough = met * 100 >= shares.met_percent * len(ratings)
        few = partial * 100 <= shares.partial_percent * len(ratings)
        passed = enough and few and Rating.NOT_MET not in ratings
    return Assessment.MET if passed else Assessment.NOT_MET


def next_step(revisions: int, rules: Rules) -> NextStep:
    """What may follow "not met" after so many revisions. Sources: briefing, appendix C 4; the rounds are a setting."""
    return NextStep.REVISE if revisions < rounds(rules) else NextStep.COURSE


def rounds(rules: Rules) -> int:
    """How often a submission may be revised."""
    return rules.optional.ratings.resubmissions if rules.optional.ratings.on else rules.revision_rounds
