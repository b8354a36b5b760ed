"""A flood is warned once, then dropped until it calms, and costs neither memory nor other people's time."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from bot.app import App
from bot.flood import Flood, Limits, Verdict
from bot.metrics import Tally
from flows.dialog.speech import Inbound, Pressed
from handlers.flood import WARNING
from handlers.hearing import CUT, LONGEST_TEXT
from handlers.letters import decode
from storage.conversations import answer
from storage.database import Work
from storage.inbound import inbound
from storage.outbox import outbox
from tests.bot.edge import NOON, ListChannel, played
from tests.bot.test_app import Thinker

House = Callable[..., App]
LIMITS = Limits()


@dataclass
class Seconds:
    """A clock that is set by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Turns(Tally):
    """Counts the results of turns as well."""

    results: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__()

    def turn(self, channel: str, result: str, seconds: float) -> None:
        self.results[result] += 1


def said(number: int, text: str = "", address: str = "flooder", channel: str = "telegram") -> Inbound:
    return Inbound(f"{address} {number}", channel, address, text or f"message number {number}")


def flooded(flood: Flood) -> list[Verdict]:
    return [flood.judge(said(number)) for number in range(LIMITS.burst + 20)]


def test_a_flood_is_warned_once_and_then_dropped() -> None:
    verdicts = flooded(Flood(seconds=Seconds()))
    assert verdicts == ["hear"] * LIMITS.burst + ["warn"] + ["drop"] * 19


def test_a_flood_that_goes_on_is_dropped_until_it_calms() -> None:
    seconds = Seconds()
    flood = Flood(seconds=seconds)
    flooded(flood)
    verdicts = set()
    for number in range(1000):
        seconds.now += LIMITS.seconds / 2
        verdicts.add(flood.judge(said(number)))
    assert verdicts == {"drop"}
    seconds.now += LIMITS.seconds * LIMITS.burst
    assert flooded(flood)[: LIMITS.burst + 2] == ["hear"] * LIMITS.burst + ["warn", "drop"]


def test_whoever_goes_on_at_an_ordinary_pace_is_heard_again() -> None:
    seconds = Seconds()
    flood = Flood(seconds=seconds)
    flooded(flood)
    verdicts = []
    for number in range(60):
        seconds.now += 4 * LIMITS.seconds
        verdicts.append(flood.judge(said(number)))
    assert verdicts == ["drop"] * 9 + ["hear"] * 51


def test_nobody_who_types_is_limited() -> None:
    seconds = Seconds()
    flood = Flood(seconds=seconds)
    for number in range(1000):
        seconds.now += LIMITS.seconds
        assert flood.judge(said(number)) == "hear"


def test_a_script_at_the_terminal_is_never_limited() -> None:
    flood = Flood(seconds=Seconds())
    assert {flood.judge(said(number, channel="terminal")) for number in range(5000)} == {"hear"}


def test_others_and_other_places_are_not_counted_together() -> None:
    flood = Flood(seconds=Seconds())
    flooded(flood)
    in_a_group = replace(said(1), place="group")
    assert [flood.judge(each) for each in (said(1, address="other"), said(1, channel="slack"), in_a_group)] == [
        "hear"
    ] * 3


def test_a_flood_in_a_public_place_is_dropped_without_a_word() -> None:
    flood = Flood(seconds=Seconds())
    verdicts = [flood.judge(replace(said(number), place="group")) for number in range(LIMITS.burst + 9)]
    assert verdicts == ["hear"] * LIMITS.burst + ["drop"] * 9


@pytest.mark.parametrize(
    "garbage",
    [
        said(1, "Buy cheap watches at https://watches.example"),
        said(1, "!!!!"),
        said(1, "🙂🙂"),
        replace(said(1), text="", content="sticker"),
    ],
)
def test_the_same_garbage_is_dropped_quietly_from_the_third_time(garbage: Inbound) -> None:
    seconds = Seconds()
    flood = Flood(seconds=seconds)
    assert [flood.judge(garbage) for _ in range(5)] == ["hear", "hear", "drop", "drop", "drop"]
    assert flood.judge(said(2, "back")) == "hear"
    assert flood.judge(garbage) == "hear"
    seconds.now += LIMITS.memory
    assert [flood.judge(garbage) for _ in range(2)] == ["hear", "hear"]


@pytest.mark.parametrize(
    "answer",
    [
        said(1, "yes"),
        said(1, "1"),
        said(1, "back"),
        replace(said(1), pressed=Pressed(0, "", "menu")),
        replace(said(1), text="", content="photo"),
    ],
)
def test_the_same_answer_may_be_given_many_times(answer: Inbound) -> None:
    flood = Flood(seconds=Seconds())
    assert [flood.judge(answer) for _ in range(20)] == ["hear"] * 20


def test_ten_thousand_addresses_are_remembered_and_no_more() -> None:
    flood = Flood(seconds=Seconds())
    for number in range(LIMITS.addresses + 500):
        flood.judge(said(1, address=str(number)))
    assert len(flood) == LIMITS.addresses


def test_what_could_not_be_taken_is_judged_anew_when_it_comes_again() -> None:
    flood = Flood(seconds=Seconds())
    message = said(1, "The same long words, because the vendor brings them again")
    for _ in range(200):
        assert flood.judge(message) == "hear"
        flood.forgive(message)
    verdicts = flooded(flood)
    warned = said(LIMITS.burst)
    assert verdicts.index("warn") == LIMITS.burst
    flood = Flood(seconds=Seconds())
    assert [flood.judge(said(number)) for number in range(LIMITS.burst + 1)][-1] == "warn"
    flood.forgive(warned)
    assert flood.judge(warned) == "hear"


def bodies(work: Work) -> list[str]:
    return [decode(row.body).text for row in work.connection.execute(outbox.select().order_by(outbox.c.id))]


def heard(work: Work) -> int:
    return len(work.connection.execute(inbound.select()).all())


def test_the_warning_is_a_turn_of_its_own_and_what_is_dropped_is_confirmed(house: House) -> None:
    turns = Turns()
    app = replace(house(telegram=ListChannel("telegram")), flood=Flood(seconds=Seconds()), metrics=turns)

    async def scene() -> None:
        await asyncio.gather(*(app.hear(said(number, "menu")) for number in range(10_000)))
        await app.delivery.settled()
        again = await app.hear(said(LIMITS.burst, "menu"))
        assert again.letters == ()

    played(app, scene)
    with app.house.database.work(NOON) as work:
        told, count = bodies(work), heard(work)
    assert (len(told), told[-1], count) == (LIMITS.burst + 1, WARNING, LIMITS.burst + 1)
    assert turns.results == {"answered": LIMITS.burst, "warned": 1, "dropped": 10_000 - LIMITS.burst}


def test_a_warning_whose_message_comes_again_is_not_repeated(house: House) -> None:
    app = house()
    from handlers.flood import warn

    assert [warn(app.house, said(1), NOON).duplicate for _ in range(2)] == [False, True]
    played(app, app.delivery.settled)


@pytest.mark.alone
def test_a_flood_holds_up_nobody_else(house: House) -> None:
    """The time of others' turns beside ten thousand messages of one, to their time alone: medians of rounds."""
    app = replace(house(telegram=ListChannel("telegram")), flood=Flood(seconds=Seconds()))

    async def others(round_: int) -> float:
        begun = time.perf_counter()
        for number in range(20):
            await app.hear(said(round_ * 20 + number, "menu", address=f"other {round_}"))
        return time.perf_counter() - begun

    async def scene() -> float:
        await others(0)
        alone = sorted([await others(round_) for round_ in range(1, 6)])[2]
        flood = asyncio.gather(*(app.hear(said(number, "menu")) for number in range(10_000)))
        beside = sorted([await others(round_) for round_ in range(6, 11)])[2]
        await flood
        return beside / alone

    assert played(app, scene) < 4


@pytest.mark.parametrize(("length", "told"), [(LONGEST_TEXT, False), (LONGEST_TEXT + 1, True), (10**6, True)])
def test_text_that_is_too_long_is_cut_and_the_person_told(house: House, length: int, told: bool) -> None:
    app = house(Thinker())

    async def scene() -> str:
        (letter,) = (await app.hear(said(1, "menu".ljust(length)))).letters
        return decode(letter.body).text

    text = played(app, scene)
    assert ("I am LSSC Assistant" in text, CUT in text) == (True, told)


def test_what_is_kept_of_a_long_answer_is_its_beginning(house: House) -> None:
    app = house(Thinker())

    async def scene() -> list[str]:
        await app.hear(said(1, "apply"))
        await app.hear(said(2, "Ann Example" + " " * LONGEST_TEXT + "the end"))
        with app.house.database.work(NOON) as work:
            return [row.words.strip() for row in work.connection.execute(answer.select())]

    assert played(app, scene) == ["Ann Example"]
