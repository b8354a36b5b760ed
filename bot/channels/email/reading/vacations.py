"""Recognises a note that somebody is away, also one without any mark, and until when."""

from dataclasses import dataclass
from datetime import date

from bot.channels.email.reading.absence_words import ABSENT, GROUPS, OF_A_PERSON, ROBOT
from bot.channels.email.reading.automatic import has_absent_subject, has_automatic_subject, is_marked_automatic, subject
from bot.channels.email.reading.dates_of_return import named_date
from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.phrases import said
from bot.channels.email.reading.plain_text import own_text

LONGEST = 1_500  # characters; answering machines say little
LINES = 60
QUOTED = (">", "-----original", "________", "from:", "von:", "de :", "de:", "da:", "van:", "on ")
ANSWERS = ("yes", "no", "ja", "nein", "sí", "si", "oui", "non", "sim", "não", "nee", "y", "n")


@dataclass(frozen=True)
class Away:
    """Somebody is away. `until` is the day the note names, of the return or the last of the absence, or None."""

    until: date | None


def out_of_office(mail: Mail, said_text: str, today: date) -> Away | None:
    """Whether the mail is a note of absence, and until when; `said_text` is its own new text.

    An automatic mail needs only speak of an absence; one without marks must read as answering machines write. A date
    that has passed, or that is more than a year ahead, is no date: a note must not silence reminders for ever.
    """
    head = subject(mail)
    told = f"{head}\n{said_text[: 2 * LONGEST]}"
    marked = is_marked_automatic(mail) or has_automatic_subject(mail)
    if not (_absent(told) or has_absent_subject(mail) if marked else reads_as_a_note(mail)):
        return None
    return Away(named_date(told, today))


def reads_as_a_note(mail: Mail) -> bool:
    """Whether a mail without marks can only be an answering machine's: an absence told as they do, and no answer."""
    text = _new(own_text(mail))
    if len(text) > LONGEST or _is_a_persons(text) or _with_a_document(mail):
        return False
    headed, absent = has_absent_subject(mail), _absent(text)
    signs = sum(said(text, group) for group in GROUPS)
    if said(text, ROBOT):
        return headed or absent or signs > 0
    if headed and ":" in subject(mail):
        return absent or signs > 0 or not text
    return (headed or absent) and signs >= 2


def _absent(text: str) -> bool:
    return said(_flat(text), ABSENT)


def _is_a_persons(text: str) -> bool:
    """A question, an answer by number, or a word of the matter: whoever writes so has read our mail."""
    return "?" in text or said(text, OF_A_PERSON)


def _with_a_document(mail: Mail) -> bool:
    return any(part.disposition == "attachment" and not part.inside for part in mail.parts)


def _new(text: str) -> str:
    """The text above a quotation, flat; a numbered or bare answer is marked by a question mark, which no note has."""
    lines: list[str] = []
    for line in text[: 4 * LONGEST].split("\n", LINES)[:LINES]:
        stripped = line.strip().lower()[:400]
        if _begins_a_quotation(stripped) and any(lines):
            break
        lines.append("?" if _answers(stripped) else stripped)
    return _flat(" ".join(lines))


def _begins_a_quotation(line: str) -> bool:
    if line.startswith("on ") or (line.startswith("de:") and "@" not in line):
        return line.endswith(("wrote:", "writes:"))
    return line.startswith(QUOTED) or line.endswith(
        ("schrieb:", "a écrit :", "escribió:", "ha scritto:", "escreveu:", "schreef:")
    )


def _answers(line: str) -> bool:
    number, dot, rest = line.partition(".") if "." in line[:3] else line.partition(")")
    return line.strip(" .!") in ANSWERS or (
        bool(dot) and number.isdigit() and len(number) < 3 and rest[:1] in (" ", "")
    )


def _flat(text: str) -> str:
    return " ".join(text.lower().replace("\u2019", "'").split())
