"""The chat transcripts, word for word, through Slack's form: in Socket Mode, and by calls over the web."""

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from faq.knowledge import Knowledge
from tests.bot.slack.medium import SlackMedium
from tests.conversations.playing import Play
from tests.conversations.transcripts import FOLDER, Transcript, read

# Slack has no stickers, places on a map and the like; what files and changed messages are answered is tried elsewhere.
CHATS = [each for each in map(read, sorted(FOLDER.glob("*.txt"))) if each.style == "chat" and not each.contents]
MODES = ("socket", "events")
AT_ONCE = 6  # because most of the time of one goes by with waiting


@pytest.fixture(scope="module")
def played(
    request: pytest.FixtureRequest,
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    knowledge: Knowledge,
) -> Mapping[str, BaseException | None]:
    """How each of the chosen transcripts went, by the name of its test."""
    chosen = {
        item.callspec.id
        for item in request.session.items
        if isinstance(item, pytest.Function) and "played" in item.fixturenames
    }
    places = asyncio.Semaphore(AT_ONCE)

    async def play(transcript: Transcript, mode: str) -> None:
        async with places:
            path = tmp_path_factory.mktemp("slack") / "lssc.db"
            shutil.copyfile(sqlite_template, path)
            await Play(transcript, f"sqlite:///{path}", knowledge, SlackMedium(mode)).run()

    async def play_all() -> dict[str, BaseException | None]:
        names = [(each, mode) for mode in MODES for each in CHATS if f"{mode}-{each.name}" in chosen]
        ended = await asyncio.gather(*(play(each, mode) for each, mode in names), return_exceptions=True)
        return {f"{mode}-{each.name}": error for (each, mode), error in zip(names, ended, strict=True)}

    return asyncio.run(play_all())


@pytest.mark.parametrize("transcript", CHATS, ids=lambda each: each.name)
@pytest.mark.parametrize("mode", MODES)
def test_slack_shows_it_word_for_word(
    transcript: Transcript, mode: str, played: Mapping[str, BaseException | None]
) -> None:
    error = played[f"{mode}-{transcript.name}"]
    if error is not None:
        raise error
