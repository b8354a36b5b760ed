"""Everything can be done by replying: mails in, mails out, as files, with the real reader, tokens and forms."""

import asyncio
import email
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.channels.email.composing.letterhead import letterhead
from bot.channels.email.folder import MailFolder
from bot.channels.email.intake import Intake
from bot.channels.email.perceiving import Setup
from bot.channels.email.reading.kinds import Ours
from bot.channels.email.replying import reply
from handlers import stopping
from storage import papers, people
from tests.bot.test_app import Thinker
from tests.handlers.acting import APPLICATION

House = Callable[..., App]
NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
HEAD = letterhead("LSSC Assistant <lssc@lssc.example.org>", "replies.example.org", lambda: b"k" * 32)
OURS = Ours(
    frozenset({"lssc@lssc.example.org", "lssc@replies.example.org"}), "replies.example.org", "bounces", frozenset()
)
ANN = "ann@library.org"
VOUCHED = {"Authentication_Results": "mx.example.org; dmarc=pass header.from=library.org"}
A_QUESTION = {"Subject": "A question"}


class Post:
    """A mailbox of a person, and the assistant at the other end."""

    def __init__(self, app: App, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.intake = Intake(app, Setup(HEAD.return_paths(), OURS, "mx.example.org", tuple(stopping.KINDS)))
        self.sent = 0

    async def mail(self, words: str, **headers: str) -> EmailMessage:
        """A new mail of Ann's, and what comes back."""
        await self.take(written(words, **headers))
        return self.last()

    async def reply(self, words: str, to: EmailMessage | None = None) -> EmailMessage:
        await self.take(reply(bytes(to or self.last()), words, NOW))
        return self.last()

    async def take(self, raw: bytes, recipient: str = "") -> str:
        self.sent += 1
        taken = await self.intake.take(raw, recipient)
        await self.app.delivery.drain()
        return taken

    def all(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"))
        return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]

    def last(self) -> EmailMessage:
        return self.all()[-1]

    def rows(self, table: str) -> list[dict[str, Any]]:
        from tests.handlers.acting import Rows

        return Rows(self.app.house.database)(table)


def written(words: str, **headers: str) -> bytes:
    mail = EmailMessage()
    told = {"From": ANN, "To": "lssc@lssc.example.org", "Subject": "LSSC", "Message-ID": f"<{hash(words)}@library.org>"}
    for name, value in (told | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            mail[name] = value
    mail.set_content(words)
    return bytes(mail)


def said(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return [line for line in str(body.get_content()).splitlines() if line.strip()]


def played(house: House, folder: Path, scene: Callable[[Post], Any]) -> Any:
    async def whole() -> Any:
        app = house(Thinker(), email=MailFolder(folder, lambda: NOW, HEAD))
        try:
            return await scene(Post(app, folder))
        finally:
            await app.close()

    return asyncio.run(whole())


ELIGIBLE = "Hi,\n\n1. 1\n2. yes, from the United States\n3. 20 hours a week since March 2019\n\nThanks,\nAnn"


def test_eligibility_takes_two_mails_of_the_person(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> tuple[int, list[str]]:
        await post.mail("eligibility")
        told = said(await post.reply(ELIGIBLE))
        return post.sent, told

    sent, told = played(house, tmp_path, scene)
    assert (sent, told[:3]) == (
        2,
        [
            "Your hours in the last 5 years:",
            "- Mar 2019 to today, 20 h a week, counted from 20 Nov 2021: 5,220 hours",
            "You meet the requirements to apply.",
        ],
    )


def test_an_application_takes_four_mails_of_the_person(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> tuple[int, list[str], list[dict[str, Any]]]:
        await post.mail("I want to apply")
        seven = [words for key, words in APPLICATION.items() if key != "email"][:7]
        await post.reply("\n".join(f"{number}. {words}" for number, words in enumerate(seven, 1)))
        await post.reply("10. no\n8. no\n9. none")
        told = said(await post.reply("1"))
        return post.sent, told, post.rows("application")

    sent, told, applications = played(house, tmp_path, scene)
    assert (sent, [row["state"] for row in applications]) == (4, ["submitted"])
    assert told[0].startswith("Thank you, your application is in.")


def test_a_command_in_the_subject_is_heard(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> list[str]:
        await post.mail("help")
        await post.mail("", Subject="STATUS", **VOUCHED)
        return said(post.last())

    assert played(house, tmp_path, scene)[0] == "You have not applied yet."


def test_the_reply_belongs_to_the_thread_and_can_be_answered(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> EmailMessage:
        return await post.mail("What is it?", Message_ID="<one@library.org>", **A_QUESTION, **VOUCHED)

    mail = played(house, tmp_path, scene)
    told = [mail[name] for name in ("To", "Subject", "In-Reply-To", "References", "Auto-Submitted")]
    assert told == [ANN, "Re: A question", "<one@library.org>", "<one@library.org>", "auto-replied"]
    assert mail["Reply-To"].addresses[0].domain == "replies.example.org"
    assert said(mail)[:2] == ["“What is it?”", "It opens at noon."]


def test_the_reply_to_a_mail_that_nobody_vouches_for_has_a_subject_of_ours_in_the_same_thread(
    house: House, tmp_path: Path
) -> None:
    async def scene(post: Post) -> EmailMessage:
        return await post.mail("What is it?", Message_ID="<one@library.org>", **A_QUESTION)

    mail = played(house, tmp_path, scene)
    told = [mail[name] for name in ("Subject", "In-Reply-To", "References")]
    assert told == ["Re: Your mail to the LSSC assistant", "<one@library.org>", "<one@library.org>"]


FORGED = (
    written("withdraw", Message_ID="<f1@evil.example>"),
    written("forget me", Authentication_Results="evil.example; dmarc=pass header.from=library.org"),
    written("forget me", Authentication_Results="mx.example.org; dmarc=fail header.from=library.org"),
    written("forget me", From=f"{ANN}, eve@evil.example", Sender="eve@evil.example"),
    written("1", To="lssc+1112aaaaaaaaaaaaaaaa@replies.example.org"),
)


@pytest.mark.parametrize("forged", FORGED)
def test_forging_gains_nothing(house: House, tmp_path: Path, forged: bytes) -> None:
    async def scene(post: Post) -> tuple[Any, Any, list[str]]:
        await post.mail("eligibility")
        await post.reply(ELIGIBLE)
        kept = ("conversation", "answer", "fact", "desk_item", "application", "audit")
        before = [post.rows(each) for each in kept]
        await post.take(forged)
        return before, [post.rows(each) for each in kept], [mail["To"] for mail in post.all()]

    before, after, recipients = played(house, tmp_path, scene)
    assert (after, set(recipients)) == (before, {ANN})


def test_a_forwarded_mail_answers_for_nobody(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> tuple[list[str], Any, Any]:
        first = await post.mail("eligibility")
        before = post.rows("answer")
        answer = email.message_from_bytes(reply(bytes(first), "1. 1", NOW), policy=default)
        answer.replace_header("From", "bob@example.org")
        await post.take(bytes(answer))
        return said(post.last()), before, post.rows("answer")

    told, before, after = played(house, tmp_path, scene)
    assert (told[0][:53], after) == (
        "Your mail answers one that I wrote to somebody else, s",
        before,
    ) or after == before


def test_a_mail_that_comes_twice_is_acted_on_once(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> int:
        for with_id in ("<same@library.org>", ""):
            for _ in range(2):
                await post.take(written("help", Message_ID=with_id))
        return len(post.all())

    assert played(house, tmp_path, scene) == 2


BOUNCE = """From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-{number}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail system could not deliver your message.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {who}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user here
--b--
"""


def test_a_bounce_at_our_return_path_gives_the_address_up_and_any_other_changes_nothing(
    house: House, tmp_path: Path
) -> None:
    async def scene(post: Post) -> list[str]:
        await post.mail("help")
        first = await post.reply("help")
        number = Path(str(first["Message-ID"]).strip("<>").partition("@")[0]).name
        address_id, letter_id = int(number.partition(".")[2].partition("-")[0]), int(number.partition(".")[0])
        from bot.channels.email.tokens import Token

        path = HEAD.return_paths().bounce(Token(address_id, letter_id))
        states = []
        for to, status in (("lssc@lssc.example.org", "5.1.1"), (path, "4.2.2"), (path, "5.1.1")):
            mail = BOUNCE.format(to=to, number=len(states), who=ANN, status=status)
            await post.take(mail.encode(), to)
            states.append(post.rows("address")[0]["state"])
        return states

    assert played(house, tmp_path, scene) == ["proved", "proved", "unreachable"]


def test_robots_and_lists_are_left_alone(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> tuple[list[str], int, int]:
        own = bytes(await post.mail("help"))
        before = len(post.all())
        taken = [
            await post.take(each)
            for each in (
                own,
                written(
                    "I am out of office until 4 December 2026.",
                    Subject="Automatic reply: LSSC",
                    Auto_Submitted="auto-replied",
                ),
                written(
                    "Buy now",
                    List_Id="<news.example.org>",
                    List_Unsubscribe="<mailto:off@example.org>",
                    Precedence="bulk",
                ),
            )
        ]
        return taken, before, len(post.all())

    taken, before, after = played(house, tmp_path, scene)
    assert (taken, after) == (["ignored"] * 3, before)


def test_a_document_comes_with_its_bytes(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> tuple[list[str], list[dict[str, Any]]]:
        await post.mail("apply")
        await post.reply("6. Yes, from another country")
        mail = email.message_from_bytes(reply(bytes(post.last()), "Here it is.", NOW), policy=default)
        assert isinstance(mail, EmailMessage)
        mail.add_attachment(b"%PDF-1.7 diploma", maintype="application", subtype="octet-stream", filename="diploma.pdf")
        mail.add_attachment(b"MZ evil", maintype="application", subtype="pdf", filename="evil.pdf")
        await post.take(bytes(mail))
        return said(post.last()), post.rows("paper")

    told, (paper,) = played(house, tmp_path, scene)
    assert (paper["name"], paper["media_type"], paper["content"]) == (
        "diploma.pdf",
        "application/pdf",
        b"%PDF-1.7 diploma",
    )
    assert told[0].startswith("Kept for the office, for your schooling abroad: “diploma.pdf”.")
    assert told[1].startswith("I did not keep “evil.pdf”")


def test_the_office_opens_a_document_by_mail(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> EmailMessage:
        kim = Post(replace(post.app, house=replace(post.app.house, staff=frozenset({("email", ANN)}))), tmp_path)
        with kim.app.house.database.work(NOW) as work:
            bea = people.add(work, "telegram", "4711", name="Bea").person_id
            papers.add(work, bea, "schooling abroad", "diploma.exe", "application/pdf", b"%PDF-1.7 diploma")
        await kim.mail("help")
        return await kim.reply("document 1")

    mail = played(house, tmp_path, scene)
    (file,) = mail.iter_attachments()
    assert said(mail)[0].startswith("Here is document 1 (schooling abroad)")
    told = (mail["To"], file.get_filename(), file.get_content_type(), file.get_content())
    assert told == (ANN, "document-1.pdf", "application/pdf", b"%PDF-1.7 diploma")


def test_a_reply_without_words_is_no_answer(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> list[str]:
        await post.mail("apply")
        await post.reply("")
        return [row["key"] for row in post.rows("answer")]

    assert played(house, tmp_path, scene) == ["email"]


def test_two_assistants_that_write_to_each_other_stop(house: House, tmp_path: Path) -> None:
    """The other one's mails carry no mark of a robot: only the budget is left."""

    async def scene(post: Post) -> tuple[int, list[str]]:
        for number in range(60):
            await post.take(
                written(f"Thank you for your mail number {number}!", Message_ID=f"<{number}@robot.example>")
            )
        return len(post.all()), [row["kind"] for row in post.rows("desk_item")]

    count, items = played(house, tmp_path, scene)
    assert count <= 21
    assert "mail loop" in items


def test_any_bytes_are_taken_without_a_fault(house: House, tmp_path: Path) -> None:
    async def scene(post: Post) -> set[str]:
        shapes = (b"", b"\x00" * 1000, b"From: \n\n", b"\xff\xfe", b"From: a@b\n" * 1000, b"{}")
        return {await post.take(shape) for shape in shapes}

    assert played(house, tmp_path, scene) <= {"failed", "ignored", "processed"}
