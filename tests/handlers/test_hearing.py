"""One message, one transaction: nothing twice, nothing by halves, nothing lost."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from flows.dialog.speech import Inbound
from handlers.hearing import SORRY, House
from storage import people
from tests.handlers.acting import Person, Rows, heard_by

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_a_message_delivered_twice_is_acted_on_once(ann: Person, rows: Rows) -> None:
    ann.says("fees")
    message = Inbound("twice", "terminal", "ann", "yes")
    assert not ann.hears(message).duplicate
    before = rows.everything()
    assert ann.hears(message).duplicate
    assert rows.everything() == before


def test_a_turn_is_one_commit(ann: Person) -> None:
    commits: list[object] = []
    event.listen(ann.house.database.engine, "commit", commits.append)
    for words in ("apply", "Ann Example", "what now?", "cancel", "exams or money", "1", "person"):
        commits.clear()
        heard_by(ann.house, Inbound(words, "terminal", "ann", words), NOW)
        assert len(commits) == 1, words


def test_a_crash_in_a_turn_leaves_nothing_and_the_message_can_come_again(ann: Person, rows: Rows) -> None:
    def explodes(entry: str) -> None:
        raise RuntimeError("the shelf fell over")

    ann.says("fees", "yes", "exams or money")
    before, broken = rows.everything(), replace(ann.house, entry=explodes)
    message = Inbound("again", "terminal", "ann", "1")
    with pytest.raises(RuntimeError, match="fell over"):
        heard_by(broken, message, NOW)
    assert rows.everything() == before
    assert not ann.hears(message).duplicate
    assert (
        ann.told[-1].text
        == "No, there is no exam.\n(Source: LSSC candidate FAQ, 2010)\n\nIn which state is your library?"
    )


def test_a_fault_of_a_script_is_told_to_the_person_and_to_the_desk_and_cancel_leaves_the_form(
    ann: Person, rows: Rows
) -> None:
    ann.says("fees")
    with ann.house.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE conversation SET script = 'dropped'")
    assert ann.says("yes").startswith(SORRY)
    assert [item["kind"] for item in rows("desk_item")] == ["script error", "hand-off"]
    assert rows("answer") == []
    assert ann.says("cancel") == "Cancelled."
    assert ann.says("fees") == "Are you a member of ALA?"


def test_first_messages_at_the_same_time_make_one_person(house: House, rows: Rows) -> None:
    with ThreadPoolExecutor(6) as threads:
        messages = [Inbound(f"{number}", "terminal", "bob", "menu") for number in range(6)]
        assert len(list(threads.map(lambda message: heard_by(house, message, NOW), messages))) == 6
    assert (len(rows("person")), len(rows("address")), len(rows("outbox"))) == (1, 1, 6)


def test_two_messages_at_once_are_taken_one_after_the_other(ann: Person, rows: Rows) -> None:
    ann.says("apply")
    with ThreadPoolExecutor(2) as threads:
        messages = [Inbound(words, "terminal", "ann", words) for words in ("Ann Example", "Ann B. Example")]
        list(threads.map(lambda message: heard_by(ann.house, message, NOW), messages))
    assert [row["key"] for row in rows("answer")] == ["name"]  # the second one is no email address
    assert len(rows("outbox")) == 3


def test_a_correction_begun_in_one_channel_can_be_left_in_another_also_after_the_form_was_parked(
    ann: Person, rows: Rows
) -> None:
    ann.applies()
    before = sorted((row["key"], row["words"]) for row in rows("answer"))
    with ann.house.database.work(NOW) as work:
        people.add_address(work, 1, "telegram", "4711", "proved")
    ann.says("e")
    elsewhere = Person(ann.house, "4711", "telegram")
    elsewhere.says("/fees", "/apply")
    assert elsewhere.says("back").startswith("All right, it stays as it was.\n\nPlease check your application.")
    assert sorted((row["key"], row["words"]) for row in rows("answer")) == before


def test_a_late_button_that_asks_for_a_correction_changes_nothing_yet(ann: Person) -> None:
    ann.says("eligibility", "1", "1", "20 hours a week since March 2019")
    ledger = ann.told[-1]
    ann.says("add another job or volunteering")
    told = ann.presses(ledger.conversation, ledger.question, "wrong")
    assert told == "Tell me about one library job or volunteering since 23 November 2021: how many hours, and when?"


def test_begin_again_is_asked_first_and_a_late_yes_to_it_asks_once_more(ann: Person, rows: Rows) -> None:
    ann.says("fees", "yes", "Ohio")
    assert ann.says("restart") == "Begin again? Your 2 answers are forgotten."
    asked = ann.told[-1]
    assert ann.says("no") == "How many of the 6 sets would you do by a course? The others are portfolios."
    before = rows("answer")
    assert ann.presses(asked.conversation, asked.question, "begin again") == asked.text
    assert rows("answer") == before
    assert ann.presses(asked.conversation, asked.question, "begin again") == "Are you a member of ALA?"
    assert rows("answer") == []


def test_a_number_answers_begin_again_and_not_the_number_question_behind_it(ann: Person) -> None:
    ann.says("fees", "yes", "Ohio")
    asked = ann.says("restart")
    assert ann.says("3") == asked
    assert ann.says("1") == "Are you a member of ALA?"


def test_begin_again_counts_and_forgets_what_is_kept_aside_of_a_correction(ann: Person, rows: Rows) -> None:
    ann.applies()
    ann.says("e")
    assert ann.says("restart") == "Begin again? Your 12 answers are forgotten."
    assert ann.says("yes") == "What is your full name?"
    assert rows("answer") == []


def test_no_words_of_a_message_are_logged(ann: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ann.says("tell nobody", "apply", "Confidential Person", "not an address", "is there an exam?", "cancel")
    for words in ("tell nobody", "Confidential", "not an address", "exam"):
        assert words not in caplog.text
