"""What the program calls a person: their name, corrected."""

from dataclasses import dataclass

from flows.dialog import kinds
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.facts import Facts

LONGEST = 100


@dataclass(frozen=True)
class Renamed:
    """The name to be used from now on; that of an application stays as it was confirmed."""

    name: str


async def rename(talk: Talk, facts: Facts) -> Renamed:  # noqa: ARG001 - every script takes the facts
    def read(words: str) -> str:
        said = kinds.text(words, longest=LONGEST)
        if not any(character.isalpha() for character in said):
            raise Unclear("Please write your name in letters.")
        return said

    text = "What name shall I use for you?"
    return Renamed(await talk.ask("called", text, read, label="Name", example="Ann Example", free=True))
