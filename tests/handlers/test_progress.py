"""What a candidate sees of their way: sets, time, pace and the next step, and in answers what they mean for them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.dialog.speech import Inbound
from handlers import letters
from handlers.hearing import House
from notifications.drawings import ProgressCard, SetLine
from storage import candidacies, people
from tests.handlers.acting import Person

DAY = date(2026, 5, 1)


@pytest.fixture
def candidate(house: House) -> Person:
    """Somebody admitted on 23 November 2025."""
    ann = Person(house)
    ann.says("help")
    admitted(ann, {})
    return ann


def admitted(ann: Person, complete: dict[str, date], state: str = "active") -> None:
    with ann.house.database.work(ann.now) as work:
        person_id = people.find(work, ann.channel, ann.address)
        assert person_id is not None
        number = candidacies.add(work, person_id, None, date(2025, 11, 23), date(2029, 11, 23), state)
        candidacies.add_sets(work, number, {each: (day, "imported") for each, day in complete.items()})


def test_at_the_beginning_everything_is_still_to_do(candidate: Person) -> None:
    assert candidate.says("progress") == (
        "Competency sets complete: 0 of 6.\n"
        "Required:\n"
        "- Foundations of Library Service: still to do\n"
        "- Technology: still to do\n"
        "- Communication and Teamwork: still to do\n"
        "Electives, 3 of your choice:\n"
        "- three to choose, from Access Services, Adult Readers Advisory, Cataloging and Classification, Collection"
        " Management, Reference and Information Services, Supervision and Management, and Youth Services\n\n"
        "You have until 23 November 2029: 1,096 days are left. At an even pace the next set would have been complete by"
        " 25 July 2026.\n"
        "Next: Foundations of Library Service, by an approved course or by a portfolio. The order is yours."
    )


def test_what_is_complete_is_told_with_its_day_and_a_required_set_comes_next(house: House) -> None:
    ann = Person(house)
    ann.says("help")
    admitted(ann, {"foundations": DAY, "cataloging": DAY})
    lines = ann.says("/progress").splitlines()
    assert lines[0] == "Competency sets complete: 2 of 6."
    assert lines[2] == "- Foundations of Library Service: complete since 1 May 2026"
    assert lines[6] == "- Cataloging and Classification: complete since 1 May 2026"
    assert lines[7].startswith("- two more to choose, from Access Services, Adult Readers Advisory, Collection")
    assert lines[9:] == [
        "You have until 23 November 2029: 1,096 days are left. At an even pace the next set is complete by"
        " 24 November 2027.",
        "Next: Technology, by an approved course or by a portfolio. The order is yours.",
    ]


def test_chosen_electives_are_listed_and_only_the_rest_is_to_be_chosen(candidate: Person) -> None:
    candidate.says("choose youth services", "choose collection")
    lines = candidate.says("progress").splitlines()
    assert lines[5:8] == [
        "Electives, 3 of your choice:",
        "- Collection Management: still to do",
        "- Youth Services: still to do",
    ]
    assert lines[8].startswith("- one more to choose, from Access Services, Adult Readers Advisory, Cataloging and")
    candidate.says("choose cataloging")
    assert "to choose" not in candidate.says("progress")


@pytest.mark.parametrize("words", ["progress technology", "my progress in technology", "narrative technology"])
def test_a_set_is_told_by_competency(candidate: Person, words: str) -> None:
    lines = candidate.says(words).splitlines()
    assert lines[:2] == [
        "Technology: evidence for 0 of 13 competencies",
        "1. Where library technology is heading, on site and remotely",
    ]


def test_a_picture_of_it_waits_with_the_words(house: House) -> None:
    ann = Person(house)
    ann.says("help")
    admitted(ann, {"technology": DAY, "youth": DAY})
    ann.says("progress")
    assert ann.told[-1].drawings == (
        ProgressCard(
            sets=(
                SetLine("Foundations of Library Service", True, "missing", 0, 11),
                SetLine("Technology", True, "complete", 13, 13),
                SetLine("Communication and Teamwork", True, "missing", 0, 22),
                SetLine("Youth Services", False, "complete", 16, 16),
                SetLine("Two of your choice", False, "missing", 0, 0),
            ),
            counted=2,
            needed=6,
            days_left=1096,
            until=date(2029, 11, 23),
            pace="At an even pace the next set is complete by 24 November 2027.",
            next_step="Next: Foundations of Library Service, by an approved course or by a portfolio. The order is yours.",
        ).drawing(),
    )


def test_a_group_sees_nothing_of_it(candidate: Person) -> None:
    said = [
        Inbound(words, candidate.channel, candidate.address, words, place="C1")
        for words in ("progress", "my deadline?")
    ]
    for message in said:
        candidate.hears(message)
    told = [letters.decode(each.body) for each in candidate.mail]
    assert [(each.text, [choice.key for choice in each.choices], each.drawings) for each in told] == [
        ("That is between you and me, so let us do it in private.", ["private:progress"], ())
    ] * 2


def test_a_fourth_elective_counts_for_no_required_set(house: House) -> None:
    ann = Person(house)
    ann.says("help")
    admitted(ann, dict.fromkeys(["foundations", "technology", "access", "youth", "reference", "cataloging"], DAY))
    told = ann.says("my progress").splitlines()
    assert told[0] == "Competency sets complete: 5 of 6."
    assert "An elective beyond those needed is on record, but never stands in for a required set." in told
    assert told[-1] == "Next: Communication and Teamwork, by an approved course or by a portfolio. The order is yours."


def test_all_six_wait_for_the_office(house: House) -> None:
    ann = Person(house)
    ann.says("help")
    admitted(ann, dict.fromkeys(["foundations", "technology", "communication", "access", "youth", "reference"], DAY))
    told = ann.says("progress").splitlines()
    assert (told[0], told[-1]) == (
        "Competency sets complete: 6 of 6.",
        "All of them are complete; the office confirms your certificate.",
    )


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (datetime(2029, 11, 22, 18, 0, tzinfo=UTC), "one day is left."),
        (datetime(2029, 11, 24, 3, 0, tzinfo=UTC), "today is the last day."),  # still the 23rd in Chicago
    ],
)
def test_the_last_days_are_told_as_what_they_are(candidate: Person, now: datetime, left: str) -> None:
    there = replace(candidate, now=now)
    assert f"You have until 23 November 2029: {left}" in there.says("progress")


def test_after_the_last_day_nothing_is_due_any_more(candidate: Person) -> None:
    there = replace(candidate, now=datetime(2029, 11, 24, 18, 0, tzinfo=UTC))
    assert there.says("progress").splitlines()[-1] == (
        "Your time ended on 23 November 2029; the office decides how it goes on."
    )


def test_an_ended_candidacy_says_so_and_names_no_next_step(house: House) -> None:
    ann = Person(house)
    ann.says("help")
    admitted(ann, {}, "ended")
    assert ann.says("progress").splitlines()[-1] == (
        "You were admitted on 23 November 2025; that candidacy has ended. `apply` starts anew."
    )
    assert ann.told[-1].drawings == ()


def test_who_is_no_candidate_is_told_where_they_stand(house: House) -> None:
    ann = Person(house)
    assert ann.says("help", "progress") == (
        "Progress begins with admission. You have not applied yet: `apply` begins, `eligibility` checks first."
    )


def test_in_a_form_it_is_told_beside_the_question(candidate: Person) -> None:
    question = candidate.says("fees").splitlines()[-1]
    told = candidate.says("progress").splitlines()
    assert (told[0], told[-1]) == ("Competency sets complete: 0 of 6.", question)


def test_a_candidate_finds_it_in_the_menu(candidate: Person) -> None:
    candidate.says("menu")
    assert [each.label for each in candidate.told[-1].choices] == ["My progress", "Talk to a person"]
    assert candidate.says("1").splitlines()[0] == "Competency sets complete: 0 of 6."


def test_an_answer_about_the_time_begins_with_this_persons_own(candidate: Person) -> None:
    assert candidate.says("how long do i have?") == (
        "For you: You have until 23 November 2029: 1,096 days are left. At an even pace the next set would have been"
        " complete by 25 July 2026.\n\n"
        "Four years.\n(Source: LSSC candidate FAQ, 2010)"
    )


def test_the_same_answer_tells_others_and_whoever_reads_along_nothing_of_their_own(candidate: Person) -> None:
    somebody = replace(candidate, address="bob", told=[])
    assert somebody.says("help", "how long do i have?") == "Four years.\n(Source: LSSC candidate FAQ, 2010)"
    candidate.hears(Inbound("in a group", candidate.channel, candidate.address, "how long do i have?", place="C1"))
    assert [letters.decode(each.body).text for each in candidate.mail] == [
        "Four years.\n(Source: LSSC candidate FAQ, 2010)"
    ]


def test_in_a_form_as_well(candidate: Person) -> None:
    question = candidate.says("fees").splitlines()[-1]
    lines = candidate.says("how long do i have?").splitlines()
    assert (lines[0][:26], lines[-1]) == ("For you: You have until 23", question)


def test_who_asks_for_their_progress_in_their_own_words_is_told_just_that(candidate: Person) -> None:
    assert candidate.says("whats left").splitlines()[0] == "Competency sets complete: 0 of 6."
    assert "The word progress." not in candidate.told[-1].text


def test_an_answer_that_their_own_progress_takes_the_place_of_leaves_no_title_on_the_other(candidate: Person) -> None:
    text = candidate.says("how far am i, and how long have i?")
    assert "The word progress." not in text
    assert text.endswith("\n\nFour years.\n(Source: LSSC candidate FAQ, 2010)")
