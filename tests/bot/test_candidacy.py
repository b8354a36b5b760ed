"""The documents of a whole candidacy as they arrive in each channel, and the public page that a certificate names."""

import asyncio
import re
from collections.abc import Callable
from io import BytesIO
from typing import TypeAlias

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pypdf import PdfReader

from bot.checking import routes
from faq.knowledge import Knowledge
from tests.bot.slack.medium import SlackMedium
from tests.bot.telegram.medium import TelegramMedium
from tests.conversations.medium import Medium, Straight, Tray
from tests.conversations.playing import Play
from tests.conversations.transcripts import FOLDER, read

STORY = FOLDER / "whole_candidacy.txt"
CHECK = re.compile(r"https://lssc\.example\.org(/check/[A-Z0-9-]+)")
Documents: TypeAlias = dict[str, bytes]


def in_terminal() -> tuple[Medium, Callable[[], Documents]]:
    tray = Tray("terminal")
    return Straight(tray, "ann", "chat"), lambda: {f.name: f.content for _, sent in tray.sent for f in sent.files}


def in_telegram() -> tuple[Medium, Callable[[], Documents]]:
    medium = TelegramMedium()
    return medium, lambda: dict(each.file for each in medium.telegram.shown if each.file)


def in_slack() -> tuple[Medium, Callable[[], Documents]]:
    medium = SlackMedium()
    return medium, lambda: {each["filename"]: each["content"] for each in medium.slack.files.values()}


@pytest.mark.parametrize("there", [in_terminal, in_telegram, in_slack])
def test_forms_and_certificate_arrive_as_documents_and_the_page_says_that_it_is_valid(
    there: Callable[[], tuple[Medium, Callable[[], Documents]]], sqlite_url: str, knowledge: Knowledge
) -> None:
    medium, documents = there()
    play = Play(read(STORY), sqlite_url, knowledge, medium)

    async def page(path: str) -> tuple[int, str]:
        app = play.opened()
        application = web.Application()
        application.add_routes(routes(app))
        async with TestClient(TestServer(application)) as visitor:
            answer = await visitor.get(path)
            told = " ".join((await answer.text()).split())
        await app.close()
        return answer.status, told

    asyncio.run(play.run())
    found = {name: text_of(content) for name, content in documents().items() if content.startswith(b"%PDF")}
    assert [re.sub(r"F-\w{6}", "F-...", name) for name in found] == [
        "completion-form-F-....pdf", "certificate-LSSC-2028-0001.pdf",
    ]  # fmt: skip
    form, certificate = found.values()
    assert ("Talking and Working Together" in form, "Ann Zwicky" in form) == (True, True)
    assert ("Ann Zwicky" in certificate, "Supervision and Management" in certificate) == (True, True)
    shown = CHECK.search(certificate.replace("\n", ""))
    assert shown is not None
    status, told = asyncio.run(page(shown[1]))
    assert (status, "This certificate is valid." in told, "Zwicky" in told) == (200, True, False)
    assert "<dt>Number</dt><dd>LSSC-2028-0001</dd>" in told


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
