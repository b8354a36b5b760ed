"""Every transcript, word for word: through the app on both databases, and some through the command `lssc chat`."""

import shutil
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.channels.terminal import END
from faq.knowledge import Knowledge
from tests.bot.edge import Lssc
from tests.conversations.playing import explained, play_straight, sittings
from tests.conversations.transcripts import FOLDER, Transcript, fits, read

TRANSCRIPTS = [read(path) for path in sorted(FOLDER.glob("*.txt"))]
CHATS = [each for each in TRANSCRIPTS if each.by_command]
Chat: TypeAlias = tuple[list[list[str]], list[list[str]]]  # the lines of each answer, and of each mail


def names(transcript: Transcript) -> str:
    return transcript.name


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=names)
def test_the_assistant_answers_word_for_word(transcript: Transcript, database_url: str, knowledge: Knowledge) -> None:
    play_straight(transcript, database_url, knowledge)


@pytest.mark.parametrize("transcript", CHATS, ids=names)
def test_the_command_answers_word_for_word(transcript: Transcript, sqlite_template: Path, tmp_path: Path) -> None:
    blocks, written = chat(transcript, sqlite_template, tmp_path)
    expected = [step.parts()[0] for step in transcript.steps]
    assert len(blocks) == len(expected)
    for step, wanted, told in zip(transcript.steps, expected, blocks, strict=True):
        assert fits(wanted, told), explained(step, [told])
    mails = [part[1:] for step in transcript.steps for part in step.parts()[1:]]
    assert len(mails) == len(written)
    assert all(map(fits, mails, written))


def chat(transcript: Transcript, database: Path, folder: Path) -> Chat:
    """What `lssc chat` prints for each message of a transcript, and the mails that it writes."""
    shutil.copyfile(database, folder / "lssc.db")
    now, blocks = transcript.now, list[list[str]]()
    for steps in sittings(transcript.steps):
        now += steps[0].pause or timedelta()
        blocks += sitting([step.said for step in steps], now.isoformat(), folder)
    return blocks, [mail_lines(path) for path in sorted((folder / "mail").glob("*.eml"))]


def sitting(said: list[str], now: str, folder: Path) -> list[list[str]]:
    """What `lssc chat` prints for these messages, a list of lines for each."""
    typed = "".join(f"{words}\n" for words in said)
    ended = Lssc(folder)("chat", given=typed, LSSC_NOW=now)
    assert (ended.returncode, ended.stderr) == (0, b"")
    told = ended.stdout.decode()
    assert told.endswith(f"{END}\n")
    return [block.strip("\n").splitlines() for block in f"\n{told}".split(f"\n{END}\n")[:-1]]


def mail_lines(path: Path) -> list[str]:
    plain = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
    return str(plain.get_content()).strip().splitlines() if plain else []
