"""`lssc demo`: loads a few obviously fictitious people into an empty database."""

import asyncio
from argparse import Namespace
from dataclasses import dataclass

from bot import settings
from bot.app import App, build
from bot.channels.terminal import inbound
from bot.pickup import Pickup
from bot.trouble import CommandError
from flows.program.eligibility import Outcome
from handlers import applications
from handlers.exchange import Errand
from storage import feedback, people
from storage.database import Work

MANY = 1000
DEMO = {"demo": True}  # stands beside each record in the audit


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist; `state` is that of their application, "" for none."""

    email: str
    name: str
    about: str
    state: str = ""
    member: bool = False
    abroad: bool = False


PEOPLE = (
    Person("ada.example@example.org", "Ada Example", "applied, is a member of ALA", "submitted", member=True),
    Person("bo.sample@example.org", "Bo Sample", "applied, went to school abroad", "submitted", abroad=True),
    Person("cy.specimen@example.org", "Cy Specimen", "applied and withdrew", "withdrawn"),
    Person("dot.dummy@example.org", "Dot Dummy", "asked a question that the documents do not cover"),
    Person("ed.placeholder@example.org", "Ed Placeholder", "is in the middle of an application"),
)


def run(args: Namespace) -> int:  # noqa: ARG001 - every command takes its arguments
    """Refuses a database that holds anybody."""
    asyncio.run(_load(settings.read()))
    print("Five people who do not exist are on record:")
    for person in PEOPLE:
        print(f"  lssc chat --as {person.email:<28} {person.name}: {person.about}")
    return 0


async def _load(chosen: settings.Settings) -> None:
    app = build(chosen, channels={})
    try:
        await app.errand(_write)
        await _say(app, PEOPLE[-1].email, ("apply", PEOPLE[-1].name, PEOPLE[-1].email))
    finally:
        await app.close()


def _write(errand: Errand) -> None:
    work, year = errand.work, errand.today.year
    for number, person in enumerate(PEOPLE, start=1):
        added = people.add(work, "email", person.email)
        known = added.person_id
        if not added.new or (number == 1 and _anybody_before(work, known)):
            raise CommandError("This database holds people; name an empty one in LSSC_DATABASE_URL for the demo.")
        if person.state:
            _apply(errand, known, person, f"LSSC-{year}-DEMO{number}")
        elif person.name == "Dot Dummy":
            feedback.unanswered(work, known, "Will the demo be shown at the moon library?", [])


def _anybody_before(work: Work, person_id: int) -> bool:
    return person_id > MANY or any(people.addresses(work, each) for each in range(1, person_id))


def _apply(errand: Errand, known: int, person: Person, reference: str) -> None:
    outcome = Outcome.PERSON_DECIDES if person.abroad else Outcome.ELIGIBLE
    entry = applications.Entry(_details(person), person.member, person.abroad, outcome, DEMO)
    applications.enter(errand, known, reference, entry)
    if person.state == "withdrawn":
        applications.take_back(errand, known, DEMO)


def _details(person: Person) -> dict[str, str]:
    where = "outside the United States" if person.abroad else "in the United States"
    return {
        "Name": person.name,
        "Email": person.email,
        "Position": "Demonstration clerk",
        "Library": "Nowhere Public Library",
        "State or country": "Ohio",
        "Schooling": f"diploma or equivalent, earned {where}",
        "Hours": "20 hours a week since March 2020",
        "ALA member": "yes, number to follow" if person.member else "no",
        "Cohort or grant": "none",
        "Mentor wished": "no",
    }


async def _say(app: App, email: str, words: tuple[str, ...]) -> None:
    """Has somebody say a few things; the answers count as seen."""
    pickup = Pickup(app.writer, email, email)
    last = await pickup.begin()
    for text in words:
        await app.hear(inbound(email, text, last))
        letters = await pickup.waiting()
        last = await pickup.shown(letters) if letters else last
