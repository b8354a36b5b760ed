"""A private talk through Telegram: words, buttons, and what people do besides."""

import asyncio
import json
from typing import Any

import pytest

from flows.dialog.speech import Choice, Outbound
from handlers import letters
from storage import outbox, people
from tests.bot.telegram.talk import LONG, House, Talk, played
from tests.vendors.telegram import Fault
from tests.vendors.telegram_people import CONTENTS, Person

YES = "Are you a member of ALA?"


def buttons(talk: Talk) -> list[str]:
    return [each["text"] for row in talk.telegram.to(talk.ann.here.id)[-1].rows for each in row]


def test_a_pressed_button_answers_its_question_and_is_marked(house: House) -> None:
    async def scene(talk: Talk) -> tuple[str, list[Any], str]:
        await talk.says("fees")
        asked = talk.telegram.shown[-1]
        await talk.done(await talk.ann.presses(asked, "Yes"))
        return asked.told.splitlines()[-3:], asked.rows, talk.told()

    assert played(house, scene) == ([YES, "", "✓ Yes"], [], "In which state is your library?")


def test_a_label_that_was_cut_is_marked_whole(house: House) -> None:
    async def scene(talk: Talk) -> tuple[str, str]:
        await talk.says("eligibility")
        asked = talk.telegram.shown[-1]
        await talk.done(await talk.ann.presses(asked, "In a library, in a position that does not require an MLIS"))
        return asked.buttons[0]["text"], asked.told.splitlines()[-1]

    assert played(house, scene) == (
        "1. In a library, in a position that…",
        "✓ In a library, in a position that does not require an MLIS",
    )


def test_a_press_is_answered_at_once_however_long_the_turn_takes(house: House) -> None:
    async def scene(talk: Talk) -> tuple[bool, float]:
        await talk.says("fees")
        await talk.telegram.hush(True)
        await talk.ann.says("slow")
        pressed = await talk.ann.presses(talk.telegram.shown[-1], "Yes")
        await talk.telegram.hush(False)
        await talk.done(pressed)
        return len(talk.telegram.answered) == 1, max(talk.telegram.answered.values())

    answered, after = played(house, scene)
    assert answered
    assert after < 0.45  # the slow message before it takes half a second


def test_a_late_answer_to_a_press_does_not_matter(house: House) -> None:
    async def scene(talk: Talk) -> tuple[list[str], str]:
        await talk.says("fees")
        await talk.done(await talk.ann.presses(talk.telegram.shown[-1], "Yes"))
        return [reason for _, reason in talk.telegram.refusals], talk.told()

    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert played(house, scene, answer_within=-1) == ([late], "In which state is your library?")


def test_a_button_may_mean_more_than_it_can_carry(house: House) -> None:
    async def scene(talk: Talk) -> tuple[int, str]:
        await talk.says("menu")
        await posted(talk, Outbound("Did you mean this?", (Choice(f"entry:{LONG.id}", "Long"),)))
        asked = talk.telegram.shown[-1]
        await talk.done(await talk.ann.presses(asked, "Long"))
        return len(asked.buttons[0]["callback_data"]), talk.told()

    assert played(house, scene) == (23, "Long.\n(Source: Book, 2010)")


async def posted(talk: Talk, message: Outbound, matter: str = "") -> None:
    def post(work: Any) -> Any:
        speaker = people.speaker(work, "telegram", str(talk.ann.id))
        assert speaker is not None
        return outbox.add(work, speaker.address_id, letters.encode(message), matter)

    letter = await talk.app.writer.work(post)
    talk.app.delivery.deliver([letter])
    await talk.app.delivery.settled()


@pytest.mark.parametrize(
    "data", ["", "garbage", "0||no such thing", "~" + "A" * 22, "zzzzzz|member|yes", "0||helped:made-up", "0||\x00"]
)
def test_what_no_button_carries_gets_a_kind_reply_and_changes_nothing(house: House, data: str) -> None:
    async def scene(talk: Talk) -> tuple[str, list[Any], list[Any]]:
        await talk.says("fees")
        await talk.done(await talk.ann.presses_data(data, talk.telegram.shown[-1]))
        return talk.told(), talk.rows("answer"), talk.rows("feedback")

    said, answers, feedback = played(house, scene)
    assert said.splitlines()[0] in (
        "That choice is no longer open, so nothing was changed.",
        "That choice is no longer open.",
        "That button belongs to another conversation, so nothing was changed.",
    )
    assert said.splitlines()[-1] == YES
    assert (answers, feedback) == ([], [])


def test_a_button_of_another_person_changes_nothing(house: House) -> None:
    async def scene(talk: Talk) -> tuple[str, list[Any]]:
        await talk.says("fees")
        data = talk.telegram.shown[-1].buttons[0]["callback_data"]
        bob = Person(talk.telegram, 78, "Bob")
        await talk.says("menu", bob)
        await talk.done(await bob.presses_data(data, talk.telegram.to(bob.id)[-1]))
        return talk.told(bob).splitlines()[0], talk.rows("answer")

    assert played(house, scene) == ("That button belongs to another conversation, so nothing was changed.", [])


def test_a_message_of_the_desk_is_left_to_the_house(house: House) -> None:
    async def scene(talk: Talk) -> list[str]:
        await talk.says("menu")
        await posted(talk, Outbound("Item #17", (Choice("menu", "Menu"),)), "item:17")
        await talk.done(await talk.ann.presses(talk.telegram.shown[-1], "Menu"))
        return [each.told for each in talk.telegram.shown if each.told.startswith("Item")]

    assert played(house, scene) == ["Item #17"]


def test_typing_is_shown_while_an_answer_takes_long(house: House) -> None:
    async def scene(talk: Talk) -> list[Any]:
        await talk.says("menu")
        await talk.says("slow")
        return [values["action"] for values in talk.telegram.methods("sendChatAction")]

    assert played(house, scene, patience=0.2) == ["typing"]


@pytest.mark.parametrize(
    ("link", "told"),
    [("/start apply", "What is your full name?"), ("/start", "What would you like to do? You can also just ask.")],
)
def test_a_link_begins_what_it_names(house: House, link: str, told: str) -> None:
    async def scene(talk: Talk) -> str:
        await talk.says("menu")
        said: str = (await talk.says(link)).splitlines()[-1]
        return said

    assert played(house, scene) == told


def test_a_link_cannot_answer_in_somebodys_name(house: House) -> None:
    async def scene(talk: Talk) -> list[Any]:
        await talk.says("fees")
        await talk.says("/start yes")
        return talk.rows("answer")

    assert played(house, scene) == []


def test_somebody_who_blocks_us_is_not_written_to_until_they_come_back(house: House) -> None:
    async def scene(talk: Talk) -> list[str]:
        await talk.says("menu")
        states = []
        for status in ("kicked", "member", "kicked"):
            await talk.done(await talk.ann.blocks(status))
            states.append(talk.rows("address")[0]["state"])
        talk.telegram.chats[talk.ann.id].blocked = ""
        await talk.says("menu")
        return [*states, talk.rows("address")[0]["state"]]

    assert played(house, scene) == ["unreachable", "proved", "unreachable", "proved"]


def test_of_an_album_only_the_first_picture_is_answered(house: House) -> None:
    async def scene(talk: Talk) -> int:
        await talk.says("menu")
        before = len(talk.telegram.shown)
        for _ in range(3):
            number = await talk.ann.sends(media_group_id="9", **CONTENTS["photo"])
        await talk.done(number)
        return len(talk.telegram.shown) - before

    assert played(house, scene) == 1


@pytest.mark.parametrize(
    "update",
    [
        {"message": "what?"},
        {"message": {"message_id": 1}},
        {"callback_query": {"id": "1"}},
        {"channel_post": None},
        {"poll_answer": {"poll_id": "1", "option_ids": []}},
        {"something_of_tomorrow": {"x": 1}},
        {"message": {"message_id": 1, "date": 0, "chat": {"id": 77, "type": "private"}}},
        {"message": {"message_id": 1, "date": 0, "chat": {"id": 77, "type": "private"}, "from": None, "text": 5}},
    ],
)
def test_what_nobody_said_is_confirmed_and_holds_nobody_up(house: House, update: dict[str, Any]) -> None:
    async def scene(talk: Talk) -> tuple[bool, int]:
        await talk.telegram.put(**update)
        said = await talk.says("menu")
        return said != "", len(talk.telegram.shown)

    assert played(house, scene) == (True, 1)


def test_news_of_the_chat_and_other_bots_are_not_answered(house: House) -> None:
    async def scene(talk: Talk) -> list[Any]:
        await talk.done(await talk.ann.sends(pinned_message=talk.ann.message(None, text="x")))
        robot = talk.ann.message(None, text="menu")
        robot["from"] = robot["from"] | {"is_bot": True}
        await talk.done(await talk.telegram.put(message=robot))
        return talk.telegram.shown

    assert played(house, scene) == []


def test_the_commands_that_there_are_are_offered(house: House) -> None:
    async def scene(talk: Talk) -> list[str]:
        await talk.says("menu")
        (values,) = talk.telegram.methods("setMyCommands")
        return [each["command"] for each in json.loads(values["commands"])][:6]

    assert played(house, scene) == ["menu", "help", "eligibility", "fees", "apply", "status"]


def test_messages_of_one_person_are_answered_in_order_and_of_many_side_by_side(house: House) -> None:
    async def scene(talk: Talk) -> list[list[str]]:
        crowd = [Person(talk.telegram, 100 + number, f"P{number}") for number in range(8)]
        for words in ("fees", "yes", "Ohio"):
            for each in crowd:
                last = await each.says(words)
        await talk.done(last)
        return [[shown.told.splitlines()[-1] for shown in talk.telegram.to(each.id)] for each in crowd]

    told = [
        YES,
        "In which state is your library?",
        "How many of the 6 sets would you do by a course? The others are portfolios.",
    ]
    assert played(house, scene) == [told] * 8


def test_telegram_may_be_away_for_a_while(house: House) -> None:
    async def scene(talk: Talk) -> str:
        await talk.says("menu")
        talk.telegram.faults += [Fault("500", "getUpdates"), Fault("drop", "getUpdates")]
        return await talk.says("fees")

    assert played(house, scene).splitlines()[-1] == YES


def test_words_are_heard_while_answers_to_them_wait(house: House) -> None:
    async def scene(talk: Talk) -> list[str]:
        talk.telegram.faults.append(Fault("delay", "sendMessage", seconds=0.3))
        numbers = [await talk.ann.says(words) for words in ("fees", "yes")]
        await asyncio.gather(*(talk.done(number) for number in numbers))
        return [each.told.splitlines()[-1] for each in talk.telegram.shown]

    assert played(house, scene) == [YES, "In which state is your library?"]
