"""The eligibility conversation: every path with fixed sample statements, and what people really say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from flows import background, eligibility, library_work
from flows.dialog import turn
from flows.dialog.explore import explore
from flows.dialog.play import play
from flows.dialog.speech import Choice, Style
from flows.dialog.talk import Talk
from flows.dialog.turn import Stage
from flows.dialog.unclear import Unclear
from flows.facts import Facts
from flows.program.eligibility import Outcome
from flows.program.hours import Span
from flows.program.positions import Position
from flows.program.rules import Rules

ENOUGH = {"job.1": "1820 hours", "job.1.more": "enough"}
SAMPLES = ["1819 hours", "1820 hours", "yes"]


def check(facts: Facts, answers: Mapping[str, str]) -> eligibility.Checked:
    checked: eligibility.Checked = play(eligibility.script, facts, answers).result
    return checked


def outcome(facts: Facts, **answers: str) -> Outcome:
    return check(facts, {"position": "support", "schooling": "us", **ENOUGH, **answers}).verdict.outcome


YET = Outcome.NOT_YET
TABLE = {
    # position, schooling, "earned abroad?": the verdict with 1,819 and with 1,820 hours
    ("support", "us", None): (YET, Outcome.ELIGIBLE),
    ("support", "abroad", None): (YET, Outcome.LIKELY),
    ("support", "yes", "no"): (YET, Outcome.ELIGIBLE),
    ("support", "yes", "yes"): (YET, Outcome.LIKELY),
    ("support", "no", None): (YET, YET),
    ("holder", "us", None): (YET, Outcome.ELIGIBLE),
    ("holder", "abroad", None): (YET, Outcome.LIKELY),
    ("holder", "yes", "no"): (YET, Outcome.ELIGIBLE),
    ("holder", "yes", "yes"): (YET, Outcome.LIKELY),
    ("holder", "no", None): (YET, YET),
    ("volunteer", "us", None): (YET, Outcome.ELIGIBLE),
    ("volunteer", "abroad", None): (YET, Outcome.LIKELY),
    ("volunteer", "yes", "no"): (YET, Outcome.ELIGIBLE),
    ("volunteer", "yes", "yes"): (YET, Outcome.LIKELY),
    ("volunteer", "no", None): (YET, YET),
    **{("librarian", *schooling): (Outcome.NOT_THIS_PROGRAM,) * 2
       for schooling in [("us", None), ("abroad", None), ("yes", "no"), ("yes", "yes"), ("no", None)]},
    ("former", "us", None): (YET, Outcome.LIKELY),
    ("former", "abroad", None): (YET, Outcome.LIKELY),
    ("former", "yes", "no"): (YET, Outcome.LIKELY),
    ("former", "yes", "yes"): (YET, Outcome.LIKELY),
    ("former", "no", None): (YET, YET),
}  # fmt: skip


def test_every_path_ends_in_the_verdict_of_the_table(facts: Facts) -> None:
    found: dict[tuple[str, str, str | None], dict[str, Outcome]] = {}
    for position in background.POSITIONS:
        given = {"position": position.key, "job.1.more": "enough"}
        for answers, scene in explore(eligibility.script, facts, SAMPLES, answers=given):
            path = (position.key, answers["schooling"], answers.get("schooling.abroad"))
            found.setdefault(path, {})[answers["job.1"]] = scene.result.verdict.outcome
    assert {path: (told["1819 hours"], told["1820 hours"]) for path, told in found.items()} == TABLE


def test_one_hour_less_than_needed_is_not_yet_and_says_how_many(facts: Facts) -> None:
    scene = play(eligibility.script, facts, {"position": "support", "schooling": "us", **ENOUGH, "job.1": "1819 hours"})
    assert scene.said == (
        "Your hours in the last 5 years:\n- 1,819 hours told as a sum: 1,819 hours",
        f"{eligibility.HEADLINES[YET]}\n1 more hour is needed: 1,820 within the last 5 years count.",
        "Tell me again once you work or volunteer in a library, and I will work out the date.",
    )


def test_enough_hours_are_enough(facts: Facts) -> None:
    scene = play(eligibility.script, facts, {"position": "support", "schooling": "us", **ENOUGH})
    assert scene.said[1:] == (eligibility.HEADLINES[Outcome.ELIGIBLE],)


def test_the_hours_of_several_jobs_are_added(facts: Facts) -> None:
    jobs = {"job.1": "1000 hours", "job.1.more": "yes", "job.2": "819 hours", "job.2.more": "no thanks"}
    assert (check(facts, {"position": "support", "schooling": "us", **jobs}).hours, outcome(facts, **jobs)) == (
        1819,
        YET,
    )
    assert outcome(facts, **{**jobs, "job.2": "820 hours"}) is Outcome.ELIGIBLE


def test_never_having_worked_in_a_library_is_an_answer(facts: Facts) -> None:
    assert check(facts, {"position": "former", "schooling": "us", "job.1": "never", "job.1.more": "enough"}).hours == 0


def test_the_present_pace_tells_the_day(facts: Facts) -> None:
    answers = {"position": "support", "schooling": "us", "job.1": "20 hours a week since June 2026", "job.1.more": "no"}
    said = play(eligibility.script, facts, answers).said
    assert said[-1] == "At your present 20 hours a week you will have them on 27 February 2028."


# --- a conversation as people have it --------------------------------------------------------------


def test_the_golden_path_in_chat(facts: Facts) -> None:
    here = Stage(eligibility.script, facts, {})
    heard = [turn.start(here).scene.question.text]
    for words in ("1", "yes", "no", "20 hours a week since March 2023", "No."):
        taken = turn.answer(here, words)
        assert taken.unclear == ""
        here = replace(here, answers={**here.answers, **taken.put})
        heard.append(taken.scene.said[-1] if taken.scene.over else taken.scene.question.text)
    assert heard == [
        "Where do you work now?",
        "Do you have a high school diploma, a GED or the equivalent?",
        "Was it earned outside the United States?",
        "Tell me about one library job or volunteering since 22 November 2021: how many hours, and when?",
        "I counted:\n- Mar 2023 to today, 20 h a week: 3,894 hours\n"
        "Is there any other library job or volunteering to add?",
        eligibility.HEADLINES[Outcome.ELIGIBLE],
    ]


def test_the_golden_path_by_mail_takes_one_letter(facts: Facts) -> None:
    here = Stage(eligibility.script, facts, {})
    taken = turn.answer(
        here, "1. I volunteer in a library\n2. Yes, from another country\n3. about 1900 hours\n\nThanks", "mail"
    )
    assert taken.put["job.1.more"] == "That is all"  # as a mail says by saying nothing of further jobs
    assert taken.scene.result.verdict.outcome is Outcome.LIKELY


def test_two_jobs_told_at_once_are_asked_back_one_after_the_other(facts: Facts) -> None:
    here = Stage(eligibility.script, facts, {"position": "support", "schooling": "us"})
    told = "from January 2022 to June 2023 at Springfield, then from July 2023 to May 2024 at Shelbyville"
    asked = []
    for words in (told, "20 hours a week", "nonsense", "10 hours a week"):
        taken = turn.answer(here, words)
        here = replace(here, answers={**here.answers, **taken.put})
        asked.append((taken.scene.question.key, bool(taken.unclear)))
    assert asked == [("job.1.rate", False), ("job.1.rate 2", False), ("job.1.rate 2", True), ("job.1.more", False)]


def test_a_statement_told_anew_does_not_take_the_details_of_the_old_one(facts: Facts) -> None:
    answers = {"position": "support", "schooling": "us", "job.1": "part time since 2025", "job.1.rate": "20",
               "job.1.start": "March", "job.1.more": "enough"}  # fmt: skip
    assert set(turn.change(Stage(eligibility.script, facts, answers), "hours").moved) == {
        "job.1", "job.1.rate", "job.1.start", "job.1.more",
    }  # fmt: skip


def test_the_last_line_can_be_corrected_from_the_ledger(facts: Facts) -> None:
    here = Stage(eligibility.script, facts, {"position": "support", "schooling": "us", "job.1": "900 hours"})
    for style in ("chat", "mail"):
        taken = turn.answer(here, "Correct the last line", style)
        assert (taken.moved, taken.scene.question.key) == ({"job.1": "was job.1"}, "job.1")


def test_a_correction_by_mail_works_beside_other_open_questions(facts: Facts) -> None:
    taken = turn.answer(Stage(eligibility.script, facts, {"job.1": "900 hours"}), "3. Correct the last line", "mail")
    assert taken.moved == {"job.1": "was job.1"}


LEDGER = {"position": "support", "schooling": "us", "job.1": "20 hours a week since March 2019"}


@pytest.mark.parametrize("style", ["chat", "mail"])
@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("yes, also 10 hours a week at the school library since 2022", "job.2.more"),
        ("Another one: 200 hours in 2023", "job.2.more"),
        ("12 hours a week as a volunteer in 2022", "job.2.more"),
        ("I forgot: 2023 at the archive, 12 h/week", "job.2.more"),
        ("yes, volunteering 3 hours a week", "job.2.period"),
        ("yes I also volunteered in 2022", "job.2.rate"),
        ("and full time in summer 2023", "job.2.weeks"),
    ],
)
def test_a_further_job_told_at_anything_to_add_is_taken_at_once(
    facts: Facts, words: str, then: str, style: Style
) -> None:
    here = Stage(eligibility.script, facts, LEDGER)
    taken = turn.answer(here, words, style)
    put = {"job.1.more": "another", "job.2": words}
    if (style, then) == ("mail", "job.2.more"):  # by mail, silence about further jobs says that is all
        assert (taken.put, taken.scene.over) == (put | {then: "That is all"}, True)
    else:
        assert (taken.put, taken.scene.question.key) == (put, then)


@pytest.mark.parametrize("words", ["yes, also a second job", "Yes: volunteering", "another job"])
def test_a_job_that_is_only_promised_is_asked_for(facts: Facts, words: str) -> None:
    taken = turn.answer(Stage(eligibility.script, facts, LEDGER), words)
    assert (taken.put, taken.scene.question.key) == ({"job.1.more": words}, "job.2")


@pytest.mark.parametrize(
    "words",
    [
        "20 hours a week is wrong, it is 25 since 2022",
        "no, just the 20 hours a week since 2022",
        "it should be 25 hours a week since 2022",
        "sorry, 25 hours a week since 2022",
        "20 hours a week since March 2019",  # said twice
    ],
)
def test_what_may_be_a_correction_is_not_taken_for_a_further_job(facts: Facts, words: str) -> None:
    taken = turn.answer(Stage(eligibility.script, facts, LEDGER), words)
    assert (taken.put, taken.unclear) == (
        {},
        "To change what I counted, answer “Correct the last line”; to add a job to it,"
        " “Add another job or volunteering”.",
    )


@pytest.mark.parametrize(
    "words",
    ["30", "maybe 10 hours", "nothing since 2022", "yes that's all", "yes, what counts?", "10 hours a week enough?"],
)
def test_what_is_no_job_is_not_counted(facts: Facts, words: str) -> None:
    taken = turn.answer(Stage(eligibility.script, facts, LEDGER), words)
    assert (taken.put, taken.unclear != "") == ({}, True)


def test_a_further_job_takes_nothing_of_one_that_stood_there_before(facts: Facts) -> None:
    here = Stage(eligibility.script, facts, {**LEDGER, "job.2": "part time in 2020", "job.2.rate": "15"})
    taken = turn.answer(here, "also 10 hours a week since 2022")
    assert (taken.forget, taken.record(here.answers)["job.2"]) == (("job.2.rate",), "also 10 hours a week since 2022")


def test_a_statement_told_anew_where_a_detail_was_asked_takes_the_place_of_the_old_one(facts: Facts) -> None:
    here = Stage(eligibility.script, facts, {**LEDGER, "job.1": "part time since 2025", "job.1.start": "March"})
    assert here.scene.question.key == "job.1.rate"
    taken = turn.answer(here, "20 hours a week since March 2023")
    assert taken.record(here.answers) == {**LEDGER, "job.1": "20 hours a week since March 2023"}
    assert taken.scene.question.key == "job.1.more"


@pytest.mark.parametrize(
    "words", ["no idea", "what?", "", "<b>9</b>{{ 9 }}", "'; DROP TABLE jobs; --", "\x00", "x" * 5000]
)
def test_words_without_hours_are_asked_back(facts: Facts, words: str) -> None:
    here = Stage(eligibility.script, facts, {"position": "support", "schooling": "us"})
    taken = turn.answer(here, words)
    assert taken.unclear or taken.scene.question.key != "job.1.more"


# --- schooling and position ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "place"),
    [("yes", "asked"), ("y", "asked"), ("Yes, from Mexico", "asked"), ("yes, but abroad", "abroad"),
     ("yes, from the US", "us"),
     ("yes, in the United States", "us"), ("Yes, outside the US", "abroad"), ("yes, outside of the United States",
     "abroad"),
     ("yes, but not in the US", "asked"), ("yes, not abroad", "asked"), ("yes, in the US and abroad", "asked"),
     ("yes, in South America", "asked"), ("yes, from another country", "abroad"), ("1", "us"), ("2", "abroad"),
     ("yes, overseas", "abroad"), ("a GED", "asked"), ("diploma from the United States", "us"),
     ("my diploma is from abroad", "abroad")],
)  # fmt: skip
def test_where_the_diploma_is_from_is_asked_only_when_a_yes_left_it_open(facts: Facts, words: str, place: str) -> None:
    scene = play(eligibility.script, facts, {"position": "support", "schooling": words, **ENOUGH})
    if place == "asked":
        assert scene.question.key == "schooling.abroad"
    else:
        assert scene.result.verdict.outcome is (Outcome.LIKELY if place == "abroad" else Outcome.ELIGIBLE)


def test_a_no_that_speaks_of_another_country_is_asked_back() -> None:
    question = background.schooling(Talk()).send(None).parts[0]
    with pytest.raises(Unclear) as unclear:
        question.read("no, I went to school abroad")
    assert (
        str(unclear.value)
        == "Did you finish school in another country? Then please answer “Yes, from another country”."
    )


@pytest.mark.parametrize("words", ["no diploma", "I have no diploma", "No GED"])
def test_having_no_diploma_is_never_read_as_having_one(facts: Facts, words: str) -> None:
    scene = play(eligibility.script, facts, {"position": "support", "schooling": words, **ENOUGH})
    assert scene.open or scene.result.verdict.outcome is YET


@pytest.mark.parametrize(
    "words",
    ["no idea", "not sure", "yes?", "no problem", "know", "I haven’t got a diploma",
    "I am still working on my GED", "diploma?",
     "x" * 1_000_000],
    ids=lambda words: words[:20],
)  # fmt: skip
def test_schooling_is_not_guessed(facts: Facts, words: str) -> None:
    assert (
        play(eligibility.script, facts, {"position": "support", "schooling": words, **ENOUGH}).question.key
        == "schooling"
    )


@pytest.mark.parametrize("words", ["in a library", "In a library position", "library", "I work at a library", "yes"])
def test_a_position_is_not_guessed_from_half_a_label(facts: Facts, words: str) -> None:
    assert turn.answer(Stage(eligibility.script, facts, {}), words).unclear != ""


def test_a_post_that_requires_an_mlis_is_told_so_whatever_else_is_true(facts: Facts) -> None:
    scene = play(eligibility.script, facts, {"position": "librarian", "schooling": "us", **ENOUGH})
    assert scene.said[1].splitlines()[0] == eligibility.HEADLINES[Outcome.NOT_THIS_PROGRAM]


def test_schooling_abroad_is_never_an_automatic_no(facts: Facts) -> None:
    scene = play(eligibility.script, facts, {"position": "support", "schooling": "abroad", **ENOUGH})
    assert scene.said[1] == (
        f"{eligibility.HEADLINES[Outcome.LIKELY]}\n"
        "Schooling outside the United States is no bar: a person looks at each case."
    )


def test_without_a_present_position_a_person_looks_at_it(facts: Facts) -> None:
    checked = check(facts, {"position": "former", "schooling": "us", **ENOUGH})
    assert (checked.verdict.outcome, checked.verdict.needs_a_person) == (Outcome.LIKELY, True)


def test_each_position_has_its_choice() -> None:
    assert [Position[choice.key.upper()] for choice in background.POSITIONS if choice.key != "holder"] == [
        Position.SUPPORT, Position.VOLUNTEER, Position.LIBRARIAN, Position.FORMER,
    ]  # fmt: skip
    assert Choice("holder", "In such a position, and I hold an MLIS") in background.POSITIONS


# --- what was told before ----------------------------------------------------------------------------


def test_a_statement_told_earlier_is_read_as_of_the_day_it_was_told(facts: Facts) -> None:
    words = {
        "position": "support",
        "schooling": "us",
        "job.1": "20 hours a week for the last 10 weeks",
        "job.1.more": "enough",
    }
    told = replace(facts, known={"job.1": date(2026, 9, 22)})
    assert [line.end for line in (*_spans(told, words), *_spans(facts, words))] == [date(2026, 9, 22), facts.today]


def _spans(facts: Facts, answers: Mapping[str, str]) -> tuple[Span, ...]:
    async def only(talk: Talk, facts: Facts) -> library_work.Ledger:
        return await library_work.ledger(talk, facts)

    ledger: library_work.Ledger = play(only, facts, answers).result
    return ledger.spans


def test_known_answers_are_not_asked_again_and_the_person_is_told(facts: Facts) -> None:
    scene = play(eligibility.script, replace(facts, known={"position": date(2026, 9, 22)}), {"position": "support"})
    assert (scene.said, scene.question.key) == (
        ("What you told me before is filled in; `change` corrects any of it.",), "schooling",
    )  # fmt: skip


def test_only_what_may_be_used_again_is_kept() -> None:
    answers = {"position": "x", "schooling.abroad": "x", "job.12.rate 2": "x", "member.number": "x",
    "name": "secret",
               "email": "secret", "summary": "secret", "jobs": "secret"}  # fmt: skip
    assert set(background.kept(answers)) == {"position", "schooling.abroad", "job.12.rate 2", "member.number"}


def test_the_rules_of_the_person_hold_also_after_asking_back(facts: Facts) -> None:
    rules: Rules = replace(facts.rules, max_weekly_hours=30)
    answers = {"position": "support", "schooling": "us", "job.1": "since March 2026", "job.1.rate": "35 hours a week"}
    assert play(eligibility.script, replace(facts, rules=rules), answers).question.key == "job.1.check_rate"
    assert play(eligibility.script, facts, answers).question.key == "job.1.more"


@pytest.mark.parametrize("words", ["thats all", "That's it!", "nothing else", "no more", "Done."])
def test_enough_is_said_in_many_ways(facts: Facts, words: str) -> None:
    assert turn.answer(Stage(eligibility.script, facts, LEDGER), words).scene.over
