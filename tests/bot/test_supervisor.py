"""A part that fails is started again with growing pauses; all end in time."""

import asyncio
from dataclasses import dataclass, field

from bot.supervisor import Supervisor, pause


@dataclass
class Part:
    """Fails so often, then works until it is stopped; `deaf` never ends by itself."""

    name: str
    fails: int = 0
    deaf: bool = False
    begun: int = 0
    ended: bool = False
    stopped: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        self.begun += 1
        if self.begun <= self.fails:
            raise ConnectionError(f"for the {self.begun}th time")
        await self.stopped.wait()
        if self.deaf:
            await asyncio.Event().wait()
        self.ended = True

    async def stop(self) -> None:
        self.stopped.set()


def shown(supervisor: Supervisor) -> dict[str, tuple[str, int, str]]:
    return {name: (one.state, one.failures, one.error) for name, one in supervisor.tended.items()}


def test_a_part_that_fails_is_started_again_and_the_others_go_on() -> None:
    weak, strong = Part("weak", fails=3), Part("strong")
    pauses: list[int] = []

    def short(failures: int) -> float:
        pauses.append(failures)
        return 0.01

    async def scene() -> dict[str, tuple[str, int, str]]:
        supervisor = Supervisor(short)
        supervisor.add(weak, strong)
        supervisor.start()
        await asyncio.sleep(0.2)
        now = shown(supervisor)
        await supervisor.stop(1)
        return now | {f"{name}, later": each for name, each in shown(supervisor).items()}

    assert asyncio.run(scene()) == {
        "weak": ("running", 3, "ConnectionError"),
        "strong": ("running", 0, ""),
        "weak, later": ("stopped", 3, "ConnectionError"),
        "strong, later": ("stopped", 0, ""),
    }
    assert (pauses, weak.begun, strong.begun, weak.ended, strong.ended) == ([1, 2, 3], 4, 1, True, True)


def test_between_two_tries_the_next_one_is_told_and_stopping_does_not_wait_for_it() -> None:
    async def scene() -> tuple[str, bool, float]:
        supervisor = Supervisor(lambda _failures: 60)
        supervisor.add(Part("weak", fails=9))
        supervisor.start()
        await asyncio.sleep(0.05)
        one = supervisor.tended["weak"]
        begun = asyncio.get_running_loop().time()
        state = one.state
        await supervisor.stop(5)
        return state, one.next_try is not None, asyncio.get_running_loop().time() - begun

    state, told, took = asyncio.run(scene())
    assert (state, told, took < 1) == ("failed", True, True)


def test_a_part_that_ends_by_itself_counts_as_failed() -> None:
    part = Part("short", deaf=False)

    async def scene() -> tuple[str, str]:
        part.stopped.set()
        supervisor = Supervisor(lambda _failures: 60)
        supervisor.add(part)
        supervisor.start()
        await asyncio.sleep(0.05)
        one = supervisor.tended["short"]
        state = one.state, one.error
        await supervisor.stop(1)
        return state

    assert asyncio.run(scene()) == ("failed", "ended by itself")


def test_a_part_that_does_not_end_is_cancelled_in_time_and_the_others_end_in_order() -> None:
    deaf, good = Part("deaf", deaf=True), Part("good")

    async def scene() -> float:
        supervisor = Supervisor()
        supervisor.add(deaf, good)
        supervisor.start()
        await asyncio.sleep(0.05)
        begun = asyncio.get_running_loop().time()
        await supervisor.stop(0.2)
        return asyncio.get_running_loop().time() - begun

    assert asyncio.run(scene()) < 1
    assert (deaf.ended, good.ended) == (False, True)


def test_some_parts_may_be_stopped_before_others() -> None:
    first, last = Part("first"), Part("last")

    async def scene() -> tuple[bool, bool]:
        supervisor = Supervisor()
        supervisor.add(first, last)
        supervisor.start()
        await asyncio.sleep(0.05)
        await supervisor.stop(1, {"first"})
        midway = first.ended, last.ended
        await supervisor.stop(1, {"last"})
        return midway

    assert (asyncio.run(scene()), last.ended) == ((True, False), True)


def test_pauses_double_up_to_a_minute_and_are_spread() -> None:
    assert all(0.5 <= pause(1) <= 1 for _ in range(50))
    assert all(4 <= pause(4) <= 8 for _ in range(50))
    assert all(30 <= pause(99) <= 60 for _ in range(50))
    assert len({pause(5) for _ in range(50)}) > 1
