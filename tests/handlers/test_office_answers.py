"""Questions without an answer reach the office once for each meaning, and its answer reaches everybody who asked."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from handlers import unanswered
from storage import published
from tests.handlers.acting import Rows
from tests.handlers.world import Someone, World


def alike(question: str, others: Sequence[str]) -> int | None:
    """The same last word means the same."""
    last = question.split()[-1]
    return next((place for place, other in enumerate(others) if other.split()[-1] == last), None)


GROUP = partial(unanswered.group, alike=alike)


def ask(world: World) -> tuple[Someone, Someone]:
    ann, bob = Someone(world, "telegram", "1", "Ann"), Someone(world, "telegram", "2", "Bob")
    ann.says("may my cat apply, and the moon")
    bob.says("is there any branch on the moon")
    bob.says("do you sell umbrellas")
    return ann, bob


def test_questions_of_one_meaning_are_one_item_and_everybody_is_answered(world: World, olive: Someone) -> None:
    ann, bob = ask(world)
    assert [world.act(GROUP), world.act(GROUP)] == [3, 0]
    assert olive.says("desk").splitlines() == [
        "2 at the desk:", "#1 Question without an answer (0 min)", "#2 Question without an answer (0 min)",
    ]  # fmt: skip
    assert olive.says("show 1").splitlines()[1:4] == [
        "Asked by 2 people:", "“may my cat apply, and the moon”", "“is there any branch on the moon”",
    ]  # fmt: skip
    Someone(world, "telegram", "3").says("take me to the moon")
    assert world.act(GROUP) == 1
    assert "Asked by 3 people:" in olive.says("show 1")
    assert olive.presses("Answer").startswith("#1 Answer: ")
    olive.says("Not on the moon.")
    assert olive.last == "Told 3 of 3 who asked. Draft #3 would answer it for all."
    assert bob.last == "You asked: “is there any branch on the moon”\nThe LSSC office answers: Not on the moon."
    assert ann.last.endswith("The LSSC office answers: Not on the moon.")
    assert olive.says("settle 2 dismiss") == "#2 is left unanswered."
    assert world.act(GROUP) == 0


def test_a_draft_is_corrected_published_and_taken_back(world: World, olive: Someone, rows: Rows) -> None:
    ask(world)
    world.act(GROUP)
    olive.says("settle 1 answer")
    olive.says("Not on the moon.")
    assert olive.says("settle 3 correct").startswith("#3 Correct it: ")
    assert olive.says("There is no branch on the moon.").splitlines()[-1] == "Answer: There is no branch on the moon."
    olive.says("settle 3 correct")
    assert olive.says("title: The moon").splitlines()[1] == "Title: The moon"
    olive.says("settle 3 correct")
    assert "Question: any library up there" in olive.says("question: any library up there")
    assert world.act(lambda errand: published.live(errand.work, errand.today)) == []
    assert olive.presses("Publish").startswith("Published as answer 1, until 23 November 2027;")
    [written] = world.act(lambda errand: published.live(errand.work, errand.today))
    assert (written.title, written.answer, written.author) == ("The moon", "There is no branch on the moon.", "Olive")
    assert len(written.phrasings) == 3
    assert olive.says("answers").splitlines()[1:] == ["1. The moon (until 23 November 2027)"]
    assert olive.says("withdraw answer 1") == "Answer 1 is withdrawn."
    assert olive.says("withdraw answer 1") == "There is no published answer 1."
    assert world.act(lambda errand: published.live(errand.work, errand.today)) == []
    assert [row["action"] for row in rows("audit")][-6:] == [
        "corrected", "corrected", "corrected", "published", "settled: publish", "withdrew",
    ]  # fmt: skip


def test_a_published_answer_ends_on_its_day(world: World, olive: Someone) -> None:
    ask(world)
    world.act(GROUP)
    olive.says("settle 1 answer")
    olive.says("Not on the moon.")
    assert olive.says("settle 3 publish next year") == "Until which day? For example: 2027-06-30"
    assert olive.says("settle 3 publish 2020-01-01") == "That day is over already."
    assert olive.says("settle 3 publish 2026-12-31").startswith("Published as answer 1, until 31 December 2026;")
    live = [
        len(world.act(lambda errand, day=day: published.live(errand.work, day)))
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert live == [1, 0]


def test_an_answer_given_in_a_talk_becomes_a_draft_without_the_person(world: World, olive: Someone) -> None:
    ann = Someone(world, "telegram", "1", "Ann Example")
    ann.says("person")
    assert olive.says("settle 1 draft") == "#1 has no question with an answer yet."
    ann.says("May I send a photo of my diploma?\nThank you, Ann Example")
    olive.says("reply 1 A photo is enough.")
    olive.says("settle 1 draft")
    assert olive.last.startswith("Draft #2 waits at the desk:")
    draft = olive.says("show 2")
    assert "Question: May I send a photo of my diploma?\nAnswer: A photo is enough." in draft
    assert "Ann" not in draft
    world.now += timedelta(days=1)
    assert olive.says("settle 2 drop") == "The draft is dropped."
