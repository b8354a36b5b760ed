"""Postfix keeps a mail until we took it, brings again what we could not take, and tells senders of unknown addresses."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.channels.email.lmtp import Lmtp
from bot.channels.email.recipients import ours
from bot.channels.email.vendor import headed
from bot.settings import Settings
from tests.bot.edge import environment
from tests.bot.email.arriving import Books, mail, running, until
from tests.vendors.mailserver import DIRECT, MailServer

T = TypeVar("T")
BOOM, HERE = f"boom@{DIRECT}", f"boom+here@{DIRECT}"
Scene = Callable[[Books], Coroutine[Any, Any, T]]


def part(server: MailServer, books: Books) -> Lmtp:
    return Lmtp(("127.0.0.1", server.ours), books, ours(headed(Settings(mail_from=BOOM))))


def played(server: MailServer, scene: Scene[T]) -> T:
    async def played_() -> T:
        books = Books()
        async with running(part(server, books)):
            return await scene(books)

    return asyncio.run(played_())


@pytest.fixture(autouse=True)
def settled(mail_server: MailServer) -> None:
    """Nothing of the test before is on its way any more."""
    mail_server.forget()


async def send(server: MailServer, subject: str, *recipients: str) -> None:
    await asyncio.to_thread(server.send, mail(subject, to=recipients[0]), *recipients)


def test_a_mail_is_taken_from_postfix(mail_server: MailServer) -> None:
    async def scene(books: Books) -> tuple[list[str], list[str], bytes]:
        await send(mail_server, "one", HERE)
        await until(lambda: mail_server.queue() == [])
        return books.committed, books.recipients, books.raws[0].splitlines()[0]

    assert played(mail_server, scene) == (["one"], [HERE], b"Return-Path: <ann@box.test>")


def test_postfix_keeps_a_mail_until_it_is_committed(mail_server: MailServer) -> None:
    async def scene(books: Books) -> tuple[list[str], list[str]]:
        await send(mail_server, "slow", BOOM)
        await until(lambda: books.at_hand)
        kept = mail_server.queue()
        await until(lambda: mail_server.queue() == [])
        return kept, books.committed

    assert played(mail_server, scene) == ([BOOM], ["slow"])


def test_a_mail_that_cannot_be_taken_now_is_brought_again_by_itself(mail_server: MailServer) -> None:
    async def scene(books: Books) -> tuple[list[str], list[str]]:
        books.healthy = False
        await send(mail_server, "one", BOOM)
        await until(lambda: books.came["one"] == 2, 20)
        kept = mail_server.queue()
        books.healthy = True
        await until(lambda: mail_server.queue() == [], 20)
        return kept, books.committed

    assert played(mail_server, scene) == ([BOOM], ["one"])


def test_of_two_recipients_only_the_one_that_failed_is_brought_again(mail_server: MailServer) -> None:
    async def scene(books: Books) -> tuple[list[str], list[str], list[str], int]:
        await send(mail_server, "boom for one of them", BOOM, HERE)
        await until(lambda: books.came["boom for one of them"] >= 4, 20)
        return books.committed, books.recipients, mail_server.queue(), len(books.raws)

    assert played(mail_server, scene) == (["boom for one of them"], [BOOM], [HERE], 1)


def test_mail_to_an_address_that_is_not_ours_is_refused_for_good(mail_server: MailServer) -> None:
    async def scene(books: Books) -> list[str]:
        await send(mail_server, "one", f"nobody@{DIRECT}", BOOM)
        await until(lambda: mail_server.lies("ann"))
        await until(lambda: mail_server.queue() == [])
        return books.committed

    assert played(mail_server, scene) == ["one"]
    (subject,) = mail_server.lies("ann")
    assert subject == "Undelivered Mail Returned to Sender"
    assert "550 5.1.1 There is no such address here" in mail_server.log()


def test_a_kill_between_commit_and_answer_loses_nothing_and_repeats_nothing(
    mail_server: MailServer, tmp_path: Path
) -> None:
    book = tmp_path / "book"
    command = [sys.executable, "-m", "tests.bot.email.receives_until_killed", str(mail_server.ours), str(book)]
    killed = subprocess.Popen(command, env=environment())
    mail_server.send(mail("killed here", to=BOOM), BOOM)
    mail_server.send(mail("next", to=BOOM), BOOM)
    code, kept = killed.wait(60), mail_server.queue()
    second = subprocess.Popen(command, env=environment())
    try:
        asyncio.run(until(lambda: mail_server.queue() == [], 60))
    finally:
        second.kill()
        second.wait(20)
    assert (code, BOOM in kept) == (-signal.SIGKILL, True)
    assert sorted(book.read_text().splitlines()) == ["killed here", "next"]


def test_who_is_broken_off_in_the_middle_leaves_the_mail_with_postfix(mail_server: MailServer) -> None:
    async def scene() -> tuple[list[str], list[str], list[str]]:
        first, second = Books(), Books()
        task = asyncio.create_task(part(mail_server, first).run())
        await send(mail_server, "slow", BOOM)
        await until(lambda: first.at_hand)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        kept = mail_server.queue()
        async with running(part(mail_server, second)):
            await until(lambda: mail_server.queue() == [], 20)
        return first.committed, kept, second.committed

    assert asyncio.run(scene()) == ([], [BOOM], ["slow"])


def test_a_large_mail_goes_through_and_a_larger_one_goes_back(mail_server: MailServer) -> None:
    line, megabyte = "x" * 70 + "\n", 2**20

    async def scene(books: Books) -> list[int]:
        for subject, size in {"large": 30, "larger": 34}.items():
            content = mail(subject, line * (size * megabyte // 72), to=BOOM)
            await asyncio.to_thread(mail_server.send, content, BOOM)
        await until(lambda: mail_server.queue() == [], 60)
        return [len(raw) // megabyte for raw in books.raws]

    assert played(mail_server, scene) == [30]
