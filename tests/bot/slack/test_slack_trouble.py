"""Storms, cut connections and restarts: everything arrives, in order, once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.channel import Pace
from bot.channels.slack.socket import ConnectionLost
from bot.settings import Settings
from tests.bot.slack.office import AT_ONCE, Office, running
from tests.vendors.slack import Slack, Trouble

Scene = Callable[[Office, Slack], Awaitable[None]]


def play(settings: Settings, scene: Scene, mode: str = "socket", pace: Pace = AT_ONCE) -> Slack:
    async def played() -> Slack:
        async with Slack(patience=0.5, retries=20).open() as slack, running(slack, settings, mode, pace=pace) as office:
            await scene(office, slack)
            return slack

    return asyncio.run(played())


def test_a_storm_of_refusals_loses_nothing_keeps_the_order_and_is_waited_out(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        slack.storm(2)
        await office.quiet(*(slack.sender.say(ann, words) for words in ("menu", "help", "eligibility", "status")))
        await slack.until(lambda: len(slack.messages) == 4)
        references = [message.reference for message in slack.seen_by(ann)]
        assert references == sorted(references)

    slack = play(settings, scene)
    assert slack.calls["chat.postMessage"] == 6
    assert slack.hasty == 0


@pytest.mark.parametrize("cut", ["before", "after"])
def test_dropped_connections_lose_nothing_and_double_nothing(settings: Settings, cut: str) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        users = [slack.user(name) for name in ("ann", "bob", "cem")]
        left = iter(range(5))

        def trouble(method: str, _body: dict[str, object]) -> Trouble | None:
            return Trouble(cut=cut) if method == "chat.postMessage" and next(left, None) is not None else None

        slack.trouble = trouble
        await office.quiet(*(slack.sender.say(user, words) for words in ("menu", "help", "status") for user in users))
        await slack.until(lambda: len(slack.messages) >= 9)
        await office.quiet()
        references = [message.reference for message in slack.messages]
        assert len(references) == len(set(references)) == 9
        for user in users:
            ordered = [message.reference for message in slack.seen_by(user)]
            assert ordered == sorted(ordered)

    play(settings, scene)


def test_a_connection_that_is_cut_or_made_anew_loses_nothing(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        reports = []
        for trouble in (slack.sender.refresh, _cut(slack), slack.sender.refresh):
            reports.append(slack.sender.say(ann, "help"))
            await trouble()
            reports.append(slack.sender.say(ann, "menu"))
        await office.quiet(*reports)
        assert [report.confirmed for report in reports] == [True] * 6
        assert len(office.told(ann)) == 6
        assert slack.calls["apps.connections.open"] > 1

    play(settings, scene)


def _cut(slack: Slack) -> Callable[[], Awaitable[None]]:
    async def cut() -> None:
        slack.sender.cut()

    return cut


def test_a_part_that_cannot_connect_says_so_to_whoever_runs_it(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        assert office.parts.part is not None
        slack.trouble = lambda method, _body: (
            Trouble(error="invalid_auth") if method == "apps.connections.open" else None
        )
        with pytest.raises(Exception, match=r"^apps\.connections\.open: invalid_auth$"):
            await office.parts.part.run()

    play(settings, scene)


def test_a_part_whose_connection_is_gone_for_good_ends(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        assert office.parts.part is not None
        slack.trouble = lambda method, _body: Trouble(status=503) if method == "apps.connections.open" else None
        slack.sender.cut()
        with pytest.raises(ConnectionLost):
            await asyncio.wait_for(asyncio.shield(office.part_running()), 20)

    play(settings, scene)


def test_what_is_at_hand_when_we_stop_is_finished_and_confirmed_and_nothing_more_is_taken(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        assert office.parts.part is not None
        ann = slack.user("ann")
        said = slack.sender.say(ann, "help")
        await slack.until(lambda: said.attempts > 0)
        await asyncio.sleep(0.02)
        await office.parts.part.stop()
        later = slack.sender.say(ann, "menu")
        await asyncio.wait_for(said.over.wait(), 10)
        await asyncio.wait_for(asyncio.shield(office.part_running()), 10)
        assert said.confirmed
        assert not later.confirmed

    play(settings, scene)


def test_messages_keep_slacks_pace(settings: Settings) -> None:
    async def scene(office: Office, slack: Slack) -> None:
        ann = slack.user("ann")
        began = asyncio.get_running_loop().time()
        await office.quiet(*(slack.sender.say(ann, "help") for _ in range(5)))
        assert len(office.told(ann)) == 5
        assert asyncio.get_running_loop().time() - began > 0.55

    play(settings, scene, pace=Pace(address=0.2, burst=2))
