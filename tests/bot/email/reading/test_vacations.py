"""Notes of absence: whether a mail is one, and until when."""

from datetime import date

import pytest

from bot.channels.email.reading.dates_of_return import named_date
from bot.channels.email.reading.vacations import Away, out_of_office
from tests.bot.email.reading.letters import letter
from tests.bot.email.reading.people import PEOPLE
from tests.bot.email.reading.robots import NOTES

FRIDAY = date(2026, 11, 20)
SEVENTH = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("I am out of the office until December 7.", SEVENTH),
        ("Away until Dec. 7th, 2026", SEVENTH),
        ("I will return on 7 December", SEVENTH),
        ("I'll be out from November 23 through December 7.", SEVENTH),
        ("Out November 23 - December 7", SEVENTH),
        ("December 1-7", SEVENTH),
        ("back on 12/07/2026", SEVENTH),
        ("out until 12/7", SEVENTH),
        ("out until 2026-12-07", SEVENTH),
        ("I am back on Monday.", date(2026, 11, 23)),
        ("I will be back on Friday.", date(2026, 11, 27)),
        ("out until Monday, December 7", SEVENTH),
        ("away on November 23 and November 25", date(2026, 11, 25)),
        ("Ich bin bis zum 7. Dezember nicht im Büro.", SEVENTH),
        ("vom 23.11.2026 bis einschließlich 07.12.2026", SEVENTH),
        ("vom 23.11. bis 7.12.", SEVENTH),
        ("Ab dem 7.12. bin ich wieder da.", SEVENTH),
        ("jusqu’au 7 décembre inclus", SEVENTH),
        ("du 1er au 7 décembre 2026", SEVENTH),
        ("de retour le lundi 7 décembre", SEVENTH),
        ("hasta el 7 de diciembre de 2026", SEVENTH),
        ("del 23 de noviembre al 7 de diciembre", SEVENTH),
        ("fino al 7 dicembre", SEVENTH),
        ("dal 1 al 7 dicembre", SEVENTH),
        ("até 7 de dezembro", SEVENTH),
        ("regresso a 07/12/2026 da viagem", SEVENTH),
        ("tot en met 7 december", SEVENTH),
        ("t/m 07-12-2026", SEVENTH),
        ("until January 4", date(2027, 1, 4)),
        ("until today, November 20", FRIDAY),
    ],
)
def test_the_day_of_return_is_read(words: str, day: date) -> None:
    assert named_date(words, FRIDAY) == day


@pytest.mark.parametrize(
    "words",
    [
        "I am out of the office.",
        "out until November 1, 2026",
        "until December 7, 2099",
        "the desk is open 24/7",
        "call 555-0134 or room 12.4",
        "until February 30",
        "I may call you 5 times until then",
        "",
    ],
)
def test_no_day_is_read_where_none_is_meant(words: str) -> None:
    assert named_date(words, FRIDAY) is None


@pytest.mark.parametrize(
    "language",
    [
        "English",
        "German",
        "French",
        "Spanish",
        "Italian",
        "Portuguese",
        "Dutch",
        "German, not forwarded",
        "Dutch, not read",
    ],
)
def test_a_note_without_marks_tells_until_when(language: str) -> None:
    mail = NOTES[language]
    assert out_of_office(mail, mail.parts[0].text(), FRIDAY) == Away(SEVENTH)


def test_a_marked_note_needs_only_speak_of_an_absence() -> None:
    mail = letter("I am on leave.", "Auto-Submitted: auto-replied", subject="Automatic reply: Hello")
    assert out_of_office(mail, "I am on leave.", FRIDAY) == Away(None)


def test_the_subject_may_name_the_day() -> None:
    mail = letter("See you then.", "Auto-Submitted: auto-replied", subject="Away until December 7")
    assert out_of_office(mail, "See you then.", FRIDAY) == Away(SEVENTH)


def test_a_receipt_is_no_absence() -> None:
    mail = letter("We have received your mail of December 7.", "Auto-Submitted: auto-replied", subject="Ticket 12")
    assert out_of_office(mail, "We have received your mail of December 7.", FRIDAY) is None


def test_a_person_who_speaks_of_an_absence_is_not_away() -> None:
    assert [name for name, mail in PEOPLE.items() if out_of_office(mail, "", FRIDAY) is not None] == []
