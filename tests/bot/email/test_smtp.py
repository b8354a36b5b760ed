"""Mail through a mail server, which may be slow, refuse, hang up or want to be spoken to in secret."""

import asyncio
from typing import Any

import pytest

from bot.channels.email.line import Limits
from bot.channels.email.return_paths import Returned, ReturnPaths
from bot.channels.email.servers import Server
from bot.channels.email.smtp import Smtp
from bot.channels.email.tokens import Token
from tests.bot.edge import NOON
from tests.bot.email.handing import ALL_LATER, GOOD, LATER, NOW, SHORT, played, refusal, send, texts
from tests.bot.email.heads import KEY, head
from tests.vendors.smtp import HANGS_UP, SILENT, MailServer

STEPS = ["MAIL", "RCPT", "DATA", "content"]


def test_a_mail_arrives_as_it_was_made_and_bounces_come_back_to_us() -> None:
    there = MailServer()
    text = ".\n.. dots\n\n.end\n" + "wörd " * 400
    name = played(there, lambda channel: send(channel, text))
    (taken,) = there.taken
    paths = ReturnPaths("lssc", "replies.example", KEY)
    assert (taken.recipient, texts(there), str(taken.mail["Message-ID"])) == ("ann@example.org", [text], name)
    assert paths.read(taken.sender) == Returned("bounce", Token(address_id=5, letter_id=7))
    assert (there.heard[0], there.heard[-1]) == ("EHLO library.example", "QUIT")


def test_many_mails_at_once_go_one_after_the_other_over_one_connection() -> None:
    async def scene(channel: Smtp) -> list[str]:
        return await asyncio.gather(*(send(channel, f"mail {number}", number=number) for number in range(1, 41)))

    there = MailServer()
    names = played(there, scene, limits=Limits())
    assert (there.connections, sorted(texts(there)), len(set(names))) == (
        1, sorted(f"mail {number}" for number in range(1, 41)), 40,
    )  # fmt: skip


def test_a_silent_connection_is_ended_and_the_next_mail_opens_another() -> None:
    there = MailServer()

    async def scene(channel: Smtp) -> tuple[int, str]:
        await send(channel)
        await asyncio.wait_for(there.empty.wait(), 5)
        left = there.heard[-1]
        await send(channel)
        return there.connections, left

    assert played(there, scene, limits=Limits(idle=0.05)) == (2, "QUIT")


@pytest.mark.parametrize("ends", [HANGS_UP, "421 4.4.2 idle for too long"])
def test_a_connection_that_the_server_ended_meanwhile_is_opened_again_unnoticed(ends: str) -> None:
    there = MailServer()

    async def scene(channel: Smtp) -> None:
        await send(channel, "one")
        there.told["MAIL"].append(ends)
        await send(channel, "two")

    played(there, scene)
    assert (texts(there), there.connections) == (["one", "two"], 2)


@pytest.mark.parametrize(
    ("step", "answer", "expected"),
    [
        ("RCPT", "450 4.2.0 greylisted, come again", NOW),
        ("RCPT", "452 4.2.2 mailbox full", NOW),
        ("content", "451 try later", NOW),
        ("MAIL", "452 4.3.1 disk full", NOW),
        ("RCPT", "550 5.1.1 no such user", GOOD),
        ("RCPT", "550 no", GOOD),
        ("RCPT", "553 5.1.3 bad address", GOOD),
        ("RCPT", "552 5.2.2 mailbox full", GOOD),
        ("content", "554 no", GOOD),
        ("content", "552 5.3.4 too large", GOOD),
        ("MAIL", "552 5.3.4 too large", GOOD),
        ("MAIL", "550 5.1.8 who are you", ALL_LATER),
        ("MAIL", "530 5.7.0 sign in first", ALL_LATER),
        ("RCPT", "550 5.7.1 relaying denied", LATER),
        ("RCPT", "553 5.1.8 the domain of the sender does not exist", LATER),
        ("RCPT", "503 5.5.1 sign in first", LATER),
        ("content", "550 5.7.60 may not send as this sender", LATER),
    ],
)
def test_a_refusal_is_for_good_only_when_it_is_about_the_recipient(step: str, answer: str, expected: Any) -> None:
    there = MailServer()
    there.told[step].append(answer)

    async def scene(channel: Smtp) -> tuple[Any, str]:
        told = await refusal(channel)
        await send(channel, "the next one")
        return told, str(there.connections)

    assert (played(there, scene), texts(there)) == ((expected, "1"), ["the next one"])


def test_a_refusal_of_ourselves_is_told_in_the_log_without_any_address(caplog: pytest.LogCaptureFixture) -> None:
    there = MailServer()
    there.told["RCPT"].append("550 5.7.1 <ann@example.org>: relaying denied")
    played(there, refusal)
    assert [each.getMessage() for each in caplog.records if each.name.startswith("lssc")] == [
        "the mail server refuses us at the recipient: 550 5.7.1; `lssc doctor` looks into it"
    ]


@pytest.mark.parametrize("ends", [HANGS_UP, SILENT, "421 4.3.2 shutting down"])
@pytest.mark.parametrize("step", ["connection", "EHLO", *STEPS])
def test_a_server_that_breaks_off_at_any_step_gets_the_mail_later(step: str, ends: str) -> None:
    there = MailServer()
    there.told[step].append(ends)

    async def scene(channel: Smtp) -> Any:
        told = await refusal(channel)
        await send(channel, "the same again")
        return told[0], told[2]

    assert played(there, scene) == (False, False)
    assert texts(there)[-1] == "the same again"


def test_a_mail_that_was_taken_without_a_word_comes_again_under_the_same_name() -> None:
    there = MailServer()
    there.told["content"].append(HANGS_UP)

    async def scene(channel: Smtp) -> None:
        await refusal(channel)
        await send(channel)

    played(there, scene)
    first, second = there.taken
    assert first == second
    assert first.mail["Message-ID"] == second.mail["Message-ID"]


def test_one_mail_does_not_take_longer_than_its_lease() -> None:
    there = MailServer()
    there.told["content"].extend([SILENT, SILENT])

    async def scene(channel: Smtp) -> tuple[Any, Any]:
        return await asyncio.gather(refusal(channel), refusal(channel))

    limits = Limits(answer=9.0, whole=0.3)
    assert played(there, scene, limits=limits) == [NOW, NOW]


def test_a_send_that_is_called_off_leaves_the_next_one_a_connection_in_good_order() -> None:
    there = MailServer()
    there.told["content"].append(SILENT)

    async def scene(channel: Smtp) -> None:
        sending = asyncio.create_task(send(channel, "one"))
        while "DATA" not in there.heard:  # noqa: ASYNC110 - what is waited for is the server
            await asyncio.sleep(0.01)
        sending.cancel()
        await asyncio.wait([sending])
        await send(channel, "two")

    played(there, scene, limits=Limits())
    assert texts(there) == ["two"]


def test_a_server_that_is_not_there_is_tried_again() -> None:
    async def scene() -> Any:
        async with MailServer().serving() as there:
            gone = Server("localhost", there.port, "plain")
        return await refusal(Smtp(gone, head(), lambda: NOON, SHORT))

    assert asyncio.run(scene()) == NOW


def test_what_is_no_address_never_comes_to_the_server() -> None:
    there = MailServer()
    to = "a@b.org>\r\nRCPT TO:<everybody@example.org"
    assert (played(there, lambda channel: refusal(channel, to)), there.connections) == (GOOD, 0)


@pytest.mark.parametrize(("offers", "told"), [(("SMTPUTF8",), None), ((), GOOD)])
def test_letters_beyond_ascii_are_sent_where_the_server_takes_them(offers: tuple[str, ...], told: Any) -> None:
    there = MailServer(offers=offers)

    async def scene(channel: Smtp) -> Any:
        to = "ünal@münchen.example"
        return await refusal(channel, to) if told else await send(channel, to=to) and None

    assert played(there, scene) == told
    assert [taken.recipient for taken in there.taken] == ([] if told else ["ünal@xn--mnchen-3ya.example"])


def test_a_server_that_knows_only_the_old_greeting_takes_mail() -> None:
    there = MailServer()
    there.told["EHLO"].append("500 what?")
    played(there, send)
    assert (texts(there), there.heard[1]) == (["Hello"], "HELO library.example")
