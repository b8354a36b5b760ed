"""Guidelines: set by the office, kept in dated versions, the same for everybody who asks."""

from datetime import date

import pytest

from handlers import guidelines
from handlers.exchange import House
from storage import guidelines as record
from tests.handlers.acting import Rows
from tests.handlers.world import Someone, World

DAY = "2026-11-21"


@pytest.fixture
def ann(world: World) -> Someone:
    return world.somebody("telegram", "1", "Ann")


def today(rows: Rows) -> str:
    return str(rows("guideline")[-1]["since"])


def test_the_office_sets_a_link_and_everybody_gets_it_with_its_day(olive: Someone, ann: Someone, rows: Rows) -> None:
    said = olive.says("guidelines technology: https://example.org/technology")
    day = today(rows)
    assert said == f"These are the guidelines now: Technology, {day}."
    assert ann.says("guidelines technology") == f"Guidelines: Technology, {day}\nhttps://example.org/technology"
    assert ann.says("show me the guidelines for the technology set?") == ann.says("guidelines technology")
    assert [(each["kind"], each["set_by"]) for each in rows("guideline")] == [("link", "Olive")]


def test_several_lines_are_kept_as_they_were_written(olive: Someone, ann: Someone, rows: Rows) -> None:
    olive.says("Guidelines for all sets:\nShow what you did.\n\n1. Say when: month and year\n2. Link it")
    assert ann.says("guidelines") == (
        f"Guidelines: All sets, {today(rows)}\nShow what you did.\n\n1. Say when: month and year\n2. Link it"
    )


def test_a_set_without_its_own_has_those_for_all_and_it_is_said(olive: Someone, ann: Someone, rows: Rows) -> None:
    olive.says("guidelines general: Be brief.")
    olive.says("guidelines technology: Be exact.")
    day = today(rows)
    assert ann.says("guidelines youth services") == (
        f"Guidelines: All sets, {day} (for all sets; there are none of this set alone)\nBe brief."
    )
    assert ann.says("guidelines") == (
        f"Guidelines: All sets, {day}\nBe brief.\n\n"
        f"Of their own: Technology, {day}. `guidelines` with the name of a set shows them."
    )


def test_older_versions_are_kept_and_go_by_their_names(olive: Someone, ann: Someone, rows: Rows) -> None:
    olive.says("guidelines technology: First.")
    day = today(rows)
    assert olive.says("guidelines technology: Second.") == (
        f"These are the guidelines now: Technology, {day} (2). Technology, {day} is kept."
    )
    assert olive.says("guidelines technology: Second.") == f"These are the guidelines already: Technology, {day} (2)."
    assert ann.says("guidelines technology") == f"Guidelines: Technology, {day} (2)\nSecond."
    assert ann.says(f"guidelines technology, {day} (1)") == f"Guidelines: Technology, {day}\nFirst."
    assert ann.says("guidelines technology 2020-01-01") == (
        f"There is no version of 2020-01-01. There is: Technology, {day} (2); Technology, {day}."
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Guidelines have some words, or a link. "),
        ("ftp://example.org/a", "I can only take web links, which begin with https:// or http:// "),
        ("https://ann:secret@example.org/", "That link carries a user name or a password; please send it without. "),
        ("a" * 15_001, "That is longer than 15,000 characters; please put it on the web and send its link. "),
    ],
)
def test_what_is_no_guideline_is_refused_and_changes_nothing(olive: Someone, rows: Rows, words: str, why: str) -> None:
    assert olive.says(f"guidelines technology: {words}") == why + guidelines.HOW_TO_SET
    assert rows("guideline") == []


def test_an_unknown_set_is_named(olive: Someone, rows: Rows) -> None:
    assert olive.says("guidelines astronomy: Look up.").startswith("There is no set “astronomy”. There are ")
    assert rows("guideline") == []


def test_nobody_else_sets_them(ann: Someone, rows: Rows) -> None:
    ann.says("guidelines technology: Everything is fine.")
    assert rows("guideline") == []


def test_where_there_are_none_it_is_said(ann: Someone) -> None:
    none = "The office has not given guidelines {} yet. `person` asks somebody there."
    assert ann.says("guidelines") == none.format("for evidence")
    assert ann.says("guidelines technology") == none.format("for Technology")


def test_they_are_told_within_a_form_which_goes_on(olive: Someone, ann: Someone, rows: Rows) -> None:
    olive.says("guidelines technology: Be exact.")
    ann.says("eligibility")
    assert ann.says("guidelines technology").startswith(f"Guidelines: Technology, {today(rows)}\nBe exact.\n\n")


def test_the_current_version_is_the_newest_by_day(house: House, world: World) -> None:
    with house.database.work(world.now) as work:
        assert record.current(work, "technology") is None
        for day, words in ((date(2026, 11, 1), "new"), (date(2025, 1, 1), "old")):
            record.add(work, "technology", day, "text", words, "mk")
        found = record.current(work, "technology")
        assert found is not None
        assert (found.words, guidelines.named(house.competencies, found)) == ("new", "Technology, 2026-11-01")
