"""Mending misspelled words."""

import pytest

from faq.spelling import Spelling, distance, edits, slip

DOMAIN = {
    "certification": 40,
    "application": 30,
    "fee": 50,
    "portfolio": 40,
    "evaluator": 20,
    "library": 60,
    "eligibility": 9,
    "apply": 20,
    "cataloging": 9,
    "organization": 8,
    "program": 30,
    "enroll": 3,
    "course": 40,
    "committee": 9,
    "deadline": 9,
    "courses": 20,
    "price": 5,
    "competencies": 10,
    "how": 9,
    "the": 90,
    "is": 60,
    "much": 8,
    "set": 30,
}
GENERAL = {"people": 2111, "weather": 4633, "form": 2433, "from": 2013, "paris": 3000, "coures": 29000, "chair": 3000}
SPELLING = Spelling(DOMAIN, GENERAL)

CASES = {
    "certificaton": "certification",
    "aplication fee": "application fee",
    "potfolio": "portfolio",
    "libary": "library",
    "evalutaor": "evaluator",
    "eligibilty": "eligibility",
    "aply": "apply",
    "cataloguing": "cataloging",
    "organisation": "organization",
    "programme": "program",
    "enrol": "enroll",
    "comittee": "committee",
    "dedline": "deadline",
    "compentencies": "competencies",
    "pepole": "people",
    "pirce": "price",
    "applicationfee": "application fee",
    "coures": "course",
}
UNTOUCHED = (
    "weather in Paris",
    "the form from Paris",
    "LTA",
    "don't",
    "1,820",
    "RA set",
    "chairing",
    "xyzzyq",
    "",
    "ok",
    "Ünïcödé",
)


@pytest.mark.parametrize(("written", "meant"), CASES.items())
def test_a_misspelled_or_british_word_becomes_the_known_one(written: str, meant: str) -> None:
    assert SPELLING.mend(written) == meant


@pytest.mark.parametrize("text", UNTOUCHED)
def test_known_words_capitals_and_numbers_stay_as_they_are(text: str) -> None:
    assert SPELLING.mend(text) == text


def test_without_a_general_vocabulary_domain_words_are_still_mended() -> None:
    assert Spelling(DOMAIN, {}).mend("certificaton") == "certification"


def test_a_swap_counts_as_one_step() -> None:
    assert [distance("teh", "the", 2), distance("kitten", "sitting", 3), distance("a", "abcdef", 2)] == [1, 3, 3]


def test_every_edit_is_one_step_away() -> None:
    assert {distance("fee", form, 3) for form in edits("fee")} <= {0, 1}


def test_a_doubled_letter_is_an_easier_slip_than_a_wrong_one() -> None:
    assert slip("feee", "fee") < slip("fex", "fee") < slip("xee", "fee")
