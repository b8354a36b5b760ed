"""What people see of their own record, and that a record is told whole and to nobody else."""

import json

import pytest
from sqlalchemy import insert

from handlers.hearing import House
from storage import people, roles, tables
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)


def test_my_data_tells_all_that_is_stored(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel", "why is the sky blue?", "fees", "yes")
    with stage.house.database.work(stage.now) as work:
        roles.give(work, 1, "mentor", "the office")
        candidacy = {"person_id": 1, "admitted_on": stage.now.date(), "deadline": stage.now.date(), "state": "active"}
        work.connection.execute(insert(tables.of(tables.Candidacy)), candidacy | {"created_at": stage.now})
        money = {"kind": "payment", "amount_cents": 100, "payer": "her library", "reference": "", "recorded_by": "x"}
        days = {"received_on": stage.now.date(), "recorded_at": stage.now}
        work.connection.execute(insert(tables.of(tables.Payment)), money | days | {"application_id": 1})
    (application,) = rows("application")
    details = json.loads(str(application["details"]))
    told = stage.says("telegram/7", "/my data")
    letters = len(rows("outbox")) - 2  # but this answer itself, and the mail's own address has one more
    assert told == [
        "telegram/7: This is what is stored about you.",
        "| Name: Ann Example",
        "| Reached at:",
        "| - Telegram, where you are now: confirmed",
        "| - a...@library.org: not confirmed yet",
        "| Your mail address ann@library.org is not confirmed yet: send me the six-digit code from the mail that went there; `confirm mail` sends a new one.",
        "| Told to me, kept 90 days:",
        "| - Hours: 20 hours a week since March 2019 (23 November 2026)",
        "| - More hours: That is all (23 November 2026)",
        "| - ALA member: No (23 November 2026)",
        "| - Kind of position: In a library, in a position that does not require an MLIS (23 November 2026)",
        "| - Schooling: Yes, from the United States (23 November 2026)",
        "| - State: Illinois (23 November 2026)",
        f"| Application {application['reference']}, submitted, of 23 November 2026:",
        *(f"| - {label}: {value}" for label, value in details.items()),
        "| - Payments recorded: 1",
        "| Candidacy since 23 November 2026, until 23 November 2026: active",
        "| Begun on 23 November 2026, with your answers: the price calculation",
        "| Part in the program: mentor",
        "| On the office's list since 23 November 2026: application (open)",
        "| On the office's list since 23 November 2026: payment (open)",
        "| A question that I could not answer: why is the sky blue?",
        f"| Messages of mine to you: {letters + 1}, kept 30 days",
        "| Answers to the voluntary questions are stored apart, without your name. `forget me` deletes the rest.",
        "| How many of the 6 sets would you do by a course? The others are portfolios.",
    ]


def test_a_joined_record_tells_both_names(stage: Stage) -> None:
    stage.says("telegram/7", "rename", "Ann Example")
    stage.says("slack/U1", "rename", "Ann E.", "link")
    stage.says("telegram/7", "link CODE")
    assert stage.says("slack/U1", "profile")[0] == "slack/U1: Name: Ann Example"
    assert stage.says("slack/U1", "my data")[1] == "| Name: Ann Example, Ann E."


def test_a_profile_shows_no_address_that_may_be_a_strangers(stage: Stage) -> None:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel", "withdraw", "yes")
    assert stage.says("telegram/7", "profile")[:4] == [
        "telegram/7: Name: Ann Example",
        "| Reached at:",
        "| - Telegram, where you are now: confirmed",
        "| - a...@library.org: not confirmed yet",
    ]


def test_a_corrected_name_is_on_record_and_in_the_audit_without_the_name(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "menu", "my name is wrong", "Ann Example")
    assert rows("person")[0]["name"] == "Ann Example"
    assert [(row["action"], row["details"]) for row in rows("audit")] == [("renamed", "{}")]
    with stage.house.database.work(stage.now) as work:
        speaker = people.speaker(work, "telegram", "7")
        assert speaker is not None
        assert speaker.name == "Ann Example"


def test_a_wish_to_be_forgotten_in_a_form_is_asked_twice_and_the_form_waits(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "fees", "/forgetme", "/forget me")
    assert stage.told[-1][1].text.endswith("Are you a member of ALA?")
    assert [choice.label for choice in stage.told[-1][1].choices[-2:]] == ["Yes, delete everything", "No, keep it"]
    stage.says("telegram/7", "Yes, delete everything", "No, keep it")
    assert [(row["script"], row["state"]) for row in rows("conversation")] == [("fees", "open")]


@pytest.mark.parametrize("words", ["forget me", "leave program", "withdraw"])
def test_a_forged_message_neither_forgets_nor_leaves(stage: Stage, rows: Rows, words: str) -> None:
    stage.says("telegram/7", "menu")
    with stage.house.database.work(stage.now) as work:
        candidacy = {"person_id": 1, "admitted_on": stage.now.date(), "deadline": stage.now.date(), "state": "active"}
        work.connection.execute(insert(tables.of(tables.Candidacy)), candidacy | {"created_at": stage.now})
    told = stage.says("telegram/7", words, trust="claimed")
    assert "I cannot be sure that this message comes from you" in " ".join(told)
    for button in ("Yes, delete everything", "Yes, leave the program", "forget:1:yes", "leave:1:yes"):
        stage.says("telegram/7", button, trust="claimed")
    assert [(row["state"], row["person_id"]) for row in rows("candidacy")] == [("active", 1)]
