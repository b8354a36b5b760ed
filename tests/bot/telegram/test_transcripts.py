"""Every chat transcript, word for word, through Telegram's form: asked for by polling, and brought by a webhook."""

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from faq.knowledge import Knowledge
from tests.bot.telegram.medium import TelegramMedium
from tests.conversations.playing import Play
from tests.conversations.transcripts import FOLDER, Transcript, read

CHATS = [each for each in map(read, sorted(FOLDER.glob("*.txt"))) if each.style == "chat"]
MODES = {"polling": False, "webhook": True}
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
            path = tmp_path_factory.mktemp("telegram") / "lssc.db"
            shutil.copyfile(sqlite_template, path)
            await Play(transcript, f"sqlite:///{path}", knowledge, TelegramMedium(MODES[mode])).run()

    async def play_all() -> dict[str, BaseException | None]:
        named = {
            f"{mode}-{each.name}": play(each, mode)
            for mode in MODES
            for each in CHATS
            if f"{mode}-{each.name}" in chosen
        }
        return dict(zip(named, await asyncio.gather(*named.values(), return_exceptions=True), strict=True))

    return asyncio.run(play_all())


@pytest.mark.parametrize("transcript", CHATS, ids=lambda each: each.name)
@pytest.mark.parametrize("mode", MODES)
def test_telegram_shows_it_word_for_word(
    transcript: Transcript, mode: str, played: Mapping[str, BaseException | None]
) -> None:
    error = played[f"{mode}-{transcript.name}"]
    if error is not None:
        raise error
