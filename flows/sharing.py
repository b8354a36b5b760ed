"""The form by which a candidate shares parts of their record: with whom, which parts, and until when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flows.dialog import dates, kinds
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.facts import Facts
from flows.program.figures import day_in_words

PARTS: Mapping[str, str] = {
    "application": "Application",
    "work": "Work experience",
    "portfolios": "Portfolios",
    "courses": "Courses",
    "additions": "Additions",
}
ALL = Choice("all", "All of it")
USUAL, LONGEST = 30, 365  # days that a link is open
LONGEST_NAME = 100
SPAN = re.compile(r"(?:for )?(\d{1,3}|an?|one) (day|week|month|year)s?(?: from now)?")
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True)
class Shared:
    """Who may read which parts, up to and with which day."""

    reader: str
    parts: tuple[str, ...]
    until: date


async def script(talk: Talk, facts: Facts) -> Shared:
    choices = (ALL, *(Choice(key, title) for key, title in PARTS.items()))
    warned = "“Application” holds your name and mail address."
    several = kinds.several(choices)
    usual = Choice("usual", f"{USUAL} days, until {day_in_words(facts.today + timedelta(days=USUAL))}")

    def chosen(words: str) -> tuple[str, ...]:
        found = ("all",) if words.strip().lower().rstrip(".!") in ("everything", "all", "all parts") else several(words)
        return tuple(PARTS) if ALL.key in found else tuple(each for each in PARTS if each in found)

    def until(words: str) -> date:
        return until_day(
            "30 days" if words.strip().lower() in ("1", usual.key, usual.label.lower()) else words, facts.today
        )

    reader = await talk.ask(
        "reader", "Who is the link for? A name.", _name, label="Reader", example="Dana Reed", free=True
    )
    parts = await talk.ask(
        "parts",
        f"Which parts may {reader} see? You may name several; what you leave out is not shown. {warned}",
        chosen,
        choices=choices,
        label="Parts",
        example="3, 5",
    )
    day = await talk.ask(
        "until",
        "Until when? A day or a time, such as “2 weeks”; at most a year. You can end it at any time before.",
        until,
        choices=(usual,),
        label="Until",
        example="2 weeks",
    )
    return Shared(reader, parts, day)


def until_day(words: str, today: date) -> date:
    """The last day that is meant by a day or a span, from today to a year from today. Raises Unclear."""
    said = kinds.tidy(words).lower().rstrip(".!").removeprefix("until ").removeprefix("till ")
    span = SPAN.fullmatch("1 day" if said == "tomorrow" else said)
    if span is None:
        return dates.read_day(said, today, earliest=today, latest=today + timedelta(days=LONGEST))
    days = DAYS[span[2]] * (int(span[1]) if span[1].isdecimal() else 1)
    if not 1 <= days <= LONGEST:
        raise Unclear("A link is open for at least a day and at most a year.")
    return today + timedelta(days=days)


def _name(words: str) -> str:
    said = kinds.text(words, longest=LONGEST_NAME)
    if not any(character.isalpha() for character in said):
        raise Unclear("Please write the name of the reader in letters.")
    return said
