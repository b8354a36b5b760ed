"""What is known of a person beside their applications, and how they want to be written to: a form for each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from flows.dialog import kinds
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.facts import Facts
from flows.program import quiet, zones
from flows.program.states import OUTSIDE

LONGEST = 100
ADDRESS = re.compile(r"a\d+")  # among what a form is about: an address
NOW = "now"  # among what a form is about: what is on record
What: TypeAlias = Literal["library", "position", "state"]

LAST_USED = Choice("last", "Wherever I wrote last")
QUIET = (
    Choice("off", "No quiet hours at all"),
    Choice("usual", "As usual: 9 pm to 8 am, for reminders only"),
    Choice("weekends", "No messages on weekends"),
)


@dataclass(frozen=True)
class Renamed:
    """The name to be used from now on; that of an application stays as it was confirmed."""

    name: str


@dataclass(frozen=True)
class Told:
    """Something that is otherwise now than an application says."""

    what: What
    words: str


@dataclass(frozen=True)
class NewMail:
    """A mail address that is to take the place of another one, once it is proved."""

    email: str


@dataclass(frozen=True)
class InZone:
    """The time zone by whose clock a person is told days and hours; a name of IANA."""

    zone: str


@dataclass(frozen=True)
class Preferred:
    """The id of the address for what is written of our own accord; None for the one used last."""

    address_id: int | None


@dataclass(frozen=True)
class QuietHours:
    """When a person does not want to be written to, as flows/program/quiet.py keeps it."""

    kept: str


async def rename(talk: Talk, facts: Facts) -> Renamed:  # noqa: ARG001 - every script takes the facts
    def read(words: str) -> str:
        said = kinds.text(words, longest=LONGEST)
        if not any(character.isalpha() for character in said):
            raise Unclear("Please write your name in letters.")
        return said

    text = "What name shall I use for you?"
    return Renamed(await talk.ask("called", text, read, label="Name", example="Ann Example", free=True))


async def library(talk: Talk, facts: Facts) -> Told:
    text = f"Which library do you work at now?{_so_far(facts)}"
    example = "Springfield Public Library"
    return Told("library", await talk.text("library", text, label="Library", example=example))


async def position(talk: Talk, facts: Facts) -> Told:
    text = f"What is your position called now?{_so_far(facts)}"
    return Told("position", await talk.text("title", text, label="Position title", example="Circulation clerk"))


async def state(talk: Talk, facts: Facts) -> Told:
    """The state, or outside the United States the country."""
    found = await talk.state("state", f"In which state do you work now?{_so_far(facts)}", label="State")
    if found != OUTSIDE:
        return Told("state", found.name)
    return Told("state", await talk.text("country", "In which country?", label="Country", example="Bermuda"))


async def new_mail(talk: Talk, facts: Facts) -> NewMail:  # noqa: ARG001
    return NewMail(await talk.email("new.email", "What is your new mail address?", label="New mail address"))


async def time_zone(talk: Talk, facts: Facts) -> InZone:
    """A place may lie in several zones; then the likely ones are offered."""

    def read(words: str) -> tuple[str, ...]:
        return zones.read(words, facts.today.year)

    text = "Where are you? A large city near you, your state, or the name of your time zone."
    found = await talk.ask("zone", text, read, label="Time zone", example="Chicago")
    if len(found) == 1:
        return InZone(found[0])
    likely = tuple(Choice(each, zones.in_words(each)) for each in found)
    return InZone(await talk.choice("zone.which", "Which of these is it?", likely, label="Which zone"))


async def preferred(talk: Talk, facts: Facts) -> Preferred:
    """The proved addresses are among what the form is about: their names by id, with an "a" before it."""
    mine = (Choice(key, label) for key, label in facts.about.items() if ADDRESS.fullmatch(key))
    offered = (*mine, LAST_USED)
    text = "Where shall I write to you of my own accord? What you ask is answered where you ask it."
    chosen = await talk.choice("preferred", text, offered, label="Preferred channel")
    return Preferred(None if chosen == LAST_USED.key else int(chosen.removeprefix("a")))


async def quiet_hours(talk: Talk, facts: Facts) -> QuietHours:
    before = quiet.of(facts.about.get(NOW, ""))
    pick = kinds.choice(QUIET)

    def read(words: str) -> str:
        try:
            said = pick(words)
        except Unclear:
            said = words
        return quiet.kept(quiet.told(said, before))

    text = (
        f"When shall I not write to you? Now: {quiet.in_words(before)}. Say it as in “9 pm to 7 am”; answers to you and"
        " codes never wait."
    )
    return QuietHours(
        await talk.ask("quiet", text, read, choices=QUIET, label="Quiet hours", example="9 pm to 7 am"),
    )


def _so_far(facts: Facts) -> str:
    return f" On record: {facts.about[NOW]}." if facts.about.get(NOW) else ""


def about(now: str) -> Mapping[str, str]:
    """What a form is about that changes what is on record."""
    return {NOW: now} if now else {}
