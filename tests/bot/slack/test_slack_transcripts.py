"""The chat transcripts, word for word, through Slack's form: in Socket Mode, and by calls over the web."""

import asyncio

import pytest

from faq.knowledge import Knowledge
from tests.bot.slack.medium import SlackMedium
from tests.conversations.playing import Play
from tests.conversations.transcripts import FOLDER, Transcript, read

# Slack has no stickers, places on a map and the like; what files and changed messages are answered is tried elsewhere.
CHATS = [each for each in map(read, sorted(FOLDER.glob("*.txt"))) if each.style == "chat" and not each.contents]
MODES = ("socket", "events")


@pytest.mark.parametrize("transcript", CHATS, ids=lambda each: each.name)
@pytest.mark.parametrize("mode", MODES)
def test_slack_shows_it_word_for_word(transcript: Transcript, mode: str, sqlite_url: str, knowledge: Knowledge) -> None:
    asyncio.run(Play(transcript, sqlite_url, knowledge, SlackMedium(mode)).run())
