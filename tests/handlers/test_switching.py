"""A form that goes on in another channel, and what that costs a turn where nothing moved."""

from typing import Any

import pytest

from handlers import switching
from handlers.hearing import House
from tests.handlers.acting import APPLICATION, Rows
from tests.handlers.channels import Stage


@pytest.fixture
def stage(house: House) -> Stage:
    """A person in Telegram, Slack and the terminal."""
    stage = Stage(house)
    for other in ("slack/U1", "terminal/ann"):
        stage.says("telegram/7", "menu", "link")
        stage.says(other, "link CODE")
    return stage


def test_the_reply_begins_with_a_recap_and_the_old_prompt_says_where_it_went_on(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "apply", "Ann Example", "ann@library.org", "Circulation clerk")
    prompt = max(int(str(row["id"])) for row in rows("outbox") if row["address_id"] == 1)
    stage.plays("""
        slack/U1> apply
        telegram/7* Which library is it?
        | (continued in Slack)
        slack/U1: Going on with your application; so far: Name: Ann Example; Email: ann@library.org; Position title: Circulation clerk.
        | You are in the middle of your application.
        | Which library is it?
        slack/U1> Springfield Public Library
        slack/U1: In which state is it?
        terminal/ann> Illinois
        slack/U1* In which state is it?
        | (continued in the terminal)
        terminal/ann: Going on with your application; the last answers: Email: ann@library.org; Position title: Circulation clerk; Library: Springfield Public Library.
        | Where do you work now?
        - In a library, in a position that does not require an MLIS
        - In such a position, and I hold an MLIS
        - I volunteer in a library
        - In a library, in a position that requires an MLIS
        - I have no library position at the moment
    """)
    edits = [message for _, message in stage.told if message.edits]
    assert (edits[0].edits, edits[0].choices, edits[0].conversation, edits[0].quiet) == (prompt, (), 0, True)


def test_words_meant_for_an_older_question_of_another_channel_are_not_taken(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "apply", "Ann Example")
    stage.says("slack/U1", "ann@library.org")
    stage.plays(f"""
        telegram/7> other@library.org
        slack/U1* Going on with your application; so far: Name: Ann Example.
        | What is your position called?
        | (continued in Telegram)
        telegram/7: Going on with your application; so far: Name: Ann Example; Email: ann@library.org.
        | {switching.CHANGED}
        | What is your position called?
        slack/U1> is there an exam?
        telegram/7* Going on with your application; so far: Name: Ann Example; Email: ann@library.org.
        | {switching.CHANGED}
        | What is your position called?
        | (continued in Slack)
        slack/U1: Going on with your application; so far: Name: Ann Example; Email: ann@library.org.
        | No, there is no exam.
        | (Source: LSSC candidate FAQ, 2010)
        | What is your position called?
        telegram/7> Clerk
        slack/U1* Going on with your application; so far: Name: Ann Example; Email: ann@library.org.
        | No, there is no exam.
        | (Source: LSSC candidate FAQ, 2010)
        | What is your position called?
        | (continued in Telegram)
        telegram/7: Going on with your application; so far: Name: Ann Example; Email: ann@library.org.
        | Which library is it?
    """)
    assert {str(row["key"]): row["words"] for row in rows("answer")} == {
        "name": "Ann Example", "email": "ann@library.org", "title": "Clerk",
    }  # fmt: skip


def test_a_button_of_the_other_channel_still_answers_its_own_question(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "fees")
    stage.says("slack/U1", "yes")
    stage.plays("""
        telegram/7> [No]
        slack/U1* Going on with the price calculation.
        | In which state is your library?
        | (continued in Telegram)
        telegram/7: Going on with the price calculation; so far: ALA member: Yes.
        | ALA member: changed to “No”.
        | In which state is your library?
    """)
    assert [row["words"] for row in rows("answer")] == ["no"]


def test_a_form_set_aside_comes_back_in_another_channel_with_a_recap(stage: Stage) -> None:
    stage.says("telegram/7", "fees", "yes", "apply")
    told = stage.says("slack/U1", "cancel")
    assert told[-2:] == [
        "| Going on with the price calculation; so far: ALA member: Yes.",
        "| In which state is your library?",
    ]


def test_the_voluntary_statistics_are_not_repeated_in_another_channel(stage: Stage) -> None:
    stage.says("telegram/7", "apply", *APPLICATION.values(), "send", "3", "1, 3", "2")
    told = stage.says("slack/U1", "7")
    assert told[told.index("| (continued in Slack)") + 1] == "slack/U1: Going on with the voluntary questions."


def test_nothing_of_a_form_is_told_in_a_group_and_it_stays_where_it_was(stage: Stage, rows: Rows) -> None:
    stage.says("telegram/7", "apply", "Ann Example")
    told = stage.says("slack/U1", "back", place="C1")
    assert not any("Ann Example" in line for line in told)
    assert [row["address_id"] for row in rows("conversation")] == [1]


def test_an_address_that_was_unlinked_meanwhile_is_told_nothing(stage: Stage) -> None:
    stage.says("slack/U1", "apply", "Ann Example")
    stage.says("telegram/7", "unlink", "[Slack (U1)]", "[Yes, unlink it]")
    before = len(stage.told)
    stage.says("terminal/ann", "ann@library.org")
    assert {where for where, _ in stage.told[before:]} == {"telegram/7", "terminal/ann"}


def test_a_turn_where_nothing_moved_takes_no_statement_more(stage: Stage) -> None:
    if not stage.house.database.is_sqlite:
        pytest.skip("only SQLite's driver can be listened to, and the statements are the same")
    statements: list[str] = []

    def costs(where: str, words: str) -> int:
        statements.clear()
        stage.says(where, words)
        return len(statements)

    stage.says("telegram/7", "apply")
    for connection in stage.house.database.idle:
        driver: Any = connection.connection.dbapi_connection
        driver.set_trace_callback(statements.append)
    # The turn's own: begin, dedupe, speaker, answer, letter, commit; four more are the stage's, which sends it.
    assert costs("telegram/7", "Ann Maria Louise de Example") == 10
    assert costs("slack/U1", "ann@library.org") > 10
    assert costs("slack/U1", "Clerk at the circulation desk") == 10
