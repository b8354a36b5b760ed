"""A script is played from the top: what it may do, and what fails loudly."""

import asyncio
import gc
from collections.abc import Mapping
from typing import Any

import pytest

from flows.dialog.play import LAST, Scene, Script, play
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import ScriptError, Unclear


async def visit(talk: Talk, facts: Any) -> tuple[bool, bool, float]:
    talk.say("Welcome.")
    diploma = await talk.yes_no("diploma", "A diploma?")
    abroad = diploma and await talk.yes_no("abroad", "Abroad?")
    if abroad:
        talk.say("That is no bar.")
    talk.say("Nearly done.")
    return diploma, abroad, await talk.number("hours", "How many hours?")


async def member(talk: Talk) -> tuple[bool, str]:
    yes = await talk.yes_no("member", "A member?")
    if yes:
        talk.say("Welcome, member.")
    return yes, await talk.text("member.number", "Your number?") if yes else ""


async def card(talk: Talk, facts: Any) -> Any:
    talk.say("Two lines.")
    answers = await talk.form(talk.text("name", "Your name?"), member(talk), talk.yes_no("mentor", "A mentor?"))
    talk.say("Thank you.")
    sure = await talk.yes_no("sure", "Sure?")
    return answers, sure


def stand(script: Script, answers: Mapping[str, str], **after: Any) -> tuple[tuple[str, ...], list[str]]:
    scene = play(script, None, answers, **after)
    return scene.said, [question.key for question in scene.open]


def test_a_script_is_played_up_to_the_first_question_without_an_answer() -> None:
    assert stand(visit, {}) == (("Welcome.",), ["diploma"])
    assert stand(visit, {"diploma": "yes"}) == (("Welcome.",), ["abroad"])
    assert stand(visit, {"diploma": "no"}) == (("Welcome.", "Nearly done."), ["hours"])


def test_a_script_that_ended_gives_its_result() -> None:
    scene = play(visit, None, {"diploma": "yes", "abroad": "no", "hours": "1,820"})
    assert (scene.over, scene.result, scene.path) == (True, (True, False, 1820.0), ("diploma", "abroad", "hours"))


def test_a_result_of_none_is_a_result() -> None:
    async def silent(talk: Talk, facts: Any) -> None:
        talk.say("Bye.")

    assert play(silent, None, {}) == Scene(("Bye.",), (), {})


def test_answers_of_an_abandoned_branch_never_reach_the_result() -> None:
    scene = play(visit, None, {"diploma": "no", "abroad": "yes", "hours": "12", "secret": "never asked"})
    assert (scene.result, scene.path) == ((False, False, 12.0), ("diploma", "hours"))


def test_a_stored_answer_that_no_longer_reads_is_an_unanswered_question() -> None:
    scene = play(visit, None, {"diploma": "perhaps", "abroad": "yes", "hours": "12"})
    assert ([question.key for question in scene.open], scene.path, scene.result) == (["diploma"], (), None)


def test_replays_give_the_same_place() -> None:
    answers = {"name": "Ann", "member": "yes"}
    one, two = play(card, None, answers), play(card, None, answers)
    assert (one.said, one.path, list(one.asked)) == (two.said, two.path, list(two.asked))
    assert [question.key for question in one.open] == [question.key for question in two.open]


def test_only_what_follows_the_new_answer_is_heard() -> None:
    answers = {"diploma": "yes", "abroad": "yes"}
    assert stand(visit, answers, after=("abroad",)) == (("That is no bar.", "Nearly done."), ["hours"])
    assert stand(visit, answers, after=LAST) == (("That is no bar.", "Nearly done."), ["hours"])
    assert stand(visit, {"diploma": "yes"}, after=("diploma",)) == ((), ["abroad"])


def test_what_a_part_of_a_form_said_is_heard_once_in_whatever_order_it_is_answered() -> None:
    early = {"member": "yes", "member.number": "1234"}
    assert stand(card, early, after=("member", "member.number")) == (("Welcome, member.",), ["name", "mentor"])
    later = {**early, "name": "Ann"}
    assert stand(card, later, after=("name",)) == ((), ["mentor"])
    assert stand(card, {**later, "mentor": "no"}, after=("mentor",)) == (("Thank you.",), ["sure"])


def test_several_answers_at_once_lose_nothing_that_was_said_between_them() -> None:
    answers = {"name": "Ann", "member": "yes", "member.number": "1234", "mentor": "no"}
    assert stand(card, answers, after=tuple(answers)) == (("Welcome, member.", "Thank you."), ["sure"])


def test_a_form_opens_its_questions_together_and_a_part_may_be_a_small_script() -> None:
    assert stand(card, {})[1] == ["name", "member", "mentor"]
    assert stand(card, {"member": "yes"})[1] == ["name", "member.number", "mentor"]
    done = {"name": "Ann", "member": "no", "mentor": "yes", "sure": "yes"}
    assert play(card, None, done).result == (("Ann", (False, ""), True), True)


def test_the_questions_asked_stand_in_the_order_played() -> None:
    scene = play(card, None, {"name": "Ann", "member": "yes", "member.number": "1", "mentor": "no"})
    assert list(scene.asked) == ["name", "member", "member.number", "mentor", "sure"]
    assert scene.path == ("name", "member", "member.number", "mentor")


def test_except_exception_in_a_script_cannot_swallow_the_pause() -> None:
    async def swallows(talk: Talk, facts: Any) -> str:
        try:
            await talk.yes_no("a", "A?")
        except Exception:
            return "swallowed"
        return "answered"

    async def swallows_in_a_form(talk: Talk, facts: Any) -> str:
        try:
            await talk.form(talk.yes_no("a", "A?"), member(talk))
        except Exception:
            return "swallowed"
        return "answered"

    assert stand(swallows, {})[1] == ["a"]
    assert stand(swallows_in_a_form, {})[1] == ["a", "member"]


# --- what fails loudly -------------------------------------------------------------------------


async def forgets_in_the_middle(talk: Talk, facts: Any) -> None:
    talk.yes_no("a", "A?")
    await talk.yes_no("b", "B?")


async def forgets_at_the_end(talk: Talk, facts: Any) -> None:
    await talk.yes_no("a", "A?")
    talk.yes_no("b", "B?")


async def part_that_forgets(talk: Talk) -> None:
    talk.yes_no("a", "A?")


async def part_that_forgets_early(talk: Talk) -> None:
    talk.yes_no("a", "A?")
    await talk.yes_no("c", "C?")


async def forgets_in_a_part(talk: Talk, facts: Any) -> None:
    await talk.form(talk.yes_no("b", "B?"), part_that_forgets(talk))


async def forgets_in_the_middle_of_a_part(talk: Talk, facts: Any) -> None:
    await talk.form(part_that_forgets_early(talk), member(talk))


async def forgets_before_a_form_of_scripts(talk: Talk, facts: Any) -> None:
    talk.yes_no("a", "A?")
    await talk.form(member(talk))


async def forgets_a_form(talk: Talk, facts: Any) -> None:
    talk.form(talk.yes_no("a", "A?"), talk.yes_no("b", "B?"))


async def forgets_a_form_of_scripts(talk: Talk, facts: Any) -> None:
    talk.form(member(talk))


async def forgets_a_form_and_goes_on(talk: Talk, facts: Any) -> None:
    talk.form(member(talk))
    await talk.yes_no("b", "B?")


async def returns_a_question(talk: Talk, facts: Any) -> Any:
    return talk.yes_no("a", "A?")


async def returns_a_script(talk: Talk, facts: Any) -> Any:
    return member(talk)


async def returns_a_form(talk: Talk, facts: Any) -> Any:
    return talk.form(member(talk))


async def asks_a_key_twice(talk: Talk, facts: Any) -> None:
    while not await talk.yes_no("sure", "Sure?"):
        talk.say("Think again.")


async def asks_a_key_twice_in_a_form(talk: Talk, facts: Any) -> None:
    await talk.form(talk.yes_no("a", "A?"), member(talk), talk.yes_no("member", "Member?"))


async def awaits_a_question_twice(talk: Talk, facts: Any) -> None:
    question = talk.yes_no("a", "A?")
    await question
    await question


async def opens_a_question_twice(talk: Talk, facts: Any) -> None:
    question = talk.yes_no("a", "A?")
    await talk.form(question, question)


async def opens_an_empty_form(talk: Talk, facts: Any) -> None:
    await talk.form()


async def opens_something_strange(talk: Talk, facts: Any) -> None:
    await talk.form("a", member(talk))  # type: ignore[call-overload]


async def opens_a_script_twice(talk: Talk, facts: Any) -> None:
    part = member(talk)
    await talk.form(part, part)


async def doubts_a_question(talk: Talk, facts: Any) -> Any:
    return "yes" if talk.yes_no("a", "A?") else "no"


async def doubts_a_form(talk: Talk, facts: Any) -> Any:
    return "yes" if talk.form(talk.yes_no("a", "A?"), member(talk)) else "no"


async def sleeps(talk: Talk, facts: Any) -> None:
    await asyncio.sleep(0)


async def sleeping_part(talk: Talk) -> None:
    await asyncio.sleep(0)


async def sleeps_in_a_part(talk: Talk, facts: Any) -> None:
    await talk.form(sleeping_part(talk), member(talk))


async def awaits_a_question_of_another_talk(talk: Talk, facts: Any) -> None:
    await Talk().yes_no("a", "A?")


async def asks_while_it_is_closed(talk: Talk, facts: Any) -> None:
    try:
        await talk.yes_no("z", "Z?")
    finally:
        await talk.yes_no("y", "Y?")


async def fails(talk: Talk, facts: Any) -> None:
    await talk.yes_no("a", "A?")
    raise KeyError("a fault")


async def failing_part(talk: Talk) -> None:
    raise LookupError("a fault")


async def fails_in_a_part(talk: Talk, facts: Any) -> None:
    await talk.form(failing_part(talk), member(talk))


async def stops(talk: Talk, facts: Any) -> None:
    raise StopIteration


async def raises_unclear(talk: Talk, facts: Any) -> None:
    raise Unclear("only a question's reading may be unclear")


async def reads_with_a_fault(talk: Talk, facts: Any) -> None:
    await talk.ask("a", "A?", lambda words: dict[str, str]()[words])


def is_no_script(talk: Talk, facts: Any) -> Any:
    return None


BROKEN = [each for name, each in list(globals().items()) if asyncio.iscoroutinefunction(each)
          and each not in (visit, card, member)
          and "part_that" not in name and not name.endswith("ing_part")]  # fmt: skip


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("script", [*BROKEN, is_no_script], ids=lambda script: script.__name__)
def test_a_script_that_breaks_the_rules_fails_loudly(script: Script) -> None:
    with pytest.raises(ScriptError):
        play(script, None, {"a": "yes", "b": "yes", "c": "yes", "sure": "no", "member": "no"})
    gc.collect()


def test_the_error_names_what_was_forgotten_and_keeps_its_cause() -> None:
    with pytest.raises(ScriptError, match=r"^asked but not awaited: \['a'\]$"):
        play(forgets_in_the_middle, None, {})
    with pytest.raises(ScriptError, match=r"^asked but not awaited: a form$"):
        play(forgets_a_form_of_scripts, None, {})
    with pytest.raises(ScriptError, match=r"KeyError in a script: 'a fault'") as error:
        play(fails, None, {"a": "yes"})
    assert type(error.value.__cause__) is KeyError


def test_no_coroutine_is_left_unawaited_wherever_the_play_stops(recwarn: pytest.WarningsRecorder) -> None:
    records: list[dict[str, str]] = [{}, {"name": "Ann"}, {"name": "Ann", "member": "yes"}]
    for answers in records:
        play(card, None, answers)
    for script in (forgets_before_a_form_of_scripts, forgets_a_form_of_scripts, opens_something_strange):
        with pytest.raises(ScriptError):
            play(script, None, {})
    gc.collect()
    assert list(recwarn) == []


def test_an_interruption_from_outside_is_no_fault_of_the_script() -> None:
    async def interrupted(talk: Talk, facts: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(interrupted, None, {})


# --- a script that changes while conversations are open ------------------------------------------


async def reworded(talk: Talk, facts: Any) -> Any:
    diploma = await talk.yes_no("diploma", "Did you finish school?")
    abroad = diploma and await talk.yes_no("abroad", "In another country?")
    return diploma, abroad, await talk.number("hours", "Hours?")


async def with_one_more(talk: Talk, facts: Any) -> Any:
    diploma = await talk.yes_no("diploma", "A diploma?")
    await talk.choice("role", "Paid or not?", [Choice("paid", "Paid"), Choice("volunteer", "Volunteer")])
    return diploma, await talk.yes_no("abroad", "Abroad?"), await talk.number("hours", "Hours?")


async def with_one_less(talk: Talk, facts: Any) -> Any:
    return await talk.yes_no("diploma", "A diploma?"), await talk.number("hours", "Hours?")


async def reordered(talk: Talk, facts: Any) -> Any:
    hours = await talk.number("hours", "Hours?")
    return hours, await talk.yes_no("abroad", "Abroad?"), await talk.yes_no("diploma", "A diploma?")


async def with_other_options(talk: Talk, facts: Any) -> Any:
    ged = [Choice("school", "High school"), Choice("ged", "GED")]
    return await talk.choice("diploma", "Which?", ged), await talk.number("hours", "Hours?")


async def as_one_form(talk: Talk, facts: Any) -> Any:
    return await talk.form(
        talk.yes_no("diploma", "A diploma?"), talk.yes_no("abroad", "Abroad?"), talk.number("hours", "Hours?")
    )


@pytest.mark.parametrize(
    ("changed", "asked"),
    [(reworded, ["hours"]), (with_one_more, ["role"]), (with_one_less, ["hours"]), (reordered, ["hours"]),
     (with_other_options, ["diploma"]), (as_one_form, ["hours"])],
)  # fmt: skip
def test_a_changed_script_asks_only_what_changed(changed: Script, asked: list[str]) -> None:
    answers = {"diploma": "yes", "abroad": "no"}
    assert stand(visit, answers)[1] == ["hours"]
    assert stand(changed, answers)[1] == asked


@pytest.mark.parametrize("names", [["access", "youth", "reference"], ["reference", "youth", "access"]])
def test_another_order_moves_questions_but_never_mixes_up_answers(names: list[str]) -> None:
    async def one_each(talk: Talk, facts: list[str]) -> dict[str, float]:
        return {name: await talk.number(f"hours.{name}", f"{name}?") for name in facts}

    answers = {"hours.access": "1", "hours.youth": "2", "hours.reference": "3"}
    assert play(one_each, names, answers).result == {"access": 1, "youth": 2, "reference": 3}
