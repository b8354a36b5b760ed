"""What it costs, and the page for whoever may pay it."""

import re
from dataclasses import replace

import pytest

from flows import fees
from flows.dialog import turn
from flows.dialog.explore import explore
from flows.dialog.play import play
from flows.dialog.turn import Stage
from flows.facts import Facts
from flows.program.assistance import OnRecord
from flows.program.states import OUTSIDE, STATES

ANSWERS = {"member": "yes", "state": "CO", "courses": "2"}
PROMISES = re.compile(
    r"\b(?:guarantee\w*|promis\w*|will (?:be|get|receive|earn|lead)|raise|salary"
    r"|higher pay|more pay|better paid|ensure\w*|always)\b",
    re.IGNORECASE,
)


def test_every_path_ends_in_a_quote_for_that_person(facts: Facts) -> None:
    found = {
        (answers["member"], answers["state"], answers["courses"], answers["next"]): (
            scene.result.quote.total,
            len(scene.said),
        )
        for answers, scene in explore(fees.script, facts, ["CO", "NE", "outside the US", "0", "1", "6"])
    }
    assert found == {
        (member, state, courses, page): (32500 if member == "yes" else 35000, 3 if page == "boss" else 2)
        for member in ("yes", "no") for state in ("CO", "NE", "outside the US") for courses in ("0", "1", "6")
        for page in ("boss", "enough")
    }  # fmt: skip


def test_the_golden_path(facts: Facts) -> None:
    here = Stage(fees.script, facts, {})
    for words in ("no", "Colorado", "two"):
        taken = turn.answer(here, words)
        here = replace(here, answers={**here.answers, **taken.put})
    assert (taken.said[0].splitlines()[:4], taken.scene.question.key) == (
        ["- Application fee: $350", "- 4 portfolios: $0", "- 2 courses: the provider's price, paid to the provider",
         "Total paid to LSSC: $350, plus the courses"], "next",
    )  # fmt: skip


@pytest.mark.parametrize("words", ["2.5", "2 or 3", "7", "-1", "all", "", "six or so of 10"])
def test_a_number_of_courses_is_whole_and_possible(facts: Facts, words: str) -> None:
    taken = turn.answer(Stage(fees.script, facts, {"member": "yes", "state": "CO"}), words)
    assert (dict(taken.put), taken.scene.question.key) == ({}, "courses")
    assert taken.unclear in (
        "Please give a whole number of sets between 0 and 6.", "Please answer with a number, such as 6.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"), [("yes", 3), ("Yes, please.", 3), ("1", 3), ("No!", 2), ("no thanks", 2), ("That is all", 2)]
)
def test_the_page_is_asked_for_in_plain_words(facts: Facts, words: str, told: int) -> None:
    assert len(play(fees.script, facts, {**ANSWERS, "next": words}).said) == told


@pytest.mark.parametrize("state", [*STATES, OUTSIDE], ids=lambda state: state.code)
def test_the_page_for_my_boss_contains_no_promise(facts: Facts, state: object) -> None:
    for member in ("yes", "no"):
        answers = {"member": member, "state": getattr(state, "name", ""), "courses": "3", "next": "boss"}
        page = play(fees.script, facts, answers).said[-1]
        assert PROMISES.findall(page) == []
        assert "Pay, promotion and recognition are the employer's own decision." in page


def test_neither_the_page_nor_the_quote_tells_how_many_awards_are_left(facts: Facts) -> None:
    many = replace(facts, rules=replace(facts.rules, assistance_awards=98_765))
    said = play(fees.script, many, {**ANSWERS, "next": "boss"}).said
    assert said == play(fees.script, facts, {**ANSWERS, "next": "boss"}).said
    assert "98" not in "".join(said)


def test_a_scholarship_is_told_only_where_there_is_one(facts: Facts) -> None:
    told = {
        state.name
        for state in STATES
        if "scholarships" in play(fees.script, facts, {**ANSWERS, "state": state.code}).said[1]
    }
    assert told == {"Colorado", "Oregon"}


def test_outside_the_us_no_help_is_invented(facts: Facts) -> None:
    said = play(fees.script, facts, {**ANSWERS, "state": "outside the US"}).said[1]
    assert said == (
        "Registration assistance takes 50% off the application fee, which leaves $162.50."
        " It is given in the US states; for other countries ask lssc@ala.org."
    )


def test_awards_on_record_are_told_where_there_are_any_and_nothing_is_promised(facts: Facts) -> None:
    awards = (OnRecord("Nebraska Library Commission", "NE", "50%", 3, "aid@example.org"),)
    known = replace(facts, awards=awards)
    here, elsewhere = (play(fees.script, known, {**ANSWERS, "state": code}).said[1] for code in ("NE", "OH"))
    assert here.splitlines()[1:] == [
        "3 awards of 50% are on record for Nebraska: ask Nebraska Library Commission, aid@example.org.",
        "Who gets one, its giver decides.",
    ]
    assert PROMISES.findall(here) == []
    assert elsewhere == play(fees.script, facts, {**ANSWERS, "state": "OH"}).said[1]
