"""Messages of one address pass in order, those of others beside them."""

import asyncio

import pytest

from bot.lanes import Lanes


async def passing(order: list[str], lanes: Lanes, key: str, name: str, pause: float) -> None:
    async with lanes.one(key):
        await asyncio.sleep(pause)
        order.append(name)


async def failing(lanes: Lanes) -> None:
    async with lanes.one("a"):
        raise ValueError("oops")


def test_one_address_is_taken_in_the_order_of_arrival_and_nobody_waits_for_others() -> None:
    async def scene() -> tuple[list[str], int]:
        order: list[str] = []
        lanes = Lanes()
        pauses = [("a", "slow", 0.05), ("a", "quick", 0.0), ("b", "other", 0.0)]
        await asyncio.gather(*(passing(order, lanes, *each) for each in pauses))
        return order, len(lanes)

    assert asyncio.run(scene()) == (["other", "slow", "quick"], 0)


def test_a_lane_goes_on_after_a_failure() -> None:
    async def scene() -> int:
        lanes = Lanes()
        for _ in range(2):
            with pytest.raises(ValueError, match="oops"):
                await failing(lanes)
        return len(lanes)

    assert asyncio.run(scene()) == 0
