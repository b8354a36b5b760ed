"""From progress to the certificate by replies alone, as five mail programs write them, with the desk in a mailbox."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.app import App
from bot.knowing import Knowing
from bot.looking import look_at_submissions
from flows.program import catalogue
from flows.program.competencies import Reference
from handlers import catalogue as approved
from handlers import roles
from handlers.exchange import Errand
from storage import candidacies, people
from tests.bot.email.programs import PROGRAMS, Program
from tests.bot.email.test_candidacy_by_mail import Mailboxes, by_mail
from tests.bot.email.test_loop import ANN, said, written
from tests.bot.test_app import Thinker

CHANCE = re.compile(r"\b(SET|F)(?:-2026)?-[A-Z0-9]{5,6}\b")
DAY = date(2026, 6, 1)
FOUR = dict.fromkeys(("foundations", "technology", "communication", "access"), (DAY, "course"))
COURSE = "code,provider,title,set,format,valid from\nYOU-2,Web School,Stories for Children,youth,online,2026-01-01\n"
CARDS = (
    "Last spring I moved the card file of our local history room into the catalog. I began with the old cards, looked\n"
    "each title up in the shared database, and took over the records that fitted.\n"
    "\n"
    "Then I corrected their headings, and wrote down for my colleagues which fields of a record tell what, so that\n"
    "they can go on with it while I am away:"
)
FIRST = f"{CARDS} https://example.org/guide"
SECOND = (
    "I show it with one record now: the author was entered by her married name, so I looked the authority file up,\n"
    "entered the form that stands there, and told the shared database of it, where the other form was used as well.\n"
    "Since then I look there first, and I have found and mended eleven more of them in the old part of our catalog."
)
STORY = (  # who, what they write in reply to the last mail (the desk: to the newest with that in its subject), and a line of the answer
    ("ann", "progress", "Competency sets complete: 4 of 6."),
    ("ann", "The cards before and after: https://example.org/cards", "Which competency does https://example.org/cards show? You may name several, such as “Technology 3, 4 and 7”."),
    ("ann", "1 and 2", "Link 1 is on record for Cataloging and Classification 3 and 5."),
    ("ann", FIRST, "Which competency does https://example.org/guide show? You may name several, such as “Technology 3, 4 and 7”."),
    ("ann", "cataloging 1 to 6", "Do these 6 texts tell of prior learning (from work or experience before), of new learning, or of both?"),
    ("ann", "3", "What shows that you had that experience? A link, or a few words, such as “letter of my supervisor”."),
    ("ann", "the letter of my head of cataloging", "Noted for Cataloging and Classification 1 to 6 (piece 1): prior and new learning; proof: the letter of my head of cataloging."),
    ("ann", "check cataloging", "Cataloging and Classification is ready: 6 competencies, 396 words, 2 links. `submit cataloging and classification` hands it in."),
    ("ann", "submit cataloging", "I cannot read everything that is behind links: pictures, videos, some documents. Are they free of your name, mail address, phone number and the name of your workplace?"),
    ("ann", "yes", "Cataloging and Classification: 6 competencies, 396 words, 2 links. While it is in review nothing of it can be changed. Hand it in now?"),
    ("ann", "1", "Cataloging and Classification is handed in: 6 competencies, 396 words, 2 links. Your receipt is SET-...."),
    ("tick", "", "Cataloging and Classification is with the office for review (receipt SET-...). Two evaluators are asked; you hear from me when it begins, and when its outcome is there. Nothing of it can be changed meanwhile."),
    ("Set", "begin", "The review of receipt SET-... has begun. The candidate is told."),
    ("ann", "take back cataloging", "The review of Cataloging and Classification has begun, so it cannot be taken back any more. `person` reaches the office."),
    ("Set", "revise: 3, 5: Please show with one record what you corrected.", "Receipt SET-... is to be revised: Cataloging and Classification 3 and 5. The candidate is told."),
    ("ann", "check cataloging", "The evaluators asked: Please show with one record what you corrected."),
    ("ann", "write cataloging 3", "Please write what you know and can do, and how you learned; links may stand in it."),
    ("ann", SECOND, "On record: 66 words for Cataloging and Classification 3 (piece 2)."),
    ("ann", "new", "Noted for Cataloging and Classification 3 (piece 2): new learning."),
    ("ann", "submit cataloging", "I cannot read everything that is behind links: pictures, videos, some documents. Are they free of your name, mail address, phone number and the name of your workplace?"),
    ("ann", "1. yes", "Cataloging and Classification: 2 competencies, 198 words, 2 links. While it is in review nothing of it can be changed. Hand it in now?"),
    ("ann", "Yes.", "Cataloging and Classification is handed in: 2 competencies, 198 words, 2 links. Your receipt is SET-...."),
    ("tick", "", "Cataloging and Classification is with the office for review (receipt SET-...). Two evaluators are asked; you hear from me when it begins, and when its outcome is there. Nothing of it can be changed meanwhile."),
    ("Set", "met", "Cataloging and Classification is complete since 26 November 2026. The candidate is told."),
    ("ann", "courses for youth", "- YOU-2 Stories for Children: Youth Services; online; ask for the price; start at any time; Web School; approved from 1 January 2026"),
    ("ann", "completion form YOU-2", "Here is form F-... for Stories for Children (YOU-2); Web School signs it. When you completed it: `completed YOU-2 on` and the day, with the signed form attached to a mail or a link to it."),
    ("ann+", "completed YOU-2 on 20 November 2026", "The office checks that you completed Stories for Children (YOU-2) on 20 November 2026, and tells you."),
    ("Course", "accept", "Youth Services is complete since 20 November 2026. The candidate is told."),
    ("ann", "progress", "All of them are complete; the office confirms your certificate."),
    ("Certificate", "confirm", "Certificate LSSC-2026-0001 is issued to Ann Zwicky, valid until 26 November 2031. They are told."),
    ("ann", "status", "You were admitted on 26 November 2025, and your six competency sets are complete. Your certificate LSSC-2026-0001: `certificate`. For its renewal you have 0 of 32 contact hours: `hours`."),
)  # fmt: skip


@dataclass
class Likely:
    reference: Reference


class Librarian:
    """Guesses one thing."""

    def guess(self, _text: str, most: int) -> list[Likely]:
        return [Likely(("cataloging", 3)), Likely(("cataloging", 5))][:most]


def furnished(app: App) -> App:
    """With a guess for every piece of evidence, and without a look at links."""
    knowing = Knowing(Thinker, lambda _base: Librarian())  # type: ignore[arg-type, return-value]
    app = replace(app, knowing=knowing, settings=replace(app.settings, link_check=False))
    return replace(app, house=replace(app.house, entry=knowing.entry))


def candidate(house: Callable[..., App], folder: Path, program: Program) -> Mailboxes:
    """Ann, who has four complete sets, and an approved course for another one."""
    boxes = by_mail(house, folder, program, furnished)
    app = boxes.app
    with app.house.database.work(app.clock()) as work:
        ann = people.add(work, "email", ANN, name="Ann Zwicky").person_id
        number = candidacies.add(work, ann, None, date(2025, 11, 26), date(2029, 11, 26), "active")
        candidacies.add_sets(work, number, FOUR)
        read = catalogue.read(COURSE, app.house.competencies, DAY)
        approved.take_courses(Errand(app.house, work), roles.at_the_keyboard("office"), read)
    return boxes


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_from_progress_to_the_certificate_by_replies_alone(
    house: Callable[..., App], tmp_path: Path, program: Program
) -> None:
    boxes = candidate(house, tmp_path, program)

    async def scene() -> list[str]:
        try:
            await boxes.take(written("help"))
            told = [(line, await does(boxes, who, words)) for who, words, line in STORY]
            return [line for line, lines in told if line not in [CHANCE.sub(r"\1-...", each) for each in lines]]
        finally:
            await boxes.app.close()

    assert asyncio.run(scene()) == []
    assert [(row["number"], row["piece"], row["words"]) for row in boxes.rows("narrative")] == [
        *((number, 1, CARDS) for number in range(1, 7)), (3, 2, SECOND),
    ]  # fmt: skip
    assert [(row["round"], row["state"]) for row in boxes.rows("submission")] == [(1, "revise"), (2, "met")]
    assert [(row["name"], row["content"]) for row in boxes.rows("paper")] == [("signed.pdf", b"%PDF-1.7 signed")]
    [issued] = [mail for mail in boxes.all() if mail["Subject"] == "Your LSSC certificate"]
    document, dates = issued.iter_attachments()
    assert dates.get_content_type() == "text/calendar"
    assert (issued["To"], document.get_filename()) == (ANN, "certificate-LSSC-2026-0001.pdf")
    assert "Ann Zwicky" in PdfReader(BytesIO(document.get_content())).pages[0].extract_text()


async def does(boxes: Mailboxes, who: str, words: str) -> list[str]:
    """What the one who writes is told, or Ann after the minute of a tick; `ann+` adds the signed form."""
    if who == "tick":
        assert await look_at_submissions(boxes.app) == 1
        await boxes.app.delivery.drain()
        return said([each for each in boxes.all() if each["To"] == ANN][-1])
    if who != "ann+":
        return await boxes.answers(who, words)
    mail = boxes.program([each for each in boxes.all() if each["To"] == ANN][-1], words)
    mail.add_attachment(b"%PDF-1.7 signed", maintype="application", subtype="pdf", filename="signed.pdf")
    await boxes.take(bytes(mail))
    return said([each for each in boxes.all() if each["To"] == ANN][-1])
