"""Mailboxes of servers that lack something, refuse, fall silent or hang up lose no mail, and no mail is acted on twice."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

from bot.channels.email.imap import Imap, Limits
from bot.channels.email.mailbox import mailbox
from bot.channels.email.waiting import Waiting, growing
from bot.trouble import CommandError
from tests.bot.email.arriving import Books, as_sent, opened, running, until
from tests.vendors.imap import HANGS_UP, SILENT, ImapServer

T = TypeVar("T")
LIMITS = Limits(lease=1.5, idle=600, poll=0.2, pause=0.1, answer=3)
Scene = Callable[[ImapServer, Books, Imap], Coroutine[Any, Any, T]]


def played(database: str, server: ImapServer, scene: Scene[T], limits: Limits = LIMITS, **url: str) -> T:
    async def played_() -> T:
        books = Books()
        async with server.serving(), opened(database) as writer:
            part = Imap(mailbox(server.url(**url)), books, writer, limits)
            async with running(part):
                return await scene(server, books, part)

    return asyncio.run(played_())


async def empty(server: ImapServer, books: Books, part: Imap) -> list[str]:
    """Once everything is taken and moved."""
    await until(lambda: not set(server.mails) - server.marked)
    return books.committed


def with_mails(*subjects: str, **options: Any) -> ImapServer:
    server = ImapServer(**options)
    server.put(*(as_sent(subject) for subject in subjects))
    return server


def moved(server: ImapServer) -> list[str]:
    return [folder for folder, mails in server.folders.items() for _ in mails]


def test_without_idle_it_is_asked_again_and_again(sqlite_url: str) -> None:
    async def scene(server: ImapServer, books: Books, part: Imap) -> list[str]:
        await empty(server, books, part)
        server.put(as_sent("two"))
        return await empty(server, books, part)

    server = with_mails("one", can="MOVE")
    assert (played(sqlite_url, server, scene), server.times("IDLE")) == (["one", "two"], 0)


def test_a_server_that_promises_idle_and_refuses_it_is_asked_again_and_again(sqlite_url: str) -> None:
    async def scene(server: ImapServer, books: Books, part: Imap) -> list[str]:
        server.told["IDLE"].append("NO not for you")
        await empty(server, books, part)
        await until(lambda: server.times("IDLE"))
        server.put(as_sent("two"))
        return await empty(server, books, part)

    assert played(sqlite_url, with_mails("one"), scene) == ["one", "two"]


@pytest.mark.parametrize("command", ["FETCH", "MOVE", "SUBSCRIBE", "IDLE", "+"])
def test_news_that_come_beside_another_answer_are_not_missed(sqlite_url: str, command: str) -> None:
    """They are told once, and whoever misses them waits for ten minutes."""

    async def scene(server: ImapServer, books: Books, part: Imap) -> list[str]:
        if command == "IDLE":  # told in the end, when other news had made an end of the waiting
            await until(lambda: server.times("IDLE"))
            server.news.set()
        await until(lambda: not server.beside[command])
        return await empty(server, books, part)

    server = with_mails("one")
    telling(server, command)
    assert played(sqlite_url, server, scene) == ["one", "two"]


def telling(server: ImapServer, command: str) -> None:
    """A second mail comes in the very moment in which this command is answered."""

    class Beside(deque[str]):
        def popleft(self) -> str:
            server.mails[2] = as_sent("two")
            return super().popleft()

    server.beside[command] = Beside(["* 2 EXISTS"])


def test_without_move_only_this_mail_is_expunged(sqlite_url: str) -> None:
    server = with_mails("one", can="IDLE UIDPLUS")
    server.put(as_sent("deleted by somebody"))
    server.marked.add(2)
    assert played(sqlite_url, server, empty) == ["one"]
    assert (list(server.mails), moved(server), server.times("UID EXPUNGE 1")) == ([2], ["Processed"], 1)


def test_without_a_way_to_expunge_one_mail_it_is_marked_only(sqlite_url: str) -> None:
    server = with_mails("one", can="IDLE")
    assert played(sqlite_url, server, empty) == ["one"]
    assert (server.marked, moved(server), server.times("EXPUNGE")) == ({1}, ["Processed"], 0)


def test_folders_are_where_the_server_keeps_those_of_a_user(sqlite_url: str) -> None:
    server = with_mails("one", "robot", prefix="INBOX.")
    played(sqlite_url, server, empty)
    assert moved(server) == ["INBOX.Processed", "INBOX.Ignored"]


def test_a_mail_that_cannot_be_moved_is_not_acted_on_twice(sqlite_url: str) -> None:
    async def scene(server: ImapServer, books: Books, part: Imap) -> dict[str, int]:
        await empty(server, books, part)
        return dict(books.came)

    server = with_mails("one", "two")
    server.told["MOVE"].extend(["NO quota"] * 7)
    assert played(sqlite_url, server, scene) == {"one": 1, "two": 1}


def test_a_mail_that_cannot_be_moved_stays_acted_on_over_a_new_connection(sqlite_url: str) -> None:
    server = with_mails("one")
    server.told["MOVE"].extend(["NO no", HANGS_UP, HANGS_UP])

    async def scene(server: ImapServer, books: Books, part: Imap) -> int:
        await empty(server, books, part)
        return books.came["one"]

    assert played(sqlite_url, server, scene) == 1


def test_numbers_of_another_validity_are_other_mails(sqlite_url: str) -> None:
    async def scene(server: ImapServer, books: Books, part: Imap) -> list[str]:
        await until(lambda: books.came["one"] and server.times("MOVE") == 2)
        server.validity, server.mails = 8, {1: as_sent("another")}
        server.told["NOOP"].append(HANGS_UP)
        server.news.set()
        return await empty(server, books, part)

    server = with_mails("one")
    server.told["MOVE"].extend(["NO no", "NO no"])
    assert played(sqlite_url, server, scene) == ["one", "another"]


@pytest.mark.parametrize("how", [HANGS_UP, "* BYE restarting"])
@pytest.mark.parametrize("command", ["CAPABILITY", "LOGIN", "SELECT", "NOOP", "FETCH", "MOVE", "IDLE"])
def test_a_connection_may_end_at_any_moment(sqlite_url: str, command: str, how: str) -> None:
    async def scene(server: ImapServer, books: Books, part: Imap) -> tuple[list[str], int]:
        await until(lambda: not server.told[command])
        server.put(as_sent("two"))
        await empty(server, books, part)
        return sorted(books.committed), books.came["one"]

    server = with_mails("one")
    server.told[command].append(how)
    assert played(sqlite_url, server, scene) == (["one", "two"], 1)


def test_a_mail_over_which_the_server_hangs_up_does_not_hold_up_the_others(sqlite_url: str) -> None:
    async def scene(server: ImapServer, books: Books, part: Imap) -> tuple[list[str], list[int]]:
        await until(lambda: "Processed" in moved(server))
        return books.committed, list(server.mails)

    server = with_mails("one", "two")
    server.deadly.add(1)
    assert played(sqlite_url, server, scene) == (["two"], [1])


def test_a_mail_that_the_server_does_not_give_is_set_aside_after_three_tries(sqlite_url: str) -> None:
    server = with_mails("one")
    server.damaged.add(1)
    assert played(sqlite_url, server, empty) == []
    assert (moved(server), server.times("FETCH 1 (")) == (["Failed"], 3)


@pytest.mark.alone
@pytest.mark.parametrize("command", ["connection", "SELECT", "FETCH", "IDLE"])
def test_it_stops_in_a_second_when_the_server_says_nothing(sqlite_url: str, command: str) -> None:
    async def scene() -> float:
        server = with_mails("one")
        server.told[command].append(SILENT)
        async with server.serving(), opened(sqlite_url) as writer:
            part = Imap(mailbox(server.url()), Books(), writer, LIMITS)
            async with running(part):
                await until(lambda: not server.told[command])
                await asyncio.sleep(0.2)
                begun = time.monotonic()
            return time.monotonic() - begun

    assert asyncio.run(scene()) < 1.8


def test_a_silent_server_is_left_and_called_again(sqlite_url: str) -> None:
    server = with_mails("one")
    server.told["FETCH"].append(SILENT)
    assert played(sqlite_url, server, empty, Limits(answer=0.5, pause=0.1)) == ["one"]


def test_trouble_of_the_world_is_waited_for_and_a_fault_of_a_mail_is_not(sqlite_url: str) -> None:
    async def scene(server: ImapServer, books: Books, part: Imap) -> tuple[list[int], list[str], int]:
        books.healthy = False
        await until(lambda: books.came["one"] >= 4)
        lying = list(server.mails)
        books.healthy = True
        await empty(server, books, part)
        return lying, sorted(moved(server)), books.came["boom"]

    assert played(sqlite_url, with_mails("one", "boom"), scene) == ([1, 2], ["Failed", "Processed"], 3)


def test_a_token_opens_the_mailbox(sqlite_url: str) -> None:
    server = with_mails("one", can="AUTH=XOAUTH2 IDLE MOVE")
    assert played(sqlite_url, server, empty, user="bot@box.test;AUTH=XOAUTH2") == ["one"]
    assert (server.times("AUTHENTICATE XOAUTH2"), server.times("LOGIN")) == (1, 0)


@pytest.mark.parametrize(("can", "secret"), [("LOGINDISABLED AUTH=PLAIN", "secret"), ("AUTH=PLAIN", "sécret")])
def test_a_password_that_login_cannot_carry_goes_by_another_way(sqlite_url: str, can: str, secret: str) -> None:
    server = with_mails("one", can=f"{can} MOVE", secret=secret)
    assert played(sqlite_url, server, empty, secret=secret) == ["one"]
    assert server.times("AUTHENTICATE PLAIN") == 1


def failed(database: str, server: ImapServer, **url: str) -> str:
    async def scene() -> str:
        async with server.serving(), opened(database) as writer:
            with pytest.raises(CommandError) as told:
                await Imap(mailbox(server.url(**url)), Books(), writer, LIMITS).run()
        return str(told.value)

    return asyncio.run(scene())


@pytest.mark.parametrize(("user", "what"), [("bot@box.test;auth=xoauth2", "token"), ("bot@box.test", "password")])
def test_a_refused_token_or_password_is_told_and_not_shown(sqlite_url: str, user: str, what: str) -> None:
    assert failed(sqlite_url, ImapServer(), user=user, secret="wrong") == (  # noqa: S106
        f"localhost does not take user and {what} of LSSC_IMAP_URL: [AUTHENTICATIONFAILED] Invalid credentials"
    )


def test_a_server_that_cannot_let_anybody_in_now_is_no_wrong_password(sqlite_url: str) -> None:
    server = with_mails("one")
    server.told["LOGIN"].append("NO [UNAVAILABLE] Temporary authentication failure")
    assert played(sqlite_url, server, empty) == ["one"]


def test_a_mailbox_that_may_only_be_read_is_told(sqlite_url: str) -> None:
    server = ImapServer()
    server.beside["SELECT"].append("* OK [READ-ONLY] look only")
    assert failed(sqlite_url, server) == "localhost lets us only read INBOX: allow this user to change it"


def test_a_server_that_is_not_there_is_told_after_some_tries(sqlite_url: str) -> None:
    server = ImapServer()
    server.told["connection"].extend([HANGS_UP] * 6)
    told = failed(sqlite_url, server)
    assert told.startswith("The mailbox of bot@box.test at localhost cannot be used: ")


def test_what_is_not_listed_any_more_is_forgotten() -> None:
    waiting = Waiting()
    waiting.begin(7)
    waiting.note([3, 5])
    waiting.note([9])
    first = [mail.uid for mail in waiting.due(0)]
    waiting.begin(7)
    waiting.note([5, 9])
    assert (first, [mail.uid for mail in waiting.due(0)], waiting.next_uid) == ([3, 5, 9], [5, 9], 10)


def test_pauses_grow_and_have_an_end() -> None:
    assert [0.5 <= growing(1) <= 1, 4 <= growing(4) <= 8, growing(30) <= 30, growing(99, 1, 600) <= 600] == [True] * 4
