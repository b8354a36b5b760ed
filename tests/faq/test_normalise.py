"""Bringing what people type into one form."""

import pytest

from faq.normalise import expand, tidy

EXPANDED = {
    "im 19, can i aply w/o hs": "i am 19 , can i aply without high school",
    "ILL is in which set": "interlibrary loan is in which set",
    "ill apply tmrw": "i will apply tomorrow",
    "how 2 get a cert": "how to get a certification",
    "how many hrs?": "how many hours ?",
    "WHAT IS THE FEE": "WHAT IS THE FEE",
    "": "",
}


@pytest.mark.parametrize(("text", "whole"), EXPANDED.items())
def test_abbreviations_are_written_out(text: str, whole: str) -> None:
    assert expand(text) == whole


TIDIED = {
    "what\u2019s  the\tfee": "what's the fee",
    "a\x00b\x1bc": "a b c",
    "one\r\n\r\n two ": "one\ntwo",
    "\u202eevil\u202c": "evil",
    "   ": "",
}


@pytest.mark.parametrize(("text", "tidied"), TIDIED.items())
def test_control_signs_quotes_and_spaces_become_plain(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_a_huge_text_is_capped() -> None:
    assert len(tidy("x" * 1_000_000)) == 2000
