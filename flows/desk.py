"""What a member of the staff has to say to settle a desk item: one question, pinned when the form opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.dialog import kinds
from flows.dialog.talk import Talk
from flows.facts import Facts


@dataclass(frozen=True)
class Told:
    """The words for an item; `about` names the item and the action."""

    about: Mapping[str, str]
    words: str


async def script(talk: Talk, facts: Facts) -> Told:
    about = facts.about
    words = await talk.text(
        "words",
        about.get("question", "What shall be done?"),
        longest=kinds.MAX_TEXT,
        lines=True,
        label="Words",
        example=about.get("example", ""),
        verbatim=True,
    )
    return Told(about, words)
