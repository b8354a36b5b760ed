"""The office's own answers are given at once, where a question is nearer to theirs, and only there."""

import pytest

from faq.encoder import SentenceEncoder
from faq.knowledge import Answer, Knowledge
from faq.office import Office, Written

PHOTO = Answer("office-1", "Photos of diplomas", "A photo is enough.", "the LSSC office, 25 November 2026", None)
UMBRELLA = Answer("office-2", "Umbrellas", "No umbrellas are sold.", "the LSSC office, 25 November 2026", None)


@pytest.fixture
def office(knowledge: Knowledge) -> Office:
    if not isinstance(knowledge.encoder, SentenceEncoder):
        pytest.skip("the sentence encoder is not installed here, and words alone do not tell meanings")
    asked = Written(PHOTO, ("May I send a photo of my diploma?",))
    return Office(knowledge, (asked, Written(UMBRELLA, ("do you sell umbrellas",))))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("May I send a photo of my diploma?", PHOTO),
        ("can I send you a picture of my diploma", PHOTO),
        ("can I buy an umbrella from you?", UMBRELLA),
    ],
)
def test_a_question_that_means_the_same_gets_the_offices_answer(office: Office, question: str, answer: Answer) -> None:
    assert office.think(question).answers == (answer,)


@pytest.mark.parametrize(
    "question", ["How much is the fee?", "Do I need a diploma?", "hello", "Hola, ¿cómo estás?", ""]
)
def test_every_other_question_is_answered_as_before(office: Office, question: str) -> None:
    assert office.think(question) == office.base.think(question)


def test_a_withdrawn_answer_restores_what_was_said_before(office: Office) -> None:
    question = "can I send you a picture of my diploma"
    assert Office(office.base).think(question) == office.base.think(question) != office.think(question)


def test_entries_are_found_by_their_id(office: Office) -> None:
    assert (office.entry("office-2"), office.entry("fee-total")) == (UMBRELLA, office.base.entry("fee-total"))
    assert office.entry("office-3") is None


def test_questions_of_one_meaning_are_told_from_others(office: Office) -> None:
    texts = ["can dogs apply", "may my dog apply?", "do you sell umbrellas", "can I buy an umbrella from you"]
    alike = office.likeness(texts)
    assert alike("may my dog apply?", ["do you sell umbrellas", "can dogs apply"]) == 1
    assert alike("can I buy an umbrella from you", ["can dogs apply", "do you sell umbrellas"]) == 1
    assert alike("may my dog apply?", ["do you sell umbrellas"]) is None
    assert alike("may my dog apply?", []) is None
    assert alike("never read before", texts) is None
