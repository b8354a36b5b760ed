"""Our messages reach Telegram once and in order, whatever it or the network does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.channels.channel import DeliveryError, Pace
from bot.channels.telegram.assembly import closed
from bot.channels.telegram.channel import Telegram as Sender
from bot.channels.telegram.channel import TelegramPace
from bot.channels.telegram.layout import parts
from flows.dialog.speech import Choice, File, Outbound
from tests.bot.telegram.bots import sender
from tests.bot.telegram.talk import House, Talk, played
from tests.vendors.telegram import TOKEN, Fault, Telegram
from tests.vendors.telegram_people import Person

PICTURE = File("card.png", "image/png", b"png", "A card")
PAPER = File("page.pdf", "application/pdf", b"pdf")


def sent(*messages: Outbound, to: int = 77, edits: str = "", arrange: Any = None) -> Telegram:
    """What Telegram shows after these were sent."""

    async def whole() -> Telegram:
        async with Telegram(limits=False).serving() as telegram:
            Person(telegram)
            telegram.group()
            if arrange is not None:
                arrange(telegram)
            async with sending(telegram) as channel:
                named = edits
                for part in (part for message in messages for part in parts(message)):
                    named = await channel.send(str(to), part, "reference", named if part.edits else "")
            return telegram

    return asyncio.run(whole())


@asynccontextmanager
async def sending(telegram: Telegram, token: str = TOKEN) -> AsyncIterator[Sender]:
    channel = sender(telegram, token=token)
    try:
        yield channel
    finally:
        await closed(channel)


def refusal(arrange: Any) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        sent(Outbound("Hello"), arrange=arrange)
    return caught.value


def told(error: DeliveryError) -> tuple[bool, float | None, bool, str]:
    return error.permanent, error.retry_after, error.by_vendor, error.moved_to


def test_a_message_is_escaped_without_previews_and_with_its_buttons() -> None:
    telegram = sent(Outbound("Send `help` & <wait>: https://ala.org", (Choice("yes", "Yes"),), 5, "member"))
    (values,) = telegram.methods("sendMessage")
    assert values == {
        "chat_id": "77",
        "text": "Send <code>help</code> &amp; &lt;wait&gt;: https://ala.org",
        "parse_mode": "HTML",
        "link_preview_options": '{"is_disabled": true}',
        "reply_markup": '{"inline_keyboard": [[{"text": "Yes", "callback_data": "5|member|yes"}]]}',
    }
    assert telegram.shown[0].told == "Send `help` & <wait>: https://ala.org"


def test_a_quiet_message_in_a_thread_says_so() -> None:
    (values,) = sent(Outbound("Hello", quiet=True, answers="12")).methods("sendMessage")
    assert values["disable_notification"] == "true"
    assert values["reply_parameters"] == '{"message_id": 12, "allow_sending_without_reply": true}'


def test_files_go_as_picture_and_document_with_the_words_below() -> None:
    telegram = sent(Outbound("See `here`", (Choice("yes", "Yes"),), files=(PICTURE, PAPER)))
    assert [(each.told, each.file, len(each.buttons)) for each in telegram.shown] == [
        ("See `here`", ("card.png", b"png"), 0),
        ("", ("page.pdf", b"pdf"), 1),
    ]
    assert [method for method, _ in telegram.calls] == ["sendPhoto", "sendDocument"]


def test_a_message_takes_the_place_of_an_earlier_one() -> None:
    telegram = sent(Outbound("Open?", (Choice("yes", "Yes"),)), Outbound("Settled by Bob", edits=1))
    assert [(each.told, each.rows, each.edits) for each in telegram.shown] == [("Settled by Bob", [], 1)]


def test_the_words_below_a_picture_can_be_changed_too() -> None:
    telegram = sent(Outbound("Open?", files=(PICTURE,)), Outbound("Settled", edits=1))
    assert [each.told for each in telegram.shown] == ["Settled"]


def test_a_change_of_what_is_gone_or_like_that_already_counts_as_done() -> None:
    same = sent(Outbound("Settled"), Outbound("Settled", edits=1))
    gone = sent(Outbound("Settled", edits=1), edits="999")
    assert [len(same.shown), len(gone.shown), len(same.refusals), len(gone.refusals)] == [1, 0, 1, 1]


def test_a_private_choice_in_a_group_is_a_link() -> None:
    telegram = sent(Outbound("In private, please.", (Choice("private:apply", "Apply"),)), to=-100500)
    assert telegram.shown[0].buttons == [{"text": "Apply", "url": "https://t.me/LsscTestBot?start=apply"}]


def blocked(telegram: Telegram) -> None:
    telegram.chats[77].blocked = "bot was blocked by the user"


def deactivated(telegram: Telegram) -> None:
    telegram.chats[77].blocked = "user is deactivated"


def moved(telegram: Telegram) -> None:
    telegram.chats[77].moved_to = -1001


@pytest.mark.parametrize(
    ("arrange", "meaning"),
    [
        (blocked, (True, None, False, "")),
        (deactivated, (True, None, False, "")),
        (lambda telegram: telegram.chats.clear(), (True, None, False, "")),
        (moved, (False, None, False, "-1001")),
        (lambda telegram: telegram.faults.append(Fault("429", "sendMessage", 7)), (False, 7, True, "")),
        (lambda telegram: telegram.faults.append(Fault("500", "sendMessage")), (False, None, False, "")),
        (lambda telegram: telegram.faults.append(Fault("drop", "sendMessage")), (False, None, False, "")),
        (lambda telegram: setattr(telegram, "url", "http://127.0.0.1:9"), (False, None, False, "")),
    ],
    ids=["blocked", "deactivated", "unknown", "moved", "429", "500", "dropped", "away"],
)
def test_what_a_refusal_means(arrange: Any, meaning: tuple[bool, float | None, bool, str]) -> None:
    assert told(refusal(arrange)) == meaning


def test_a_revoked_token_makes_nobody_unreachable() -> None:
    async def whole() -> None:
        async with Telegram().serving() as telegram, sending(telegram, "4242:a-token-of-last-year") as channel:
            await channel.send("77", Outbound("Hello"), "reference")

    with pytest.raises(DeliveryError) as caught:
        asyncio.run(whole())
    assert told(caught.value) == (False, None, False, "")


def test_our_pace_stays_within_what_telegram_takes() -> None:
    pace = TelegramPace()
    assert (1 / pace.channel + pace.burst, pace.to("77"), pace.burst + 60 / pace.to("-5")) == (
        28.0,
        1.0,
        pytest.approx(19.67, abs=0.01),
    )
    assert Pace(address=2.0).to("-5") == 2.0


def test_a_storm_of_429_and_dropped_connections_delivers_everything_in_order(house: House) -> None:
    words = ["fees", "yes", "Ohio", "2", "that is all"]

    async def scene(talk: Talk) -> list[list[str]]:
        crowd = [Person(talk.telegram, 100 + number, f"P{number}") for number in range(4)]
        kinds = ["500", "drop", "429", "500", "drop"]
        talk.telegram.faults += [Fault(kind, "sendMessage", seconds=1) for kind in kinds]
        for said in words:
            for each in crowd:
                last = await each.says(said)
        await talk.telegram.confirmed(last)
        return [[line[:28] for line in await talk.shows(each.id, len(words))] for each in crowd]

    order = [
        "Are you a member of ALA?",
        "In which state is your libra",
        "How many of the 6 sets would",
        "Shall I write a page that yo",
        "What would you like to do ne",
    ]
    assert played(house, scene) == [order] * 4


def test_at_our_pace_telegram_never_has_to_ask_for_a_pause(house: House) -> None:
    async def scene(talk: Talk) -> list[tuple[str, str]]:
        for words in ("fees", "help", "yes", "help", "help"):
            number = await talk.ann.says(words)
        await talk.telegram.confirmed(number)
        await talk.shows(talk.ann.id, 5)
        return [each for each in talk.telegram.refusals if each[0] == "sendMessage"]

    assert played(house, scene, pace=TelegramPace()) == []


def test_somebody_who_blocked_us_goes_to_the_desk(house: House) -> None:
    async def scene(talk: Talk) -> list[str]:
        await talk.says("menu")
        talk.telegram.chats[talk.ann.id].blocked = "bot was blocked by the user"
        await talk.says("fees")
        return [talk.rows("address")[0]["state"], *(each["kind"] for each in talk.rows("desk_item"))]

    assert played(house, scene) == ["unreachable", "undeliverable"]


def test_a_group_that_became_a_supergroup_is_followed(house: House) -> None:
    async def scene(talk: Talk) -> tuple[list[str], list[str]]:
        before, after = talk.telegram.group(-5), talk.telegram.group(-1005)
        in_group = talk.ann.moved_to(before)
        await talk.done(await in_group.says("@LsscTestBot is there an exam?"))
        before.moved_to = after.id
        await talk.done(await in_group.says("@LsscTestBot what does it cost?"))
        await talk.shows(after.id, 1)
        texts = [each.text[:12] for each in talk.telegram.to(after.id)]
        return texts, [each["address"] for each in talk.rows("address")]

    assert played(house, scene) == (["The fee is $"], ["-1005"])
