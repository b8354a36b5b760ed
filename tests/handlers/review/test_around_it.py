"""What happens around a review: questions, the office's hand in it, appeals, a year served, and records that go."""

import re

import pytest

from flows.dialog.speech import Envelope, Inbound
from handlers.hearing import House
from handlers.review import willing
from storage import evaluators, roles
from tests.handlers.acting import NUMBERS, Rows, heard_by
from tests.handlers.review.panel import NAME, Program, program
from tests.handlers.test_submitting import number_of
from tests.handlers.world import Someone

CLOCKS = ("[rules.optional.appeals]\non = false", "[rules.optional.appeals]\non = true")
SHOWN = ("other_assessment_shown = { value = false", "other_assessment_shown = { value = true")


def cast(house: House, *switched: tuple[str, str]) -> tuple[Program, Someone, Someone]:
    """The set is handed in, and two evaluators have accepted."""
    lssc = program(house, *switched)
    lssc.olive.says("menu")
    eva = lssc.evaluator("telegram", "901", "Eva Quill")
    fred = lssc.evaluator("email", "fred@elsewhere.org", "Fred Stone")
    lssc.hands_in()
    lssc.settles("Set handed in for review", "ask")
    for each in (eva, fred):
        each.says("accept")
    return lssc, eva, fred


def assesses(who: Someone, words: str) -> str:
    who.says(words)
    return who.says("confirm")


def decided(lssc: Program, *said: tuple[Someone, str]) -> None:
    for who, words in said:
        assesses(who, words)
    lssc.later(minutes=11)


def reference(rows: Rows) -> str:
    return str(rows("review")[0]["reference"])


def test_a_question_goes_to_the_candidate_and_its_answer_back_without_a_name(house: House) -> None:
    lssc, eva, _ = cast(house)
    assert "is with the office" in eva.says("Question for the candidate: When was the guide made?")
    item = lssc.item("Question of an evaluator")
    lssc.olive.says(f"settle {item} pass as it is")
    assert "When was the guide made?" in lssc.candidate.last
    assert not {"Eva", "Quill"} & set(lssc.candidate.last.replace(".", " ").split())
    lssc.candidate.says("answer 1: In May, I am Ann Zwicky")
    refused = lssc.olive.says(f"settle {item} answer Ann Zwicky made it in May")
    assert "may not learn who the candidate is" in refused
    assert "Zwicky" not in eva.last
    assert lssc.olive.says(f"settle {item} answer It was made in May.") != ""
    assert eva.last.endswith("It was made in May.")


def test_the_office_sees_a_review_and_gives_an_assessment_back(house: House, rows: Rows) -> None:
    lssc, eva, fred = cast(house)
    assesses(eva, "all met")
    name = reference(rows)
    shown = lssc.olive.says(f"review {name}")
    assert "Eva Quill: assessed, met" in shown
    assert "Fred Stone: reading, due" in shown
    assert f"{name}: {NAME}, 0 days, reading 1, assessed 1" in lssc.olive.says("open reviews")
    lssc.later(days=2)
    assert "given back to Eva Quill" in lssc.olive.says(f"review {name} return Eva Quill")
    assert "gives you your assessment" in eva.last
    decided(lssc, (eva, "all met"), (fred, "all met"))
    assert "decided already" in lssc.olive.says(f"review {name} return Eva Quill")
    assert [row["state"] for row in rows("submission")] == ["met"]


def test_nobody_but_the_staff_sees_who_reads(house: House, rows: Rows) -> None:
    lssc, eva, _ = cast(house)
    for words in (f"review {reference(rows)}", "open reviews", f"review {reference(rows)} release Fred Stone"):
        eva.says(words)
        lssc.candidate.says(words)
        assert "Fred" not in eva.last
        assert "Eva" not in lssc.candidate.last
    assert [row["seat"] for row in rows("review_reader")] == ["reading", "reading"]


def test_the_office_lets_one_go_and_asks_another(house: House, rows: Rows) -> None:
    lssc, _eva, _ = cast(house)
    gina = lssc.evaluator("slack", "U7", "Gina Third")
    assert "the next is asked" in lssc.olive.says(f"review {reference(rows)} release Fred Stone")
    assert gina.last.startswith("Would you assess")
    assert "No seat is open" in lssc.olive.says(f"review {reference(rows)} ask Gina Third") or "was asked" in (
        lssc.olive.says(f"review {reference(rows)} ask Gina Third")
    )


def test_after_the_last_round_the_way_is_closed_until_the_office_opens_it(house: House, rows: Rows) -> None:
    lssc, eva, fred = cast(house)
    decided(lssc, (eva, "none met: nothing here"), (fred, "none met: nothing"))
    lssc.settles("Outcome to release", "course")
    assert "an approved course is the way left" in lssc.candidate.says("submit cataloging")
    number = rows("candidacy")[0]["id"]
    assert "For example" in lssc.olive.says(f"reopen {number} basket weaving")
    assert "can be handed in again" in lssc.olive.says(f"reopen {number} cataloging: Your new job helps.")
    assert "Your new job helps." in lssc.candidate.last
    assert "not closed" in lssc.olive.says(f"reopen {number} cataloging")
    lssc.candidate.says("submit cataloging")
    assert "not found met" not in lssc.candidate.last


@pytest.mark.parametrize("switched", [(), (CLOCKS,)])
def test_an_appeal_is_taken_in_with_the_clocks_of_the_policy(
    house: House, rows: Rows, switched: tuple[tuple[str, str], ...]
) -> None:
    lssc, eva, fred = cast(house, *switched)
    decided(lssc, (eva, "none met: nothing here"), (fred, "none met: nothing"))
    lssc.settles("Outcome to release", "course")
    assert "in one message" in lssc.candidate.says("appeal")
    said = lssc.candidate.says("I want to appeal cataloging: the guide is under the second link")
    assert ("Its first step is due by" in said) == bool(switched)
    item = lssc.item("Appeal")
    assert "the guide is under the second link" in lssc.olive.says(f"show {item}")
    assert "added that" in lssc.candidate.says("appeal cataloging: and it is 20 pages")
    lssc.later(days=11)
    overdue = [each.text for each in lssc.olive.inbox.values() if "of the appeal was due" in each.text]
    assert len(overdue) == len(switched)
    lssc.later(days=1)
    assert "at step 2" in lssc.olive.says(f"settle {item} next") or not switched
    assert "is granted" in lssc.olive.says(f"settle {item} grant The committee agrees with you.")
    assert lssc.candidate.last == "Your appeal is granted. The committee agrees with you."
    assert "no application or candidacy" in eva.says("appeal: I am no candidate")


def test_a_year_is_thanked_for_and_one_word_goes_on(house: House, rows: Rows) -> None:
    lssc, eva, fred = cast(house)
    decided(lssc, (eva, "all met"), (fred, "all met"))
    lssc.later(days=366)
    assert "you have assessed 1 portfolio for LSSC, which counts as about 2 hours of service" in eva.last
    lssc.later(days=1)
    asked = [each.text for each in eva.inbox.values() if "Will you go on" in each.text]
    assert len(asked) == 1
    assert eva.presses("Yes, I go on").startswith("Thank you! I go on asking you")
    assert eva.presses("No, no longer") == willing.NOT_ASKED
    mail = Envelope(matter=willing.MATTER)
    heard_by(
        lssc.world.house,
        Inbound(str(next(NUMBERS)), "email", fred.address, "no", mail=mail, style="mail"),
        lssc.world.now,
    )
    assert [row["state"] for row in rows("evaluator")] == ["trained", "left"]


def test_who_does_not_say_so_is_reminded_once_and_then_not_asked(house: House, rows: Rows) -> None:
    lssc, eva, fred = cast(house)
    decided(lssc, (eva, "all met"), (fred, "all met"))
    for days in (366, 14, 16, 30, 30):
        lssc.later(days=days)
    assert len([each for each in eva.inbox.values() if "Will you go on" in each.text]) == 2
    assert lssc.olive.says("desk").count("did not say whether they go on") == 2
    assert [row["willing_reminded"] for row in rows("evaluator")] == [3, 3]
    assert eva.says("yes").startswith("Thank you! I go on asking you")
    assert [row["willing_reminded"] for row in rows("evaluator")] == [0, 3]


def test_an_evaluator_who_is_forgotten_is_followed_by_the_next(house: House, rows: Rows) -> None:
    lssc, eva, _ = cast(house)
    gina = lssc.evaluator("slack", "U7", "Gina Third")
    eva.says("forget me")
    eva.presses("Yes, delete everything")
    eva.presses("Yes, forget me")
    assert gina.last.startswith("Would you assess")
    assert [row["seat"] for row in rows("review_reader")] == ["released", "reading", "asked"]


def test_a_candidate_who_is_forgotten_leaves_nobody_waiting(house: House, rows: Rows) -> None:
    lssc, eva, fred = cast(house)
    lssc.candidate.says("forget me")
    lssc.candidate.presses("Yes, delete everything")
    lssc.candidate.presses("Yes, forget me")
    assert "is not needed any more" in eva.last
    assert "is not needed any more" in fred.last
    assert rows("review") == []


def test_an_evaluator_who_turns_out_to_be_the_candidate_reads_it_no_longer(house: House, rows: Rows) -> None:
    lssc, eva, _ = cast(house)
    gina = lssc.evaluator("slack", "U7", "Gina Third")
    assesses(eva, "all met")
    code = re.search(r"\d{3} ?\d{3}", lssc.candidate.says("link"))
    assert code is not None
    assert "one record" in eva.says(f"link {code[0]}")
    with lssc.world.house.database.work(lssc.world.now) as work:
        mine = evaluators.everybody(work)
    assert number_of(lssc.candidate) in {each.person_id for each in mine}
    assert next(row["seat"] for row in rows("review_reader")) == "released"
    assert gina.last.startswith("Would you assess")
    assert not rows("review_rating")


def test_the_other_assessment_is_shown_after_the_outcome_where_the_policy_says_so(house: House) -> None:
    lssc, eva, fred = cast(house, SHOWN)
    decided(lssc, (eva, "none met: no example at all"), (fred, "none met: too short"))
    assert "Another assessment: not met. 1: too short." in eva.last
    assert "Fred" not in eva.last


def test_the_other_assessment_is_not_shown_by_default(house: House) -> None:
    lssc, eva, fred = cast(house)
    decided(lssc, (eva, "none met: no example at all"), (fred, "none met: too short"))
    assert "too short" not in eva.last


def test_whoever_chairs_the_committee_releases_as_well(house: House) -> None:
    lssc, eva, fred = cast(house)
    chair, member = lssc.member("U8", "Hal", "librarian public", chair=True), lssc.member("U9", "Ida", "educator")
    decided(lssc, (eva, "none met: no example"), (fred, "none met: too short"))
    item = lssc.item("Outcome to release")
    member.says(f"settle {item} course")
    assert "Advise a course" not in member.last
    assert "comments are changed" in chair.says(f"settle {item} edit 1: Show one example, please.")
    assert "Show one example, please." in chair.says(f"show {item}")
    assert "is to be revised" in chair.says(f"settle {item} revise 1 by 15 March 2027")
    assert "Show one example, please." in lssc.candidate.last
    assert "The desk is for the staff" in chair.says("desk")


def test_a_chair_who_read_it_does_not_release_it(house: House, rows: Rows) -> None:
    lssc, eva, fred = cast(house)
    lssc.world.act(lambda errand: roles.give(errand.work, 3, "committee", "the office", "educator", chair=True))
    decided(lssc, (eva, "none met: no example"), (fred, "none met: too short"))
    item = lssc.item("Outcome to release")
    assert not any("Outcome to release" in each.text for each in eva.inbox.values())
    assert "conflict of interest" in eva.says(f"settle {item} course")
    assert [row["state"] for row in rows("submission")] == ["in review"]


def test_comments_that_tell_who_wrote_them_are_not_released(house: House, rows: Rows) -> None:
    lssc, eva, fred = cast(house)
    decided(lssc, (eva, "all met except 2: Eva Quill misses an example"), (fred, "not met: 2: too short"))
    item = lssc.item("Outcome to release")
    assert "This may tell who wrote the comments: “Eva Quill”" in lssc.olive.says(f"show {item}")
    assert "This may tell who wrote" in lssc.olive.says(f"settle {item} course")
    assert [row["state"] for row in rows("submission")] == ["in review"]
    lssc.olive.says(f"settle {item} edit 2: An example is missing.")
    assert "This may tell" not in lssc.olive.says(f"settle {item} course")
    assert "2: An example is missing." in lssc.candidate.last
