"""Learning is logged as people write it."""

from datetime import date
from fractions import Fraction

import pytest

from bot.rulebook import built_in_competencies
from flows.dialog.unclear import Unclear
from flows.program.logbook import Logged, NoDay, NoSet, apart, day_of, looks_like_one, read
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
    ("amount", "hours"),
    [
        ("2 h 45 min", Fraction(11, 4)),
        ("1 hour 30 minutes", Fraction(3, 2)),
        ("2 hrs 15 min", Fraction(9, 4)),
        ("2 hrs and 15 min", Fraction(9, 4)),
        ("2 hours, 15 min", Fraction(9, 4)),
        ("1h30", Fraction(3, 2)),
        ("1h 30m", Fraction(3, 2)),
        ("1:30 h", Fraction(3, 2)),
        ("half an hour", Fraction(1, 2)),
        ("an hour and a half", Fraction(3, 2)),
    ],
)
def test_minutes_behind_hours_belong_to_them(amount: str, hours: Fraction) -> None:
    line = f"{amount} webinar 14 May, technology"
    assert looks_like_one(line)
    assert read(line, SETS, TODAY) == Logged(hours, H, "webinar", date(2027, 5, 14), "technology", amount)
    two = f"{line} and {amount} course 3 May, youth"
    assert apart(two, SETS, TODAY) == (line, f"{amount} course 3 May, youth")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("conference 12 May, cataloging", "begin with the hours"),
        ("3 credits course 12 May, cataloging", "semester or quarter"),
        ("6 h conference, cataloging", "On which day"),
        ("6 h conference 12 December 2027, cataloging", "yet to come"),
        ("6 h conference 2 June, cataloging", "yet to come; please log it afterwards. If it was in an earlier year"),
        ("6 h conference 6/3, cataloging", "yet to come"),
        ("6 h conference 2/30, cataloging", "28 days"),
        ("6 h conference 12 May", "Which set"),
        ("900 h conference 12 May, cataloging", "200 hours"),
        ("100 h training 5 May cataloging", "more hours than a day has"),
        ("40 h training 2027-05-03, cataloging", "more hours than a day has"),
        ("6 h 12 May, cataloging", ""),
        ("-3 h conference 12 May, cataloging", "more than zero"),
        ("0 h conference 12 May, cataloging", "more than zero"),
        ("6 h conference 12 mai 2026, cataloging", "cannot read “12 mai 2026” as a day"),
        ("6 h conferencia 12 de mayo, cataloging", "cannot read “12 de mayo” as a day"),
        ("6 h conference 12 Mqy 2026, cataloging", "cannot read “12 Mqy 2026” as a day"),
        ("3 h talk and 2 h workshop 12 May, cataloging", "more than one piece of learning"),
        ("6 h conference 12 May, cataloging; 2 h webinar", "more than one piece of learning"),
        ("6 h conference 12 May, cataloging, 2 h webinar 13 May", "more than one piece of learning"),
    ],
)
def test_what_is_missing_is_asked_for(words: str, hint: str) -> None:
    if not hint:
        assert read(words, SETS, TODAY).what == "cataloging"
        return
    with pytest.raises(Unclear, match=hint):
        read(words, SETS, TODAY)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("yesterday", date(2027, 5, 31)),
        ("last Tuesday", date(2027, 5, 25)),  # 1 June 2027 is a Tuesday
        ("on Monday", date(2027, 5, 31)),
        ("this past wed", date(2027, 5, 26)),
        ("Friday", date(2027, 5, 28)),
        ("on Friday, 14 May", date(2027, 5, 14)),
        ("last Sunday.", date(2027, 5, 30)),
        ("5/6", date(2027, 5, 6)),  # month first
        ("12/31", date(2026, 12, 31)),
        ("on Monday 5/31", date(2027, 5, 31)),
        ("two days ago", date(2027, 5, 30)),
        ("a week ago", date(2027, 5, 25)),
        ("the day before yesterday", date(2027, 5, 30)),
        ("this morning", TODAY),
    ],
)
def test_a_day_is_the_last_one_that_was(told: str, day: date) -> None:
    logged = read(f"2 hours webinar {told}, cataloging", SETS, TODAY)
    assert (logged.day, logged.what, logged.set_id) == (day, "webinar", "cataloging")
    assert day_of(told, TODAY) == day


@pytest.mark.parametrize(
    "words",
    [
        "3 h 24/7 reference desk, reference",
        "6 h Sunday school reading, youth",
        "2 h sun safety for youth, youth",
        "1 h web archiving, technology",
    ],
)
def test_a_weekday_in_the_name_of_something_is_no_day(words: str) -> None:
    with pytest.raises(NoDay):
        read(words, SETS, TODAY)


@pytest.mark.parametrize(
    ("words", "what", "set_id"),
    [
        ("cataloging mostly", "conference", "cataloging"),
        ("in the cataloging set, please", "conference, please", "cataloging"),
        ("mainly Technology, I think", "conference, I think", "technology"),
        ("cataloging set please", "conference", "cataloging"),
        ("technology at the state library", "conference, at the state library", "technology"),
        ("youth (online)", "conference, online", "youth"),
    ],
)
def test_a_set_is_found_among_what_people_write_around_it(words: str, what: str, set_id: str) -> None:
    logged = read(f"6 h conference 12 May, {words}", SETS, TODAY)
    assert (logged.what, logged.set_id) == (what, set_id)


@pytest.mark.parametrize(
    ("words", "what", "set_id", "also"),
    [
        ("6 h conference 12 May, cataloging and technology", "conference, cataloging and technology", "cataloging", "technology"),
        ("2 hours technology webinar Nov 9th", "technology webinar", "technology", ""),
        ("2 hours of youth services training on Nov 21", "youth services training", "youth", ""),
        ("4 hrs on 3/11/27 reference interview class", "reference interview class", "reference", ""),
        ("3 h workshop on cataloging & classification 12 May", "workshop on cataloging & classification", "cataloging", ""),
        ("1 h Children's Services day 12 May", "Children's Services day", "youth", ""),
        ("1 h IT basics 12 May", "IT basics", "technology", ""),
    ],
)  # fmt: skip
def test_a_set_is_found_among_the_words_for_what_it_was(words: str, what: str, set_id: str, also: str) -> None:
    logged = read(words, SETS, TODAY)
    assert (logged.what, logged.set_id, logged.also) == (what, set_id, also)


@pytest.mark.parametrize("words", ["1 h talk, liked it 12 May", "6 h acquisitions day 12 May", "6 h conference 12 May"])
def test_words_that_name_no_current_set_have_none(words: str) -> None:
    with pytest.raises(NoSet):
        read(words, SETS, TODAY)


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        (
            "6 h conference 12 May, cataloging and 2 h webinar 3 May, youth",
            ("6 h conference 12 May, cataloging", "2 h webinar 3 May, youth"),
        ),
        (
            "6 h conference 12 May, cataloging, 2 h webinar 3 May, youth; 1 h talk yesterday, none",
            ("6 h conference 12 May, cataloging", "2 h webinar 3 May, youth", "1 h talk yesterday, none"),
        ),
        ("6 h conference 12 May and 2 h webinar 3 May, youth", None),
        ("6 h course, 2 days, 12 May, cataloging", None),
    ],
)
def test_a_line_is_taken_apart_where_each_piece_is_whole(words: str, pieces: tuple[str, ...] | None) -> None:
    assert apart(words, SETS, TODAY) == (pieces or (words,))


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("40 h course, 12 May, cataloging", "course"),
        ("32 h conference, 12 May, cataloging", "conference"),
        ("40 h training over five days, 12 May, cataloging", "training over five days"),
        ("40 h course from 12 May to 16 May, cataloging", "course, to 16 May"),
        ("24 h hackathon 12 May, cataloging", "hackathon"),
        ("4 CEUs course 12 May, cataloging", "course"),
    ],
)
def test_more_hours_than_a_day_has_are_taken_where_it_took_longer(words: str, what: str) -> None:
    logged = read(words, SETS, TODAY)
    assert (logged.what, logged.day) == (what, date(2027, 5, 12))


def test_markup_and_control_characters_are_no_words() -> None:
    for words in ("<b>6 h</b> **red** talk 12 May, cataloging", "6 h \x1b[31mred\x1b[0m\x07 talk 12 May, cataloging"):
        assert read(words, SETS, TODAY) == Logged(Fraction(6), H, "red talk", date(2027, 5, 12), "cataloging", "6 h")


def test_what_it_was_is_cut_where_it_is_longer_than_anybody_reads() -> None:
    logged = read(f"6 h {'long ' * 600} 12 May, cataloging", SETS, TODAY)
    assert (len(logged.what), logged.cut) == (199, True)


def test_next_week_is_yet_to_come() -> None:
    with pytest.raises(Unclear, match="yet to come"):
        read("6 h conference next Monday, youth", SETS, TODAY)


def test_a_day_that_was_asked_for_is_taken_for_the_line() -> None:
    assert read("6 h conference, cataloging", SETS, TODAY, date(2027, 5, 3)).day == date(2027, 5, 3)


@pytest.mark.parametrize("words", ["it was last Tuesday", "on 25 May", "May 25", "That was on the 25 May, I think"])
def test_an_answer_that_is_a_day(words: str) -> None:
    assert day_of(words, TODAY) == date(2027, 5, 25)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("6 h course 3 May, youth", "the day alone"),
        ("no idea", "On which day"),
        ("30 February", "28 days"),
        ("May 2027", "On which day"),
        ("tomorrow", "On which day"),
    ],
)
def test_an_answer_that_is_no_day_says_why(words: str, hint: str) -> None:
    with pytest.raises(Unclear, match=hint):
        day_of(words, TODAY)


@pytest.mark.parametrize("words", ["I have 6 cats", "6 of 10", "h", "what does it cost?", "1"])
def test_other_words_are_no_line(words: str) -> None:
    assert not looks_like_one(words)
