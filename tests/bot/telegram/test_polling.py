"""An update is confirmed once it is acted on, by one process at a time, and no message holds up the others for ever."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

from bot.channels.telegram.ear import Ear
from bot.channels.telegram.polling import Polling
from bot.clock import now
from storage import leases
from tests.bot.telegram.bots import sender
from tests.bot.telegram.medium import running
from tests.bot.telegram.talk import House, Talk, played
from tests.vendors.telegram import Fault
from tests.vendors.telegram_people import Person

SORRY = (
    "Something went wrong on our side, and I could not take your last message. The office was told. "
    "You can go on with anything else; `menu` shows what there is."
)


def test_a_message_that_fails_three_times_goes_to_the_desk_and_what_follows_is_heard(house: House) -> None:
    async def scene(talk: Talk) -> tuple[list[str], list[tuple[str, str]], int, int]:
        failing = await talk.ann.says("boom")
        await talk.done(await talk.ann.says("fees"))
        items = [(each["kind"], each["details"]) for each in talk.rows("desk_item")]
        told = [each.told for each in talk.telegram.to(talk.ann.id)]
        return (
            [told[0], told[1].splitlines()[-1]],
            items,
            talk.telegram.brought[failing],
            talk.thinker.asked.count("boom"),
        )

    told, items, brought, asked = played(house, scene)
    assert told == [SORRY, "Are you a member of ALA?"]
    assert items == [("message failed", '{"channel": "telegram", "error": "RuntimeError"}')]
    assert (brought, asked) == (3, 3)


def test_a_failing_message_in_a_group_is_left_to_the_desk_without_a_word_there(house: House) -> None:
    async def scene(talk: Talk) -> tuple[int, list[Any]]:
        group = talk.telegram.group()
        await talk.done(await talk.ann.moved_to(group).says("@LsscTestBot boom"))
        return len(talk.telegram.shown), [(each["kind"], each["person_id"]) for each in talk.rows("desk_item")]

    assert played(house, scene) == (0, [("message failed", None)])


def test_others_are_heard_while_a_message_fails(house: House) -> None:
    async def scene(talk: Talk) -> tuple[str, int]:
        bob = Person(talk.telegram, 78, "Bob")
        await talk.telegram.hush(True)
        await talk.ann.says("disk")
        await bob.says("menu")
        await talk.telegram.hush(False)
        told = await talk.shows(bob.id, 1)
        return told[0], talk.telegram.waiting

    assert played(house, scene) == ("What would you like to do? You can also just ask.", 2)


def test_trouble_of_the_world_is_never_left_to_the_desk(house: House) -> None:
    async def scene(talk: Talk) -> tuple[list[Any], bool]:
        failing = await talk.ann.says("disk")
        while talk.telegram.brought[failing] < 4:  # noqa: ASYNC110 - it takes its growing pauses
            await asyncio.sleep(0.05)
        return talk.rows("desk_item") + talk.rows("failing"), talk.telegram.waiting == 1

    assert played(house, scene) == ([], True)


def second(talk: Talk, **options: Any) -> tuple[Any, Polling]:
    """Another process with the same token and database, as far as leases can tell."""
    other = sender(talk.telegram)
    database = talk.app.house.database.__class__(talk.app.house.database.engine, "another process")
    writer = talk.app.writer.__class__(database, talk.app.writer.clock, talk.app.writer.threads)
    return other, Polling(other.bot, Ear(talk.app, other.bot), writer, lease=timedelta(seconds=0.6), wait=5, **options)


def test_a_second_replica_stands_by_until_the_first_stops(house: House) -> None:
    async def scene(talk: Talk) -> tuple[int, str]:
        await talk.says("menu")
        polls = len(talk.telegram.methods("getUpdates"))
        other, part = second(talk)
        async with running(part):
            await asyncio.sleep(0.5)
            stood_by = len(talk.telegram.methods("getUpdates")) - polls
            await talk.app.writer.work(lambda work: leases.release(work, "telegram 4242"))
            said = await talk.says("fees")
        await other.bot.session.close()
        return stood_by, said.splitlines()[-1]

    assert played(house, scene, lease=0.6) == (0, "Are you a member of ALA?")


def test_who_loses_the_lease_stops_polling_at_once(house: House) -> None:
    async def scene(talk: Talk) -> int:
        await talk.says("menu")

        def taken(work: Any) -> None:
            leases.release(work, "telegram 4242")
            stranger = work.__class__(work.connection, work.now, "another process")
            assert leases.hold(stranger, "telegram 4242", timedelta(seconds=60))

        await talk.app.writer.work(taken)
        await asyncio.sleep(0.8)
        polls = len(talk.telegram.methods("getUpdates"))
        await talk.ann.says("fees")
        await asyncio.sleep(0.5)
        return len(talk.telegram.methods("getUpdates")) - polls

    assert played(house, scene, lease=0.6) == 0


def test_what_is_at_hand_is_finished_and_confirmed_before_the_end_and_the_lease_given_back(house: House) -> None:
    async def scene(talk: Talk) -> Talk:
        await talk.says("menu")
        await talk.ann.says("slow")
        while "slow" not in talk.thinker.asked:  # noqa: ASYNC110 - it is asked on a thread
            await asyncio.sleep(0.01)
        return talk

    talk = played(house, scene)
    assert talk.telegram.waiting == 0
    (lease,) = rows(talk.app.settings.database_url, "SELECT until <= ? FROM lease", now().replace(tzinfo=None))
    assert lease == (1,)


def rows(url: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        return database.execute(query, [str(each) for each in values]).fetchall()


def test_a_webhook_that_was_set_before_is_taken_away(house: House) -> None:
    async def scene(talk: Talk) -> int:
        await talk.says("menu")
        return len(talk.telegram.methods("deleteWebhook"))

    assert played(house, scene) == 1


def test_when_somebody_else_polls_with_our_token_we_go_on_trying(house: House) -> None:
    async def scene(talk: Talk) -> str:
        await talk.says("menu")
        other = sender(talk.telegram)
        await other.bot.get_updates(timeout=0)
        await other.bot.session.close()
        return (await talk.says("fees")).splitlines()[-1]

    assert played(house, scene) == "Are you a member of ALA?"


def test_telegram_may_ask_the_poller_for_a_pause(house: House) -> None:
    async def scene(talk: Talk) -> str:
        await talk.says("menu")
        talk.telegram.faults.append(Fault("429", "getUpdates", seconds=1))
        return (await talk.says("fees")).splitlines()[-1]

    assert played(house, scene) == "Are you a member of ALA?"
