"""Which library positions the program is for: it is the position that counts, not the degree its holder has."""

from dataclasses import dataclass
from enum import StrEnum

from flows.program.rules import Rules


class Position(StrEnum):
    """What somebody does in a library today."""

    SUPPORT = "works in a library position that does not require an MLIS"
    VOLUNTEER = "volunteers in a library"
    LIBRARIAN = "works in a library position that requires an MLIS"
    FORMER = "has no library position at the moment"


@dataclass(frozen=True)
class Standing:
    """Whether the position is one for the program; `person` when somebody at the office must look at it."""

    admitted: bool
    person: bool = False
    reason: str = ""


def stand(position: Position, holds_mlis: bool, rules: Rules) -> Standing:
    """Where somebody with this position stands.

    Source: candidate FAQ 3, which overrules the briefing's "has no MLS".
    """
    if position is Position.LIBRARIAN:
        return Standing(False, reason=_turn_to(rules))
    if holds_mlis and not rules.mlis_holders_welcome:
        return Standing(False, reason="The program is for people who do not hold an MLIS.")
    if position is Position.FORMER:
        return Standing(True, person=True, reason="You have no library position now, so a person looks at this.")
    if position is Position.VOLUNTEER and not rules.volunteers_welcome:
        return Standing(True, person=True, reason="You volunteer in a library, so a person looks at this.")
    if holds_mlis:
        return Standing(True, reason="Holding an MLIS is no bar: your position does not require it.")
    return Standing(True)


def _turn_to(rules: Rules) -> str:
    return (
        "The program is for library positions that do not require an MLIS, and this one does."
        " If you also hold another position, or volunteer in one, ask about that;"
        f" for other certifications of ALA-APA, write to {rules.contact_email} or call {rules.contact_phone}."
    )
