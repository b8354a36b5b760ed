"""A message is taken in once, in order, and survives what passes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.app import App
from bot.channels.terminal import inbound
from bot.pickup import Pickup
from bot.rulebook import RulebookError
from bot.writer import TRIES
from faq.knowledge import Answer, Reply
from flows.dialog.speech import Inbound
from handlers.hearing import Heard
from handlers.letters import decode
from storage import outbox
from tests.bot.edge import NOON, played

House = Callable[..., App]
ANSWER = Answer("moon-library", "The library on the moon", "It opens at noon.", "Lunar gazette, 2026", None)


@dataclass
class Thinker:
    """Knows one thing, and what it was asked."""

    asked: list[str] = field(default_factory=list)

    def think(self, text: str) -> Reply:
        self.asked.append(text)
        return Reply(text, "answer", (ANSWER,), (), 0.95)

    def entry(self, entry_id: str) -> Answer | None:
        return ANSWER if entry_id == ANSWER.id else None


def typed(text: str, number: int, address: str = "somebody") -> Inbound:
    return Inbound(str(number), "terminal", address, text)


def texts(heard: Heard) -> list[str]:
    return [decode(letter.body).text for letter in heard.letters]


def test_a_question_is_thought_about_outside_the_transaction_and_answered(house: House) -> None:
    thinker = Thinker()
    app = house(thinker)

    async def scene() -> list[str]:
        await app.hear(typed("menu", 1))
        await Pickup(app.writer, "somebody").begin()
        pickup = Pickup(app.writer, "somebody")
        await pickup.shown(await pickup.waiting())
        return texts(await app.hear(typed("When does the moon library open?", 2)))

    (text,) = played(app, scene)
    assert text.startswith("It opens at noon.\n(Source: Lunar gazette, 2026)")
    assert thinker.asked == ["When does the moon library open?"]


def test_a_command_needs_no_knowledge_base(house: House) -> None:
    thinker = Thinker()
    app = house(thinker)
    assert played(app, lambda: app.hear(typed("menu", 1))).letters
    assert thinker.asked == []


def test_a_message_that_comes_twice_is_acted_on_once(house: House) -> None:
    app = house(Thinker())

    async def scene() -> tuple[bool, bool, int]:
        first, second = [await app.hear(typed("menu", 1)) for _ in range(2)]
        with app.house.database.work(NOON) as work:
            return first.duplicate, second.duplicate, outbox.waiting(work)[0]

    assert played(app, scene) == (False, True, 1)


def test_messages_of_one_address_are_taken_in_the_order_they_came(house: House) -> None:
    app = house(Thinker())
    words = ["apply", "Ann Example", "ann@example.org", "Clerk", "Springfield Library"]

    async def scene() -> list[str]:
        await asyncio.gather(*(app.hear(typed(text, number)) for number, text in enumerate(words)))
        pickup = Pickup(app.writer, "somebody")
        await pickup.begin()
        return [decode(letter.body).text.splitlines()[-1] for letter in await pickup.waiting()]

    assert played(app, scene) == [
        "What is your full name?",
        "Your email address?",
        "What is your position called?",
        "Which library is it?",
        "In which state is it?",
    ]


def test_a_knowledge_base_that_cannot_be_opened_is_told_and_the_message_is_not_taken(house: House) -> None:
    broken = house()

    def fail() -> Any:
        raise RulebookError("The knowledge base cannot be opened: why")

    from bot.knowing import Knowing

    app = replace(broken, knowing=Knowing(fail))

    async def scene() -> int:
        with pytest.raises(RulebookError):
            await app.hear(typed("What does it cost?", 1))
        with app.house.database.work(NOON) as work:
            return outbox.waiting(work)[0]

    assert played(app, scene) == 0


class Locked(Exception):
    """As the database's library tells a lock."""

    class orig:
        sqlite_errorname = "SQLITE_BUSY"


def test_a_lock_is_waited_for_and_a_fault_is_not(house: House) -> None:
    app = house()
    tries: list[int] = []

    def job(error: Exception, until: int) -> str:
        tries.append(1)
        if len(tries) < until:
            raise error
        return "done"

    async def scene() -> str:
        done = await app.writer.patiently(lambda: job(Locked(), 3))
        tries.clear()
        with pytest.raises(ZeroDivisionError):
            await app.writer.patiently(lambda: job(ZeroDivisionError(), 3))
        assert len(tries) == 1
        with pytest.raises(Locked):
            await app.writer.patiently(lambda: job(Locked(), TRIES + 9))
        return done

    assert played(app, scene) == "done"


def test_an_answer_that_was_never_shown_is_shown_when_its_line_comes_again(house: House) -> None:
    """The process died between the commit and the screen."""
    first = house(Thinker())
    played(first, lambda: first.hear(inbound("somebody", "menu", 0)))
    second = house(Thinker())

    async def scene() -> tuple[bool, int, list[str]]:
        pickup = Pickup(second.writer, "somebody")
        last = await pickup.begin()
        heard = await second.hear(inbound("somebody", "menu", last))
        letters = await pickup.waiting()
        await pickup.shown(letters)
        return heard.duplicate, len(letters), [decode(each.body).text for each in await pickup.waiting()]

    assert played(second, scene) == (True, 1, [])


def test_an_answer_that_was_shown_but_not_recorded_is_shown_once_more(house: House) -> None:
    """The process died between the screen and the record; whoever saw the answer says the next thing."""
    first = house(Thinker())

    async def died() -> None:
        await first.hear(inbound("somebody", "menu", 0))
        assert len(await Pickup(first.writer, "somebody").waiting()) == 1

    played(first, died)
    second = house(Thinker())

    async def scene() -> tuple[bool, int]:
        pickup = Pickup(second.writer, "somebody")
        heard = await second.hear(inbound("somebody", "help", await pickup.begin()))
        return heard.duplicate, len(await pickup.waiting())

    assert played(second, scene) == (False, 2)


def test_the_terminal_of_an_address_joins_the_person_who_has_it(house: House) -> None:
    from storage import people

    app = house(Thinker())

    async def scene() -> list[tuple[str, str]]:
        with app.house.database.work(NOON) as work:
            person = people.add(work, "email", "a@example.org").person_id
        await Pickup(app.writer, "a@example.org", "a@example.org").begin()
        with app.house.database.work(NOON) as work:
            return [(each.channel, each.address) for each in people.addresses(work, person)]

    assert played(app, scene) == [("email", "a@example.org"), ("terminal", "a@example.org")]


def test_somebody_unknown_who_speaks_as_an_address_is_reachable_there_afterwards(house: House) -> None:
    from storage import people

    app = house(Thinker())

    async def scene() -> bool:
        pickup = Pickup(app.writer, "new@example.org", "new@example.org")
        await app.hear(inbound("new@example.org", "menu", await pickup.begin()))
        await pickup.join()
        with app.house.database.work(NOON) as work:
            known = people.find(work, "terminal", "new@example.org")
            return known is not None and known == people.find(work, "email", "new@example.org")

    assert played(app, scene)
