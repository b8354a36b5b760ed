"""The office's commands at the machine: the queue, one item, settling it, writing to somebody, roles."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.bot.edge import Lssc


@pytest.fixture
def desk(lssc: Lssc, prepared_database: Path) -> Lssc:
    """One wish for a person at the desk."""
    (lssc.folder / "lssc.db").write_bytes(prepared_database.read_bytes())
    lssc("chat", given="person\n")
    return lssc


def told(lssc: Lssc, *args: str) -> tuple[int, str, str]:
    ended = lssc("staff", *args)
    return ended.returncode, ended.stdout.decode().strip(), ended.stderr.decode().strip()


def test_an_item_is_found_answered_and_settled_once(desk: Lssc) -> None:
    [item] = json.loads(told(desk, "queue", "--json")[1])
    assert (item["id"], item["kind"], item["state"], sorted(item["actions"])) == (
        1, "hand-off", "open", ["answer", "close", "draft"],
    )  # fmt: skip
    assert told(desk, "show", "1")[1].splitlines()[0] == "#1 Wish for a person (0 min)"
    assert told(desk, "reply", "1", "Hello from the office.") == (0, "Sent: The person can write back.", "")
    assert "From the LSSC office" in desk("chat", given="Thank you\n").stdout.decode()
    shown = json.loads(told(desk, "show", "1", "--json")[1])
    assert [(line["kind"], line["words"]) for line in shown["thread"]] == [
        ("to person", "Hello from the office."), ("from person", "Thank you"),
    ]  # fmt: skip
    assert told(desk, "settle", "1", "close")[:2] == (0, "#1 is closed, and the assistant answers again.")
    code, said, trouble = told(desk, "settle", "1", "close")
    assert (code, said) == (1, "")
    assert trouble.startswith("lssc: #1 was settled already: close, by ")
    assert told(desk, "queue") == (0, "Nothing waits at the desk.", "")


def test_the_weekly_report_is_told_at_any_time_as_text_and_for_scripts(desk: Lssc) -> None:
    code, text, trouble = told(desk, "report")
    assert (code, trouble) == (0, "")
    assert text.startswith("The week from ")
    assert "Wish for a person: 1" in text
    report = json.loads(told(desk, "report", "--json")[1])
    assert (report["open"], report["overdue"], report["groups"]) == (1, [], 0)
    [waiting] = report["waiting"]
    assert (waiting["title"], waiting["count"], waiting["oldest"]) == ("Wish for a person", 1, 1)
    assert date.fromisoformat(report["last"]) - date.fromisoformat(report["first"]) == timedelta(days=6)


def test_roles_are_given_listed_and_taken(desk: Lssc) -> None:
    assert told(desk, "add", "slack:U1", "assistant") == (0, "slack:U1 is program assistant now.", "")
    [held] = json.loads(told(desk, "list", "--json")[1])
    assert (held["role"], held["person"]) == ("assistant", "person 2 (slack U1)")
    assert told(desk, "remove", "slack:U1") == (0, "slack:U1 is no longer program assistant.", "")
    assert told(desk, "remove", "slack:U1") == (1, "", "lssc: slack:U1 has no such role.")


def test_somebody_of_before_is_admitted_once_and_not_written_to(desk: Lssc) -> None:
    words = ("admit", "old@example.org", "--name", "Olga Old", "--on", "2025-03-01", "--set", "technology=2025-09-01")
    assert told(desk, *words)[:2] == (0, "Olga Old is on record as admitted on 1 March 2025, until 1 March 2029.")
    assert "nothing was changed" in told(desk, *words)[1]
    assert not (desk.folder / "mail").exists()
    assert told(desk, "admit", "x@example.org", "--name", "X", "--on", "soon")[0] == 2
    code, _, trouble = told(
        desk, "admit", "x@example.org", "--name", "X", "--on", "2025-03-01", "--set", "magic=2025-09-01"
    )
    assert (code, trouble.startswith("lssc: There is no competency set 'magic'")) == (1, True)


def test_wrong_words_are_told_in_one_line(desk: Lssc) -> None:
    assert told(desk, "show", "7") == (1, "", "lssc: There is no item #7.")
    assert told(desk, "settle", "1", "explode") == (
        1, "", "lssc: #1 cannot be settled by “explode”; it takes `answer`, `close`, `draft`.",
    )  # fmt: skip
    assert told(desk, "settle", "1", "answer") == (
        1, "", "lssc: What shall I tell them? For example: We have received your transcript. Give it as --note \"...\".",
    )  # fmt: skip
    assert told(desk, "reply", "1", " ") == (
        1, "", "lssc: What shall I tell them? For example: `reply 1 We have received it.`",
    )  # fmt: skip
    assert told(desk, "snooze", "1", "some day")[0] == 1
    assert told(desk, "assign", "1", "Zaphod")[0] == 1
    assert told(desk, "add", "U1", "assistant")[0] == 1
    assert told(desk, "settle", "x", "done")[0] == 2
