"""Mail that a mail server hands in is answered for each recipient, within limits, and only after the commit."""

import asyncio
import socket
import time
import tracemalloc
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from bot.channels.email.lmtp import Bounds, Lmtp
from bot.channels.email.recipients import ours
from bot.channels.email.taking import LARGEST, Taken
from bot.channels.email.vendor import headed
from bot.channels.email.wire import Wire
from bot.settings import Settings
from bot.trouble import CommandError
from tests.bot.email.arriving import Books, as_sent, running, until
from tests.vendors.mailserver import free_ports

T = TypeVar("T")
OURS = ours(headed(Settings(mail_from="LSSC <boom@direct.test>", mail_reply_domain="direct.test")))
HOST = socket.gethostname()
BEGIN = ("LHLO here", "MAIL FROM:<ann@box.test>")


@dataclass
class Sender:
    """A mail server that hands mail in."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def answer(self) -> str:
        """The next answer's last line; empty when we hung up."""
        while (line := (await asyncio.wait_for(self.reader.readline(), 5)).decode().rstrip("\r\n"))[3:4] == "-":
            pass
        return line

    async def says(self, *lines: str) -> list[str]:
        """The first word of each answer, all lines sent at once."""
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape"))
        return [(await self.answer())[:9].strip() for _ in lines]

    async def hands(self, content: bytes, *recipients: str) -> list[str]:
        await self.says(*BEGIN, *(f"RCPT TO:<{each}>" for each in recipients), "DATA")
        self.writer.write(content)
        return [await self.answer() for _ in recipients]


@asynccontextmanager
async def calling(port: int) -> AsyncIterator[Sender]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sender = Sender(reader, writer)
    try:
        yield sender
    finally:
        writer.close()


Scene = Callable[[Sender, Books, int], Coroutine[Any, Any, T]]


def played(scene: Scene[T], bounds: Bounds | None = None) -> T:
    async def played_() -> T:
        books, (port,) = Books(), free_ports(1)
        async with running(Lmtp(("127.0.0.1", port), books, OURS, bounds)):
            await until(lambda: listens(port))
            async with calling(port) as sender:
                assert await sender.answer() == f"220 {HOST} LMTP lssc-assistant"
                return await scene(sender, books, port)

    return asyncio.run(played_())


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


END = b".\r\n"


def test_each_recipient_is_answered_and_only_whom_we_know_is_taken() -> None:
    async def scene(sender: Sender, books: Books, _port: int) -> tuple[list[str], list[str], list[str]]:
        asked = await sender.says(
            *BEGIN, "RCPT TO:<boom+here@direct.test>", "RCPT TO:<other@direct.test>", "RCPT TO:<Boom@Direct.Test>",
            "RCPT TO:<boom+there@direct.test>", "DATA",
        )  # fmt: skip
        sender.writer.write(as_sent("boom") + END)
        return asked, [await sender.answer() for _ in range(3)], books.recipients

    assert played(scene) == (
        ["250 SIZE", "250 2.1.0", "250 2.1.5", "550 5.1.1", "250 2.1.5", "250 2.1.5", "354 Go on"],
        ["451 4.3.0 It could not be taken now; please bring it again", "250 2.0.0 Taken", "250 2.0.0 Taken"],
        ["Boom@Direct.Test", "boom+there@direct.test"],
    )


def test_the_good_answer_comes_after_the_commit() -> None:
    async def scene(sender: Sender, books: Books, _port: int) -> tuple[int, list[str]]:
        begun = time.monotonic()
        answers = await sender.hands(as_sent("slow") + END, "boom@direct.test")
        assert time.monotonic() - begun > 0.5
        return len(books.committed), answers

    assert played(scene) == (1, ["250 2.0.0 Taken"])


def test_what_is_handed_in_is_what_was_sent_with_the_sender_of_the_envelope() -> None:
    content = b"Subject: dots\r\n\r\n.one\r\n..two\r\n.\nthree\r\nlast\r\n"

    async def scene(sender: Sender, books: Books, _port: int) -> list[bytes]:
        stuffed = content.replace(b"\r\n.", b"\r\n..")
        await sender.hands(stuffed + END, "boom@direct.test")
        assert await sender.says("RSET", "MAIL FROM:<> SIZE=3 BODY=8BITMIME", "RCPT TO:<boom@direct.test>", "DATA")
        sender.writer.write(END)
        await sender.answer()
        return books.raws

    assert played(scene) == [b"Return-Path: <ann@box.test>\r\n" + content, b"Return-Path: <>\r\n"]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_a_mail_is_the_same_however_it_is_cut_on_the_way(size: int) -> None:
    sent = b"\r\n.\n\r.\r\r\n..\r\n...\r\n\r\n.x\r\n.\r.\r\n\r\n.\r\nQUIT\r\n"

    async def read() -> tuple[bytes | None, str | None]:
        reader = asyncio.StreamReader()
        wire = Wire(reader, None, 5)  # type: ignore[arg-type]
        reading = asyncio.create_task(wire.mail(1000))
        for at in range(0, len(sent), size):
            reader.feed_data(sent[at : at + size])
            await asyncio.sleep(0)
        return await reading, await wire.line()

    assert asyncio.run(read()) == (b"\r\n\n\r.\r\r\n.\r\n..\r\n\r\nx\r\n\r.\r\n\r\n", "QUIT")


def test_only_one_dot_alone_between_whole_line_ends_ends_a_mail() -> None:
    """Servers that took less were made to see two mails where others saw one."""

    async def scene(sender: Sender, books: Books, _port: int) -> list[bytes]:
        smuggled = b"a\n.\nMAIL FROM:<x@y>\r\n\n.\r\nb\r.\r\r\n.\n"
        await sender.hands(smuggled + b"\r\n.\r\n", "boom@direct.test")
        return books.raws

    assert played(scene) == [b"Return-Path: <ann@box.test>\r\na\n.\nMAIL FROM:<x@y>\r\n\n.\r\nb\r.\r\r\n\n\r\n"]


def test_what_is_too_large_is_refused_for_each_recipient_and_the_talk_goes_on() -> None:
    async def scene(sender: Sender, books: Books, _port: int) -> tuple[list[str], list[str], list[str]]:
        first = await sender.hands(b"x" * 3000 + b"\r\n" * 3000 + END, "boom@direct.test", "boom+a@direct.test")
        announced = await sender.says("MAIL FROM:<a@b> SIZE=1001")
        return first, announced, await sender.hands(b"x" * 998 + b"\r\n" + END, "boom@direct.test")

    too_large = "552 5.3.4 A mail may have 1000 bytes"
    assert played(scene, Bounds(largest=1000)) == ([too_large] * 2, ["552 5.3.4"], ["250 2.0.0 Taken"])


def test_what_is_too_large_is_not_kept_while_it_comes() -> None:
    async def received() -> bytes | None:
        reader = asyncio.StreamReader()
        receiving = asyncio.create_task(Wire(reader, None, 5).mail(100_000))  # type: ignore[arg-type]
        for _ in range(100):
            reader.feed_data(b"x" * 100_000)
            await asyncio.sleep(0.002)
        reader.feed_data(b"\r\n.\r\n")
        return await receiving

    tracemalloc.start()
    try:
        assert asyncio.run(received()) is None
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.alone
@pytest.mark.parametrize("shape", [b"\r\n", b".", b"..\r\n", b"\r\n..", b"\n", b"x" * 1000])
def test_a_large_mail_of_any_shape_is_received_in_a_moment(shape: bytes) -> None:
    async def received(size: int) -> float:
        reader = asyncio.StreamReader(limit=2**20)
        wire = Wire(reader, None, 30)  # type: ignore[arg-type]
        reader.feed_data(b"x" + shape * (size // len(shape)) + b"\r\n.\r\n")
        begun = time.perf_counter()
        assert await wire.mail(LARGEST) is not None
        return time.perf_counter() - begun

    asyncio.run(received(100_000))
    assert asyncio.run(received(16 * 2**20)) < 2


def test_commands_out_of_order_or_strange_are_refused_and_many_mistakes_end_the_talk() -> None:
    async def scene(sender: Sender, books: Books, _port: int) -> list[str]:
        told = await sender.says(
            "MAIL FROM:<a@b>", "LHLO", "EHLO here", "lhlo here", "RCPT TO:<boom@direct.test>", "MAIL ann", "DATA",
            "mail from: <a@b>", "MAIL FROM:<c@d>", "RCPT TO:ann", "DATA", "RCPT TO:<boom@direct.test>", "DATA now",
            "RSET", "DATA", "NOOP", "VRFY boom", "x" * 9000, "\udcff\udcfe", "",
        )  # fmt: skip
        return told + await sender.says(*["STRANGE"] * 13) + [await sender.answer()]

    assert played(scene) == [
        "503 5.5.1", "501 5.5.4", "500 5.5.2", "250 SIZE", "503 5.5.1", "501 5.5.4", "503 5.5.1",
        "250 2.1.0", "503 5.5.1", "501 5.5.4", "503 5.5.1", "250 2.1.5", "501 5.5.4",
        "250 2.0.0", "503 5.5.1", "250 2.0.0", "252 2.5.0", "500 5.5.2", "500 5.5.2", "500 5.5.2",
        *["500 5.5.2"] * 13, "421 4.7.0 Too many mistakes",
    ]  # fmt: skip


def test_more_recipients_than_a_mail_may_have_are_put_off() -> None:
    async def scene(sender: Sender, books: Books, _port: int) -> tuple[list[str], int]:
        told = await sender.says(*BEGIN, *(f"RCPT TO:<boom+{number}@direct.test>" for number in range(102)))
        return told[-3:], told.count("250 2.1.5")

    assert played(scene) == (["250 2.1.5", "452 4.5.3", "452 4.5.3"], 100)


def test_it_may_say_goodbye_at_once_after_a_mail() -> None:
    async def scene(sender: Sender, books: Books, _port: int) -> list[str]:
        taken = await sender.hands(as_sent("one") + END + b"QUIT\r\n", "boom@direct.test")
        return [*taken, await sender.answer(), await sender.answer()]

    assert played(scene) == ["250 2.0.0 Taken", "221 2.0.0 Goodbye", ""]


def test_who_says_nothing_or_goes_away_is_forgotten() -> None:
    async def scene(sender: Sender, books: Books, port: int) -> tuple[str, list[str]]:
        await sender.says(*BEGIN, "RCPT TO:<boom@direct.test>", "DATA")
        sender.writer.write(b"Subject: half")
        async with calling(port) as other:
            await other.answer()
            await other.says(*BEGIN, "RCPT TO:<boom@direct.test>", "DATA")
            other.writer.write(b"Subject: half")
        return await sender.answer(), books.committed

    assert played(scene, Bounds(patience=0.3)) == ("", [])


def test_connections_are_limited_and_the_next_one_waits_for_its_turn() -> None:
    async def scene(sender: Sender, books: Books, port: int) -> tuple[str, str]:
        async with calling(port) as second:
            full = await second.answer()
        async with calling(port) as third:
            asking = asyncio.create_task(third.answer())
            await asyncio.sleep(0.1)
            await sender.says("QUIT")
            return full[:9], (await asking)[:3]

    assert played(scene, Bounds(connections=1, waits=0.5)) == ("421 4.3.2", "220")


def test_a_turn_that_does_not_end_is_answered_with_later() -> None:
    async def scene(sender: Sender, books: Books, port: int) -> list[str]:
        return [each[:9] for each in await sender.hands(as_sent("slow") + END, "boom@direct.test")]

    assert played(scene, Bounds(turn=0.1)) == ["451 4.3.0"]


class Careful:
    """Takes half a second for each recipient."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.begun = asyncio.Event()

    async def take(self, raw: bytes, recipient: str = "") -> Taken:
        self.begun.set()
        await asyncio.sleep(0.5)
        self.taken.append(recipient)
        return "processed"


@pytest.mark.alone
def test_what_is_at_hand_is_finished_and_answered_before_the_end_and_the_rest_stays_with_its_sender() -> None:
    async def scene() -> tuple[list[str], list[str], str, bool]:
        taker, (port,) = Careful(), free_ports(1)
        part = Lmtp(("127.0.0.1", port), taker, OURS)
        task = asyncio.create_task(part.run())
        await until(lambda: listens(port))
        async with calling(port) as busy, calling(port) as idle, calling(port) as half:
            for each in (busy, idle, half):
                await each.answer()
            handing = asyncio.create_task(busy.hands(as_sent("one") + END, "boom+1@direct.test", "boom+2@direct.test"))
            await half.says(*BEGIN, "RCPT TO:<boom@direct.test>", "DATA")
            half.writer.write(b"Subject: half")
            await taker.begun.wait()
            begun = time.monotonic()
            await part.stop()
            told = [each[:9] for each in [*await handing, *[await each.answer() for each in (idle, half)]]]
            await task
            seconds = time.monotonic() - begun
        return told, taker.taken, "quick" if seconds < 1 else "slow", listens(port)

    assert asyncio.run(scene()) == (
        ["250 2.0.0", "451 4.3.0", "421 4.3.2", "421 4.3.2"], ["boom+1@direct.test"], "quick", False,
    )  # fmt: skip


def test_an_address_that_is_taken_is_told() -> None:
    async def scene() -> str:
        (port,) = free_ports(1)
        first = Lmtp(("127.0.0.1", port), Books(), OURS)
        async with running(first):
            await until(lambda: listens(port))
            with pytest.raises(CommandError) as told:
                await Lmtp(("127.0.0.1", port), Books(), OURS).run()
        return str(told.value).replace(str(port), "PORT")

    assert asyncio.run(scene()).startswith("127.0.0.1:PORT (LSSC_LMTP_LISTEN) cannot be listened on")


def test_what_is_stopped_before_it_began_does_not_begin() -> None:
    async def scene() -> None:
        part = Lmtp(("127.0.0.1", 1), Books(), OURS)
        await part.stop()
        await part.run()

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("recipient", "known"),
    [
        ("lssc@example.org", True),
        ("LSSC@Example.ORG", True),
        ("lssc+abc.def@example.org", True),
        ("lssc@mail.example.org", True),
        ("bounces+abc@mail.example.org", True),
        ("bounces+abc@example.org", False),
        ("lsscx@example.org", False),
        ("lssc@example.com", False),
        ("lssc", False),
        ("", False),
        ("@example.org", False),
        ("+abc@example.org", False),
    ],
)
def test_ours_are_the_address_its_answers_and_its_bounces(recipient: str, known: bool) -> None:
    settings = Settings(mail_from="Office <lssc@example.org>", mail_reply_domain="mail.example.org")
    assert ours(headed(settings))(recipient) is known


def test_an_address_with_a_plus_and_a_domain_beyond_ascii_are_known_as_servers_write_them() -> None:
    known = ours(headed(Settings(mail_from="lssc+office@bücher.example")))
    asked = ("lssc+office@xn--bcher-kva.example", "lssc+office+abc@xn--bcher-kva.example", "lssc@xn--bcher-kva.example")
    assert [known(each) for each in asked] == [True, True, False]
