"""A conversation from a script: one line in, one block out."""

import os
import select
import signal
import termios
import time
from pathlib import Path

import pytest

from tests.bot.edge import NOON, Lssc

WELCOME = "Hello! I am LSSC Assistant"


@pytest.fixture
def chatting(lssc: Lssc, prepared_database: Path) -> Lssc:
    (lssc.folder / "lssc.db").write_bytes(prepared_database.read_bytes())
    return lssc


def blocks(out: bytes) -> list[str]:
    *whole, rest = out.decode().split("--\n")
    assert rest == ""
    return whole


def test_each_line_gets_one_block_and_the_end_of_input_ends_it(chatting: Lssc) -> None:
    result = chatting("chat", given="menu\nfees\n1\n")
    menu, fees, number = blocks(result.stdout)
    assert (result.returncode, result.stderr) == (0, b"")
    assert menu.startswith(WELCOME)
    assert fees.endswith(" 1. Yes\n 2. No\n")
    assert number != fees


def test_a_first_start_makes_its_database(lssc: Lssc) -> None:
    assert blocks(lssc("chat", given="menu\n").stdout)[0].startswith(WELCOME)
    assert (lssc.folder / "lssc.db").is_file()


def test_nothing_is_said_before_the_first_message(chatting: Lssc) -> None:
    with chatting.start("chat") as process:
        assert process.stdin
        assert process.stdout
        ready, _, _ = select.select([process.stdout], [], [], 3)
        assert ready == []
        process.stdin.write(b"menu\n")
        assert process.stdout.readline().decode().startswith(WELCOME)
        process.stdin.close()
        process.stdout.read()
        assert process.wait(60) == 0


def test_bytes_that_are_no_utf8_and_empty_lines_are_answered_too(chatting: Lssc) -> None:
    result = chatting("chat", given=b"menu\n\xff\xfe\n\n\x00\nmenu")
    assert (result.returncode, len(blocks(result.stdout))) == (0, 5)


def test_a_form_goes_on_in_the_next_session(chatting: Lssc) -> None:
    first = blocks(chatting("chat", "--as", "Ann@Example.org", given="apply\nAnn Example\n").stdout)
    second = blocks(chatting("chat", "--as", "ann@example.org", given="ann@example.org\n").stdout)
    assert [block.splitlines()[-1] for block in first + second] == [
        "What is your full name?",
        "Your email address?",
        "What is your position called?",
    ]


def test_two_people_on_one_machine_have_two_records(chatting: Lssc) -> None:
    chatting("chat", "--as", "ann@example.org", given="apply\nAnn Example\n")
    (ben,) = blocks(chatting("chat", "--as", "ben@example.org", given="status\n").stdout)
    assert "Ann" not in ben


def test_an_answer_that_was_not_seen_heads_the_first_block(chatting: Lssc) -> None:
    import sqlite3

    chatting("chat", given="menu\n")
    with sqlite3.connect(chatting.folder / "lssc.db") as database:
        database.execute("UPDATE outbox SET state = 'waiting', sent_at = NULL")
    database.close()
    (block,) = blocks(chatting("chat", given="help\n").stdout)
    assert block.startswith(WELCOME)
    assert len(block) > len(WELCOME) * 4


def test_a_fixed_time_is_believed(chatting: Lssc) -> None:
    chatting("demo", LSSC_NOW=NOON.isoformat())
    (block,) = blocks(chatting("chat", "--as", "ada.example@example.org", given="status\n").stdout)
    assert "20 November 2026" in block


def test_ctrl_c_leaves_without_a_traceback(chatting: Lssc) -> None:
    with chatting.start("chat") as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"menu\n")
        while process.stdout.readline() != b"--\n":
            pass
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b""


def test_an_interactive_terminal_prompts_wraps_and_leaves_on_ctrl_d(chatting: Lssc) -> None:
    terminal, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 60))
    process = chatting.start("chat", on=theirs, TERM="xterm")
    os.close(theirs)
    try:
        shown = read_until(terminal, b"\x1b[0m>").decode()
        os.write(terminal, b"menu\r")
        answer = read_until(terminal, b" 3. ") + read_until(terminal, b"\x1b[0m>")
        os.write(terminal, b"\x04")
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
    assert f"Outgoing mail is written into the folder {chatting.folder}/mail." in shown
    lines = answer.decode()[answer.decode().index(WELCOME) :].splitlines()
    assert max(len(line) for line in lines[: lines.index("")]) in range(45, 61)


def read_until(terminal: int, mark: bytes) -> bytes:
    found, end = b"", time.monotonic() + 90
    while mark not in found:
        ready, _, _ = select.select([terminal], [], [], max(end - time.monotonic(), 0))
        assert ready, found
        found += os.read(terminal, 65536)
    return found
