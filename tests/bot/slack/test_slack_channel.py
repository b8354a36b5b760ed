"""Sending to Slack: to people, places and threads, changing what is there, and what its refusals mean."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from bot.channels.channel import DeliveryError
from bot.channels.slack.api import Api
from bot.channels.slack.channel import PACE, SlackChannel
from flows.dialog.speech import Choice, File, Outbound
from tests.vendors.slack import BOT_TOKEN, Slack, Trouble, once

T = TypeVar("T")
Scene = Callable[[SlackChannel, Slack], Awaitable[T]]
HELLO = Outbound("Hello")


def sending(scene: Scene[T], token: str = BOT_TOKEN) -> tuple[T, Slack]:
    async def sent() -> tuple[T, Slack]:
        async with Slack().open() as slack:
            slack.user("ann")
            channel = SlackChannel(Api(slack.url, token))
            try:
                return await scene(channel, slack), slack
            finally:
                await channel.api.close()

    return asyncio.run(sent())


def failing(scene: Scene[object], token: str = BOT_TOKEN) -> DeliveryError:
    async def failed(channel: SlackChannel, slack: Slack) -> DeliveryError:
        with pytest.raises(DeliveryError) as caught:
            await scene(channel, slack)
        return caught.value

    return sending(failed, token)[0]


def test_a_person_is_written_to_in_direct_messages_opened_once() -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> list[str]:
        return [await channel.send("UANN", HELLO, reference) for reference in ("r1", "r2")]

    names, slack = sending(scene)
    assert names == ["DANN:1700000000.000001", "DANN:1700000000.000002"]
    assert [message.name for message in slack.messages] == names
    assert [message.reference for message in slack.messages] == ["r1", "r2"]
    assert slack.calls["conversations.open"] == 1


def test_an_answer_goes_into_its_thread_and_only_in_its_own_channel() -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> list[str]:
        desk = slack.channel("desk", private=True)
        first = await channel.send(desk, HELLO, "r1")
        await channel.send(desk, Outbound("More", answers=first), "r2")
        await channel.send("UANN", Outbound("Elsewhere", answers=first), "r3")
        return [message.thread for message in slack.messages]

    assert sending(scene)[0] == ["", "1700000000.000001", ""]


def test_a_change_takes_the_place_of_what_was_there() -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> str:
        name = await channel.send("UANN", Outbound("Open?", (Choice("yes", "Yes"),)), "r1")
        return await channel.send("UANN", Outbound("Settled by Kim", edits=1), "r2", name)

    name, slack = sending(scene)
    assert [(message.name, message.body["text"]) for message in slack.messages] == [(name, "Settled by Kim")]
    assert [block["type"] for block in slack.messages[0].body["blocks"]] == ["rich_text"]


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message", "edit_window_closed"])
def test_a_change_of_what_is_gone_counts_as_done(error: str) -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> str:
        slack.trouble = once(Trouble(error=error), "chat.update")
        return await channel.send("UANN", Outbound("New", edits=1), "r2", "DANN:1.1")

    assert sending(scene)[0] == "DANN:1.1"


def test_a_picture_is_shown_with_its_words() -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> str:
        return await channel.send("UANN", Outbound("", files=(File("p.png", "image/png", b"123", "Two of six"),)), "r1")

    name, slack = sending(scene)
    assert name == ""
    assert list(slack.files.values()) == [
        {"filename": "p.png", "length": "3", "alt_txt": "Two of six", "content": b"123", "channel": "DANN"}
    ]


@pytest.mark.parametrize(
    ("address", "reason"),
    [("UNOBODY", "conversations.open: users_not_found"), ("CNOWHERE", "chat.postMessage: channel_not_found"),
     ("COLD", "chat.postMessage: is_archived"), ("COTHERS", "chat.postMessage: not_in_channel"),
     ("UGONE", "conversations.open: user_disabled")],
)  # fmt: skip
def test_an_address_that_cannot_be_reached_is_given_up(address: str, reason: str) -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> None:
        slack.user("gone", deleted=True)
        slack.channels[slack.channel("old")].is_archived = True
        slack.channels[slack.channel("others")].members.clear()
        await channel.send(address, HELLO, "r1")

    error = failing(scene)
    assert (str(error), error.permanent) == (reason, True)


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive", "missing_scope"])
def test_trouble_with_our_own_token_gives_nobody_up(error: str, caplog: pytest.LogCaptureFixture) -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> None:
        slack.trouble = once(Trouble(error=error))
        await channel.send("UANN", HELLO, "r1")

    caught = failing(scene)
    assert (caught.permanent, caught.by_vendor, caught.retry_after) == (False, False, 60.0)
    assert caplog.messages == [
        f"Slack does not let us in (chat.postMessage: {error}): check the token, and the app's scopes; nothing is lost"
    ]


def test_a_wrong_token_gives_nobody_up() -> None:
    assert not failing(lambda channel, _slack: channel.send("UANN", HELLO, "r1"), "xoxb-wrong").permanent


def test_too_many_messages_are_a_pause_for_the_whole_channel() -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> None:
        slack.storm(1, pause=7)
        await channel.send("UANN", HELLO, "r1")

    error = failing(scene)
    assert (error.permanent, error.by_vendor, error.retry_after) == (False, True, 7.0)


@pytest.mark.parametrize(
    "trouble",
    [Trouble(status=500), Trouble(status=503), Trouble(cut="before"), Trouble(error="internal_error")],
    ids=str,
)
def test_what_passes_is_tried_again_and_goes_once(trouble: Trouble) -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> str:
        slack.trouble = once(trouble)
        with pytest.raises(DeliveryError) as caught:
            await channel.send("UANN", HELLO, "r1")
        assert not caught.value.permanent
        return await channel.send("UANN", HELLO, "r1")

    name, slack = sending(scene)
    assert [message.name for message in slack.messages] == [name]


def test_what_went_although_its_confirmation_was_lost_does_not_go_again() -> None:
    async def scene(channel: SlackChannel, slack: Slack) -> list[str]:
        desk = slack.channel("desk")
        names = [await channel.send(desk, HELLO, "r0")]
        for reference, address, answers in (("r1", "UANN", ""), ("r2", desk, ""), ("r3", desk, names[0])):
            slack.trouble = once(Trouble(cut="after"))
            message = Outbound("Hello", answers=answers)
            with pytest.raises(DeliveryError):
                await channel.send(address, message, reference)
            names.append(await channel.send(address, message, reference))
        return names

    names, slack = sending(scene)
    assert [message.name for message in slack.messages] == names
    assert slack.calls["chat.postMessage"] == 4


def test_the_pace_is_slacks() -> None:
    assert (PACE.channel, PACE.address, PACE.burst) == (0.0, 1.0, 4)


def test_a_server_that_is_not_there_is_passing_trouble() -> None:
    async def scene(_channel: SlackChannel, slack: Slack) -> None:
        nowhere = SlackChannel(Api("http://127.0.0.1:9/api/", BOT_TOKEN))
        try:
            await nowhere.send("UANN", HELLO, "r1")
        finally:
            await nowhere.api.close()

    assert not failing(scene).permanent
