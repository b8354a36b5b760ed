"""Whom to ask for a review: only those who may, and the work is shared out."""

from datetime import date

import pytest

from flows.program.matching import Case, Expert, ranked, shared, why_not

TODAY = date(2026, 11, 26)
CASE = Case("technology", 1, ("Springfield Public Library", "Ann Zwicky", "Ohio College"))


def expert(number: int = 2, **fields: object) -> Expert:
    return Expert(number, f"Expert {number}", frozenset({"technology"}), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (expert(), ""),
        (expert(1), "is the candidate"),
        (Expert(2, "E", frozenset({"youth"})), "is not approved for this set"),
        (expert(trained=False), "is not trained"),
        (expert(conflicts=frozenset({1})), "knows the candidate"),
        (expert(workplaces=("Springfield Library",)), "has a conflict: the same workplace, or a declared one"),
        (expert(workplaces=("ann zwicky",)), "has a conflict: the same workplace, or a declared one"),
        (expert(workplaces=("Shelbyville Public Library",)), ""),
        (expert(paused_until=TODAY), "pauses"),
        (expert(paused_until=date(2026, 11, 25)), ""),
        (expert(this_year=12), "is at the limit of the year"),
        (expert(this_year=5, limit=5), "is at the limit of the year"),
        (expert(this_year=12, limit=20), ""),
    ],
)
def test_who_may_not_be_asked_and_why(one: Expert, reason: str) -> None:
    assert why_not(one, CASE, TODAY, 12) == reason


def test_those_with_the_least_of_their_year_used_and_who_accept_come_first() -> None:
    experts = [
        expert(5, this_year=3), expert(4, asked=10, accepted=2), expert(3, asked=10, accepted=9),
        expert(2, this_year=3, limit=40),
    ]  # fmt: skip
    found = ranked(experts, CASE, TODAY, 12)
    assert [each.expert.person_id for each in found] == [3, 2, 4, 5]
    assert found[0].why == "0 of 12 reviews in the past year and accepted 9 of 10 offers"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Springfield Public Library", "Springfield Library", True),
        ("Public Library", "City Library", False),
        ("Ohio State University", "University of Ohio", True),
        ("Page", "Ann Page", True),
        ("", "Springfield", False),
    ],
)
def test_workplaces_are_the_same_by_their_telling_words(one: str, other: str, same: bool) -> None:
    assert bool(shared([one], [other])) is same
