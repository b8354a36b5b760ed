"""What a mail tells before the records are asked: what kind it is, from whom, what is said, and what came along."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from bot.channels.email.reading import words
from bot.channels.email.reading.authentication import is_believed
from bot.channels.email.reading.bounces import Bounce, bounce
from bot.channels.email.reading.complaints import complaint
from bot.channels.email.reading.cutting import Said, said
from bot.channels.email.reading.kinds import Kind, Ours, kind
from bot.channels.email.reading.mime import Mail, Part, read
from bot.channels.email.reading.vacations import out_of_office
from bot.channels.email.return_paths import Returned, ReturnPaths
from flows.dialog.speech import File, cleaned
from handlers import commands

DELIVERED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
WRITTEN = ("To", "Cc")
MOST_ADDRESSES = 100
MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
ANSWERED = re.compile(r"(?:(?:re|aw|sv|vs|ref|rv|fwd?|wg|tr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
LARGEST = 10_000_000  # bytes of a document
MOST_FILES = 20
MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")


@dataclass(frozen=True)
class Setup:
    """How our own mail looks, and whom we believe; `stoppable` are the kinds of messages that can be stopped."""

    paths: ReturnPaths
    ours: Ours
    authserv_id: str = ""
    stoppable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Perceived:
    """What a mail tells. `sender` is the address in From, in lower case, empty when there is none.

    `id` is its Message-ID, or made of its content; `answers` and `references` are Message-IDs. `returned` is what one
    of our own addresses with a token, to which it came, was made for. `others` are further people it went to.
    `believed`: our own mail server vouches for the sender. `away`: a note of absence, `until` its last day if told.
    """

    kind: Kind
    id: str
    sender: str
    name: str
    subject: str
    said: Said
    returned: Returned | None = None
    believed: bool = False
    others: tuple[str, ...] = ()
    answers: str = ""
    references: tuple[str, ...] = ()
    bounce: Bounce | None = None
    away: bool = False
    until: date | None = None
    unsubscribes: bool = False
    files: tuple[File, ...] = ()
    refused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What is to be heard: the new text, or a command in the subject where nothing else is said."""
        bare = ANSWERED.sub("", self.subject, count=1).strip()
        new = self.said.new_text
        if not new.strip():
            return bare if not self.answers or commands.find(bare) is not None else ""
        return bare if len(new) < 40 and self._is_begun_by(bare) else new

    def _is_begun_by(self, bare: str) -> bool:
        """Whether a command stands in the subject, and the text is none."""
        return not self.answers and commands.find(bare) is not None and commands.find(self.said.new_text) is None


def perceive(raw: bytes, recipient: str, setup: Setup, today: date) -> Perceived:
    """For any bytes; `recipient` is the envelope's, where it is known; `today` at the office."""
    mail = read(raw)
    froms = words.addresses(mail.headers.raw("From"))
    sender = froms[0].address.lower() if froms else ""
    written = [each.address.lower() for name in WRITTEN for each in _addresses(mail, name)]
    returned = _returned(mail, recipient, written, setup)
    answers_us = returned is not None and returned.purpose == "reply"
    new, what = said(mail), kind(mail, setup.ours, answers_us=answers_us)
    away = out_of_office(mail, new.new_text, today) if what in ("auto", "human") else None
    files, refused = _files(mail) if what == "human" else ((), ())
    opt_out = complaint(mail) if what == "complaint" else None
    return Perceived(
        kind=what,
        id=_id(mail, raw),
        sender=sender,
        name=cleaned(froms[0].name)[:100] if froms else "",
        subject=cleaned(" ".join(mail.headers.get("Subject").split())[:300]),
        said=new,
        returned=returned,
        believed=bool(sender) and is_believed(mail, setup.authserv_id, sender),
        others=tuple(dict.fromkeys(each for each in written if each != sender and not _is_ours(each, setup))),
        answers=next(iter(MESSAGE_ID.findall(mail.headers.raw("In-Reply-To")[:2000])), ""),
        references=tuple(MESSAGE_ID.findall(mail.headers.raw("References")[:20_000]))[:100],
        bounce=bounce(mail) if what == "bounce" else None,
        away=away is not None and what == "auto",
        until=away.until if away is not None else None,
        unsubscribes=opt_out is not None and opt_out.unsubscribes,
        files=files,
        refused=refused,
        warnings=(*mail.warnings, *new.warnings),
    )


def _addresses(mail: Mail, header: str) -> list[words.Address]:
    return [each for value in mail.headers.all(header) for each in words.addresses(value)][:MOST_ADDRESSES]


def _returned(mail: Mail, recipient: str, written: list[str], setup: Setup) -> Returned | None:
    """What the address was made for that the mail came to; the envelope's tells before the header's."""
    delivered = [each.address for name in DELIVERED for each in _addresses(mail, name)]
    found = (setup.paths.read(each, setup.stoppable) for each in (recipient, *delivered, *written) if each)
    return next((each for each in found if each is not None), None)


def _is_ours(address: str, setup: Setup) -> bool:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" in setup.ours.addresses or setup.paths.read(address) is not None


def _id(mail: Mail, raw: bytes) -> str:
    """A mail that comes twice has the same; without a Message-ID by what its sender wrote."""
    found = MESSAGE_ID.search(mail.headers.raw("Message-ID")[:2000])
    if found:
        return found[0]
    told = [mail.headers.raw(name) for name in ("From", "To", "Date", "Subject")]
    body = raw.partition(b"\r\n\r\n")[2] or raw.partition(b"\n\n")[2]
    return f"content:{sha256(repr(told).encode('utf-8', 'replace') + body).hexdigest()}"


def _files(mail: Mail) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """The documents that can be kept, and the names of those that cannot; a picture within the text is none."""
    files: list[File] = []
    refused: list[str] = []
    for part in mail.parts:
        if not _is_a_file(part):
            continue
        name = CONTROL.sub("_", cleaned(part.filename))[:100].strip() or f"file {len(files) + len(refused) + 1}"
        content = part.content()
        media_type = next((kind for magic, kind in MAGIC if content.startswith(magic)), "")
        if media_type and len(content) <= LARGEST and len(files) < MOST_FILES:
            files.append(File(name, media_type, content))
        else:
            refused.append(name)
    return tuple(files), tuple(refused[:MOST_FILES])


def _is_a_file(part: Part) -> bool:
    if part.inside or part.media_type.startswith(("multipart/", "message/")):
        return False
    is_picture = part.media_type.startswith("image/")
    is_shown_in_the_text = is_picture and part.disposition != "attachment" and "Content-ID" in part.headers
    if part.media_type in ("text/plain", "text/html"):
        return part.disposition == "attachment" and bool(part.filename)
    return not is_shown_in_the_text and part.media_type not in ("text/calendar", "application/pgp-signature")
