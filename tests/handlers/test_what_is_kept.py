"""What stays on record after a conversation, and what does not."""

import json
from datetime import timedelta

import pytest

from tests.handlers.acting import APPLICATION, Person, Rows

CARDS = (
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111111111111111",
    "my card: 5500005555555559, 12/29",
    "378282246310005",
)
SURVEY = ("3", "1, 3", "7", "7", "2")


def test_answers_are_deleted_when_a_form_is_complete_and_facts_stay_with_their_day(ann: Person, rows: Rows) -> None:
    ann.says("eligibility", "1", "1", "20 hours a week since March 2019", "1")
    assert rows("answer") == []
    assert {row["key"]: row["words"] for row in rows("fact")} == {
        "position": "1", "schooling": "1", "job.1": "20 hours a week since March 2019", "job.1.more": "1",
    }  # fmt: skip
    assert {str(row["as_of"]) for row in rows("fact")} == {"2026-11-23"}


def test_a_corrected_fact_is_remembered_anew(ann: Person, rows: Rows) -> None:
    ann.says("fees", "yes", "Ohio", "0", "no", "fees", "change state", "Texas", "0", "no")
    assert {row["key"]: row["words"] for row in rows("fact")} == {"member": "yes", "state": "Texas"}
    assert rows("answer") == []


CHECK = ("1", "yes", "no", "20 hours a week since March 2019")
FILLED_IN = "What you told me on 23 November 2026 is filled in already; you can correct it at the end."
MONTH = timedelta(days=30)


def facts(rows: Rows) -> dict[object, tuple[object, str]]:
    return {row["key"]: (row["words"], str(row["as_of"])) for row in rows("fact")}


@pytest.mark.parametrize(
    "left", [["cancel", "apply"], ["fees", "apply"], ["apply"]], ids=["cancelled", "parked", "open"]
)
def test_what_an_unfinished_check_has_learned_is_filled_into_the_application(
    ann: Person, rows: Rows, left: list[str]
) -> None:
    ann.says("eligibility", *CHECK[:2])
    ann.now += timedelta(days=1)
    ann.says(*CHECK[2:])
    ann.now += timedelta(days=1)
    told = ann.says(*left)
    assert FILLED_IN.replace("23 November 2026", "23 November 2026 and 24 November 2026") in told
    assert facts(rows) == {
        "position": ("1", "2026-11-23"), "schooling": ("yes", "2026-11-23"), "schooling.abroad": ("no", "2026-11-24"),
        "job.1": (CHECK[3], "2026-11-24"),
    }  # fmt: skip
    asked = ann.says("Ann", "ann@library.org", "Clerk", "Springfield", "Ohio")
    assert asked.startswith("I counted:\n- Mar 2019 to 24 Nov 2026, 20 h a week")


def test_what_an_unfinished_check_has_learned_is_known_ninety_days(ann: Person) -> None:
    ann.says("eligibility", *CHECK, "cancel")
    ann.now += 3 * MONTH
    assert ann.says("apply") == FILLED_IN + "\n\nWhat is your full name?"
    ann.says("cancel")
    ann.now += timedelta(days=1)
    assert ann.says("apply") == "What is your full name?"


def test_what_is_told_of_a_matter_anew_takes_the_place_of_all_that_was_told_of_it(ann: Person, rows: Rows) -> None:
    ann.says("eligibility", "1", "yes", "no", "20 hours a week", "since March 2022", "2", "100 hours in 2023", "1")
    ann.now += timedelta(days=1)
    ann.says("eligibility", "2", "1", "10 hours a week", "cancel")
    assert facts(rows) == {
        "position": ("2", "2026-11-24"), "schooling": ("1", "2026-11-24"), "job.1": ("10 hours a week", "2026-11-24"),
    }  # fmt: skip


def test_an_older_draft_does_not_take_the_place_of_what_was_told_later(ann: Person, rows: Rows) -> None:
    ann.says("apply", "Ann", "ann@library.org", "Clerk", "Springfield", "Ohio", "1")
    ann.now += timedelta(days=1)
    ann.says("/eligibility", "3", "1", "about 1900 hours", "1")
    ann.now += timedelta(days=1)
    ann.says("cancel")
    assert facts(rows)["position"] == ("3", "2026-11-24")
    assert facts(rows)["state"] == ("Ohio", "2026-11-23")


def test_what_is_being_corrected_when_a_form_is_left_is_not_remembered(ann: Person, rows: Rows) -> None:
    ann.says("eligibility", *CHECK, "cancel", "eligibility", "change schooling", "cancel")
    assert facts(rows).keys() == {"position", "schooling", "schooling.abroad", "job.1"}
    ann.says("eligibility", "yes, from another country", "cancel")
    assert facts(rows)["schooling"] == ("yes, from another country", "2026-11-23")
    assert "schooling.abroad" not in facts(rows)


def test_begin_again_takes_back_what_the_form_had_learned_and_nothing_else(ann: Person, rows: Rows) -> None:
    ann.says("fees", "yes", "Ohio", "0", "no", "eligibility", *CHECK, "cancel")
    assert facts(rows).keys() == {"member", "state", "position", "schooling", "schooling.abroad", "job.1"}
    ann.says("eligibility", "restart", "yes")
    assert facts(rows).keys() == {"member", "state"}


def test_a_check_that_waits_ends_with_what_the_application_was_told_meanwhile(ann: Person) -> None:
    ann.says("eligibility", "1", "apply", "Ann", "ann@library.org", "Clerk", "Springfield", "Ohio", "1")
    told = ann.says("20 hours a week since March 2019", "1", "no", "none", "no", "send", "cancel")
    assert told.startswith(
        "All right, we leave these questions out; nothing of them is kept.\n\nNow back to the eligibility check.\n\n"
        "What you told me in between is filled in; `change` corrects any of it.\n\nYour hours in the last 5 years:"
    )


def test_a_form_that_cannot_be_played_any_more_can_still_be_left_and_teaches_nothing(ann: Person, rows: Rows) -> None:
    ann.says("eligibility", *CHECK)
    with ann.house.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE conversation SET script = 'dropped'")
    assert ann.says("cancel") == "Cancelled."
    assert rows("fact") == []


def test_a_button_that_corrects_what_was_filled_in_has_its_day_no_more(ann: Person) -> None:
    ann.says("eligibility", *CHECK, "1")
    ann.now += timedelta(days=1)
    told = ann.says("apply", "Ann", "ann@library.org", "Clerk", "Springfield", "Ohio", "no", "none", "no")
    assert "d. Kind of position: works in a library position that does not require an MLIS (told on" in told
    told = ann.presses(ann.told[-1].conversation, "position", "volunteer")
    assert "\nd. Kind of position: volunteers in a library\n" in told


def test_an_application_is_kept_as_confirmed(ann: Person, rows: Rows) -> None:
    ann.applies()
    ann.says("send")
    (application,) = rows("application")
    details = json.loads(str(application["details"]))
    assert (application["state"], application["fee_cents"]) == ("submitted", 35_000)
    assert (details["Name"], details["Library"], details["Cohort or grant"]) == (
        "Ann Example", "Springfield Public Library", "Lincoln Group",
    )  # fmt: skip
    assert [item["kind"] for item in rows("desk_item")] == ["application", "payment"]
    assert [line["action"] for line in rows("audit")] == ["submitted"]


def test_the_mail_to_a_claimed_address_carries_no_personal_fact(ann: Person, rows: Rows) -> None:
    ann.applies()
    ann.says("send")
    (letter,) = ann.mail
    assert (letter.channel, letter.address) == ("email", "ann@library.org")
    assert str(rows("application")[0]["reference"]) in letter.body
    for fact in ("Ann", "Circulation", "Springfield", "Illinois", "20 h", "March", "Mar 2019", "Lincoln", "$350"):
        assert fact not in letter.body
    assert {row["address"]: row["state"] for row in rows("address")} == {"ann": "proved", "ann@library.org": "claimed"}


def test_an_address_that_is_somebody_elses_gets_no_mail_and_nobody_is_told_but_the_desk(
    ann: Person, rows: Rows
) -> None:
    bob = Person(ann.house, "ann@library.org", "email")
    bob.says("hi")
    ann.applies()
    told = ann.says("send")
    assert ann.mail == []
    assert [item["kind"] for item in rows("desk_item")] == ["application", "payment", "address of another person"]
    carla = Person(ann.house, "carla")
    carla.applies(email="carla@library.org")
    same = carla.says("send").replace("carla@", "ann@")
    references = [str(row["reference"]) for row in rows("application")]
    assert told.replace(references[0], "") == same.replace(references[1], "").split("Hello!")[0]


def test_statistics_have_no_link_to_the_person(ann: Person, rows: Rows) -> None:
    ann.applies()
    assert ann.says("send", *SURVEY) == "Thank you."
    (survey,) = rows("survey")
    assert survey.keys() == {"key", "year", "answers"}
    assert json.loads(str(survey["answers"])) == {
        "heard": ["A library association"], "library_types": ["Public", "School"], "sex": ["Male"],
    }  # fmt: skip
    assert survey["year"] == 2026
    assert rows.everything().count(str(survey["key"])) == 1
    assert rows("answer") == []


def test_a_statistic_that_was_changed_by_a_button_is_not_written_into_the_outbox(ann: Person) -> None:
    ann.applies()
    ann.says("send", *SURVEY[:2])
    heard, types = ann.told[-3], ann.told[-2]
    assert ann.presses(heard.conversation, heard.question, "c4").startswith("How you heard of us: changed.\n\n")
    assert types.question == "library_types"


@pytest.mark.parametrize("words", ["cancel", "menu"])
def test_statistics_that_were_cancelled_are_not_kept_at_all(ann: Person, rows: Rows, words: str) -> None:
    ann.applies()
    ann.says("send", *SURVEY[:3], words)
    if words == "menu":
        ann.says("leave it")
    assert (rows("survey"), rows("answer")) == ([], [])


@pytest.mark.parametrize("card", CARDS)
def test_a_card_number_is_nowhere_in_the_database(ann: Person, rows: Rows, card: str) -> None:
    ann.says(card, "apply", card, "Ann Example", card, "cancel", card)
    digits = "".join(filter(str.isdecimal, card))[:15]
    assert card not in rows.everything()
    assert digits not in "".join(filter(str.isdecimal, rows.everything()))


def test_a_question_without_an_answer_is_noted_for_the_desk(ann: Person, rows: Rows) -> None:
    ann.says("hi", "why is the sky blue?")
    assert [(row["question"], row["state"]) for row in rows("unanswered")][-1] == ("why is the sky blue?", "open")


def test_feedback_is_kept_without_the_person(ann: Person, rows: Rows) -> None:
    ann.says("menu", "is there an exam?", "that helped", "is there an exam?", "not what I asked")
    assert [(row["entry"], bool(row["helpful"])) for row in rows("feedback")] == [("exam", True), ("exam", False)]
    assert rows("feedback")[0].keys() == {"id", "entry", "helpful", "at"}


def test_everything_an_applicant_said_is_out_of_the_outbox_of_others(ann: Person, rows: Rows) -> None:
    ann.applies()
    ann.says("send")
    bob = Person(ann.house, "bob")
    bob.says("hi", "status", "menu", "withdraw")
    said = " ".join(message.text for message in bob.told)
    for words in APPLICATION.values():
        assert len(words) < 4 or words not in said
