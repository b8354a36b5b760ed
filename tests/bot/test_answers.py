"""What the office publishes or withdraws counts in every process at its next look."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.answers import OfficeAnswers, group_unanswered
from bot.app import App
from faq.knowledge import Knowledge
from handlers.exchange import Errand
from storage import desk, feedback, people, published
from tests.bot.edge import NOON, played

House = Callable[..., App]
QUESTION = "May I send a photo of my diploma?"


def publish(errand: Errand) -> int:
    number = published.add(errand.work, "Photos of diplomas", "A photo is enough.", (QUESTION,), "Olive", None)
    published.set_state(errand.work, number, "published", date(2027, 1, 1))
    return number


def test_a_published_answer_is_given_after_the_next_look_and_no_more_once_it_is_withdrawn(
    house: House, knowledge: Knowledge
) -> None:
    office, other = house(knowledge), house(knowledge)
    withdrawing = house(knowledge, now=NOON + timedelta(minutes=1))

    async def scene() -> None:
        answers = OfficeAnswers(other)
        assert not await answers.look()
        before = await other.knowing.think(QUESTION)
        number = await office.errand(publish)
        assert await other.knowing.think(QUESTION) == before
        assert [await answers.look(), await answers.look()] == [True, False]
        told = (await other.knowing.think(QUESTION)).answers[0]
        assert (told.text, told.source) == ("A photo is enough.", "the LSSC office, 20 November 2026")
        assert other.house.entry(told.id) == told
        await withdrawing.errand(lambda errand: published.set_state(errand.work, number, "withdrawn"))
        assert await answers.look()
        assert await other.knowing.think(QUESTION) == before

    played(other, scene)
    for app in (office, withdrawing):
        asyncio.run(app.close())


def test_questions_of_one_meaning_are_one_item_for_the_office(house: House, knowledge: Knowledge) -> None:
    app = house(knowledge)

    def ask(errand: Errand) -> None:
        person = people.add(errand.work, "telegram", "1").person_id
        for words in ("do you sell umbrellas", "can I buy an umbrella from you", "may my dog apply"):
            feedback.unanswered(errand.work, person, words, [])

    async def scene() -> Any:
        await app.errand(ask)
        counts = [await group_unanswered(app), await group_unanswered(app)]
        return counts, await app.errand(lambda errand: [item.kind for item in desk.open_items(errand.work)])

    assert played(app, scene) == ([3, 0], ["unanswered", "unanswered"])
