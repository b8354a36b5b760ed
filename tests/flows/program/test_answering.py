"""What evaluators answer, in their own words."""

from datetime import date

import pytest

from flows.program.answering import Answer, Kind, Reason, pause, read

TODAY = date(2026, 11, 26)
ACCEPTS = ["accept", "I accept.", "Yes, happy to do it", "I'll take it", "i will do it", "Hello, I accept this review"]
DECLINES = {
    "decline": Reason.NONE,
    "Sorry, I can't": Reason.NONE,
    "Unfortunately I have to decline, conflict of interest": Reason.CONFLICT,
    "not my field": Reason.NOT_MY_FIELD,
    "no, I am not available": Reason.BUSY,
}
LATER = {
    "yes but only after June": date(2027, 6, 30),
    "Yes, but not before 15 January 2027": date(2027, 1, 14),
    "busy until 3 March 2027": date(2027, 3, 3),
    "I'm on vacation until the end of December": date(2026, 12, 31),
    "available after 10 January": date(2027, 1, 10),
}
OTHERS = ["all met except 3", "what is the fee?", "hello", "The form was accepted by my boss yesterday", "x" * 400, ""]


@pytest.mark.parametrize("words", ACCEPTS)
def test_a_yes_in_many_words(words: str) -> None:
    assert read(words, TODAY) == Answer(Kind.ACCEPT)


@pytest.mark.parametrize(("words", "reason"), DECLINES.items())
def test_a_no_with_its_reason(words: str, reason: Reason) -> None:
    assert read(words, TODAY) == Answer(Kind.DECLINE, reason)


@pytest.mark.parametrize(("words", "until"), LATER.items())
def test_a_yes_for_later_is_a_no_and_a_pause(words: str, until: date) -> None:
    assert read(words, TODAY) == Answer(Kind.DECLINE, Reason.BUSY, until)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("yes", Answer(Kind.ACCEPT, is_plain=True)),
        ("no thanks", Answer(Kind.DECLINE, is_plain=True)),
        ("need 10 more days", Answer(Kind.MORE_TIME, days=10)),
        ("can I have another week?", Answer(Kind.MORE_TIME, days=7)),
        ("more time please", Answer(Kind.MORE_TIME)),
        ("I cannot after all", Answer(Kind.CANNOT)),
        ("I have to give this back", Answer(Kind.CANNOT)),
        ("I know who this is", Answer(Kind.KNOWS)),
        ("I think I know the candidate", Answer(Kind.KNOWS)),
    ],
)
def test_a_word_on_a_review_at_hand(words: str, answer: Answer) -> None:
    assert read(words, TODAY) == answer


@pytest.mark.parametrize("words", OTHERS)
def test_other_words_are_none(words: str) -> None:
    assert read(words, TODAY) is None


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("until 1 June 2027", date(2027, 6, 1)), ("for 2 months", date(2027, 1, 25)), ("June", date(2027, 6, 30)),
        ("after june", date(2027, 6, 30)), ("1 June", date(2027, 6, 1)), ("blah", None), ("until yesterday", None),
        ("until Monday", date(2026, 11, 30)), ("Thursday", date(2026, 12, 3)), ("on fri", date(2026, 11, 27)),
        ("before next Wednesday", date(2026, 12, 1)), ("until Mondays", None), ("2 years", date(2028, 11, 25)),
        ("99999 weeks", date(2028, 11, 25)), ("until 99999 weeks", date(2028, 11, 25)), ("12 hours", None),
        ("until 5 decades", None),
    ],
)  # fmt: skip
def test_a_pause_ends_with_a_day(words: str, until: date | None) -> None:
    assert pause(words, TODAY) == until
