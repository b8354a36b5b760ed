"""Greetings and thanks around an answer are left out; nothing else is."""

import pytest

from handlers.courtesy import bare


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
