"""New links are looked at after the turn, by real servers on loopback; a trouble is told once, kindly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bot.app import App
from bot.looking import look_at_links
from handlers.evidence import looked_at
from storage import candidacies, evidence, people
from tests.bot.edge import NOON, ListChannel, played
from tests.bot.links.sites import Sites, html, reach

PAGES = {"/plan": html("<title>My plan</title>"), "/mine": html("<title>Sign in</title>", 401)}
GONE = "The site says that this page does not exist (any more); please look for its new address and send that."


def candidate(app: App, *links: str) -> int:
    """A candidate with these links, and the id of their candidacy."""
    with app.house.database.work(NOON) as work:
        person = people.add(work, "email", "ann@library.org").person_id
        candidacy = candidacies.add(work, person, None, date(2025, 11, 23), date(2029, 11, 23), "active")
        for link in links:
            evidence.add(work, candidacy, link)
    return candidacy


def states(app: App, candidacy: int) -> list[str]:
    with app.house.database.work(NOON) as work:
        return [each.check_state for each in evidence.of(work, candidacy)]


@pytest.fixture
def mail() -> ListChannel:
    return ListChannel()


def test_each_link_is_looked_at_once_and_only_a_trouble_is_told(house: Callable[..., App], mail: ListChannel) -> None:
    app = house(email=mail)

    async def scene() -> tuple[int, int, list[str]]:
        async with Sites(PAGES) as sites:
            site = f"http://work.example:{sites.port}"
            candidacy = candidate(app, f"{site}/plan", f"{site}/gone", f"{site}/mine")
            looked = await look_at_links(app, reach(sites)), await look_at_links(app, reach(sites))
            await app.delivery.settled()
            return *looked, states(app, candidacy)

    assert played(app, scene) == (3, 0, ["live", "dead", "login"])
    assert mail.sent[0][1].split("): ")[1].splitlines()[0] == GONE
    assert [words[:29] for _, words in mail.sent] == ["About link 2 of your evidence", "About link 3 of your evidence"]


def test_a_link_that_was_removed_or_looked_at_by_another_process_meanwhile_is_left_alone(
    house: Callable[..., App], mail: ListChannel
) -> None:
    app = house(email=mail)

    async def scene() -> list[str]:
        candidacy = candidate(app, "https://gone.example/a", "https://gone.example/b")
        with app.house.database.work(NOON) as work:
            first, second = evidence.unchecked(work, 9)
            evidence.remove(work, first.id)
            evidence.checked(work, second.id, "live", "")
        late = [partial(looked_at, link=each, state="dead", reason=GONE) for each in (first, second)]
        told = [await app.errand(each) for each in late]
        assert told == [False, False]
        return states(app, candidacy)

    assert (played(app, scene), mail.sent) == (["live"], [])


def test_where_checking_is_off_nothing_is_fetched(house: Callable[..., App]) -> None:
    app = house()
    app = replace(app, settings=replace(app.settings, link_check=False))

    async def scene() -> tuple[int, list[str]]:
        async with Sites(PAGES) as sites:
            candidate(app, f"http://work.example:{sites.port}/plan")
            return await look_at_links(app, reach(sites)), sites.seen

    assert played(app, scene) == (0, [])
