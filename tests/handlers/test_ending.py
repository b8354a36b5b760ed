"""How candidacies end: on the day after the last one where the candidate lives, by the desk, by their own word."""

from datetime import UTC, date, datetime, timedelta

import pytest

from flows.program.deadlines import last_day
from handlers import ending
from storage import candidacies, people
from tests.handlers.acting import Rows
from tests.handlers.reminding import remind
from tests.handlers.world import Someone, World

LAST = date(2026, 11, 22)


@pytest.fixture
def ann(world: World, olive: Someone) -> Someone:
    """A candidate whose last day was yesterday."""
    speaker = world.somebody("telegram", "4711", "Ann")
    admit(world, LAST)
    return speaker


def admit(world: World, last: date, admitted: date = date(2022, 11, 22)) -> None:
    def add(errand: object) -> None:
        work = errand.work
        person = people.find(work, "telegram", "4711")
        assert person is not None
        candidacies.add(work, person, None, admitted, last, "active")

    world.act(add)


def item(olive: Someone) -> str:
    shown = next(each.text for each in reversed(olive.inbox.values()) if "Time of a candidate is over" in each.text)
    return shown.split()[0].removeprefix("#")


def test_time_that_is_over_freezes_once_and_tells_kindly(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    assert [world.act(ending.freeze), world.act(ending.freeze)] == [1, 0]
    assert [remind(world.act), remind(world.act)] == [1, 0]
    assert ann.last.startswith("Your time to complete the competency sets ended on 22 November 2026.")
    assert [row["state"] for row in rows("candidacy")] == ["frozen"]
    assert [row["kind"] for row in rows("desk_item")] == ["time over"]
    assert "0 of 6" in olive.says(f"show {item(olive)}")


@pytest.mark.parametrize(
    ("zone", "hour", "frozen"),
    [
        ("America/New_York", 4, 0),
        ("America/New_York", 5, 1),
        ("Pacific/Honolulu", 9, 0),
        ("Pacific/Honolulu", 10, 1),
        ("Pacific/Guam", -10, 1),
        ("", 5, 0),
        ("", 6, 1),
    ],
)
def test_the_last_day_ends_at_midnight_where_the_candidate_lives(
    world: World, ann: Someone, zone: str, hour: int, frozen: int
) -> None:
    world.act(lambda errand: people.set_time_zone(errand.work, 2, zone))
    world.now = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hour)
    assert world.act(ending.freeze) == frozen


def test_who_was_admitted_on_a_leap_day_has_until_the_end_of_february(world: World, ann: Someone, rows: Rows) -> None:
    admitted = date(2096, 2, 29)
    admit(world, last_day(admitted, world.house.policy.on(admitted)), admitted)
    world.now = datetime(2100, 2, 28, 23, 0, tzinfo=UTC)
    world.act(ending.freeze)
    assert rows("candidacy")[1]["state"] == "active"
    world.now = datetime(2100, 3, 1, 7, 0, tzinfo=UTC)
    world.act(ending.freeze)
    assert rows("candidacy")[1]["state"] == "frozen"


def test_whoever_has_every_set_is_not_frozen(world: World, ann: Someone) -> None:
    rules = world.house.policy.on(LAST)
    done = dict.fromkeys((*rules.required_sets, *list(rules.elective_sets)[:3]), (LAST, "course"))
    world.act(lambda errand: candidacies.add_sets(errand.work, 1, done))
    assert world.act(ending.freeze) == 0


def test_the_desk_extends_until_a_day_for_a_reason(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    world.act(ending.freeze)
    number = item(olive)
    olive.says(f"settle {number} extend until 31 June 2027, because of an illness")
    olive.says("cancel")
    olive.says(f"settle {number} extend 30 June 2027")
    olive.says("cancel")
    olive.says(f"settle {number} extend 1 March 2020, because of an illness")
    olive.says("cancel")
    assert rows("candidacy")[0]["state"] == "frozen"
    said = olive.says(f"settle {number} extend until June 30, 2027, because of a long illness")
    assert "The candidacy goes on until 30 June 2027. The candidate is told." in said
    assert ann.last == ending.EXTENDED.format("30 June 2027")
    assert (rows("candidacy")[0]["state"], rows("candidacy")[0]["deadline"]) == ("active", date(2027, 6, 30))
    assert world.act(ending.freeze) == 0
    assert rows("desk_note")[-1]["words"] == "Extended until 30 June 2027: because of a long illness"


def test_the_question_of_an_action_is_over_once_its_item_is_settled_otherwise(
    world: World, ann: Someone, olive: Someone
) -> None:
    world.act(ending.freeze)
    number = item(olive)
    assert olive.says(f"settle {number} end").endswith("What shall the candidate be told as the reason?")
    assert olive.says(f"settle {number} extend 30 June 2027, because of an illness") == (
        "The candidacy goes on until 30 June 2027. The candidate is told."
    )
    assert olive.says("desk") == "Nothing waits at the desk."


def test_the_desk_ends_it_and_the_person_may_apply_again(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    world.act(ending.freeze)
    olive.says(f"settle {item(olive)} end The four years are over")
    assert ann.last == ending.ENDED.format("The four years are over.", "lssc@ala.org")
    assert rows("candidacy")[0]["state"] == "ended"
    assert "You are a candidate already" not in ann.says("apply")


def test_a_candidate_leaves_after_two_questions(world: World, ann: Someone, olive: Someone, rows: Rows) -> None:
    world.act(ending.freeze)
    assert ann.says("withdraw").startswith("To leave the program means")
    assert ann.presses("Yes, leave the program").startswith("Once more")
    assert rows("candidacy")[0]["state"] == "frozen"
    assert ann.presses("Yes, end my candidacy").startswith("Your candidacy has ended, as you wished.")
    assert rows("candidacy")[0]["state"] == "withdrawn"
    assert [(row["kind"], row["state"]) for row in rows("desk_item")] == [
        ("time over", "settled"),
        ("candidacy withdrawn", "open"),
    ]
    assert ann.presses("Yes, end my candidacy").startswith(ending.STAYED)
    assert ann.says("leave program").startswith(ending.NO_CANDIDACY)


def test_leaving_and_staying_may_be_said_in_a_word(world: World, ann: Someone, rows: Rows) -> None:
    ann.says("leave program")
    assert ann.says("no").startswith("Competency sets complete: 0 of 6.")
    ann.says("leave program")
    assert ann.says("Yes").startswith("Once more")
    assert rows("candidacy")[0]["state"] == "active"
    ann.says("yes")
    assert rows("candidacy")[0]["state"] == "withdrawn"


def test_while_the_office_decides_each_way_to_change_the_record_says_why_it_is_shut(
    world: World, ann: Someone, olive: Someone, rows: Rows
) -> None:
    world.act(ending.freeze)
    why = "Your time is over and the office has yet to decide how it goes on, so nothing was changed."
    assert ann.says("here it is: https://example.org/shelves?page=2") == why
    assert ann.says("submit cataloging") == why
    assert ann.says("completed CAT-101 on 3 May 2026") == f"{why} `person` asks the office."
    assert ann.says("add https://example.org/letter") == why
    olive.says(f"settle {item(olive)} end The four years are over.")
    assert ann.says("here it is: https://example.org/shelves") == (
        "Your candidacy is not open any more, so nothing was changed."
    )
    assert ann.says("Would https://example.org/shelves have counted?") != ann.says("https://example.org/shelves")
    assert rows("evidence") == rows("addition") == []
