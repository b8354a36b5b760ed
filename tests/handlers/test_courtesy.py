"""Greetings and thanks around an answer are left out; nothing else is."""

import pytest

from handlers.courtesy import asked, bare, first_line


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("yes", "yes"),
        ("Hi,\n\nyes\n\nThanks,\nAnn", "yes"),
        (
            "Dear LSSC Assistant,\n1. Ann\n2. Illinois\n\nKind regards\nAnn Example\nSpringfield Public Library",
            "1. Ann\n2. Illinois",
        ),
        ("1\n\nThank you very much!", "1"),
        ("STATUS\n\nSent from my iPhone", "STATUS"),
        ("Hello", "Hello"),
        ("Hi, yes.\n\nAnn Lee", "Hi, yes.\n\nAnn Lee"),
        ("Hello, number 2 please\nAnn", "Hello, number 2 please\nAnn"),
        ("Hi I have a BA\nAnn", "Hi I have a BA\nAnn"),
        ("Dear Ms. O'Brien,\n2", "2"),
        ("Thanks,\nAnn", "Thanks,\nAnn"),
        ("Hi,\nthanks", "Hi,\nthanks"),
        (
            "Thanks,\nI finished technology 4: https://example.org/4",
            "Thanks,\nI finished technology 4: https://example.org/4",
        ),
        (
            "Best practice is what we do.\nRegards from the desk went out in 2020.",
            "Best practice is what we do.\nRegards from the desk went out in 2020.",
        ),
        ("yes\nThanks, can I also apply twice?", "yes\nThanks, can I also apply twice?"),
        ("", ""),
    ],
)
def test_what_is_left(words: str, left: str) -> None:
    assert bare(words) == left


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        (
            "I am a page. My boss told me of it. Do I need a degree, and what\nwould I pay? I am no member.",
            "Do I need a degree, and what would I pay?",
        ),
        ("Is there an exam?", "Is there an exam?"),
        ("One? Two? Three? Four? I ask.", "One? Two? Three?"),
        ("I finished technology 4.\nSee there.", "I finished technology 4.\nSee there."),
    ],
)
def test_the_questions_of_a_story(words: str, questions: str) -> None:
    assert asked(words) == questions


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Kenya\n\nAda", "Kenya"),
        ("Kenya\n\nAda Moore\nClerk, Springfield", "Kenya"),
        ("Kenya\nAda", "Kenya\nAda"),
        ("Kenya\n\nAdam", "Kenya\n\nAdam"),
        ("Ada Moore", "Ada Moore"),
        ("", ""),
    ],
)
def test_the_senders_own_name_below_a_blank_line_is_a_signature(words: str, left: str) -> None:
    assert bare(words, "Ada Moore") == left


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("1\n\nPat\nProgram Assistant", "1"),
        ("1\n\nHead of Circulation", "1"),
        ("1\nPat", "1\nPat"),
        ("1\n\nbut not before Monday", "1\n\nbut not before Monday"),
        ("yes", "yes"),
        ("", ""),
    ],
)
def test_a_choice_stands_above_whoever_signed(words: str, line: str) -> None:
    assert first_line(words) == line
