"""Asks for the day of contact hours that were told without one; the lines are held meanwhile."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.dialog.talk import Talk
from flows.facts import Facts
from flows.program import logbook

FORM = "day of hours"
LONGEST = 120  # characters of a line that are shown
HELD = "hours without a day"  # the key of what the form is about


@dataclass(frozen=True)
class Dated:
    """Lines of the log as they were written, each with its day."""

    lines: tuple[tuple[str, date], ...]


def about(lines: Sequence[str], today: date) -> Mapping[str, str]:
    """What the form is about; `today` is the date where the holder lives."""
    return {HELD: json.dumps({"lines": list(lines), "today": today.isoformat()}, ensure_ascii=False)}


async def script(talk: Talk, facts: Facts) -> Dated:
    """One question for each line; a day without a year is the last one that was."""
    held = json.loads(facts.about[HELD])
    today = date.fromisoformat(held["today"])

    def read(words: str) -> date:
        return logbook.day_of(words, today)

    found = []
    for number, line in enumerate(held["lines"], start=1):
        shown = f"{line[:LONGEST]}..." if len(line) > LONGEST else line
        text = f"On which day was that: “{shown}”? `cancel` leaves it out."
        day = await talk.ask(f"day.{number}", text, read, label=f"Day of “{shown}”", example="12 May")
        found.append((line, day))
    return Dated(tuple(found))
