"""A message in a group or channel: answered from the knowledge base alone; what is personal moves to a private talk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from faq.knowledge import Reply as Thought
from flows.dialog.kinds import tidy
from flows.dialog.speech import Choice, Inbound, Outbound
from flows.program import cards
from flows.registry import FORMS
from handlers import answers, commands, offers
from handlers.exchange import Errand, House, NeedsThought
from storage import people
from storage.database import Work
from storage.people import Place

OF_MINE = r"application|status|payment|portfolios?|reviews?|account|data|membership|admission|certificate"
PERSONAL = (
    ("progress", re.compile(r"\bmy (?:own )?(?:progress|deadline|candidacy|last day)\b")),
    ("eligibility", re.compile(r"\b(?:am i|if i am|if i'm|whether i am) eligible\b|\b(?:do|would) i qualify\b")),
    (
        "status",
        re.compile(rf"\bmy (?:own )?(?:{OF_MINE})\b|\b(?:was|am) i (?:admitted|accepted|certified)\b"),
    ),
)
ASK_HERE = "Here I answer questions about the program, such as “Is there an exam?”. All the rest I do in private."
BETWEEN_US = "That is between you and me, so let us do it in private."
IN_PRIVATE = "Write to me in private"
CARD = "That looks like a card number. I have not kept it, but others may see it here: please delete it."
NOT_COVERED = "My documents do not cover that. A person of the office can help you."
NO_WORDS = "I can only read words."
REPLACED = "That answer has been replaced meanwhile; please ask in your own words."
DID_YOU_MEAN = "Did you mean one of these?"
PERSON = Choice("private:person", "Talk to a person")
TALK = Choice("private:menu", IN_PRIVATE)
LABELS = {name: form.invitation for name, form in FORMS.items()} | {
    "status": offers.STATUS.label,
    "progress": offers.PROGRESS.label,
    "certificate": "My certificate",
    "webinars": "Webinars",
    "calendar": "My dates",
    "person": PERSON.label,
}


@dataclass(frozen=True)
class Said:
    """What is posted for all to read."""

    text: str
    choices: tuple[Choice, ...] = ()


def answer(house: House, work: Work, message: Inbound, thoughts: Mapping[str, Thought]) -> Errand:
    """Post the answer where the message was said. Nobody is put on record, and nothing about anybody is told."""
    place = people.place(work, message.channel, message.place)
    said = _said(house, message, place, thoughts.get(message.text))
    errand = Errand(house, work)
    offer = offers.as_json(said.choices)
    if offer != place.offer:
        people.set_offer(work, place.id, offer, 0)
    errand.post(place.id, Outbound(said.text, said.choices, answers=message.answers))
    return errand


def _said(house: House, message: Inbound, place: Place, thought: Thought | None) -> Said:
    words = message.text.strip()
    if cards.card_number(words):
        return Said(CARD, (TALK,))
    key = message.pressed.choice if message.pressed else offers.picked(place.offer, words)
    if key is not None:
        return _chosen(house, key)
    if not words or tidy(words[:200]).rstrip(".)").isdecimal():
        return Said(ASK_HERE if message.content == "text" else f"{NO_WORDS} {ASK_HERE}", (TALK,))
    command = commands.find(words)
    if command is not None:
        return _private(command[0])
    personal = next((name for name, pattern in PERSONAL if pattern.search(words[:500].lower())), None)
    if personal is not None:
        return _private(personal)
    if thought is None:
        raise NeedsThought(message.text)
    return _thought(thought)


def _chosen(house: House, key: str) -> Said:
    """A button under a public answer, pressed by whoever it was."""
    kind, _, rest = key.partition(":")
    if kind != "entry":
        return _private(rest if kind == "private" else key)
    found = house.entry(rest)
    return Said(answers.sourced(found), _beside(found.offer)) if found is not None else Said(REPLACED)


def _private(command: str) -> Said:
    if command in ("help", "menu") or command not in LABELS:
        return Said(ASK_HERE, (TALK,))
    return Said(BETWEEN_US, (Choice(f"private:{command}", LABELS[command]),))


def _thought(thought: Thought) -> Said:
    if thought.kind == "unknown":
        return Said(NOT_COVERED, (PERSON,))
    if thought.kind == "suggest":
        return Said(DID_YOU_MEAN, (*answers.near(thought), PERSON))
    text = "\n\n".join(answers.told(thought))
    names = dict.fromkeys(each.offer for each in thought.answers) if thought.kind in ("answer", "two") else ()
    return Said(text, tuple(choice for name in names for choice in _beside(name)))


def _beside(name: str | None) -> tuple[Choice, ...]:
    return tuple(replace(answers.OFFERS[each], key=f"private:{each}") for each in (name,) if each)
