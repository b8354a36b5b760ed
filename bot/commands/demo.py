"""`lssc demo`: a few obviously fictitious people talk to the assistant in an empty database, and the office answers."""

import asyncio
import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from bot import settings
from bot.app import App, build
from bot.channels.terminal import inbound
from bot.pickup import Pickup
from bot.trouble import CommandError
from handlers import outcomes, roles
from handlers.desk import acting
from handlers.exchange import Errand
from handlers.outcomes import Seen
from handlers.review import selecting
from handlers.review.selecting import Offered
from storage import desk, people, submissions

ACTOR = roles.Actor("the demo's office", roles.STAFF)
APPLICATION: Mapping[str, str] = {
    "title": "Demonstration clerk",
    "library": "Nowhere Public Library",
    "state": "Ohio",
    "position": "1",
    "schooling": "Yes, from the United States",
    "hours": "20 hours a week since March 2020",
    "more": "That is all",
    "member": "no",
    "cohort": "none",
    "mentor": "no",
}
SEND = ("Send my application", "cancel")  # and leaves out the voluntary questions


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist; `says` comes after name and address of an application, or is all they say."""

    email: str
    name: str
    about: str
    applies: bool = True
    says: tuple[str, ...] = ()
    decided: tuple[tuple[str, str], ...] = ()  # kind of desk item, and what the office does about it
    then: tuple[str, ...] = ()  # said after that
    assesses: tuple[str, ...] = ()  # the sets, by id, that they are trained to assess


def _application(**changes: str) -> tuple[str, ...]:
    answers = {**APPLICATION, **changes}
    if answers["member"] == "yes":
        answers = {key: words for each in answers for key, words in _with_number(each, answers[each])}
    return (*answers.values(), *SEND)


def _with_number(key: str, words: str) -> tuple[tuple[str, str], ...]:
    return ((key, words), ("number", "none")) if key == "member" else ((key, words),)


SETS = ("cataloging", "technology")
PORTFOLIO = (
    "In the winter I catalogued the whole shelf of maps that nobody had touched since the move. I measured each sheet,"
    " looked it up in the shared database, corrected the scale where it was wrong, and wrote a page for my colleagues"
    " on which fields a map needs and why, with three examples.",
    "cataloging 1 to 6",
    "new",
    "my page on it https://example.org/fields-of-a-map",
    "cataloging 1-6",
    "submit cataloging",
    "yes",
    "yes",
)
PEOPLE = (
    Person("ada.example@example.org", "Ada Example", "applied, is a member of ALA", says=_application(member="yes")),
    Person(
        "bo.sample@example.org",
        "Bo Sample",
        "applied, went to school abroad",
        says=_application(schooling="Yes, from another country"),
    ),
    Person("cy.specimen@example.org", "Cy Specimen", "applied and withdrew", says=(*_application(), "withdraw", "yes")),
    Person(
        "dot.dummy@example.org",
        "Dot Dummy",
        "wants a person of the office",
        applies=False,
        says=("person",),
    ),
    Person(
        "fay.fictional@example.org",
        "Fay Fictional",
        "applied, paid, was admitted, and handed a portfolio in",
        says=_application(),
        decided=(("application", "accept"), ("payment", "paid")),
        then=PORTFOLIO,
    ),
    Person(
        "eve.invented@example.org", "Eve Invented", "assesses portfolios", applies=False, says=("menu",), assesses=SETS
    ),
    Person(
        "max.madeup@example.org", "Max Madeup", "assesses portfolios too", applies=False, says=("menu",), assesses=SETS
    ),
    Person("ed.placeholder@example.org", "Ed Placeholder", "is in the middle of an application"),
)


def run(args: Namespace) -> int:  # noqa: ARG001 - every command takes its arguments
    """Refuses a database that holds anybody."""
    asyncio.run(_load(settings.read()))
    print(f"{len(PEOPLE)} people who do not exist are on record:")
    for person in PEOPLE:
        print(f"  lssc chat --as {person.email:<28} {person.name}: {person.about}")
    print("  lssc staff queue                             what of it waits for the office")
    return 0


async def _load(chosen: settings.Settings) -> None:
    app = build(chosen, channels={})
    try:
        await app.errand(_refuse_anybody)
        for person in PEOPLE:
            opening = ("apply", person.name, person.email) if person.applies else ()
            await _say(app, person.email, (*opening, *person.says))
            for kind, action in person.decided:
                await app.errand(partial(_decide, kind=kind, action=action))
            await _say(app, person.email, person.then)
            if person.assesses:
                await app.errand(partial(_trained, person=person))
        await app.errand(_looked_at)
    finally:
        await app.close()


def _refuse_anybody(errand: Errand) -> None:
    if people.anybody(errand.work):
        raise CommandError("This database holds people; name an empty one in LSSC_DATABASE_URL for the demo.")


def _decide(errand: Errand, kind: str, action: str) -> None:
    """The newest item of a kind is settled so."""
    item = [each for each in desk.open_items(errand.work) if each.kind == kind][-1]
    acting.do(errand, ACTOR, item.id, action)


def _trained(errand: Errand, person: Person) -> None:
    known = people.find(errand.work, "terminal", person.email)
    assert known is not None  # noqa: S101 - they have just spoken
    people.name(errand.work, known, person.name)
    selecting.put(errand, known, Offered(person.assesses, "Elsewhere College", "", ""), "selected")
    selecting.trained(errand, ACTOR.name, known, errand.today)


def _looked_at(errand: Errand) -> None:
    """The link of the portfolio leads nowhere, so nobody looks at it."""
    for each in submissions.checking(errand.work, 10):
        links = [link["url"] for part in json.loads(each.contents)["competencies"] for link in part["links"]]
        outcomes.seen(errand, each.id, [Seen(url, "live", "", ("A page about maps",)) for url in dict.fromkeys(links)])


async def _say(app: App, email: str, words: tuple[str, ...]) -> None:
    """Has somebody say a few things; the answers count as seen."""
    pickup = Pickup(app.writer, email, email)
    last = await pickup.begin()
    for text in words:
        await app.hear(inbound(email, text, last))
        letters = await pickup.waiting()
        last = await pickup.shown(letters) if letters else last
        await pickup.join()
