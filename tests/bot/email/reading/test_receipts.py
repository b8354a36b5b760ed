"""What a ticket desk sends is known by its words; nobody's own mail is taken for it."""

import pytest

from bot.channels.email.reading.kinds import kind
from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.receipts import reads_as_a_receipt
from tests.bot.email.reading.desks import RECEIPTS, TALKERS, TO_A_REPLY_ADDRESS
from tests.bot.email.reading.letters import OURS, letter
from tests.bot.email.reading.people import PEOPLE


@pytest.mark.parametrize("mail", RECEIPTS.values(), ids=RECEIPTS.keys())
def test_a_receipt_without_any_mark_is_known_by_its_words(mail: Mail) -> None:
    assert kind(mail, OURS) == "auto"


@pytest.mark.parametrize("answers_us", [False, True])
@pytest.mark.parametrize("mail", TALKERS.values(), ids=TALKERS.keys())
def test_a_person_who_speaks_like_one_stays_a_person(mail: Mail, answers_us: bool) -> None:
    assert kind(mail, OURS, answers_us=answers_us) == "human"


def test_no_other_person_is_taken_for_one() -> None:
    assert [name for name, mail in PEOPLE.items() if reads_as_a_receipt(mail)] == []


@pytest.mark.parametrize("name", TO_A_REPLY_ADDRESS)
def test_what_only_a_machine_says_is_one_also_at_a_reply_address(name: str) -> None:
    assert kind(RECEIPTS[name], OURS, answers_us=True) == "auto"


def test_whatever_else_it_says_may_be_the_answer_at_a_reply_address() -> None:
    mail = letter("This is an automated message.\n\nThe library of Reedmoor takes the course.")
    assert [kind(mail, OURS, answers_us=each) for each in (False, True)] == ["auto", "human"]
