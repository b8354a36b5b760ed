"""Taking messages apart."""

import pytest

from faq import split

QUESTIONS = {
    "what is the fee and how long do I have?": ["what is the fee", "how long do I have?"],
    "How much is it? Do I need a degree?": ["How much is it?", "Do I need a degree?"],
    "how many hours and years do I need": ["how many hours and years do I need"],
    "what does it cost; also can I pay later": ["what does it cost;", "can I pay later"],
    "how do I apply, plus what is a portfolio": ["how do I apply", "what is a portfolio"],
    "I work part time. Is that ok?": ["Is that ok?"],
    "": [],
}


@pytest.mark.parametrize(("text", "parts"), QUESTIONS.items())
def test_a_message_is_cut_where_a_second_question_begins(text: str, parts: list[str]) -> None:
    assert split.questions(text) == parts


def test_never_more_than_four_questions_are_taken() -> None:
    assert len(split.questions("how is it? " * 50)) == 4


GREETED = {
    "hi there, how much is it": "how much is it",
    "Good morning! Hello team, what is LSSC?": "what is LSSC?",
    "hello": "hello",
    "history of the program": "history of the program",
    "hi": "hi",
}


@pytest.mark.parametrize(("text", "bare"), GREETED.items())
def test_a_hello_before_a_question_is_taken_off(text: str, bare: str) -> None:
    assert split.without_greeting(text) == bare


def test_sentences_end_at_stops_marks_and_lines() -> None:
    text = "I am a page. My boss asked; is it free?\nthanks"
    assert split.sentences(text) == ["I am a page", "My boss asked", "is it free", "thanks"]
