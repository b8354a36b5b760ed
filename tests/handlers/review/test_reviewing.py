"""A set is read by two evaluators who do not know of each other, and its outcome reaches the candidate."""

import pytest

from handlers.hearing import House
from tests.handlers.acting import Rows
from tests.handlers.review.panel import NAME, Program, program
from tests.handlers.world import Someone


@pytest.fixture
def lssc(house: House) -> Program:
    found = program(house)
    found.olive.says("menu")
    return found


@pytest.fixture
def eva(lssc: Program) -> Someone:
    return lssc.evaluator("telegram", "901", "Eva Quill")


@pytest.fixture
def fred(lssc: Program) -> Someone:
    return lssc.evaluator("email", "fred@elsewhere.org", "Fred Stone")


def test_two_find_it_met_and_the_set_is_complete(lssc: Program, eva: Someone, fred: Someone, rows: Rows) -> None:
    lssc.hands_in()
    shown = lssc.olive.says(f"show {lssc.item('Set handed in for review')}")
    assert "1: Eva Quill (" in shown
    print(shown)
    print(lssc.settles("Set handed in for review", "ask"))
    print(eva.last, "\n---\n", fred.last)
    print(eva.presses("Accept"))
    print(lssc.candidate.last)
    print(fred.says("accept"))
    print(eva.presses("Assess it"))
    print(eva.presses("All are met"))
    print(eva.presses("Confirm it"))
    print(fred.says("all met"))
    print(fred.says("yes"))
    lssc.later(minutes=11)
    print(lssc.candidate.last)
    print(eva.last)
    assert f"{NAME} is complete" in lssc.candidate.last
    assert [row["state"] for row in rows("submission")] == ["met"]
