"""Learning is logged as people write it."""

from datetime import date
from fractions import Fraction

import pytest

from bot.rulebook import built_in_competencies
from flows.dialog.unclear import Unclear
from flows.program.logbook import Logged, looks_like_one, read
from flows.program.renewal import Unit

TODAY = date(2027, 6, 1)
SETS = built_in_competencies()
H = Unit.HOUR


@pytest.mark.parametrize(
    ("words", "logged"),
    [
        ("6 h conference 12 May, cataloging", Logged(Fraction(6), H, "conference", date(2027, 5, 12), "cataloging", "6 h")),
        ("1.5 hours webinar on copyright, June 1, technology", Logged(Fraction(3, 2), H, "webinar on copyright", TODAY, "technology", "1.5 hours")),
        ("90 minutes webinar yesterday, supervision", Logged(Fraction(3, 2), H, "webinar", date(2027, 5, 31), "supervision", "90 minutes")),
        ("2 conference days PLA 2027-03-04, access", Logged(Fraction(2), Unit.CONFERENCE_DAY, "PLA", date(2027, 3, 4), "access", "2 conference days")),
        ("3 semester credits cataloging course 5/14/2027, cataloging", Logged(Fraction(3), Unit.SEMESTER_CREDIT, "cataloging course", date(2027, 5, 14), "cataloging", "3 semester credits")),
        ("Two hours training in cataloging on 9 December", Logged(Fraction(2), H, "training in cataloging", date(2026, 12, 9), "cataloging", "Two hours")),
        ("1 CEU course on reference, 3 May, reference", Logged(Fraction(10), H, "course on reference", date(2027, 5, 3), "reference", "1 CEU")),
        ("2½ hrs staff day 7 May 2027, none", Logged(Fraction(5, 2), H, "staff day", date(2027, 5, 7), None, "2½ hrs")),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_meant(words: str, logged: Logged) -> None:
    assert looks_like_one(words)
    assert read(words, SETS, TODAY) == logged


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("conference 12 May, cataloging", "begin with the hours"),
        ("3 credits course 12 May, cataloging", "semester or quarter"),
        ("6 h conference, cataloging", "On which day"),
        ("6 h conference 12 December 2027, cataloging", "yet to come"),
        ("6 h conference 12 May", "Which set"),
        ("900 h conference 12 May, cataloging", "200 hours"),
        ("6 h 12 May, cataloging", ""),
    ],
)
def test_what_is_missing_is_asked_for(words: str, hint: str) -> None:
    if not hint:
        assert read(words, SETS, TODAY).what == "cataloging"
        return
    with pytest.raises(Unclear, match=hint):
        read(words, SETS, TODAY)


@pytest.mark.parametrize("words", ["I have 6 cats", "6 of 10", "h", "what does it cost?", "1"])
def test_other_words_are_no_line(words: str) -> None:
    assert not looks_like_one(words)
