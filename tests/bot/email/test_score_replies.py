"""The scorer of replies on a folder of two mails."""

import json
from pathlib import Path

import pytest

from tests.bot.email.reading.mails import plain
from tests.bot.email.score_replies import main


def test_the_shares_and_the_misses_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.eml").write_bytes(plain("Yes.\n\n-- \nNora\n"))
    (tmp_path / "b.eml").write_bytes(plain("No.\n"))
    cases = [
        {"name": "a", "eml": "a.eml", "expected": " Yes.\n\n"},
        {"name": "b", "eml": "b.eml", "expected": "No, thanks."},
    ]
    (tmp_path / "replies.jsonl").write_text("\n".join(map(json.dumps, cases)))
    assert main(str(tmp_path)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "b: lost No, thanks.; extra No.",
        "exact: 1 of 2 (50.0 %)",
        "extra: 1 of 2 (50.0 %)",
        "lost: 1 of 2 (50.0 %)",
    ]


def test_a_folder_without_replies_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(str(tmp_path)) == 2
    assert capsys.readouterr().out == f"{tmp_path} holds no replies.jsonl with replies\n"
