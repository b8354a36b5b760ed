"""Two records that each have something under way: the office joins them by one word, or leaves them apart."""

from datetime import date

import pytest

from handlers import doubles, linking
from storage import candidacies, people
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.test_decisions import number
from tests.handlers.world import Someone, World

WORDS = ("apply", *APPLICATION.values(), "send", "cancel")


@pytest.fixture
def telegram(world: World) -> Someone:
    return Someone(world, "telegram", "4711", "Ann")


@pytest.fixture
def email(world: World) -> Someone:
    return Someone(world, "email", "ann@home.org", "Ann")


def type_code(one: Someone, other: Someone) -> str:
    """`link` in one channel, and what the code is answered in the other."""
    told = one.says("link")
    digits = next(word for word in told.replace(".", " ").split() if word.isdecimal() and len(word) == 6)
    return other.says(f"link {digits}")


def applies(speaker: Someone) -> None:
    for words in WORDS:
        speaker.says(words)


def admit(world: World, address: str, day: date, *complete: str) -> None:
    def admitted(errand: doubles.Errand) -> None:
        person = people.find(errand.work, "telegram" if address == "4711" else "email", address)
        assert person is not None
        last = day.replace(year=day.year + 4)
        candidacy = candidacies.add(errand.work, person, None, day, last, "active")
        candidacies.add_sets(errand.work, candidacy, dict.fromkeys(complete, (day, "course")))

    world.act(admitted)


def test_the_first_of_two_applications_goes_on_and_the_newer_one_is_closed(
    world: World, olive: Someone, telegram: Someone, email: Someone, rows: Rows
) -> None:
    applies(telegram)
    applies(email)
    first, second = (str(row["reference"]) for row in rows("application"))
    olive.says(f"settle {number(olive, 'Payment to record')} part 100 from the library, PO 1")  # for the second one
    assert type_code(telegram, email) == linking.TWO_RECORDS
    item = number(olive, "Two records of one person")
    shown = olive.says(f"show {item}")
    assert f"application {first} of 23 November 2026, submitted, $0 received" in shown
    assert f"application {second} of 23 November 2026, submitted, $100 received" in shown
    assert olive.says(f"settle {item} join").startswith(f"#{item} Join them: {doubles.WHICH}")
    assert doubles.WHICH in olive.says("3")
    said = olive.says("1")
    assert f"One record now: {first} goes on, {second} is closed. They are told." in said
    assert {row["state"] for row in rows("application") if row["reference"] == first} == {"submitted"}
    assert {row["state"] for row in rows("application") if row["reference"] == second} == {"withdrawn"}
    told = email.last
    assert f"{first} goes on, and your {second} is closed. $100 was received for it" in told
    assert "Too much paid" in olive.says("desk")
    assert telegram.says("status") == email.says("status")
    assert f"Your application {first} was received on 23 November 2026." in email.says("status")
    assert olive.says(f"settle {item} apart").startswith(f"#{item} was settled already: join")


def test_complete_sets_of_the_candidacy_that_is_closed_count_in_the_other(
    world: World, olive: Someone, telegram: Someone, email: Someone, rows: Rows
) -> None:
    telegram.says("menu")
    email.says("menu")
    admit(world, "4711", date(2025, 1, 10), "foundations", "access")
    admit(world, "ann@home.org", date(2026, 2, 1), "technology", "access")
    assert type_code(email, telegram) == linking.TWO_RECORDS
    item = number(olive, "Two records of one person")
    assert "active since 1 February 2026: 2 sets complete, 0 links" in olive.says(f"show {item}")
    assert "They are told." in olive.says(f"settle {item} join candidacy of 2025-01-10")
    assert "Complete from before: Technology." in telegram.last
    assert "You were admitted on 10 January 2025" in email.says("status")
    assert [row["state"] for row in rows("candidacy")] == ["active", "ended"]
    assert "Competency sets complete: 3 of 6." in telegram.says("progress")


def test_two_people_stay_two_records_and_both_are_told(
    world: World, olive: Someone, telegram: Someone, email: Someone, rows: Rows
) -> None:
    applies(telegram)
    applies(email)
    type_code(telegram, email)
    item = number(olive, "Two records of one person")
    said = olive.says(f"settle {item} apart They belong to two sisters.")
    assert "They stay two records; 2 of 2 could be told." in said
    assert telegram.last == email.last
    assert telegram.last.endswith("leaves them as they are: They belong to two sisters.")
    assert {row["state"] for row in rows("application")} == {"submitted"}
    assert len({row["person_id"] for row in rows("application")}) == 2


def test_nothing_is_left_to_decide_when_one_of_them_is_gone(
    world: World, olive: Someone, telegram: Someone, email: Someone
) -> None:
    applies(telegram)
    applies(email)
    type_code(telegram, email)
    item = number(olive, "Two records of one person")
    email.says("withdraw")
    email.says("yes")
    assert "one record of yours now" in type_code(telegram, email)
    assert "nothing is left to decide" in olive.says(f"settle {item} join 1")
    assert olive.says(f"show {item}").count("\n1: ") == 1
