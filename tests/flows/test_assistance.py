"""The office puts assistance on record, question by question."""

import pytest

from flows import assistance
from flows.assistance import Offered
from flows.dialog.play import play
from flows.facts import Facts

GIVEN = {
    "giver": "Illinois State Library", "state": "il", "worth": "50 percent", "number": "two",
    "contact": "grants@library.example.org", "sure": "yes",
}  # fmt: skip


def test_an_award_is_put_together_from_the_answers(facts: Facts) -> None:
    assert play(assistance.script, facts, GIVEN).result == Offered(
        "Illinois State Library", "Illinois", "50%", 2, "grants@library.example.org", sure=True
    )


def test_an_award_for_everywhere_may_have_nobody_to_ask(facts: Facts) -> None:
    told = GIVEN | {"state": "Everywhere", "contact": "none", "worth": "$100", "number": "1", "sure": "no"}
    assert play(assistance.script, facts, told).result == Offered(
        "Illinois State Library", "", "$100", 1, "", sure=False
    )
    asked = play(assistance.script, facts, {key: words for key, words in told.items() if key != "sure"}).question
    assert asked.text == "1 award of $100 from Illinois State Library, for every state. Shall I put that on record?"


@pytest.mark.parametrize(
    ("key", "words"),
    [("state", "Atlantis"), ("state", "outside the US"), ("worth", "half"), ("worth", "150%"), ("worth", "0%"),
     ("number", "0"), ("number", "1.5"), ("number", "10,001")],
)  # fmt: skip
def test_what_is_no_award_is_asked_again(facts: Facts, key: str, words: str) -> None:
    assert play(assistance.script, facts, GIVEN | {key: words}).question.key == key
