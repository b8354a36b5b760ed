"""Terminals of one person: each has a number while it lives, and shows the answers to what was typed there."""

import os
import sqlite3
import subprocess
import termios
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.channels.screen import ANOTHER
from bot.seats import Seat, take
from tests.bot.edge import Lssc
from tests.bot.test_chat import read_until

ANN = ("--as", "ann@example.org")


@pytest.fixture
def chatting(lssc: Lssc, prepared_database: Path) -> Lssc:
    (lssc.folder / "lssc.db").write_bytes(prepared_database.read_bytes())
    return lssc


def start(lssc: Lssc, number: int = 1) -> "subprocess.Popen[bytes]":
    """A terminal, once it has its number."""
    process, end = lssc.start("chat", *ANN), time.monotonic() + 60
    while not list(lssc.folder.glob(f"lssc.db-terminals/*.{number}")):
        assert time.monotonic() < end
        time.sleep(0.01)
    return process


def say(process: "subprocess.Popen[bytes]", words: str) -> str:
    """The block in answer."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(words.encode() + b"\n")
    lines: list[str] = []
    while (line := process.stdout.readline().decode()) != "--\n":
        assert line
        lines.append(line)
    return "".join(lines)


def end(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin
    assert process.stdout
    process.stdin.close()
    assert process.wait(60) == 0
    process.stdout.close()
    if process.stderr:
        process.stderr.close()


def rows(lssc: Lssc, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(lssc.folder / "lssc.db")) as database:
        found = database.execute(query).fetchall()
        database.commit()
    return found


def test_open_terminals_have_numbers_and_the_lowest_free_one_is_taken(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}/lssc.db", "postgresql+psycopg://ann:secret@example.org/lssc"):
        first, second = take(url, tmp_path, "ann"), take(url, tmp_path, "ann")
        assert (first.number, second.number) == (1, 2)
        assert take(url, tmp_path, "ben").number == 1
        assert (first.left(), second.left()) == ([], [])
    assert take(f"sqlite:///{tmp_path}/other.db", tmp_path, "ann").number == 1


def test_where_no_lock_can_be_kept_everybody_is_the_first(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert take("postgresql+psycopg://example.org/lssc", tmp_path / "file", "ann") == Seat()


def test_two_terminals_of_one_person_each_show_the_answers_to_what_was_typed_there(chatting: Lssc) -> None:
    first, second = start(chatting), start(chatting, 2)
    try:
        assert say(first, "apply").endswith("What is your full name?\n")
        assert say(second, "/status") == "You have not applied yet.\n\nWhat is your full name?\n"
        assert say(first, "Ann Example") == "Your email address?\n"
        assert say(second, "back") == "What is your full name?\n"
        assert say(second, "Ann B. Example") == "Your email address?\n"
        assert say(first, "ann@example.org") == "What is your position called?\n"
    finally:
        end(first)
        end(second)
    assert rows(chatting, "SELECT channel, address, person_id FROM address ORDER BY channel, address") == [
        ("email", "ann@example.org", 1), ("terminal", "ann@example.org", 1), ("terminal", "ann@example.org (2)", 1),
    ]  # fmt: skip
    assert rows(chatting, "SELECT DISTINCT state FROM outbox") == [("sent",)]


def test_the_same_words_in_two_terminals_are_two_messages_and_a_number_means_what_was_offered_there(
    chatting: Lssc,
) -> None:
    first, second = start(chatting), start(chatting, 2)
    try:
        offered = say(first, "menu")
        assert " 2. Work out my price" in offered
        assert "That helped" in say(second, "is there an exam?")
        assert say(first, "2").startswith("Are you a member of ALA?")
        assert say(second, "1").startswith("Thank you, good to know.")
        assert say(first, "help") == say(second, "help")
    finally:
        end(first)
        end(second)


def test_somebody_who_first_speaks_in_the_second_terminal_is_one_person_in_both(chatting: Lssc) -> None:
    first, second = start(chatting), start(chatting, 2)
    try:
        say(second, "menu")
        assert "I am LSSC Assistant" not in say(first, "menu")
    finally:
        end(first)
        end(second)
    assert rows(chatting, "SELECT count(*) FROM person") == [(1,)]


def test_what_a_terminal_did_not_show_before_it_was_killed_is_shown_by_another_one(chatting: Lssc) -> None:
    first = start(chatting)
    say(first, "menu")
    second = start(chatting, 2)
    told = say(second, "status")
    try:
        with second:
            second.kill()
        rows(chatting, "UPDATE outbox SET state = 'waiting', sent_at = NULL WHERE id = 2")
        shown = say(first, "help")
        assert shown.startswith(told.rstrip("\n"))
        again = start(chatting, 2)
        assert say(again, "status") == told
        end(again)
    finally:
        end(first)
    assert rows(chatting, "SELECT count(*) FROM address WHERE channel = 'terminal'") == [(2,)]
    assert rows(chatting, "SELECT DISTINCT state FROM outbox") == [("sent",)]


def test_a_killed_terminal_is_the_same_one_when_it_is_started_again(chatting: Lssc) -> None:
    first = start(chatting)
    say(first, "apply")
    with first:
        first.kill()
    again = start(chatting)
    assert say(again, "Ann Example").endswith("Your email address?\n")  # after what the kill left unrecorded
    end(again)
    assert rows(chatting, "SELECT address FROM address WHERE channel = 'terminal'") == [("ann@example.org",)]


def test_an_interactive_terminal_says_that_another_one_is_open_and_does_not_show_its_answers(chatting: Lssc) -> None:
    first = start(chatting)
    say(first, "menu")
    terminal, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (40, 150))
    process = chatting.start("chat", *ANN, on=theirs, TERM="xterm")
    os.close(theirs)
    try:
        shown = read_until(terminal, b"\x1b[0m>").decode()
        assert say(first, "fees").startswith("Are you a member of ALA?")
        os.write(terminal, b"status\r")
        answer = (read_until(terminal, b" 2. No") + read_until(terminal, b"\x1b[0m>")).decode()
        os.write(terminal, b"\x04")
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
        end(first)
    assert ANOTHER in shown
    assert "You have not applied yet." in answer
    assert answer.count("Are you a member of ALA?") == 1
