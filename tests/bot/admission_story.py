"""Reads the story of an admission: an applicant in Telegram, the office in Slack and at its machine.

`applicant> ...`   what the applicant writes in Telegram, `kim> ...` and `lee> ...` what the staff write to the assistant in Slack
`kim> [button Accept] on #3`   a button of the newest message that has it, in the desk's channel where an item is named,
                   otherwise in one's own talk; `kim+lee> ...`: both at the same moment
`kim> [below #1] words`   in the thread of an item
`$ lssc ...`       a command at the office's machine
`== 3 days later`  the service is stopped and started again on that day
Below stands what everybody sees of it: first the one who spoke, then `[to the applicant]`, `[to kim]`, `[in the desk's channel]`,
`[below #1]` in a thread, `[#1 is now]` for a message that changed, `[mail to ...]`. `CODE` is the code in the newest mail.
A last line `(and so on)` stands for the rest; otherwise lines are read as `tests/conversations/transcripts.py` tells.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.conversations.transcripts import LATER, fits

SAID = re.compile(r"(?P<who>applicant|kim|lee|kim\+lee)> (?P<words>.*)|\$ lssc (?P<command>.*)")
PLACE = re.compile(r"\[(?:to \S.*|in the desk's channel|below #\d+|#\d+ is now|mail to \S+)\]")


@dataclass
class Step:
    """What somebody does; `told` is what is seen of it, by place; the place "" is the one who does it."""

    said: re.Match[str]
    pause: timedelta
    told: dict[str, list[str]] = field(default_factory=lambda: {"": []})


def read(path: Path) -> tuple[datetime, list[Step]]:
    """When it begins, and the steps."""
    now, steps, pause, place = "", [], timedelta(), ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            now = line.removeprefix("# now: ") if line.startswith("# now: ") else now
        elif later := LATER.fullmatch(line):
            pause = timedelta(**{later[2]: int(later[1])})
        elif said := SAID.fullmatch(line):
            steps.append(Step(said, pause))
            pause, place = timedelta(), ""
        elif PLACE.fullmatch(line):
            place = line
            steps[-1].told[place] = []
        else:
            steps[-1].told[place].append(line)
    return datetime.fromisoformat(now), steps


def is_told(step: Step, told: Mapping[str, list[str]]) -> bool:
    return told.keys() == step.told.keys() and all(same(step.told[place], told[place]) for place in told)


def same(expected: list[str], told: list[str]) -> bool:
    expected, told = trimmed(expected), trimmed(told)
    if expected[-1:] == ["(and so on)"]:
        expected = expected[:-1]
        told = told[: len(expected)]
    return fits(expected, told)


def swapped(told: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """As if Kim had been Lee and Lee Kim."""
    names = {"[to kim]": "[to lee]", "[to lee]": "[to kim]"}
    other = {"Kim Example": "Lee Example", "Lee Example": "Kim Example"}
    return {
        names.get(place, place): [
            re.sub("Kim Example|Lee Example", lambda name: other[name[0]], line) for line in shown
        ]
        for place, shown in told.items()
    }


def trimmed(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").splitlines()


def explained(step: Step, told: Mapping[str, list[str]]) -> str:
    """What was really said, to be put into the transcript when it is right."""
    return "\n".join(
        [step.said[0], *(line for place, shown in told.items() for line in [*filter(None, [place]), *shown])]
    )
