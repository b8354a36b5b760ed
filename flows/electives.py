"""An elective beyond those needed is begun only when the candidate says so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from flows.dialog.talk import Talk
from flows.facts import Facts
from flows.program.competencies import Reference
from flows.program.figures import listed


@dataclass(frozen=True)
class Electives:
    """The elective sets that are not begun, and how many of them are still needed."""

    open: tuple[str, ...] = ()
    needed: int = 0

    def pinned(self) -> Mapping[str, str]:
        """As a form keeps them."""
        return {"electives": json.dumps([self.open, self.needed])}


async def wanted(talk: Talk, facts: Facts, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The competencies to go on with: all, or without those of a further elective that is not wanted after all.

    Source: a fourth elective is allowed and recorded, never stands in for a required set, and is said before it begins.
    """
    open_ones, needed = json.loads(facts.about.get("electives", "[[], 0]"))
    further = list(dict.fromkeys(set_id for set_id, _ in references if set_id in open_ones))[needed:]
    if not further:
        return references
    names = listed([facts.competencies.named(each).name for each in further])
    one = len(further) == 1
    begun = await talk.yes_no(
        "further",
        f"{names} would be {'an elective' if one else 'electives'} beyond those you need. It goes on your record, but"
        f" never stands in for a required set. Begin {'it' if one else 'them'} all the same?",
        label="A further elective",
    )
    return references if begun else tuple(each for each in references if each[0] not in further)
