"""Only what a person wrote may act: what is told from it, and what never."""

import pytest

from bot.channels.email.reading.complaints import complaint
from bot.channels.email.reading.kinds import Ours, kind
from bot.channels.email.reading.mime import Mail, read
from tests.bot.email.reading.letters import OURS, letter
from tests.bot.email.reading.people import PEOPLE
from tests.bot.email.reading.robots import LISTS, MARKED, NOTES, OWN, SUBJECTS


def test_there_are_as_many_robots_and_people_as_were_asked_for() -> None:
    assert len(MARKED) + len(SUBJECTS) + len(NOTES) + len(LISTS) + len(OWN) >= 60
    assert len(PEOPLE) >= 40


@pytest.mark.parametrize("mail", PEOPLE.values(), ids=PEOPLE.keys())
def test_a_persons_mail_stays_a_persons(mail: Mail) -> None:
    assert kind(mail, OURS) == "human"


@pytest.mark.parametrize("mail", MARKED.values(), ids=MARKED.keys())
def test_a_mail_whose_header_says_so_is_automatic(mail: Mail) -> None:
    assert kind(mail, OURS) == "auto"


@pytest.mark.parametrize("mail", SUBJECTS.values(), ids=SUBJECTS.keys())
def test_a_subject_that_only_machines_write_is_automatic(mail: Mail) -> None:
    assert kind(mail, OURS) == "auto"


@pytest.mark.parametrize("mail", NOTES.values(), ids=NOTES.keys())
def test_a_note_without_any_mark_is_known_by_its_words(mail: Mail) -> None:
    assert kind(mail, OURS) == "auto"


@pytest.mark.parametrize("mail", LISTS.values(), ids=LISTS.keys())
def test_a_list_or_a_newsletter_is_one(mail: Mail) -> None:
    assert kind(mail, OURS) == "list"


@pytest.mark.parametrize("mail", OWN.values(), ids=OWN.keys())
def test_our_own_mail_is_known_when_it_comes_back(mail: Mail) -> None:
    assert kind(mail, OURS) == "own"


def test_what_our_own_mail_server_and_colleagues_send_is_not_ours() -> None:
    ours = "Message-ID: <1@mail.lssc.example>"
    daemon = "MAILER-DAEMON@mail.lssc.example"
    returned = letter(
        "<ann@library.example>: 550 5.1.1 User unknown",
        ours,
        "Auto-Submitted: auto-replied",
        sender=daemon,
        subject="Undelivered Mail Returned to Sender",
    )
    older = letter(
        "<ann@library.example>: 550 5.1.1 User unknown",
        ours,
        "Auto-Submitted: auto-generated (failure)",
        sender=daemon,
        subject="Returned mail: see transcript for details",
    )
    away = letter("I am on leave.", ours, "Auto-Submitted: auto-replied", sender="staff@mail.lssc.example")
    assert [kind(mail, OURS) for mail in (returned, older, away)] == ["bounce", "bounce", "auto"]


def test_one_click_to_unsubscribe_is_automatic_and_still_takes_the_person_off() -> None:
    clicked = letter(
        "Apple Mail sent this mail to unsubscribe from the message.",
        "Auto-Submitted: auto-replied",
        subject="unsubscribe",
    )
    told = complaint(clicked)
    assert kind(clicked, OURS) == "complaint"
    assert told is not None
    assert (told.recipient, told.about, told.unsubscribes) == ("ann@library.example", "opt-out", True)


def test_an_answer_of_ours_that_a_list_sends_on_is_our_own() -> None:
    raw = (
        b"From: someone@lists.example.org\r\nMessage-ID: <00000042.7-0123456789ab@lssc.example.org>\r\n"
        b"Auto-Submitted: auto-replied\r\n\r\nHello\r\n"
    )
    ours = Ours(frozenset({"lssc@lssc.example.org"}), "lssc.example.org", "bounces", frozenset())
    assert kind(read(raw), ours) == "own"
    assert kind(read(raw.replace(b"00000042.7-0123456789ab", b"vacation-1")), ours) == "auto"
