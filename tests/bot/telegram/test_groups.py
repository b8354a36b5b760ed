"""In a group: only when spoken to, only what is for all, and the rest leads to the private chat."""

import json
from typing import Any

import pytest

from tests.bot.telegram.talk import House, Talk, played
from tests.vendors.telegram import Shown

ANSWER = "No, there is no exam.\n(Source: LSSC candidate FAQ, 2010)"


def told(house: House, words: str) -> list[Any]:
    """What the group reads, the buttons, and the people on record."""

    async def scene(talk: Talk) -> list[Any]:
        group = talk.telegram.group()
        await talk.done(await talk.ann.moved_to(group).says(words))
        return [
            [each.told for each in talk.telegram.to(group.id)],
            [each for shown in talk.telegram.to(group.id) for each in shown.buttons],
            len(talk.telegram.to(talk.ann.id)) + len(talk.rows("person")),
        ]

    found: list[Any] = played(house, scene)
    return found


@pytest.mark.parametrize(
    "words",
    ["@LsscTestBot is there an exam?", "is there an exam, @lssctestbot?", "Hello 📚 @LsscTestBot, is there an exam?"],
)
def test_a_question_to_us_is_answered_for_all(house: House, words: str) -> None:
    assert told(house, words) == [[ANSWER], [], 0]


@pytest.mark.parametrize(
    "words", ["is there an exam?", "@OtherBot is there an exam?", "/fees@OtherBot", "/weather", "menu"]
)
def test_what_is_said_to_others_is_not_answered(house: House, words: str) -> None:
    assert told(house, words) == [[], [], 0]


@pytest.mark.parametrize(
    ("words", "label", "start"),
    [
        ("/apply", "Apply", "apply"),
        ("/status@LsscTestBot", "Where my application stands", "status"),
        ("@LsscTestBot am I eligible?", "Check my eligibility", "eligibility"),
        ("@LsscTestBot what about my application?", "Where my application stands", "status"),
        ("@LsscTestBot I want to talk to a person", "Talk to a person", "person"),
    ],
)
def test_what_is_personal_leads_to_the_private_chat(house: House, words: str, label: str, start: str) -> None:
    link = f"https://t.me/LsscTestBot?start={start}"
    assert told(house, words) == [
        ["That is between you and me, so let us do it in private."],
        [{"text": label, "url": link}],
        0,
    ]


@pytest.mark.parametrize("words", ["@LsscTestBot", "/help", "/start", "@LsscTestBot 7"])
def test_who_says_nothing_in_particular_is_told_what_goes_here(house: House, words: str) -> None:
    (texts, buttons, people) = told(house, words)
    assert texts == [
        "Here I answer questions about the program, such as “Is there an exam?”. All the rest I do in private."
    ]
    assert (buttons[0]["url"], people) == ("https://t.me/LsscTestBot?start=menu", 0)


def test_what_is_not_covered_leads_to_a_person(house: House) -> None:
    (texts, buttons, people) = told(house, "@LsscTestBot who won the cup?")
    assert texts == ["My documents do not cover that. A person of the office can help you."]
    assert (buttons[0]["url"], people) == ("https://t.me/LsscTestBot?start=person", 0)


def test_an_answer_that_leads_on_leads_to_the_private_chat(house: House) -> None:
    (_, buttons, _) = told(house, "@LsscTestBot what does it cost?")
    assert buttons == [{"text": "Work out my price", "url": "https://t.me/LsscTestBot?start=fees"}]


def test_a_card_number_is_not_repeated(house: House) -> None:
    (texts, _, people) = told(house, "@LsscTestBot charge 4111 1111 1111 1111")
    assert (texts, people) == (
        ["That looks like a card number. I have not kept it, but others may see it here: please delete it."],
        0,
    )


async def suggested(talk: Talk) -> Shown:
    group = talk.telegram.group()
    await talk.done(await talk.ann.moved_to(group).says("@LsscTestBot exam or fee"))
    return talk.telegram.to(group.id)[-1]


def test_a_choice_can_be_pressed_by_anybody_and_stays_for_the_others(house: House) -> None:
    async def scene(talk: Talk) -> tuple[str, str, int]:
        asked = await suggested(talk)
        await talk.done(await talk.ann.moved_to(talk.telegram.group()).presses(asked, "Whether there is an exam"))
        return asked.told, talk.telegram.shown[-1].told, len(asked.rows)

    assert played(house, scene) == ("Did you mean one of these?", ANSWER, 3)


def test_a_choice_can_be_typed_in_reply(house: House) -> None:
    async def scene(talk: Talk) -> str:
        asked = await suggested(talk)
        await talk.done(await talk.ann.moved_to(talk.telegram.group()).says("2", answering=asked))
        return talk.telegram.shown[-1].told.splitlines()[0]

    assert played(house, scene) == "The fee is $350."


def test_the_answer_stands_below_the_question(house: House) -> None:
    async def scene(talk: Talk) -> bool:
        await suggested(talk)
        (values,) = talk.telegram.methods("sendMessage")
        asked = json.loads(values["reply_parameters"])["message_id"]
        return bool(asked)

    assert played(house, scene)


def test_a_picture_with_our_name_below_it_is_answered_by_its_words(house: House) -> None:
    async def scene(talk: Talk) -> list[str]:
        group = talk.telegram.group()
        for words in ("@LsscTestBot is there an exam?", "@LsscTestBot"):
            await talk.done(
                await talk.ann.moved_to(group).sends(
                    words, photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
                )
            )
        return [each.told.splitlines()[0][:30] for each in talk.telegram.to(group.id)]

    assert played(house, scene) == ["No, there is no exam.", "I can only read words. Here I "]


def test_the_private_talk_goes_on_beside_the_group(house: House) -> None:
    async def scene(talk: Talk) -> tuple[str, str]:
        await talk.says("fees")
        group = talk.telegram.group()
        await talk.done(await talk.ann.moved_to(group).says("@LsscTestBot yes"))
        return talk.told().splitlines()[-1], talk.telegram.to(group.id)[-1].told

    assert played(house, scene) == (
        "Are you a member of ALA?",
        "My documents do not cover that. A person of the office can help you.",
    )
