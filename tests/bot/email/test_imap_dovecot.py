"""Mail that Postfix brings to a mailbox of Dovecot's is taken at once, moved once it is acted on, and never lost."""

import asyncio
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.channels.email.imap import Imap, Limits
from bot.channels.email.mailbox import Mailbox, mailbox
from bot.channels.email.taking import LARGEST
from bot.trouble import CommandError
from tests.bot.edge import environment
from tests.bot.email.arriving import Books, as_sent, mail, opened, running, until
from tests.vendors.mailserver import BOX, MailServer

T = TypeVar("T")
# Whoever is not told by the server hears of nothing within these tests.
LIMITS = Limits(lease=1.5, idle=600, poll=600, pause=0.2)
Scene = Callable[[Books, Imap], Coroutine[Any, Any, T]]


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    """A mailbox of its own for each test."""
    return f"u{abs(hash(request.node.name)) % 10**9}"


def played(server: MailServer, user: str, database: str, scene: Scene[T], url: str = "") -> T:
    async def played_() -> T:
        books = Books()
        async with opened(database) as writer:
            part = Imap(mailbox(url or server.url(user)), books, writer, LIMITS)
            async with running(part):
                return await scene(books, part)

    return asyncio.run(played_())


def send(server: MailServer, user: str, *subjects: str) -> None:
    for subject in subjects:
        server.send(mail(subject), f"{user}@{BOX}")


def put(server: MailServer, user: str, *subjects: str, folder: str = "INBOX") -> None:
    """Lies there at once, in this order."""
    with server.opened(user) as client:
        for subject in subjects:
            client.append(folder, "", "", as_sent(subject))  # type: ignore[arg-type]


def test_a_mail_is_taken_within_five_seconds_without_asking_for_it(
    mail_server: MailServer, user: str, sqlite_url: str
) -> None:
    async def scene(books: Books, part: Imap) -> tuple[float, list[str]]:
        await asyncio.sleep(2)  # it waits for news by now
        await asyncio.to_thread(send, mail_server, user, "first")
        seconds = await until(lambda: books.committed == ["first"])
        await asyncio.to_thread(send, mail_server, user, "second")
        await until(lambda: mail_server.lies(user, "Processed") == ["first", "second"])
        return seconds, mail_server.lies(user)

    seconds, left = played(mail_server, user, sqlite_url, scene)
    assert (seconds < 5, left) == (True, [])


def test_mails_go_to_the_folder_that_tells_what_was_made_of_them(
    mail_server: MailServer, user: str, sqlite_url: str
) -> None:
    put(mail_server, user, "one", "robot", "boom", "two")

    async def scene(books: Books, part: Imap) -> list[list[str]]:
        await until(lambda: mail_server.lies(user, "Failed"))
        return [
            books.committed,
            *(mail_server.lies(user, each) for each in ("INBOX", "Processed", "Ignored", "Failed")),
        ]

    assert played(mail_server, user, sqlite_url, scene) == [
        ["one", "robot", "two"], [], ["one", "two"], ["robot"], ["boom"],
    ]  # fmt: skip


def test_a_mail_that_fails_for_a_reason_of_its_own_is_tried_three_times_while_others_pass(
    mail_server: MailServer, user: str, sqlite_url: str
) -> None:
    put(mail_server, user, "boom", "one")

    async def scene(books: Books, part: Imap) -> tuple[list[str], list[str]]:
        await until(lambda: mail_server.lies(user, "Failed"))
        return mail_server.lies(user, "Failed"), books.order

    assert played(mail_server, user, sqlite_url, scene) == (["boom"], ["boom", "one", "boom", "boom"])


def test_trouble_of_the_world_leaves_mail_where_it_is_however_often_it_comes(
    mail_server: MailServer, user: str, sqlite_url: str
) -> None:
    put(mail_server, user, "one", "two")

    async def scene(books: Books, part: Imap) -> tuple[list[str], list[str], int]:
        books.healthy = False
        await until(lambda: books.came["one"] == 4, 20)
        stays, others = mail_server.lies(user), books.came["two"]
        books.healthy = True
        await until(lambda: mail_server.lies(user, "Processed") == ["one", "two"], 20)
        return stays, mail_server.lies(user, "Failed"), others

    assert played(mail_server, user, sqlite_url, scene) == (["one", "two"], [], 0)


def test_a_restart_of_dovecot_is_survived(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    async def scene(books: Books, part: Imap) -> list[str]:
        await asyncio.to_thread(send, mail_server, user, "before")
        await until(lambda: books.committed)
        await asyncio.to_thread(mail_server.stop_dovecot)
        await asyncio.to_thread(send, mail_server, user, "meanwhile")
        await asyncio.sleep(1.5)
        await asyncio.to_thread(mail_server.start_dovecot)
        await until(lambda: len(mail_server.lies(user, "Processed")) == 2, 20)
        await asyncio.to_thread(send, mail_server, user, "after")
        await until(lambda: len(mail_server.lies(user, "Processed")) == 3, 20)
        return books.committed

    assert played(mail_server, user, sqlite_url, scene) == ["before", "meanwhile", "after"]


def test_dropped_connections_are_survived(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    async def scene(books: Books, part: Imap) -> list[str]:
        for number in range(3):
            await asyncio.to_thread(send, mail_server, user, f"mail {number}")
            await until(lambda number=number: len(books.committed) == number + 1)  # type: ignore[misc]
            await asyncio.sleep(0.3)
            await asyncio.to_thread(mail_server.drop_connections, user)
        return books.committed

    assert played(mail_server, user, sqlite_url, scene) == ["mail 0", "mail 1", "mail 2"]


def test_it_stops_at_once_while_it_waits_for_news(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    async def scene(books: Books, part: Imap) -> float:
        await asyncio.to_thread(send, mail_server, user, "one")
        await until(lambda: mail_server.lies(user, "Processed"))
        await asyncio.sleep(0.3)
        return time.monotonic()

    begun = played(mail_server, user, sqlite_url, scene)
    assert time.monotonic() - begun < 1.2


def test_what_is_at_hand_is_finished_and_moved_before_it_stops(
    mail_server: MailServer, user: str, sqlite_url: str
) -> None:
    put(mail_server, user, "slow", "never")

    async def scene(books: Books, part: Imap) -> Books:
        await until(lambda: books.at_hand)
        return books

    assert played(mail_server, user, sqlite_url, scene).committed == ["slow"]
    assert (mail_server.lies(user), mail_server.lies(user, "Processed")) == (["never"], ["slow"])


def test_a_kill_between_commit_and_move_loses_nothing_and_repeats_nothing(
    mail_server: MailServer, user: str, sqlite_url: str, tmp_path: Path
) -> None:
    put(mail_server, user, "killed here", "next")
    book = tmp_path / "book"
    command = [sys.executable, "-m", "tests.bot.email.reads_until_killed", mail_server.url(user), sqlite_url, str(book)]
    killed = subprocess.run(command, env=environment(), timeout=60)
    lies = mail_server.lies(user)
    second = subprocess.Popen(command, env=environment())
    try:
        asyncio.run(until(lambda: len(mail_server.lies(user, "Processed")) == 2, 60))
    finally:
        second.kill()
        second.wait(20)
    assert (killed.returncode, lies) == (-signal.SIGKILL, ["killed here", "next"])
    assert book.read_text().splitlines() == ["killed here", "next"]


def test_one_process_reads_and_another_goes_on_when_it_ends(
    mail_server: MailServer, user: str, sqlite_url: str
) -> None:
    async def scene() -> tuple[list[str], list[str]]:
        first, second = Books(), Books()
        url = mailbox(mail_server.url(user))
        async with opened(sqlite_url, "first") as one, opened(sqlite_url, "second") as other:
            part = Imap(url, first, one, LIMITS)
            async with running(part):
                await asyncio.to_thread(send, mail_server, user, "one")
                await until(lambda: first.committed)
                async with running(Imap(url, second, other, LIMITS)):
                    await asyncio.sleep(1)
                    await asyncio.to_thread(send, mail_server, user, "two")
                    await until(lambda: len(first.committed) == 2)
                    await part.stop()
                    await asyncio.to_thread(send, mail_server, user, "three")
                    await until(lambda: second.committed)
                    return first.committed, second.committed

    assert asyncio.run(scene()) == (["one", "two"], ["three"])


def test_whoever_loses_the_lease_reads_no_more(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    async def scene() -> tuple[list[str], list[str]]:
        books = Books()
        async with opened(sqlite_url) as writer:
            part = Imap(mailbox(mail_server.url(user)), books, writer, LIMITS)
            async with running(part):
                await asyncio.to_thread(send, mail_server, user, "one")
                await until(lambda: mail_server.lies(user, "Processed"))
                await writer.work(lambda work: stolen(work, part))
                await asyncio.sleep(1)
                await asyncio.to_thread(send, mail_server, user, "two")
                await until(lambda: mail_server.lies(user))
                await asyncio.sleep(0.5)
                return books.committed, mail_server.lies(user)

    assert asyncio.run(scene()) == (["one"], ["two"])


def stolen(work: Any, part: Imap) -> None:
    from datetime import timedelta

    from storage import leases

    leases.release(work, part._alone.name)
    assert leases.hold(work.__class__(work.connection, work.now, "a stranger"), part._alone.name, timedelta(seconds=60))


def test_folders_that_somebody_deleted_are_made_again(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    async def scene(books: Books, part: Imap) -> list[str]:
        await asyncio.to_thread(send, mail_server, user, "one")
        await until(lambda: mail_server.lies(user, "Processed"))
        with mail_server.opened(user) as client:
            client.delete("Processed")
        await asyncio.to_thread(send, mail_server, user, "two")
        await until(lambda: mail_server.lies(user, "Processed"))
        return mail_server.lies(user, "Processed")

    assert played(mail_server, user, sqlite_url, scene) == ["two"]


def test_a_mail_that_somebody_deletes_is_not_taken(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    put(mail_server, user, "deleted", "kept")
    with mail_server.opened(user) as client:
        client.store("1", "+FLAGS", "(\\Deleted)")

        async def scene(books: Books, part: Imap) -> list[str]:
            await until(lambda: mail_server.lies(user, "Processed"))
            return books.committed

        assert played(mail_server, user, sqlite_url, scene) == ["kept"]
    assert mail_server.lies(user) == ["deleted"]


def test_a_mail_that_is_put_back_is_looked_at_again(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    async def scene(books: Books, part: Imap) -> int:
        await asyncio.to_thread(send, mail_server, user, "one")
        await until(lambda: mail_server.lies(user, "Processed"))
        with mail_server.opened(user, "Processed") as client:
            client.uid("MOVE", "1", "INBOX")
        await until(lambda: books.came["one"] == 2 and mail_server.lies(user, "Processed"))
        return len(books.committed)

    assert played(mail_server, user, sqlite_url, scene) == 1


def test_of_a_huge_mail_only_the_beginning_is_fetched(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    with mail_server.opened(user) as client:
        client.append("INBOX", "", "", as_sent("huge") + b"x\r\n" * (LARGEST // 3 + 1000))  # type: ignore[arg-type]

    async def scene(books: Books, part: Imap) -> list[int]:
        await until(lambda: mail_server.lies(user, "Processed"), 30)
        return [len(raw) for raw in books.raws]

    assert played(mail_server, user, sqlite_url, scene) == [LARGEST]


def test_another_folder_can_be_read_whatever_its_name(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    with mail_server.opened(user) as client:
        client.create('"R&AOk-ponses ici"')
    put(mail_server, user, "one", folder='"R&AOk-ponses ici"')

    async def scene(books: Books, part: Imap) -> list[str]:
        await until(lambda: mail_server.lies(user, "Processed"))
        return books.committed

    url = mail_server.url(user, rest="/R%C3%A9ponses%20ici")
    assert played(mail_server, user, sqlite_url, scene, url) == ["one"]


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_encrypted_mailboxes_are_read_where_the_certificate_is_trusted(
    mail_server: MailServer, user: str, sqlite_url: str, scheme: str
) -> None:
    async def scene() -> list[str]:
        books, trust = Books(), ssl.create_default_context(cafile=str(mail_server.certificate))
        async with opened(sqlite_url) as writer:
            part = Imap(mailbox(mail_server.url(user, scheme)), books, writer, LIMITS, trust)
            async with running(part):
                await asyncio.sleep(0.5)
                await asyncio.to_thread(send, mail_server, user, "one")
                await until(lambda: mail_server.lies(user, "Processed"))
        return books.committed

    assert asyncio.run(scene()) == ["one"]


async def refused(database: str, chosen: Mailbox) -> str:
    async with opened(database) as writer:
        with pytest.raises(CommandError) as told:
            await Imap(chosen, Books(), writer, LIMITS).run()
    return str(told.value)


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    mail_server: MailServer, user: str, sqlite_url: str, scheme: str
) -> None:
    told = asyncio.run(refused(sqlite_url, mailbox(mail_server.url(user, scheme))))
    assert told == "localhost shows a certificate that is not trusted: self-signed certificate"


def test_a_wrong_password_and_a_missing_folder_are_told(mail_server: MailServer, user: str, sqlite_url: str) -> None:
    wrong = mail_server.url(user).replace("w%2Frd", "other")
    assert asyncio.run(refused(sqlite_url, mailbox(wrong))) == (
        "localhost does not take user and password of LSSC_IMAP_URL: [AUTHENTICATIONFAILED] Authentication failed."
    )
    missing = mail_server.url(user, rest="/Nowhere")
    assert asyncio.run(refused(sqlite_url, mailbox(missing))).startswith(
        "localhost does not open the folder Nowhere of LSSC_IMAP_URL: Mailbox doesn't exist: Nowhere"
    )
