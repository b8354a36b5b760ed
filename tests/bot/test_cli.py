"""The `lssc` command as scripts and people meet it: processes that begin from nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.edge import FromNothing, Lssc, environment

KEYS = ["question", "answered", "entry", "answer", "source", "confidence", "suggestions"]
LOADED = (
    "import sys; from bot.cli import main; code = main(sys.argv[1:]); print('\\n'.join(sys.modules), file=sys.stderr)"
)

MAIL = "From: ann@library.org\nTo: lssc@localhost\nMessage-ID: <1@library.org>\nSubject: Menu\n\nmenu\n"


@pytest.fixture
def lssc(tmp_path: Path) -> Lssc:
    return Lssc(tmp_path, FromNothing)


def told(result: "subprocess.CompletedProcess[bytes]") -> tuple[int, str, str]:
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def loaded(folder: Path, *args: str) -> set[str]:
    """The packages that a command imports."""
    command = [sys.executable, "-c", LOADED, *args]
    result = subprocess.run(command, capture_output=True, cwd=folder, env=environment(), input=b"menu\n", timeout=200)
    return {line.split(".")[0] for line in result.stderr.decode().splitlines()}


def test_ask_answers_in_words_with_source_and_date(lssc: Lssc) -> None:
    code, out, _ = told(lssc("ask", "how much is the application fee"))
    assert code == 0
    assert "$350" in out
    assert "\n(Source: " in out


def test_ask_as_json_has_the_promised_shape(lssc: Lssc) -> None:
    code, out, _ = told(lssc("ask", "how much is the application fee", "--json"))
    answer = json.loads(out)
    assert (code, list(answer), answer["question"]) == (0, KEYS, "how much is the application fee")
    assert (answer["answered"], 0 <= answer["confidence"] <= 1, out.count("\n")) == (True, True, 1)


def test_a_file_of_questions_is_answered_line_by_line_in_order(lssc: Lssc) -> None:
    lines = ["hello", "", "caf\u00e9 \U0001f34e?", "what\u2028is the fee?", "how long do I have to finish?"]
    (lssc.folder / "questions").write_bytes("\r\n".join(lines).encode() + b"\nbroken \xff byte")
    code, out, err = told(lssc("ask", "--file", "questions"))
    answers = [json.loads(line) for line in out.split("\n") if line]
    assert (code, err) == (0, "")
    assert [answer["question"] for answer in answers] == [*lines, "broken \ufffd byte"]
    assert all(list(answer) == KEYS for answer in answers)
    assert (answers[0]["answered"], answers[0]["entry"][:9]) == (True, "smalltalk")
    assert (answers[1]["answered"], answers[1]["entry"]) == (False, None)


def test_answers_stream_while_questions_still_come(lssc: Lssc) -> None:
    with lssc.start("ask", "--file", "-") as process:
        assert process.stdin
        assert process.stdout
        for question in (b"hello\n", b"thanks\n"):
            process.stdin.write(question)
            assert json.loads(process.stdout.readline())["answered"]
        process.stdin.close()
        assert process.wait(60) == 0


def test_an_entry_is_shown_by_its_id(lssc: Lssc) -> None:
    code, out, _ = told(lssc("ask", "--entry", "fee-amount"))
    assert (code, "$350" in out) == (0, True)


def test_an_unknown_entry_is_refused_with_those_near_it(lssc: Lssc) -> None:
    code, out, err = told(lssc("ask", "--entry", "fee-amout"))
    assert (code, out) == (1, "")
    assert err.startswith("lssc: There is no entry fee-amout. Near it: fee-amount")


@pytest.mark.parametrize(
    ("args", "told_"),
    [
        ((), "the following arguments are required: COMMAND (see lssc --help)"),
        (("ask",), "one of the arguments QUESTION --file --entry is required (see lssc ask --help)"),
        (("chat", "--bogus"), "unrecognized arguments: --bogus (see lssc --help)"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(lssc: Lssc, args: tuple[str, ...], told_: str) -> None:
    assert told(lssc(*args)) == (2, "", f"lssc: {told_}\n")


@pytest.mark.parametrize(
    ("args", "env", "line"),
    [
        (("ask", "hi"), {"LSSC_NWO": "x"}, "There is no variable LSSC_NWO - did you mean LSSC_NOW?"),
        (("ask", "--file", "absent"), {}, "absent cannot be read: No such file or directory"),
        (
            ("ask", "hi"),
            {"LSSC_POLICY": "absent.toml"},
            "LSSC_POLICY, absent.toml: cannot be read: No such file or directory. Mend the file or unset LSSC_POLICY.",
        ),
        (("chat",), {"LSSC_DATABASE_URL": "sqlite:///no/x.db"}, "The folder of the database file does not exist: no"),
        (("chat", "--as", "me"), {}, "--as must be a mail address such as lssc@example.org, not 'me'."),
        (("import", "competencies", "absent"), {}, "absent does not exist."),
        (
            ("faq", "report", "--labelled", "x"),
            {},
            "x cannot be read: No such file or directory. Name another file with --labelled.",
        ),
    ],
)
def test_trouble_is_one_plain_line(lssc: Lssc, args: tuple[str, ...], env: dict[str, str], line: str) -> None:
    assert told(lssc(*args, **env)) == (1, "", f"lssc: {line}\n")


def test_a_damaged_database_is_named_and_left_alone(lssc: Lssc) -> None:
    (lssc.folder / "lssc.db").write_bytes(b"not a database, but a letter to a friend" * 99)
    before = (lssc.folder / "lssc.db").read_bytes()
    code, out, err = told(lssc("chat", given="menu\n"))
    assert (code, out, err.count("\n"), err[:5]) == (1, "", 1, "lssc:")
    assert "is not a database or is damaged" in err
    assert (lssc.folder / "lssc.db").read_bytes() == before


def test_the_password_of_a_database_is_never_shown(lssc: Lssc) -> None:
    url = "postgresql+psycopg://somebody:hunter2@127.0.0.1:1/lssc"
    for args in (("chat",), ("doctor",), ("db", "check")):
        code, out, err = told(lssc(*args, LSSC_DATABASE_URL=url))
        assert (code, "hunter2" in out + err, "Traceback" in err) == (1, False, False)


def test_a_full_disk_is_told_in_one_line(lssc: Lssc) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "bot", "ask", "hello"],
            stdout=full, stderr=subprocess.PIPE, cwd=lssc.folder, env=environment(), timeout=200,
        )  # fmt: skip
    assert (result.returncode, result.stderr) == (1, b"lssc: Writing or reading failed: No space left on device\n")


def test_a_reader_who_goes_away_causes_no_noise(lssc: Lssc) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for args in (("ask", "hello"), ("chat",)):
        result = subprocess.run(
            [sys.executable, "-m", "bot", *args],
            stdout=writing, stderr=subprocess.PIPE, input=b"menu\n", cwd=lssc.folder, env=environment(), timeout=200,
        )  # fmt: skip
        assert (result.returncode, result.stderr) == (0, b"")
    os.close(writing)


@pytest.mark.parametrize(
    "args",
    [
        ("chat",),
        ("demo",),
        ("tick",),
        ("db", "upgrade"),
        ("import", "assistance", "given.csv"),
        ("export", "people"),
        ("staff", "queue"),
        ("reminders", "list"),
        ("mail", "deliver", "given.eml"),
    ],
)
def test_a_command_of_each_group_begins_from_nothing(lssc: Lssc, args: tuple[str, ...]) -> None:
    """Elsewhere commands begin with their imports behind them."""
    (lssc.folder / "given.csv").write_text("giver,state,award,number,contact\nLSSIRT,,$100,2,\n")
    (lssc.folder / "given.eml").write_text(MAIL)
    code, out, err = told(lssc(*args, given="menu\n"))
    assert (code, out != "", err) == (0, True, "")


def test_asking_imports_neither_the_database_nor_any_vendor(tmp_path: Path) -> None:
    found = loaded(tmp_path, "ask", "hello")
    unwanted = {
        "sqlalchemy",
        "sqlmodel",
        "psycopg",
        "alembic",
        "aiogram",
        "slack_bolt",
        "prompt_toolkit",
        "storage",
        "handlers",
    }
    assert (found & unwanted, "onnxruntime" in found) == (set(), True)


def test_chatting_imports_no_vendor_and_no_migration_tool_once_the_tables_are_there(
    tmp_path: Path, prepared_database: Path
) -> None:
    (tmp_path / "lssc.db").write_bytes(prepared_database.read_bytes())
    found = loaded(tmp_path, "chat")
    assert (found & {"alembic", "aiogram", "slack_bolt", "prompt_toolkit"}, "sqlalchemy" in found) == (set(), True)


@pytest.mark.parametrize("args", [("doctor",), ("demo",), ("db", "upgrade"), ("faq", "build")])
def test_no_command_imports_a_vendor_without_need(tmp_path: Path, args: tuple[str, ...]) -> None:
    assert loaded(tmp_path, *args) & {"aiogram", "slack_bolt", "prompt_toolkit"} == set()


def test_every_command_is_documented() -> None:
    from bot.cli import parser

    page = (Path(__file__).resolve().parents[2] / "docs" / "operating.md").read_text()
    groups = [action for action in parser()._actions if hasattr(action, "choices") and action.choices]
    names = [name for group in groups for name in group.choices or ()]
    assert [name for name in names if f"`lssc {name}" not in page] == []
