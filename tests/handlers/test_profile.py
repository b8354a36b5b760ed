"""What people see of their own record, and that a record is told whole and to nobody else."""

import pytest
from sqlalchemy import insert

from handlers import profile
from handlers.hearing import House
from storage import people, tables
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage


@pytest.fixture
def stage(house: House) -> Stage:
    return Stage(house)


def test_a_profile_tells_each_thing_with_the_words_that_change_it(stage: Stage) -> None:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel")
    assert stage.says("telegram/7", "profile") == [
        "telegram/7: Name: Ann Example (`rename`)",
        "| Reached at:",
        "| - Telegram, where you are now: confirmed",
        "| - a...@library.org: not confirmed yet",
        "| Your mail address ann@library.org is not confirmed yet: send me the six-digit code from the mail that went"
        " there; `confirm mail` sends a new one.",
        "| `link` adds a channel, `new mail` a mail address, `unlink` takes one out.",
        "| Library: Springfield Public Library (`my library`)",
        "| Position: Circulation clerk (`my position`)",
        "| State: Illinois (`my state`)",
        "| Time zone: Central time (Chicago), by your state; it is 9 am there now (`time zone`)",
        "| Preferred channel: wherever you wrote last (`preferred channel`)",
        "| Quiet hours: 9 pm to 8 am, for reminders only (`quiet hours`)",
        "| Reminders: on (`reminders`)",
        *(f"- {each.label}" for each in profile.CHOICES),
    ]
    stage.says("telegram/7", "stop")
    assert "| Reminders: off (`start reminders`)" in stage.says("telegram/7", "profile")


def test_a_joined_record_has_the_name_of_the_older_one(stage: Stage) -> None:
    stage.says("telegram/7", "rename", "Ann Example")
    stage.says("slack/U1", "rename", "Ann E.", "link")
    stage.says("telegram/7", "link CODE")
    assert stage.says("slack/U1", "profile")[0] == "slack/U1: Name: Ann Example (`rename`)"


def test_a_profile_shows_no_address_that_may_be_a_strangers(stage: Stage) -> None:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "cancel", "withdraw", "yes")
    assert stage.says("telegram/7", "profile")[:4] == [
        "telegram/7: Name: Ann Example (`rename`)",
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
