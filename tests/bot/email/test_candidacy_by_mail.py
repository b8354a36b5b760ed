"""A whole candidacy by mail alone, as five mail programs write, with the desk in a mailbox as well."""

import asyncio
import email
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.email.folder import MailFolder
from tests.bot.email.programs import PROGRAMS, Program, outlook
from tests.bot.email.test_loop import ANN, HEAD, Post, said, written
from tests.bot.test_app import Thinker

DESK = "desk@lssc.example.org"
TEXT = " ".join(["When I began, nobody had ordered the shelves, so I drew a plan and taught it to two colleagues."] * 3)
STORY = (  # who, what they write in reply to the last mail (of the desk: about that), and a line of the answer
    ("ann", "eligibility", "Please answer beside the numbers, in any order:"),
    ("ann", "1. 1\n2. yes, from the United States\n3. 20 hours a week since March 2019", "You meet the requirements to apply."),
    ("ann", "price", "1. Are you a member of ALA? (Yes / No)"),
    ("ann", "3. none\n1. no\n2. Illinois", "Total paid to LSSC: $350"),
    ("ann", "apply", "1. What is your full name?"),
    ("ann", "1. Ann Example\n2. Circulation clerk\n3. Springfield Public Library", "5. Would you like a mentor? (Yes / No)"),
    ("ann", "4. none\n5. yes", "To correct a line, send its letter."),
    ("ann", "1", "The office decides on it. The fee of $350 is due. The office writes to you how to pay. Please never send card numbers here."),
    ("ann", "no", "All right, we leave these questions out; nothing of them is kept."),
    ("decide", "accept", "LSSC-2026-... is accepted; $0 of $350 received, $350 open. The applicant is told."),
    ("Payment", "1", "LSSC-2026-...: $350 from applicant is recorded. The applicant is admitted on 26 November 2026, until 26 November 2030. The applicant is told."),
    ("ann", "status", "You were admitted on 26 November 2026 and have until 26 November 2030 to complete six competency sets."),
    ("ann", TEXT, "I keep these 57 words under “to place”, too; `evidence` goes on with them."),  # beside the price form
    ("ann", "2", "All right; `progress` shows your next step."),
    ("ann", "evidence", "Add these 57 words (“When I began, nobody had ordered the shelves, so I drew a...”) to the narrative of a competency?"),
    ("ann", "technology 4", "Does it tell of prior learning (from work or experience before), of new learning, or of both?"),
    ("ann", "3", "What shows that you had that experience? A link, or a few words, such as “letter of my supervisor”."),
    ("ann", "letter of my supervisor", "On record: 57 words for Technology 4 (piece 1)."),
    ("ann", "the plan https://example.org/shelves", "Which competency does https://example.org/shelves show? You may name several, such as “Technology 3, 4 and 7”."),
    ("ann", "technology 4", "Link 1 is on record for Technology 4."),
    ("ann", "progress", "- Technology: evidence for 1, narrative for 1 of 13 competencies"),
)  # fmt: skip


class Mailboxes(Post):
    """Ann's, who writes with one program, and the desk's, with Outlook; five minutes lie between two mails."""

    def __init__(self, app: App, folder: Path, program: Program) -> None:
        super().__init__(app, folder)
        self.program = program

    async def answers(self, who: str, words: str) -> list[str]:
        """What the one who writes is told; the desk answers the newest mail with that in its subject."""
        address = ANN if who == "ann" else DESK
        mine = [mail for mail in self.all() if mail["To"] == address]
        mail = [each for each in mine if who == "ann" or who in each["Subject"]][-1]
        await self.take(bytes(self.program(mail, words) if who == "ann" else outlook(mail, words)))
        return said([each for each in self.all() if each["To"] == address][-1])


def by_mail(
    house: Callable[..., App], folder: Path, program: Program, furnished: Callable[[App], App] = lambda app: app
) -> Mailboxes:
    """A house whose desk is a mailbox, and whose clock goes on with every mail; `furnished` may change it."""
    now = datetime(2026, 11, 26, 15, tzinfo=UTC)

    def clock() -> datetime:
        return now + timedelta(minutes=5 * boxes[0].sent) if boxes else now

    boxes: list[Mailboxes] = []
    app = house(Thinker(), clock=clock, email=MailFolder(folder, clock, HEAD))
    at = ("email", DESK)
    app = replace(app, house=replace(app.house, desk=at, staff=frozenset({at})))
    boxes.append(Mailboxes(furnished(app), folder, program))
    return boxes[0]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_from_a_strangers_first_mail_to_evidence_by_replies_alone(
    house: Callable[..., App], tmp_path: Path, program: Program
) -> None:
    boxes = by_mail(house, tmp_path, program)

    async def scene() -> list[tuple[str, bool]]:
        try:
            await boxes.take(written("When does the moon library open?", Subject="A question"))
            assert said(boxes.last())[:2] == ["“When does the moon library open?”", "It opens at noon."]
            return [(line, _is_told(line, await boxes.answers(who, words))) for who, words, line in STORY]
        finally:
            await boxes.app.close()

    assert [line for line, told in asyncio.run(scene()) if not told] == []
    assert [row["state"] for row in boxes.rows("application")] == ["admitted"]
    assert [(row["set_id"], row["number"], row["words"]) for row in boxes.rows("narrative")] == [
        ("technology", 4, TEXT)
    ]
    assert [row["state"] for row in boxes.rows("desk_item")] == ["settled", "settled"]


def _is_told(line: str, told: list[str]) -> bool:
    """A line, in which "..." stands for a reference."""
    before, _, after = line.partition("LSSC-2026-...")
    if not after:
        return line in told
    return any(each.startswith(f"{before}LSSC-2026-") and each.endswith(after) for each in told)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize("words", ["Yes", "1. yes\n2. no", "First line.\n\nSecond line."])
def test_only_the_new_words_of_each_program_are_heard_though_our_mail_shows_the_question(
    program: Program, words: str
) -> None:
    """Outlook's head right above words in quotation marks once let the whole old mail through."""
    from bot.channels.email.reading.cutting import said as new
    from bot.channels.email.reading.mime import read

    mail = EmailMessage(policy=default)
    mail["From"], mail["To"], mail["Subject"] = "LSSC Assistant <lssc@lssc.example.org>", ANN, "A question"
    mail["Reply-To"], mail["Message-ID"] = "lssc+1@replies.example.org", "<1@lssc.example.org>"
    mail.set_content("“Is there an exam?”\n\nNo, there is none.\n\n1. That helped\n2. Not what I asked\n")
    mail = email.message_from_bytes(bytes(mail), policy=default)  # type: ignore[assignment]
    heard = new(read(bytes(program(mail, words))))
    assert heard.new_text.startswith(words)
    assert ("exam" in heard.new_text, heard.uncertain) == (False, False)
