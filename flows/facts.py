"""What a script may know beside the answers: pinned when its conversation opens, so that every replay is the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flows.program.assistance import OnRecord
from flows.program.competencies import Competencies
from flows.program.rules import Rules

NONE = Competencies(())


@dataclass(frozen=True)
class Facts:
    """`today` is the office's date at the opening; `rules` those in force for this person.

    `known` gives, for each answer that was filled in from an earlier conversation, the day it was said; `about` what
    this conversation is about where that is not the person alone, such as a desk item; `awards` the assistance on
    record, of all states, where a script tells it; `competencies` those of the program.
    """

    today: date
    rules: Rules
    known: Mapping[str, date] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    awards: tuple[OnRecord, ...] = ()
    competencies: Competencies = NONE

    def said_on(self, key: str) -> date:
        """The day the answer to `key` refers to: when it was first said."""
        return self.known.get(key, self.today)
