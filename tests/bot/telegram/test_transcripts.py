"""Every chat transcript, word for word, through Telegram's form: asked for by polling, and brought by a webhook."""

import asyncio

import pytest

from faq.knowledge import Knowledge
from tests.bot.telegram.medium import TelegramMedium
from tests.conversations.playing import Play
from tests.conversations.transcripts import FOLDER, Transcript, read

CHATS = [each for each in map(read, sorted(FOLDER.glob("*.txt"))) if each.style == "chat"]
MODES = {"polling": False, "webhook": True}


@pytest.mark.parametrize("transcript", CHATS, ids=lambda each: each.name)
@pytest.mark.parametrize("mode", MODES)
def test_telegram_shows_it_word_for_word(
    transcript: Transcript, mode: str, sqlite_url: str, knowledge: Knowledge
) -> None:
    asyncio.run(Play(transcript, sqlite_url, knowledge, TelegramMedium(MODES[mode])).run())
