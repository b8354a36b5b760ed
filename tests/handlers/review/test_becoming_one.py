"""Somebody offers to assess, the committee selects them, and a practice portfolio ends their training."""

import pytest

from flows.program import practice
from handlers.hearing import House
from handlers.review import practicing, volunteering
from tests.handlers.acting import Rows
from tests.handlers.review.panel import Program, program
from tests.handlers.world import Someone

KEY = "all met except 2 and 4: 2: nothing is shown; 4: only the policy of others"


@pytest.fixture
def lssc(house: House) -> Program:
    found = program(house)
    found.olive.says("menu")
    return found


def offers(who: Someone) -> str:
    who.says("become an evaluator")
    for words in ("Eva Quill", "1, 3", "Ten years of reference.", "none", "Elsewhere College", "6", "Ann Zwicky"):
        who.says(words)
    return who.says("confirm")


@pytest.mark.parametrize("channel", ["telegram", "slack"])
def test_from_the_offer_to_the_first_review(lssc: Program, rows: Rows, channel: str) -> None:
    chair = lssc.member("U8", "Hal", "librarian public", chair=True)
    eva = Someone(lssc.world, channel, "901", "Eva Quill")
    assert offers(eva) == volunteering.THANKS
    assert "Eva Quill offers to assess portfolios of" in chair.last
    assert "At most 6 a year" in chair.last
    assert "with the review committee" in eva.says("evaluate")
    assert "the office trains them" in chair.presses("Yes")
    assert eva.last.startswith("Good news")
    item = lssc.item("Evaluator to train")
    assert "have not rated the practice portfolio" in lssc.olive.says(f"settle {item} trained 3 March 2026")
    assert "on its way" in lssc.olive.says(f"settle {item} practice")
    assert practice.portfolio()[1][0].narrative in eva.last
    eva.says("all met")
    said = eva.says("confirm")
    assert "3 of 5 of your ratings agree" in said
    assert practice.portfolio()[1][1].why in said
    eva.says(KEY)
    assert "5 of 5" in eva.says("confirm")
    assert "5 of 5 agree with the key" in lssc.olive.says(f"show {item}")
    assert "is trained as of" in lssc.olive.says(f"settle {item} trained 3 March 2026")
    assert eva.last.startswith("Your training is complete")
    assert "`reviews` shows what is at hand." in eva.last
    assert [row["state"] for row in rows("evaluator")] == ["trained"]
    assert "You are an evaluator already" in eva.says("evaluate")


def test_who_is_not_selected_is_told_and_may_offer_again(lssc: Program) -> None:
    one, two = lssc.member("U8", "Hal", "librarian public"), lssc.member("U9", "Ida", "librarian academic")
    eva = Someone(lssc.world, "telegram", "901", "Eva Quill")
    offers(eva)
    one.presses("No")
    assert two.presses("No").endswith("They are told.")
    assert "did not select you" in eva.last
    assert offers(eva) == volunteering.THANKS
    assert "Eva Quill offers" in one.last


def test_nobody_else_gets_the_practice_portfolio(lssc: Program) -> None:
    mallory = lssc.world.somebody("telegram", "666", "Mallory")
    assert mallory.presses_choice("practice:begin") == practicing.NOT_YOURS
    mallory.says(KEY)
    assert "practice" not in mallory.last.lower()


@pytest.mark.parametrize(
    ("question", "words", "hint"),
    [
        ("sets", "basket weaving", "one of the choices"),
        ("resume", "my resume is good", "just the link"),
        ("limit", "0", "from 1 to"),
        ("limit", "lots", "from 1 to"),
    ],
)
def test_words_that_are_no_answer_are_asked_again(lssc: Program, question: str, words: str, hint: str) -> None:
    eva = Someone(lssc.world, "telegram", "901", "Eva Quill")
    eva.says("evaluate")
    for key, fine in (("name", "Eva"), ("sets", "1"), ("experience", "Ten years"), ("resume", "none"), ("w", "none")):
        if key == question:
            break
        eva.says(fine)
    assert hint in eva.says(words)
