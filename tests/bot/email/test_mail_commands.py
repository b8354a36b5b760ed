"""`lssc mail`: any bytes are parsed, and the whole loop is tried with files alone."""

import email
import json
from email.policy import default
from pathlib import Path

import pytest

from tests.bot.edge import Lssc

QUESTION = """From: Ann Example <ann@library.org>
To: lssc@localhost
Subject: STATUS
Message-ID: <one@library.org>
Date: Thu, 26 Nov 2026 09:00:00 -0600

"""


def newest(folder: Path) -> Path:
    return max((folder / "mail").glob("*.eml"))


def test_a_talk_goes_to_and_fro_as_files(lssc: Lssc) -> None:
    question = lssc.folder / "question.eml"
    question.write_text(QUESTION)
    assert lssc("mail", "deliver", str(question)).stdout == b"It was taken in.\n"
    assert lssc("mail", "deliver", str(question)).stdout == b"It was taken in.\n"  # twice is once
    (first,) = (lssc.folder / "mail").glob("*.eml")
    answer = lssc.folder / "answer.eml"
    result = lssc("mail", "reply", str(first), "--text", "eligibility", "--out", str(answer))
    assert result.returncode == 0
    told = json.loads(lssc("mail", "parse", str(answer), "--json").stdout)
    assert told == {
        "kind": "human",
        "new_text": "eligibility",
        "token_valid": True,
        "sender": "ann@library.org",
        "sender_trusted": False,
        "bounce": None,
        "links": [],
        "warnings": [],
    }
    assert json.loads(lssc("mail", "deliver", str(answer), "--json").stdout) == {"taken": "processed"}
    form = email.message_from_bytes(newest(lssc.folder).read_bytes(), policy=default)
    assert form["Subject"] == "Re: Your mail to the LSSC assistant"
    assert "1. Where do you work now?" in str(form.get_body(("plain",)))


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 500, b"From: " + b"(" * 300, b"Content-Type: multipart/mixed\n\n--\n"]
)
def test_any_bytes_are_parsed(lssc: Lssc, content: bytes) -> None:
    (lssc.folder / "odd.eml").write_bytes(content)
    result = lssc("mail", "parse", "odd.eml", "--json")
    assert result.returncode == 0
    assert json.loads(result.stdout)["kind"] == "human"
    assert not (lssc.folder / "lssc.db").exists()


def test_what_cannot_be_done_is_told_in_a_line(lssc: Lssc) -> None:
    (lssc.folder / "odd.eml").write_bytes(b"nothing")
    for arguments, told in (
        (("mail", "parse", "nowhere.eml"), "nowhere.eml: No such file or directory"),
        (
            ("mail", "reply", "odd.eml", "--text", "x"),
            "odd.eml cannot be replied to: it has no sender or no recipient.",
        ),
        (("mail", "deliver", "odd.eml"), ""),
        (("staff", "document", "7", "x.pdf"), "There is no document 7."),
    ):
        result = lssc(*arguments)
        assert (result.returncode, told in result.stderr.decode(), b"Traceback" in result.stderr) == (1, True, False)
