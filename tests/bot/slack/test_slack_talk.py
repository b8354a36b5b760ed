"""Talking with the assistant in Slack, in Socket Mode and over the web, with the real SDK."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.values import Place
from storage import people
from tests.bot.slack.office import Office, broken, running
from tests.vendors.slack import Slack, Trouble, once

FIRST = "In a library, in a position that does not require an MLIS"
MODES = pytest.mark.parametrize("mode", ["socket", "events"])
Scene = Callable[[Office, Slack], Awaitable[None]]


def play(settings: Settings, mode: str, scene: Scene, slack: Slack | None = None) -> None:
    async def played() -> None:
        async with (slack or Slack(patience=0.6)).open() as there, running(there, settings, mode) as office:
            await scene(office, there)
            assert there.injected == []

    asyncio.run(played())


def heard(office: Office) -> list[str]:
    """The ids of all that was taken in, in order."""
    with office.app.house.database.work(office.app.clock()) as work:
        return [str(row[0]) for row in work.connection.exec_driver_sql("SELECT message_id FROM inbound ORDER BY rowid")]


@MODES
def test_a_direct_message_is_answered_in_direct_messages(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        report = slack.sender.say(ann, "help")
        await office.quiet(report)
        assert report.confirmed
        assert [message.channel for message in slack.messages] == ["DANN"]

    play(settings, mode, scene)


@MODES
def test_messages_of_one_person_are_heard_in_the_order_they_came(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann, bob = slack.user("ann"), slack.user("bob")
        said = []
        for number in range(12):
            said.append(slack.sender.say((ann, bob)[number % 2], "help"))
            await asyncio.sleep(0.003 if mode == "events" else 0)
        await office.quiet(*said)
        for user in (ann, bob):
            sent = [
                f"T0LIBRARY:{slack.direct(user)}:{each.payload['event']['ts']}"
                for each in said
                if each.payload["event"]["user"] == user
            ]
            assert [each for each in heard(office) if slack.direct(user) in each] == sent
            assert len(office.told(user)) == 6

    play(settings, mode, scene)


@MODES
def test_the_same_event_again_is_acted_on_once(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        first = slack.sender.say(ann, "help", ts="1700000099.000001")
        again = slack.sender.say(ann, "help", ts="1700000099.000001")
        await office.quiet(first, again)
        assert first.confirmed
        assert again.confirmed
        assert len(office.told(ann)) == 1

    play(settings, mode, scene)


@MODES
def test_a_button_answers_and_its_message_shows_what_was_chosen(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        await office.quiet(slack.sender.say(ann, "eligibility"))
        question = slack.seen_by(ann)[-1]
        await office.quiet(slack.sender.press(ann, *slack.button(FIRST, [question])))
        assert len(office.told(ann)) == 2
        assert question.body["blocks"][-1] == {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": f"✓ {FIRST}"}]}],
        }
        assert "actions" not in {block["type"] for block in question.body["blocks"]}

    play(settings, mode, scene)


@MODES
def test_two_presses_at_once_from_two_devices_are_both_answered(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        await office.quiet(slack.sender.say(ann, "eligibility"))
        question = slack.seen_by(ann)[-1]
        taps = [slack.sender.press(ann, *slack.button(label, [question.at_first()])) for label in (FIRST, FIRST)]
        await office.quiet(*taps)
        assert [tap.confirmed for tap in taps] == [True, True]
        assert len(office.told(ann)) == 3

    play(settings, mode, scene)


@MODES
def test_a_press_that_cannot_be_recorded_fails_visibly(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        await office.quiet(slack.sender.say(ann, "eligibility"))
        shown = dict(slack.seen_by(ann)[-1].body)
        with broken(settings):
            tap = slack.sender.press(ann, *slack.button(FIRST, slack.seen_by(ann)))
            await office.quiet(tap)
        assert not tap.confirmed
        assert slack.ephemeral == [
            (ann, "That was not recorded, because of trouble on our side. Please press the button again in a moment.")
        ]
        assert slack.seen_by(ann)[-1].body == shown
        again = slack.sender.press(ann, *slack.button(FIRST, slack.seen_by(ann)))
        await office.quiet(again)
        assert again.confirmed
        assert len(office.told(ann)) == 2

    play(settings, mode, scene)


@MODES
def test_an_event_that_cannot_be_recorded_is_not_confirmed_and_comes_again(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        with broken(settings):
            report = slack.sender.say(ann, "help")
            await asyncio.sleep(0.3)
            assert (report.attempts > 0, report.confirmed) == (True, False)
        await office.quiet(report)
        assert report.confirmed
        assert report.attempts > 1
        assert len(office.told(ann)) == 1

    play(settings, mode, scene, Slack(patience=0.6, retries=30))


@MODES
def test_a_command_is_answered_in_direct_messages_and_says_so_in_the_channel(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        general = slack.channel("general", ann)
        there = slack.sender.command(ann, "fees", general)
        await office.quiet(there)
        assert there.confirmed
        here = slack.sender.command(ann, "help")
        await office.quiet(there, here)
        assert here.confirmed
        assert slack.ephemeral == [(ann, "I have answered in your direct messages with me.")]
        assert {message.channel for message in slack.messages} == {"DANN"}
        assert len(office.told(ann)) == 2

    play(settings, mode, scene)


@MODES
def test_the_app_home_shows_where_somebody_stands_and_its_buttons_work(settings: Settings, mode: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        await office.quiet(slack.sender.event({"type": "app_home_opened", "user": ann, "tab": "home"}))
        before = slack.homes[ann]
        await office.quiet(slack.sender.press_in_home(ann, "Check my eligibility"))
        assert len(office.told(ann)) == 1
        assert slack.homes[ann] != before
        await office.quiet(slack.sender.press_in_home(ann, FIRST))
        assert len(office.told(ann)) == 2

    play(settings, mode, scene)


@MODES
def test_who_reads_along_at_the_desk_is_looked_up_at_the_start_and_at_every_change(
    settings: Settings, mode: str
) -> None:
    slack = Slack(patience=0.6)
    staff, ann = slack.user("staffkim"), slack.user("ann")
    desk = slack.channel("desk", staff, private=True)

    async def scene(office: Office, there: Slack) -> None:
        assert place(office, desk) == "staff"
        there.channels[desk].members.append(ann)
        await office.quiet(there.sender.event({"type": "member_joined_channel", "user": ann, "channel": desk}))
        assert place(office, desk) == "public"
        there.channels[desk].members.remove(ann)
        await office.quiet(there.sender.event({"type": "member_left_channel", "user": ann, "channel": desk}))
        assert place(office, desk) == "staff"
        there.trouble = once(Trouble(error="missing_scope"), "conversations.info")
        await office.quiet(there.sender.event({"type": "member_left_channel", "user": ann, "channel": desk}))
        assert place(office, desk) == "public"

    play(replace(settings, desk=Place("slack", desk)), mode, scene, slack)


def place(office: Office, channel: str) -> str:
    with office.app.house.database.work(office.app.clock()) as work:
        return people.place(work, "slack", channel).state
