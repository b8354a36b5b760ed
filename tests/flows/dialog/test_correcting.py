"""What is kept aside of a correction, and what becomes of it."""

from flows.dialog import correcting

ANSWERS = {"name": "Ann", "job.1": "900 hours", "job.1.more": "enough"}
JOB = ("job.1", "job.1.*")


def test_what_is_corrected_is_kept_aside_under_a_key_no_question_has() -> None:
    assert correcting.begun(ANSWERS, JOB).of(ANSWERS) == {
        "name": "Ann", "was job.1": "900 hours", "was job.1.more": "enough", "being corrected": '["job.1", "job.1.*"]',
    }  # fmt: skip


def test_the_same_correction_begun_twice_is_one() -> None:
    once = correcting.begun(ANSWERS, JOB).of(ANSWERS)
    twice = correcting.begun(once, JOB)
    assert (twice.forget, twice.moved, twice.of(once)) == (("being corrected",), {}, once)


def test_what_is_undone_is_as_before_whatever_was_answered_meanwhile() -> None:
    half = correcting.begun(ANSWERS, JOB).of(ANSWERS) | {"job.1": "20 hours a week", "job.1.start": "March"}
    assert correcting.undone(half).of(half) == ANSWERS


def test_a_later_correction_of_the_new_answer_keeps_the_new_one_aside() -> None:
    new = correcting.begun(ANSWERS, JOB).of(ANSWERS) | {"job.1": "800 hours"}
    again = correcting.begun(new, JOB).of(new)
    assert correcting.undone(again).of(again) == {"name": "Ann", "job.1": "800 hours"}


def test_nothing_is_left_aside_when_it_has_ended() -> None:
    half = correcting.begun(ANSWERS, JOB).of(ANSWERS)
    assert correcting.Change(correcting.ended(half)).of(half) == {"name": "Ann"}
