"""Recognises by its words that no person wrote a mail: receipts of ticket desks, and notices that ask for no answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.email.reading import receipt_words as told
from bot.channels.email.reading.absence_words import OF_A_PERSON
from bot.channels.email.reading.automatic import subject
from bot.channels.email.reading.bounce_signs import answers_or_forwards
from bot.channels.email.reading.cutting import said
from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.phrases import phrases
from bot.channels.email.reading.phrases import said as holds
from bot.channels.email.reading.plain_text import own_text

LONGEST = 3_000  # characters of new text; a receipt says less
MOST_LINES = 80
WIDTH = 400
FOLDED = 55  # characters; a line that is broken off by a program is longer
TITLE = 6  # words
SURELY, PROBABLY = 4, 2
SENTENCE = re.compile(
    r"(?<=[.!?:;])\s+"
    r"|(?<=,)\s+(?=(?:we|please|kindly|wir|bitte|nous|merci|hemos|por favor|abbiamo|si prega|recebemos|wij)\b)"
)
NUMBER = re.compile(r"\d{1,2}[.)](?:\s|\Z)")
JOINED = re.compile(r",? (?:and|und|et|y(?! répondre)|e) |,? en (?=(?:we|wij|zullen|nemen)\b)")
LED_BY = re.compile(r"(?:please note(?: that)?|note(?: that)?|bitte beachten sie|hinweis)[,:]? ")
SMALL = ("and", "at", "da", "de", "del", "der", "di", "du", "et", "for", "of", "the", "und", "van", "von", "y")
EDGE = " \t*#-_=~|[]()<>\"'“”„•–—"
SIGNS = (
    (told.DECLARED, 2),
    (told.TICKETED, 2),
    (told.NO_ANSWER, 1),
    (told.RECEIVED, 1),
    (told.THANKED, 1),
    (told.PROMISED, 1),
)
STRONG = (told.DECLARED, told.TICKETED)  # only machines say so
WEAK = (told.RECEIVED, told.NO_ANSWER)  # where nothing else is said
OPENING = (told.DECLARED, told.TICKETED, told.NO_ANSWER, told.RECEIVED, told.THANKED)
SUSPECT = phrases("""
    automat | auto- | maschinell | ticket | received | contacting | do not re | don't re | not monitored | generated
    erhalten | eingegangen | nicht antworten | nicht auf diese | reçu | répondre | demande | recibid | solicitud
    ricevut | rispondere | richiesta | receb | responda | responder | pedido | chamado | ontvangen | niet op | case
    request | incidencia | incident
""")


@dataclass(frozen=True)
class _Piece:
    """A sentence or a line as it stands, and in lower case without what surrounds it."""

    whole: str
    low: str


def reads_as_a_receipt(mail: Mail, *, answers_us: bool = False) -> bool:
    """Whether nobody but a machine can have written the new text; in doubt a person did.

    `answers_us`: it came to a reply address of ours, so that whatever else it says may be the answer.
    """
    if answers_or_forwards(mail) and subject(mail).startswith(("fw", "wg", "tr:", "rv:", "enc:", "doorst:", "i:")):
        return False
    if not holds(own_text(mail)[:LONGEST].lower() + subject(mail), SUSPECT):
        return False
    new = said(mail)
    return len(new.new_text) <= LONGEST and not new.uncertain and _is_a_receipt(mail, new.new_text, answers_us)


def _is_a_receipt(mail: Mail, text: str, answers_us: bool) -> bool:
    lines = [line.strip() for line in text.split("\n", MOST_LINES)]
    pieces = _pieces([line for line in lines if not line.startswith(">")])
    if _with_a_document(mail) or any(map(_answers, lines)) or not _opens_so(pieces):
        return False
    found, weight = _signs(mail, pieces)
    strong = not found.isdisjoint(STRONG)
    flat = " ".join(piece.low for piece in pieces)
    if told.FIRST_PERSON.search(flat) or weight < PROBABLY:
        return False
    if strong and weight >= SURELY:
        return True
    if "?" in text or holds(flat, OF_A_PERSON):
        return False
    if strong and not answers_us:
        return True
    return not found.isdisjoint((*STRONG, *WEAK)) and all(map(_is_usual, pieces))


def _signs(mail: Mail, pieces: Sequence[_Piece]) -> tuple[set[re.Pattern[str]], int]:
    """The signs of a machine, and how much they weigh, each kind once."""
    head = subject(mail)
    own = not answers_or_forwards(mail)
    lows = [*(piece.low for piece in pieces), *([head.lstrip(EDGE)] if own else [])]
    found = {sign for sign, _ in SIGNS if any(map(sign.match, lows))}
    weight = sum(count for sign, count in SIGNS if sign in found)
    numbered = told.NUMBERED.search(head) is not None or any(map(told.NUMBERED.search, lows))
    headed = own and told.SUBJECT.match(head) is not None
    return found, weight + numbered + headed


def _pieces(lines: Sequence[str]) -> list[_Piece]:
    """The sentences; a line that is not folded ends one."""
    joined: list[str] = []
    before = ""
    for line in lines:
        folded = len(before) >= FOLDED and not before.endswith((".", "!", "?", ":"))
        if line and before and (folded or line[0].islower()):
            joined[-1] = f"{joined[-1]} {line[:WIDTH]}"
        elif line:
            joined.append(line[:WIDTH])
        before = line
    sentences = [each for line in joined for each in SENTENCE.split(line)]
    return [_Piece(each, low) for each in sentences if (low := _low(each))]


def _low(sentence: str) -> str:
    low = " ".join(sentence.lower().replace("\u2019", "'").split()).strip(EDGE)[:WIDTH]
    led = LED_BY.match(low)
    return low[led.end() :] if led else low


def _opens_so(pieces: Sequence[_Piece]) -> bool:
    """Whether the first words beyond a greeting and a name are a machine's; who tells of its mail begins otherwise."""
    for piece in pieces:
        if any(sign.match(piece.low) for sign in OPENING):
            return True
        if not _is_around(piece):
            return False
    return False


def _is_usual(piece: _Piece) -> bool:
    """Whether a sentence says what such mails say and nothing more: no second half with news in it."""
    if not _is_a_sign(piece.low):
        return _is_around(piece) or told.NUMBERED.match(piece.low) is not None
    return all(_is_a_sign(half) or _promises(half) for half in JOINED.split(piece.low)[1:])


def _promises(half: str) -> bool:
    """ "... and will get back to you"."""
    return any(told.PROMISED.match(f"{we} {half}") for we in ("we", "wir", "nous", "wij"))


def _is_a_sign(words: str) -> bool:
    return any(sign.match(words) for sign, _ in SIGNS)


def _is_around(piece: _Piece) -> bool:
    """A greeting, a farewell, a name, a link, or a label with its value."""
    words = piece.low.split()
    if piece.low.startswith((*told.GREETINGS, "http://", "https://", "www.")) and len(words) <= TITLE:
        return True
    label, colon, _ = piece.low.partition(":")
    if colon and label.strip() in told.LABELS:
        return True
    if piece.low.startswith(told.FAREWELLS) and len(words) <= TITLE and not piece.whole.endswith((".", "?")):
        return True
    return len(words) <= TITLE and not piece.whole.endswith((".", "?")) and _is_title(piece.whole)


def _is_title(whole: str) -> bool:
    """Words that begin with capitals, as names do."""
    words = [bare for word in whole.split() if (bare := word.strip(EDGE))]
    return all(word[0].isupper() or not word[0].isalpha() or word in SMALL for word in words)


def _answers(line: str) -> bool:
    """A number of a list or a bare word that our mails ask for."""
    return line[:40].lower().strip(" .!") in told.ANSWERS or NUMBER.match(line) is not None


def _with_a_document(mail: Mail) -> bool:
    return any(part.disposition == "attachment" and not part.inside for part in mail.parts)
