"""New links are looked at after the turn, by real servers on loopback; a trouble is told once, kindly."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bot.app import App
from bot.links.checked import ELSEWHERE, PRIVATE
from bot.looking import look_at_links, look_at_submissions
from handlers.evidence import looked_at
from storage import candidacies, evidence, people, submissions
from tests.bot.edge import NOON, ListChannel, played
from tests.bot.links.sites import Sites, html, moved, raw, reach

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


def test_a_link_that_leads_inside_is_told_and_ten_megabytes_are_as_good_as_any_page(
    house: Callable[..., App], mail: ListChannel
) -> None:
    app = house(email=mail)
    pages = {"/inside": moved("http://127.0.0.1:PORT/plan"), "/script": moved("javascript:alert(1)"),
             "/long": raw(b"a" * 10_000_000, Content_Type="text/html"), **PAGES}  # fmt: skip

    async def scene() -> tuple[list[str], list[str]]:
        async with Sites(pages) as sites:
            site = f"http://work.example:{sites.port}"
            candidacy = candidate(app, f"{site}/inside", f"{site}/script", f"{site}/long")
            assert await look_at_links(app, reach(sites)) == 3
            await app.delivery.settled()
            return states(app, candidacy), sorted(sites.seen)

    found, seen = played(app, scene)
    assert found == ["refused", "refused", "live"]
    assert seen == ["work.example/inside", "work.example/long", "work.example/script"]
    assert [words.split("): ")[1].splitlines()[0] for _, words in mail.sent] == [PRIVATE, ELSEWHERE]


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


def handed_in(app: App, *links: str) -> None:
    """A set of somebody called Ann Zwicky, with these links, that waits for its last look."""
    candidacy = candidate(app, *links)
    parts = [{"number": 1, "wording": "", "narrative": [], "links": [{"number": 1, "url": each} for each in links]}]
    with app.house.database.work(NOON) as work:
        people.name(work, candidacies.by_id(work, candidacy).person_id, "Ann Zwicky")
        contents = json.dumps({"set": "cataloging", "round": 1, "competencies": parts})
        submissions.add(work, candidacy, "cataloging", 1, "SET-2026-AAAAA", contents, "[]", "[]")


def state_of_the_set(app: App) -> str:
    with app.house.database.work(NOON) as work:
        found = submissions.by_receipt(work, "SET-2026-AAAAA")
    assert found is not None
    return found.state


@pytest.mark.parametrize(
    ("path", "state", "told"),
    [
        ("/plan", "submitted", "Cataloging and Classification is with the office for review (receipt SET-2026-AAAAA)."),
        ("/gone", "returned", "Cataloging and Classification (receipt SET-2026-AAAAA) did not go to the office yet."),
        ("/ann", "returned", "Cataloging and Classification (receipt SET-2026-AAAAA) did not go to the office yet."),
    ],
)
def test_the_links_of_a_set_that_is_handed_in_are_opened_and_read_once_more(
    house: Callable[..., App], mail: ListChannel, path: str, state: str, told: str
) -> None:
    app = house(email=mail)

    async def scene() -> tuple[int, int]:
        async with Sites(PAGES | {"/ann": html("<title>A guide</title><p>By Ann Zwicky</p>")}) as sites:
            handed_in(app, f"http://work.example:{sites.port}{path}")
            looked = await look_at_submissions(app, reach(sites)), await look_at_submissions(app, reach(sites))
            await app.delivery.settled()
            return looked

    assert (played(app, scene), state_of_the_set(app)) == ((1, 0), state)
    assert mail.sent[0][1].startswith(told)


def test_where_checking_is_off_a_set_goes_to_the_office_unread(house: Callable[..., App]) -> None:
    app = house()
    app = replace(app, settings=replace(app.settings, link_check=False))

    async def scene() -> int:
        handed_in(app, "https://work.example/x")
        return await look_at_submissions(app)

    assert (played(app, scene), state_of_the_set(app)) == (1, "submitted")
