"""Mails made to be slow or to break the reading of kinds: the time grows no faster than the mail, and nothing is raised."""

import random
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from bot.channels.email.reading.authentication import is_believed
from bot.channels.email.reading.bounces import bounce
from bot.channels.email.reading.complaints import complaint
from bot.channels.email.reading.kinds import kind
from bot.channels.email.reading.mime import Mail, read
from bot.channels.email.reading.vacations import out_of_office
from tests.bot.email.reading.letters import OURS, parts, raw, report
from tests.bot.email.reading.people import OPEN_REPORT
from tests.bot.email.reading.returned import ANN, DAEMON
from tests.timing import grows_at_most, spent

NULL = "Return-Path: <>"
HTML = "Content-Type: text/html"
QUICK = 0.05  # seconds; below it a ratio tells only of the clock


def _text(piece: str, *headers: str) -> Callable[[int], bytes]:
    return lambda size: raw(piece * (size // len(piece)), NULL, *headers, sender=DAEMON, subject="Undeliverable")


def _person(piece: str, *headers: str) -> Callable[[int], bytes]:
    return lambda size: raw(piece * (size // len(piece)), *headers)


def _status(piece: str) -> Callable[[int], bytes]:
    def build(size: int) -> bytes:
        text, content_type = report("Failed.", piece * (size // len(piece)))
        return raw(text, content_type, NULL, sender=DAEMON)

    return build


def _many_parts(size: int) -> bytes:
    text, content_type = parts(*([OPEN_REPORT] * (size // 100)))
    return raw(text, content_type, NULL, sender=DAEMON)


SHAPES: dict[str, Callable[[int], bytes]] = {
    "newlines": _text("\n"),
    "quotes": _text(">"),
    "quoted lines": _person("> I am out of the office\n"),
    "dashes": _text("-- \n"),
    "one line of addresses": _text("a@b.example "),
    "lines of addresses": _text("<a@b.example>:\n"),
    "at signs": _text("@"),
    "quotation marks": _text('"@'),
    "codes": _text("550 5.1.1 "),
    "digits and dots": _text("5.1."),
    "lines of replies": _text("550 <a@b.example>... User unknown\n"),
    "almost returned": _text("original message was received\n"),
    "almost said": _text("user unknow "),
    "links": _text("http://"),
    "unclosed comments": _text("<!-- ", HTML),
    "unclosed styles": _text("<style>", HTML),
    "styles": _text("<style></style>", HTML),
    "styles in capitals": _text("<STYLE></STYLE>", HTML),
    "mixed styles": _text("<style></STYLE>", HTML),
    "open tags": _text("<p ", HTML),
    "open entities": _text("&amp", HTML),
    "recipients": _status("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n"),
    "actions": _status("Action: failed\n"),
    "folds": _status("Diagnostic-Code: smtp; 550\n x\n"),
    "one endless diagnosis": _status(" 550 5.1.1 user unknown\n"),
    "parts": _many_parts,
    "dates": _person("until 7 december or 12/7 or monday - "),
    "lines of dates": _person("until 7 december\n"),
    "absences": _person("i am out of the office. thank you for your email "),
    "receipts": _person("thank you for contacting us, we have received your request. "),
    "lines of receipts": _person("your ticket #4711 has been created\n"),
    "tickets": _person("our ticket id: ["),
    "feedback": lambda size: raw(
        *parts(("Content-Type: message/feedback-report", "Feedback-Type: abuse\n" * (size // 21)))
    ),
    "notice": lambda size: raw(
        '{"notificationType":"Bounce",' + '"status" ' * (size // 9), sender="no-reply@sns.amazonaws.com"
    ),
    "brackets in From": lambda size: raw("Yes.", sender="<" * (size // 2) + ">" * (size // 2)),
    "comments in results": lambda size: raw("Yes.", "Authentication-Results: us; dkim=pass " + "(" * size),
    "many results": lambda size: raw(
        "Yes.", *["Authentication-Results: us; dkim=pass header.d=x.example"] * (size // 55)
    ),
    "many senders": lambda size: raw("Yes.", *["From: a@b.example"] * (size // 18)),
    "many paths": lambda size: raw("Yes.", *["Return-Path: <a@b.example>"] * (size // 27)),
    "a long subject": lambda size: raw("Yes.", subject="re: " * (size // 4)),
}


def _everything(mail: Mail) -> None:
    kind(mail, OURS)
    bounce(mail)
    complaint(mail)
    text = "".join(part.text()[:50_000] for part in mail.parts[:1])
    out_of_office(mail, text, date(2026, 11, 20))
    is_believed(mail, "us", ANN)


@pytest.mark.alone
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_twice_the_mail_takes_at_most_about_twice_the_time(shape: Callable[[int], bytes]) -> None:
    def of(size: int) -> Callable[[], object]:
        return partial(_everything, read(shape(size)))

    seconds = spent(of(1_000_000))
    assert seconds < 2
    assert seconds <= QUICK or grows_at_most(2.6, of, 1_000_000, first=seconds)


def test_no_bytes_make_it_fail() -> None:
    dice = random.Random(4)  # noqa: S311 - which bytes are broken
    models = [build(600) for build in SHAPES.values()]
    for _ in range(1_500):
        broken = bytearray(dice.choice(models))
        for _ in range(dice.randint(1, 8)):
            place = dice.randrange(len(broken))
            broken[place : place + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 3))
        _everything(read(bytes(broken)))


def test_every_length_of_a_mail_can_be_read() -> None:
    text, content_type = report("Failed.", f"Final-Recipient: rfc822; {ANN}\nAction: failed\nStatus: 5.1.1")
    whole = raw(text, content_type, NULL, sender=DAEMON)
    for length in range(len(whole)):
        _everything(read(whole[:length]))
