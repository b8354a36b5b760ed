"""What a link shows: one question for one link, one confirmation for several."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows import electives
from flows.dialog import kinds
from flows.dialog.question import Question
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.electives import Electives
from flows.facts import Facts
from flows.program import references
from flows.program.competencies import Competencies, Reference

NONE_LEFT = Electives()
LATER = Choice("later", "Leave it for later")
OTHERS = Choice("other", "Another one")
RIGHT = Choice("right", "All right so")
CHANGED = re.compile(r"\s*#?(\d{1,2})\s*[.:)=-]\s*(\S.*?)\s*[.;,]?\s*")
BETWEEN = re.compile(
    r"\s*[\n;]\s*|,\s*(?:and\s+)?(?=#?\d{1,2}\s*[.:)=-]\s*[A-Za-z])|\s+(?=#?\d{1,2}\s*[:)=]\s*[A-Za-z])"
)
LONGEST_LINK = 80


@dataclass(frozen=True)
class Link:
    """A link on record: its number there, its address, and the likeliest competencies, best first."""

    number: int
    url: str
    likely: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Placed:
    """Which competencies each link is for, by the link's number; a link left out stays to be placed."""

    places: Mapping[int, tuple[Reference, ...]]


def about(links: Sequence[Link], left: Electives = NONE_LEFT) -> Mapping[str, str]:
    """What the form is about, as it is pinned; `left` are the electives that are not begun."""
    asked = json.dumps([[each.number, each.url, each.likely] for each in links])
    return {"links": asked, **left.pinned()}


async def script(talk: Talk, facts: Facts) -> Placed:
    links = [
        Link(number, url, tuple((set_id, place) for set_id, place in likely))
        for number, url, likely in json.loads(facts.about["links"])
    ]
    of_one = len(links) == 1
    said = await (_one(talk, facts.competencies, links[0]) if of_one else _several(talk, facts.competencies, links))
    every = tuple(dict.fromkeys(each for references in said.values() for each in references))
    wanted = await electives.wanted(talk, facts, every)
    kept = {number: tuple(each for each in references if each in wanted) for number, references in said.items()}
    return Placed({number: references for number, references in kept.items() if references})


async def _one(talk: Talk, competencies: Competencies, link: Link) -> Mapping[int, tuple[Reference, ...]]:
    likely = tuple(Choice(_key(each), _named(competencies, each)) for each in link.likely)
    choices = (*likely, OTHERS, LATER) if likely else (LATER,)
    chosen = kinds.choice(choices)
    at_hand = link.likely[0][0] if len({set_id for set_id, _ in link.likely}) == 1 else ""

    def read(words: str) -> tuple[Reference, ...] | str:
        picked = _picked(words, link.likely)
        if picked:
            return picked
        try:
            key = chosen(words)
        except Unclear:
            if not re.search(r"\d", words):
                raise
            return references.read(words, competencies, at_hand)
        return key if key in (OTHERS.key, LATER.key) else (_reference(key),)

    text = f"Which competency does {_short(link.url)} show? You may name several, such as “Technology 3, 4 and 7”."
    question: Question[tuple[Reference, ...] | str] = talk.ask(
        "shows", text, read, choices=choices, label="Competency", example=references.EXAMPLE
    )
    said = await question
    if said == OTHERS.key:
        said = await talk.ask(
            "other",
            "Which set and number? A set’s competencies are listed by its name after `evidence`.",
            lambda words: references.read(words, competencies),
            label="Competency",
            example=references.EXAMPLE,
        )
    return {} if isinstance(said, str) else {link.number: said}


async def _several(
    talk: Talk, competencies: Competencies, links: Sequence[Link]
) -> Mapping[int, tuple[Reference, ...]]:
    guessed: dict[int, tuple[Reference, ...]] = {place: each.likely[:1] for place, each in enumerate(links, start=1)}
    chosen = kinds.choice((RIGHT, LATER), dict.fromkeys(kinds.ALSO_YES, RIGHT.key))

    def read(words: str) -> Mapping[int, tuple[Reference, ...]]:
        changed = [CHANGED.fullmatch(line) for line in BETWEEN.split(words.strip())]
        if not all(changed):
            return guessed if chosen(words) == RIGHT.key else {}
        told = {int(each[1]): references.read(each[2], competencies) for each in changed if each}
        if not told.keys() <= guessed.keys():
            raise Unclear(f"There are {len(links)} links, numbered 1 to {len(links)}.")
        return guessed | told

    lines = [
        f"{place}. {_short(each.url)}: {_named(competencies, each.likely[0]) if each.likely else 'which competency?'}"
        for place, each in enumerate(links, start=1)
    ]
    text = "\n".join(
        [
            "Is it so?",
            *lines,
            "To correct one, write its number and the competency, such as “2: Technology 4”; the rest then counts so.",
        ]
    )
    places = await talk.ask(
        "shows", text, read, choices=(RIGHT, LATER), label="Competencies", example="2: Technology 4"
    )
    return {links[place - 1].number: each for place, each in places.items() if each}


def _picked(words: str, likely: Sequence[Reference]) -> tuple[Reference, ...]:
    """Several of the numbered choices ("1 and 2"); a single number is read as a choice anyway."""
    said = kinds.tidy(words).lower().rstrip(".!")
    numbers = [int(each) for each in re.findall(r"\d+", said)]
    alone = re.fullmatch(r"\d{1,2}(?:(?: ?(?:,|&|and) ?| )+\d{1,2})+", said)
    return (
        tuple(likely[each - 1] for each in numbers) if alone and set(numbers) <= set(range(1, len(likely) + 1)) else ()
    )


def _named(competencies: Competencies, reference: Reference) -> str:
    set_id, number = reference
    group = competencies.named(set_id)
    known = group.competency(number)
    return f"{group.name} {number}: {known.short if known else ''}"


def _key(reference: Reference) -> str:
    return f"{reference[0]} {reference[1]}"


def _reference(key: str) -> Reference:
    set_id, _, number = key.rpartition(" ")
    return set_id, int(number)


def _short(url: str) -> str:
    return url if len(url) <= LONGEST_LINK else f"{url[: LONGEST_LINK - 3]}..."
