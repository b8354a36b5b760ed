"""The staff's channel: a wish for a person is answered in its thread, and nobody else decides there."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.settings import Settings
from bot.values import Place
from tests.bot.slack.medium import lines
from tests.bot.slack.office import Office, running
from tests.vendors.slack import Message, Slack, Trouble, once

Scene = Callable[[Office, Slack], Awaitable[None]]


def play(settings: Settings, scene: Scene) -> None:
    async def played() -> None:
        async with Slack(patience=0.6).open() as slack:
            slack.user("staffkim"), slack.user("ann")
            slack.channel("desk", "USTAFFKIM", private=True)
            async with running(slack, replace(settings, desk=Place("slack", "CDESK"))) as office:
                await slack.until(lambda: slack.calls["conversations.info"] > 0)
                await scene(office, slack)
                assert slack.injected == slack.refused == []

    asyncio.run(played())


async def wished(office: Office, slack: Slack) -> Message:
    """The desk's item for a talk with a person."""
    await office.quiet(slack.sender.say("UANN", "person"))
    await slack.until(lambda: bool(slack.in_channel("CDESK")))
    return slack.in_channel("CDESK")[0]


def test_an_answer_in_the_items_thread_goes_to_the_person_and_theirs_comes_back_there(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        item = await wished(office, slack)
        assert lines(item)[:2] == ["#1 Wish for a person (0 min)", "Ann Example (slack UANN)"]
        await office.quiet(slack.sender.say("USTAFFKIM", "Hello &amp; welcome!", "CDESK", item.ts))
        await slack.until(lambda: len(slack.seen_by("UANN")) == 2)
        assert lines(slack.seen_by("UANN")[-1])[-1] == "Hello & welcome!"
        await office.quiet(slack.sender.say("UANN", "<!channel> is my letter there?".replace("<", "&lt;")))
        await slack.until(lambda: len(slack.in_channel("CDESK")) == 3)
        answer = slack.in_channel("CDESK")[-1]
        assert (answer.thread, lines(answer)) == (item.ts, ["Ann Example: <!channel> is my letter there?"])

    play(settings, scene)


def test_a_press_of_somebody_who_is_not_staff_is_refused_in_private_and_changes_nothing(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        item = await wished(office, slack)
        shown = dict(item.body)
        before = len(slack.in_channel("CDESK"))
        await office.quiet(slack.sender.press("UANN", *slack.button("End the talk", [item])))
        assert lines(slack.seen_by("UANN")[-1])[0] == (
            "The desk is for the staff of the LSSC office, so nothing was changed."
        )
        assert (item.body, len(slack.in_channel("CDESK"))) == (shown, before)

    play(settings, scene)


def test_a_settled_item_is_changed_in_its_place(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        item = await wished(office, slack)
        await office.quiet(slack.sender.press("USTAFFKIM", *slack.button("End the talk", [item])))
        await slack.until(lambda: "actions" not in {block["type"] for block in item.body["blocks"]})
        assert lines(item)[0].startswith("#1 Wish for a person")

    play(settings, scene)


def test_a_name_that_slack_does_not_tell_holds_nobody_up(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        slack.trouble = once(Trouble(cut="before"), "users.info")
        item = await wished(office, slack)
        assert lines(item)[1].endswith("(slack UANN)")
        assert slack.calls["users.info"] == 2

    play(settings, scene)
