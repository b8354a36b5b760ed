"""The review is blind: nothing that anybody is sent tells an evaluator who the candidate is, or anybody who evaluates."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import notifications
from handlers.review import asking, assessing, confirming, deciding, evaluating
from storage.database import Database
from tests.blindness.cast import CANDIDATE, Cast, cast, programs
from tests.blindness.leaks import folded
from tests.blindness.stories import RELEASE, STORIES, Story, asked, assesses, eva, they_differ_and_a_third_decides
from tests.handlers.conftest import furnished

# What the review's modules say to the office and to candidates.
OTHERS = ("deciding.LOOK_AT", "asking.WAITS", "deciding.REFUSED", "deciding.SUMMED_UP", "deciding.HOW")
REMINDERS = ("review-answer", "review-due")  # the rules by which evaluators are reminded
TEMPLATES = Path(notifications.__file__).parent / "templates" / "reminders"
LONGEST = 600  # characters of a message before the package that may be in it
CONCLUDED = ("Samoa",)  # what follows from a row: the name of a time zone
PLAYED: dict[Story, list[str]] = {}  # what evaluators were told in a story that was played already


@pytest.fixture
def another(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[], Cast]]:
    """A program of its own, as often as one is wanted."""
    with programs(sqlite_template, tmp_path) as make:
        yield make


@pytest.mark.parametrize("story", STORIES)
def test_nobody_is_told_who_the_others_are(another: Callable[[], Cast], story: Story) -> None:
    lssc = another()
    story(lssc)
    PLAYED[story] = lssc.told_evaluators()
    assert lssc.told_of_others() == []


def test_nor_on_either_database(database: Database) -> None:
    lssc = cast(furnished(database))
    they_differ_and_a_third_decides(lssc)
    assert lssc.told_of_others() == []


def sentences() -> dict[str, re.Pattern[str]]:
    """All that the review may say to evaluators, by its name, whatever stands in its gaps."""
    told = {f"decided: {key}": value for key, value in deciding.DECIDED.items()}
    for module in (asking, assessing, confirming, deciding, evaluating):
        found = ((name, value) for name, value in vars(module).items() if name.isupper() and isinstance(value, str))
        told |= {
            f"{module.__name__.rpartition('.')[2]}.{name}": value
            for name, value in found
            if value.endswith((".", "}", "?"))
        }
    found = {
        name: re.compile(".+".join(map(re.escape, re.split(r"\{\d?\}", value))))
        for name, value in told.items()
        if name not in OTHERS
    }
    return found | {f"{rule}: {part}": _pattern(part) for rule in REMINDERS for part in _parts(rule)}


def _parts(rule: str) -> list[str]:
    """What a reminder's template says on either side of each condition."""
    words = (TEMPLATES / f"{rule}.txt").read_text(encoding="utf-8").strip()
    return [part for part in re.split(r"\{%.*?%\}", words) if part.strip()]


def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(".+".join(map(re.escape, re.split(r"\{\{.*?\}\}", part))))


def test_the_stories_have_evaluators_told_whatever_the_review_can_say(another: Callable[[], Cast]) -> None:
    for story in (each for each in STORIES if each not in PLAYED):
        lssc = another()
        story(lssc)
        PLAYED[story] = lssc.told_evaluators()
    told = {each[:LONGEST] for story in STORIES for each in PLAYED[story]}
    assert [name for name, said in sentences().items() if not any(map(said.search, told))] == []


def test_everything_that_tells_who_somebody_is_is_marked(another: Callable[[], Cast]) -> None:
    lssc = another()
    reader = eva(lssc)
    lssc.remember()
    for who in (lssc.candidate, reader):
        marks = lssc.known[who.channel, who.address]
        on_record = lssc.on_record(who)
        assert {each: marks.in_line(folded(each)) for each in on_record if not marks.in_line(folded(each))} == {}
        whole = folded("\n".join(on_record))
        assert [each for each in marks.words if folded(each) not in whole and each not in CONCLUDED] == []


def test_a_name_in_a_narrative_is_found_on_every_wire(another: Callable[[], Cast]) -> None:
    lssc = another()
    first, _ = asked(lssc)
    lssc.in_the_package("As Quxzornia V. I did this work")
    first.presses("Accept")
    found = lssc.told_of_others()
    assert [each.partition(":")[0] for each in found] == [
        f"'quxzornia' to telegram 5550901 by {wire}" for wire in ("telegram", "slack", "email")
    ]


def test_one_evaluator_in_what_another_or_the_candidate_reads_is_found(another: Callable[[], Cast]) -> None:
    lssc = another()
    first, second = asked(lssc)
    lssc.in_the_package("Yolfang told me so")
    for each, words in ((first, "2: ask me, Jimbrella"), (second, "2: no example")):
        each.says("accept")
        assesses(each, f"all met except {words}")
    lssc.later(minutes=11)
    lssc.olive.says(f"settle {lssc.item(RELEASE)} revise 2 by 15 March 2027")
    found = {each.partition(" by ")[0] for each in lssc.told_of_others()}
    assert found == {"'yolfang' to telegram 5550901", f"'jimbrella' to telegram {CANDIDATE}"}
