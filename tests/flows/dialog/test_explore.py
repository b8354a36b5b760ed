"""The two instruments for people who write scripts."""

from typing import Any

import pytest

from flows.dialog.explore import explore, what_would_change
from flows.dialog.play import Script
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk


async def visit(talk: Talk, facts: Any) -> str:
    diploma = await talk.yes_no("diploma", "A diploma?")
    abroad = diploma and await talk.yes_no("abroad", "Abroad?")
    hours = await talk.number("hours", "Hours?")
    return f"{diploma} {abroad} {hours >= 1820}"


async def member(talk: Talk) -> bool:
    return await talk.yes_no("member", "A member?") and await talk.yes_no("paid", "Paid?")


async def card(talk: Talk, facts: Any) -> Any:
    return await talk.form(member(talk), talk.choice("type", "Type?", [Choice("a", "A"), Choice("b", "B")]))


async def endless(talk: Talk, facts: Any) -> None:
    for number in range(10_000):
        await talk.yes_no(f"again.{number}", "Again?")


async def skipping(talk: Talk, facts: Any) -> str:
    return await talk.ask("name", "Name?", lambda words: words.strip(".").lower(), choices=[Choice("none", "None")])


async def broken(talk: Talk, facts: Any) -> None:
    talk.yes_no("forgotten", "?")


def test_explore_lists_every_path_once() -> None:
    paths = {tuple(answers.items()): scene.result for answers, scene in explore(visit, None, ["1819", "1820", "hello"])}
    assert {tuple(words for _, words in path): result for path, result in paths.items()} == {
        ("yes", "yes", "1819"): "True True False", ("yes", "yes", "1820"): "True True True",
        ("yes", "no", "1819"): "True False False", ("yes", "no", "1820"): "True False True",
        ("no", "1819"): "False False False", ("no", "1820"): "False False True",
    }  # fmt: skip


def test_explore_goes_into_the_parts_of_a_form() -> None:
    results = [scene.result for _, scene in explore(card, None, [])]
    assert sorted(results) == [(False, "a"), (False, "a"), (False, "b"), (False, "b"), (True, "a"), (True, "b")]


def test_explore_tries_each_meaning_once_also_beside_the_choices() -> None:
    assert [scene.result for _, scene in explore(skipping, None, ["None.", "Ann", "ann"])] == ["none", "ann"]


def test_answers_given_beforehand_keep_the_tree_small() -> None:
    paths = list(explore(visit, None, ["1820"], answers={"diploma": "no"}))
    assert [dict(answers) for answers, _ in paths] == [{"diploma": "no", "hours": "1820"}]


def test_explore_finds_a_script_without_an_end() -> None:
    with pytest.raises(AssertionError, match="no end in sight"):
        list(explore(endless, None, []))


def test_explore_says_which_question_no_sample_answers() -> None:
    with pytest.raises(AssertionError, match="no sample answers 'hours'"):
        list(explore(visit, None, ["hello"]))


async def reworded(talk: Talk, facts: Any) -> Any:
    return [await talk.yes_no("diploma", "School?"), await talk.number("hours", "Hours?")]


async def with_a_new_question(talk: Talk, facts: Any) -> Any:
    return [await talk.yes_no("member", "Member?"), await talk.yes_no("diploma", "A diploma?")]


async def shorter(talk: Talk, facts: Any) -> Any:
    return await talk.yes_no("diploma", "A diploma?")


@pytest.mark.parametrize(
    ("old", "new", "answers", "change"),
    [
        (visit, visit, {}, ("same", "diploma")),
        (visit, reworded, {"diploma": "no"}, ("same", "hours")),
        (visit, reworded, {"diploma": "yes"}, ("would be asked something else next", "hours")),
        (visit, with_a_new_question, {"diploma": "no"}, ("would be asked something else next", "member")),
        (visit, shorter, {"diploma": "no"}, ("would end at once", "")),
        (shorter, visit, {"diploma": "no"}, ("would go on", "hours")),
        (shorter, shorter, {"diploma": "no"}, ("same", "")),
        (visit, broken, {}, ("would break", "ScriptError: asked but not awaited: ['forgotten']")),
    ],
)
def test_a_change_can_be_tried_on_open_conversations(
    old: Script, new: Script, answers: dict[str, str], change: tuple[str, str]
) -> None:
    assert what_would_change(old, new, None, answers) == change
