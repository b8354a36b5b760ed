"""Doctor tries the ways in which mail arrives for real, and takes and moves nothing."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.channels.email.lmtp import Lmtp
from bot.commands.doctor_incoming import examine
from bot.settings import Settings
from tests.bot.email.arriving import Books, as_sent, running, until
from tests.vendors.imap import HANGS_UP, ImapServer
from tests.vendors.mailserver import MailServer, free_ports


def found(settings: Settings) -> dict[str, tuple[str, str]]:
    return {each.part: (each.state, each.told) for each in examine(settings)}


@contextmanager
def served(server: ImapServer) -> Iterator[ImapServer]:
    """On a loop of its own, because doctor waits for the answers."""
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with server.serving():
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(5)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()


def test_what_is_not_set_is_not_configured() -> None:
    assert found(Settings()) == {
        "mailbox": ("not configured", "set LSSC_IMAP_URL to use it"),
        "direct mail": ("not configured", "set LSSC_LMTP_LISTEN to use it"),
    }


def test_a_real_mailbox_works(mail_server: MailServer) -> None:
    with mail_server.opened("doctor") as client:
        client.append("INBOX", "", "", as_sent("one"))  # type: ignore[arg-type]
    assert found(Settings(imap_url=mail_server.url("doctor")))["mailbox"] == (
        "works",
        f"doctor@box.test at localhost:{mail_server.imap}, INBOX, not encrypted, which reports news (IDLE); mails in it: 1",
    )
    assert mail_server.lies("doctor") == ["one"]


@pytest.mark.parametrize(
    ("server", "secret", "finding"),
    [
        (
            ImapServer(can="MOVE"),
            "secret",
            ("works", "bot@box.test at localhost:PORT, INBOX, not encrypted, which is asked for news (no IDLE); mails in it: 0"),
        ),
        (
            ImapServer(),
            "wrong",
            ("broken", "localhost does not take user and password of LSSC_IMAP_URL: [AUTHENTICATIONFAILED] Invalid credentials"),
        ),
    ],
)  # fmt: skip
def test_a_mailbox_is_tried(server: ImapServer, secret: str, finding: tuple[str, str]) -> None:
    with served(server):
        state, told = found(Settings(imap_url=server.url(secret=secret)))["mailbox"]
    assert (state, told.replace(str(server.port), "PORT")) == finding


def test_a_server_that_breaks_off_and_one_that_is_not_there_are_told() -> None:
    server = ImapServer()
    server.told["SELECT"].append(HANGS_UP)
    with served(server):
        state, told = found(Settings(imap_url=server.url()))["mailbox"]
        assert (state, told.startswith("The mailbox of bot@box.test at localhost cannot be used: ")) == ("broken", True)
    assert found(Settings(imap_url=server.url()))["mailbox"] == (
        "broken",
        "The mailbox of bot@box.test at localhost cannot be used: Connection refused",
    )


def test_a_mailbox_that_cannot_be_meant_is_told() -> None:
    assert found(Settings(imap_url="imaps://mail.example.org"))["mailbox"] == (
        "broken",
        "LSSC_IMAP_URL needs a user and a password: imaps://user:password@host/INBOX, with @ in the user as %40.",
    )


def test_an_address_for_the_mail_server_is_tried() -> None:
    (port,) = free_ports(1)
    elsewhere = found(Settings(lmtp_listen=("0.0.0.0", port)))["direct mail"]  # noqa: S104
    assert found(Settings(lmtp_listen=("127.0.0.1", port)))["direct mail"] == ("works", f"127.0.0.1:{port} is free")
    assert elsewhere == (
        "works",
        f"0.0.0.0:{port} is free; other machines reach it, and whoever does can hand mail in: let only the mail server through",
    )
    assert found(Settings(lmtp_listen=("192.0.2.1", port)))["direct mail"] == (
        "broken",
        f"192.0.2.1:{port} cannot be used (Cannot assign requested address): set LSSC_LMTP_LISTEN",
    )


def test_who_holds_the_address_is_told() -> None:
    async def held(port: int) -> tuple[str, str]:
        async with running(Lmtp(("127.0.0.1", port), Books(), lambda _: True)):
            await until(lambda: found(settings)["direct mail"][1].endswith("service"))
            return await asyncio.to_thread(lambda: found(settings)["direct mail"])

    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = Settings(lmtp_listen=other.getsockname())
        with_other = threading.Thread(target=lambda: other.accept()[0].close())
        with_other.start()
        port = settings.lmtp_listen[1] if settings.lmtp_listen else 0
        assert found(settings)["direct mail"] == (
            "broken",
            f"127.0.0.1:{port} is taken by another program: stop that, or set LSSC_LMTP_LISTEN",
        )
        with_other.join()
    assert asyncio.run(held(port)) == ("works", f"127.0.0.1:{port} is held by the service")
