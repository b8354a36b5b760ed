"""Forms: independent questions opened together, small scripts among them, in chat and by mail."""

from dataclasses import replace
from typing import Any

from flows.dialog import numbered, turn
from flows.dialog.play import play
from flows.dialog.talk import Talk
from flows.dialog.turn import Stage


async def place(talk: Talk) -> str:
    state = await talk.text("state", "Which state?", label="State")
    return await talk.text("country", "Which country?", label="Country") if state == "outside" else state


async def person(talk: Talk) -> tuple[str, str]:
    return await talk.form(talk.text("name", "Your name?", label="Name"), place(talk))


async def script(talk: Talk, facts: Any) -> Any:
    (name, where), member = await talk.form(person(talk), talk.yes_no("member", "A member?", label="Member"))
    return name, where, member, await talk.text("note", "A note?", label="Note")


def test_forms_may_stand_within_forms() -> None:
    assert [question.key for question in play(script, None, {}).open] == ["name", "state", "member"]
    answers = {"name": "Ann", "state": "outside", "member": "no"}
    assert [question.key for question in play(script, None, answers).open] == ["country"]
    assert play(script, None, {**answers, "country": "Bermuda", "note": "-"}).result == ("Ann", "Bermuda", False, "-")


def test_chat_asks_one_question_after_the_other() -> None:
    here, asked = Stage(script, None, {}), []
    for words in ("Ann", "outside", "Bermuda", "yes"):
        asked.append(here.scene.question.key)
        here = replace(here, answers={**here.answers, **turn.answer(here, words).put})
    assert (asked, here.scene.question.key) == (["name", "state", "country", "member"], "note")


def test_mail_shows_one_list_and_asks_again_only_what_is_missing() -> None:
    here = Stage(script, None, {})
    assert numbered.show(numbered.listing(here.scene)).splitlines()[1:] == [
        "1. Your name?",
        "2. Which state?",
        "3. A member? (Yes / No)",
    ]
    here = replace(here, answers=turn.answer(here, "3. perhaps\n2. outside", "mail").put)
    assert numbered.show(numbered.listing(here.scene)).splitlines()[1:] == [
        "1. Your name?",
        "2. Which country?",
        "3. A member? (Yes / No)",
    ]
    taken = turn.answer(here, "2. Bermuda\n3. yes\n1. Ann", "mail")
    assert dict(taken.put) == {"name": "Ann", "country": "Bermuda", "member": "yes"}
    assert taken.scene.question.key == "note"


def test_what_is_asked_again_by_mail_keeps_the_number_of_the_first_list() -> None:
    here = Stage(script, None, {"state": "Colorado"})
    assert numbered.show(numbered.listing(here.scene)).splitlines()[1:] == ["1. Your name?", "3. A member? (Yes / No)"]
    taken = turn.answer(here, "3. yes\n1. Ann", "mail")
    assert dict(taken.put) == {"name": "Ann", "member": "yes"}


def test_what_was_filled_in_at_the_opening_has_no_number_among_the_first_ones() -> None:
    here = Stage(script, None, {"state": "Colorado"}, given=("state",))
    assert numbered.show(numbered.listing(here.scene, here.given)).splitlines()[1:] == [
        "1. Your name?",
        "2. A member? (Yes / No)",
    ]
    here = replace(here, answers={})
    assert numbered.show(numbered.listing(here.scene, here.given)).splitlines()[-1] == "3. Which state?"


def test_a_number_of_the_older_mail_is_told_and_changes_nothing() -> None:
    here = Stage(script, None, {"name": "Ann"})
    known = "Name: answered already, so I left it as it was; `change name` corrects it."
    assert turn.answer(here, "1. Bob", "mail").unclear == known
    taken = turn.answer(here, "1. Bob\n2. Colorado", "mail")
    assert (dict(taken.put), taken.note) == ({"state": "Colorado"}, known)
    same = turn.answer(here, "1. Ann\n2. Colorado\n3. no", "mail")
    assert (dict(same.put), same.note) == ({"state": "Colorado", "member": "no"}, "")


def test_a_number_of_the_older_mail_does_not_answer_the_last_question() -> None:
    here = Stage(script, None, {"name": "Ann", "member": "no"})
    known = "Member: answered already, so I left it as it was; `change member` corrects it."
    assert turn.answer(here, "3. yes", "mail").unclear == known
    assert dict(turn.answer(here, "2. Ohio", "mail").put) == {"state": "Ohio"}


def test_the_channel_may_change_in_the_middle_of_a_form() -> None:
    here = Stage(script, None, {})
    here = replace(here, answers=turn.answer(here, "Ann").put)
    taken = turn.answer(here, "2. Colorado\n3. no", "mail")
    assert (dict(taken.put), taken.scene.question.key) == ({"state": "Colorado", "member": "no"}, "note")


def test_one_numbered_line_may_correct_or_answer_like_a_single_message() -> None:
    taken = turn.answer(Stage(script, None, {}), "3. perhaps", "mail")
    assert (dict(taken.put), taken.unclear) == ({}, "Please answer yes or no.")


def test_a_form_goes_on_only_when_every_part_is_answered() -> None:
    reached = []

    async def watching(talk: Talk, facts: Any) -> None:
        await talk.form(person(talk), talk.yes_no("member", "A member?"))
        reached.append(True)

    play(watching, None, {"name": "Ann", "member": "no"})
    assert reached == []
    play(watching, None, {"name": "Ann", "member": "no", "state": "CO"})
    assert reached == [True]
