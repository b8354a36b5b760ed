"""A mail that came back: for whom it was, and whether the address is dead or only this mail was refused."""

import pytest

from bot.channels.email.reading.bounces import Bounce, bounce
from bot.channels.email.reading.delivery_reports import reports
from bot.channels.email.reading.diagnoses import status_in, verdict
from bot.channels.email.reading.free_form import before_the_returned_mail
from bot.channels.email.reading.kinds import kind
from tests.bot.email.reading.letters import OURS
from tests.bot.email.reading.people import PEOPLE
from tests.bot.email.reading.returned import SHAPES, STANDARD, Expected
from tests.bot.email.reading.returned_in_words import FREE
from tests.bot.email.reading.robots import LISTS, MARKED, NOTES, SUBJECTS

ALL = {**STANDARD, **SHAPES, **FREE}


@pytest.mark.parametrize("expected", ALL.values(), ids=ALL.keys())
def test_a_bounce_tells_whom_and_how_bad(expected: Expected) -> None:
    told = Bounce(expected.recipient, expected.status, expected.hard, at_our_return_path=False)
    assert bounce(expected.mail) == told
    assert kind(expected.mail, OURS) == "bounce"


def test_at_our_return_path_it_is_whom_the_path_stands_for() -> None:
    mail = STANDARD["no such user"].mail
    assert bounce(mail, "bea@library.example") == Bounce("bea@library.example", "5.1.1", True, True)


def test_what_is_no_bounce_is_none() -> None:
    others = {**PEOPLE, **MARKED, **SUBJECTS, **NOTES, **LISTS}
    assert [name for name, mail in others.items() if bounce(mail, "bea@library.example") is not None] == []


def test_the_words_of_the_returned_mail_say_nothing() -> None:
    text = "<ann@library.example>:\n552 Mailbox full\n\n--- Below this line is a copy of the message.\n\nTo: x\n\nUser unknown"
    assert before_the_returned_mail(text) == ("<ann@library.example>:", "552 Mailbox full", "")


def test_groups_are_kept_apart_and_torn_ones_joined() -> None:
    text = "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@x.example\n\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; b@x.example\nAction: delayed\nStatus: 4.0.0 (later)"
    assert [(one.recipient, one.action, one.status) for one in reports(text)] == [
        ("a@x.example", "failed", "5.1.1"),
        ("b@x.example", "delayed", "4.0.0"),
    ]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("550 5.1.1 no", "5.1.1"),
        ("550 no", "5.0.0"),
        ("421-later", "4.0.0"),
        ("host 5.1.1.9 said so", ""),
        ("(#5.1.1)", "5.1.1"),
        ("250 Ok", ""),
        ("nothing", ""),
    ],
)
def test_a_status_is_read_and_no_network_address_is_one(said: str, status: str) -> None:
    assert status_in(said) == status


def test_nothing_said_is_no_verdict() -> None:
    assert verdict("") is None
    assert verdict("something else") is None
