"""The outbox is emptied in order, once, whatever the channels answer."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import delivery
from bot.app import App
from bot.channels.channel import DeliveryError, Pace
from bot.channels.email.vendor import outgoing
from bot.delivery import delay, reference
from flows.dialog.speech import Outbound
from handlers.letters import encode
from storage import desk, outbox, people
from storage.database import Work
from storage.outbox import Letter
from tests.bot.edge import NOON, ListChannel, played

House = Callable[..., App]


def put(app: App, address: str, *texts: str, channel: str = "email") -> list[Letter]:
    """Queues messages; those leased to this process."""
    with app.house.database.work(app.clock()) as work:
        known = people.speaker(work, channel, address) or people.add(work, channel, address)
        added = [outbox.add(work, known.address_id, encode(Outbound(text))) for text in texts]
    return [letter for letter in added if letter is not None]


def look(app: App, what: Callable[[Work], Any]) -> Any:
    with app.house.database.work(app.clock()) as work:
        return what(work)


def test_the_letters_of_a_turn_go_out_at_once_and_in_order(house: House) -> None:
    channel = ListChannel()
    app = house(email=channel)

    async def scene() -> tuple[int, timedelta]:
        app.delivery.deliver(put(app, "a@example.org", "one", "two", "three"))
        await app.delivery.settled()
        return look(app, outbox.waiting)

    assert played(app, scene) == (0, timedelta())
    assert channel.sent == [("a@example.org", text) for text in ("one", "two", "three")]


def test_what_a_dead_process_left_is_sent_when_its_lease_is_over(house: House) -> None:
    dead = house()
    put(dead, "a@example.org", "one", "two")
    played(dead, dead.delivery.settled)
    channel = ListChannel()
    app = house(now=NOON + outbox.LEASE + timedelta(seconds=1), email=channel)

    async def scene() -> None:
        await app.delivery.sweep()
        await app.delivery.settled()

    played(app, scene)
    assert channel.sent == [("a@example.org", "one"), ("a@example.org", "two")]


@pytest.mark.parametrize("taken_over", [False, True])
def test_a_letter_that_waited_long_is_sent_by_whoever_has_it_now(
    house: House, monkeypatch: pytest.MonkeyPatch, taken_over: bool
) -> None:
    monkeypatch.setattr(delivery, "LONGEST_WAIT", 0.0)
    channel, other = ListChannel(), ListChannel()
    app = house(email=channel)
    [letter] = put(app, "a@example.org", "one")
    later = house(now=NOON + outbox.LEASE + timedelta(seconds=1), email=other)

    async def scene() -> None:
        if taken_over:
            assert await later.delivery.sweep() == 1
        app.delivery.deliver([letter])
        await app.delivery.settled()
        await later.delivery.settled()

    played(app, scene)
    assert (len(channel.sent), len(other.sent)) == ((0, 1) if taken_over else (1, 0))


def test_run_sends_what_was_left_behind_until_it_is_stopped(house: House) -> None:
    dead = house()
    put(dead, "a@example.org", "one")
    played(dead, dead.delivery.settled)
    channel = ListChannel()
    app = house(now=NOON + outbox.LEASE + timedelta(seconds=1), email=channel)

    async def scene() -> None:
        running = asyncio.create_task(app.delivery.run())
        await channel.first.wait()
        await app.delivery.stop()
        await running

    played(app, scene)
    assert channel.sent == [("a@example.org", "one")]


def test_a_passing_failure_holds_the_address_but_no_other(house: House) -> None:
    busy = DeliveryError("busy", permanent=False, retry_after=30)
    channel = ListChannel(refuse=lambda text: busy if text == "one" else None)
    app = house(email=channel)

    async def scene() -> int:
        app.delivery.deliver([*put(app, "a@example.org", "one", "two"), *put(app, "b@example.org", "three")])
        await app.delivery.settled()
        await app.delivery.sweep()
        await app.delivery.settled()
        count, _ = look(app, outbox.waiting)
        return int(count)

    assert played(app, scene) == 2
    assert channel.sent == [("b@example.org", "three")]
    later = house(now=NOON + timedelta(seconds=31), email=ListChannel())
    assert [letter.attempts for letter in look(later, lambda work: outbox.claim(work, 9, ["email"]))] == [2]
    played(later, later.delivery.settled)


def test_a_permanent_failure_is_told_to_the_desk_and_the_next_letter_goes_on(house: House) -> None:
    gone = DeliveryError("no such mailbox", permanent=True)
    channel = ListChannel(refuse=lambda text: gone if text == "one" else None)
    app = house(email=channel)

    async def scene() -> Any:
        app.delivery.deliver(put(app, "a@example.org", "one", "two"))
        await app.delivery.settled()
        items = look(app, lambda work: [item.kind for item in desk.open_items(work)])
        speaker = look(app, lambda work: people.speaker(work, "email", "a@example.org"))
        return items, speaker.address_state, look(app, outbox.waiting)[0]

    assert played(app, scene) == (["undeliverable"], "unreachable", 0)
    assert channel.sent == [("a@example.org", "two")]


def test_a_body_that_cannot_be_read_is_given_up_and_told_to_the_desk(house: House) -> None:
    app = house(email=ListChannel())

    async def scene() -> Any:
        (letter,) = put(app, "a@example.org", "one")
        app.delivery.deliver([Letter(letter.id, letter.address_id, "email", letter.address, "{", letter.attempts)])
        await app.delivery.settled()
        return look(app, outbox.waiting)[0], look(app, lambda work: len(desk.open_items(work)))

    assert played(app, scene) == (0, 1)


def test_a_fault_of_a_channel_is_tried_again(house: House, caplog: pytest.LogCaptureFixture) -> None:
    def fault(_text: str) -> DeliveryError:
        raise ZeroDivisionError

    app = house(email=ListChannel(refuse=fault))

    async def scene() -> int:
        app.delivery.deliver(put(app, "a@example.org", "one"))
        await app.delivery.settled()
        count, _ = look(app, outbox.waiting)
        return int(count)

    assert played(app, scene) == 1
    assert "ZeroDivisionError" in caplog.text


def test_letters_of_channels_that_this_process_lacks_are_left_to_others(house: House) -> None:
    app = house(email=ListChannel())
    put(app, "somebody", "one", channel="terminal")
    later = house(now=NOON + outbox.LEASE + timedelta(seconds=1), email=ListChannel())

    async def scene() -> Any:
        await later.delivery.sweep()
        await later.delivery.settled()
        speaker = look(later, lambda work: people.speaker(work, "terminal", "somebody"))
        return look(later, lambda work: outbox.claim_for(work, speaker.address_id)).body

    assert played(later, scene) == encode(Outbound("one"))
    played(app, app.delivery.settled)


def test_stopping_finishes_the_send_at_hand_and_frees_the_rest(house: House) -> None:
    channel = ListChannel()
    app = house(email=channel)

    async def scene() -> None:
        app.delivery.deliver(put(app, "a@example.org", "one", "two"))
        await asyncio.sleep(0)
        await app.delivery.stop()

    played(app, scene)
    sent = len(channel.sent)
    again = house(email=ListChannel())
    left = look(again, lambda work: outbox.claim(work, 9, ["email"]))
    assert sent + look(again, outbox.waiting)[0] == 2
    assert len(left) == min(1, 2 - sent)
    played(again, again.delivery.settled)


def test_many_addresses_are_served_at_the_same_time(house: House) -> None:
    class Slow(ListChannel):
        at_once = most = 0

        async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            await asyncio.sleep(0.05)
            self.at_once -= 1
            return await super().send(address, message, reference)

    channel = Slow()
    app = house(email=channel)

    async def scene() -> None:
        for number in range(8):
            app.delivery.deliver(put(app, f"{number}@example.org", "one", "two"))
        await app.delivery.settled()

    played(app, scene)
    assert (len(channel.sent), channel.most) == (16, 8)


def test_a_message_has_the_same_reference_at_every_attempt(house: House) -> None:
    first = Letter(7, 1, "email", "a@example.org", "body", 1)
    again = Letter(7, 1, "email", "a@example.org", "body", 2)
    other = Letter(7, 1, "email", "a@example.org", "another", 1)
    assert reference(first) == reference(again) != reference(other)


def test_pauses_double_up_to_ten_minutes_and_never_undercut_the_vendor() -> None:
    assert all(1 <= delay(1, None) <= 2 for _ in range(50))
    assert all(300 <= delay(99, None) <= 600 for _ in range(50))
    assert delay(1, 45) == 45


def test_mail_goes_into_the_folder_of_the_settings(house: House, tmp_path: Path) -> None:
    app = house()
    channel = outgoing(app.settings, app.clock)
    played(app, lambda: channel.send("a@example.org", Outbound("Hello"), "x"))
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["x.eml"]


class Pieces(ListChannel):
    """A channel that takes three characters at a time; `fail_once` refuses one piece, once."""

    fail_once = ""

    def parts(self, message: Outbound) -> list[Outbound]:
        return [replace(message, text=message.text[at : at + 3]) for at in range(0, len(message.text), 3)]

    async def send(self, address: str, message: Outbound, reference: str, edits: str = "") -> str:
        if message.text == self.fail_once:
            self.fail_once = ""
            raise DeliveryError("busy", permanent=False)
        name = await super().send(address, message, reference)
        return f"{name} for {edits}" if edits else name


def test_a_long_letter_goes_on_with_the_piece_that_failed(house: House) -> None:
    channel = Pieces()
    channel.fail_once = "def"
    left = house()
    put(left, "a@example.org", "abcdefghi")
    played(left, left.delivery.settled)

    async def look_again(app: App) -> None:
        await app.delivery.sweep()
        await app.delivery.settled()

    for minutes in (2, 4):
        app = house(now=NOON + timedelta(minutes=minutes), email=channel)
        played(app, partial(look_again, app))
    assert [text for _, text in channel.sent] == ["abc", "def", "ghi"]
    assert [name.split("-")[2:] for name in channel.references] == [[], ["1"], ["2"]]


def test_a_message_takes_the_place_of_an_earlier_one(house: House) -> None:
    channel = Pieces()
    app = house(email=channel)

    async def scene() -> None:
        [first] = put(app, "a@example.org", "one")
        app.delivery.deliver([first])
        await app.delivery.settled()
        with app.house.database.work(app.clock()) as work:
            change = outbox.add(work, first.address_id, encode(Outbound("two", edits=first.id)))
            never = outbox.add(work, first.address_id, encode(Outbound("six", edits=4711)))
        app.delivery.deliver([each for each in (change, never) if each])
        await app.delivery.settled()
        with app.house.database.work(app.clock()) as work:
            assert [outbox.sent_as(work, number) for number in (1, 2, 3)] == ["sent-1", "sent-2 for sent-1", ""]

    played(app, scene)
    assert [text for _, text in channel.sent] == ["one", "two"]


def test_a_vendor_that_asks_for_a_pause_is_left_alone_by_every_process(house: House) -> None:
    flood = DeliveryError("too many requests", permanent=False, retry_after=30, by_vendor=True)
    app = house(email=ListChannel(refuse=lambda _: flood))
    other = house(now=NOON + outbox.LEASE, email=ListChannel())

    async def scene() -> int:
        app.delivery.deliver(put(app, "a@example.org", "one"))
        await app.delivery.settled()
        put(app, "b@example.org", "two")
        return await other.delivery.sweep()

    assert played(app, scene) == 0
    played(other, other.delivery.settled)


def test_the_pace_of_a_vendor_is_kept(house: House) -> None:
    channel = ListChannel()
    channel.pace = Pace(channel=0.05, burst=2)
    app = house(email=channel)

    async def scene() -> float:
        begun = asyncio.get_running_loop().time()
        for number in range(6):
            app.delivery.deliver(put(app, f"{number}@example.org", "one"))
        await app.delivery.settled()
        return asyncio.get_running_loop().time() - begun

    assert played(app, scene) >= 0.05 * 4
    assert len(channel.sent) == 6
