"""Reads a transcript: what a person says line by line, and the exact replies.

`# ...`            what the transcript shows; `# now: 2026-11-22T15:00Z` sets the clock, `# style: mail` makes it mail,
                   `# also: lssc chat` has the command play it as well, which takes seconds
`> ...`            the person's message; by mail, all lines in a row
`> [button Yes]`   a button of the newest message that has it; `> [button Yes] of “Was it ...?”`: of one that says so
`> [photo] words`  something that is no words (photo, file, voice, video, sticker, location, contact, other), and the words
                   below it; `> [edit] words`: an earlier message is changed to these words
`office> ...`      what the office writes by mail; `$ lssc ...`: a command at the office's machine
`eva@x.org> ...`   what somebody else writes by mail
`== 7 days later`  time passes, and the assistant is restarted; any words may follow
Below stands the answer to whoever spoke, then `[to the person]` what the person is told of it, and `[mail to ...]` each
further mail. `CODE` in a message is the code in the newest mail.
A line that ends in ` ...` stands for any rest of it, `...` alone for any line, ????? or more for the characters of a reference.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent
START = "2026-11-22T15:00Z"
SETTING = re.compile(r"# (now|style|also): (.+)")
LATER = re.compile(r"== (\d+) (minutes|hours|days) later\b.*")
BUTTON = re.compile(r"\[button ([^\]]+)\](?: of “([^”]+)”)?")
SENT = re.compile(r"\[(photo|file|voice|video|sticker|location|contact|other|edit)\] ?(.*)")
PART = re.compile(r"\[(?:mail to [^\]]+|to the person)\]")
SAID = re.compile(r"(?P<who>>|office>|\$ lssc|[\w.]+@[\w.]+>)(?: (?P<words>.*))?")
PERSON, OFFICE, COMMAND = ">", "office>", "$ lssc"


@dataclass
class Step:
    """One message and what it is answered; `pause` passes before it. `who` says it, as the line begins."""

    said: str
    pause: timedelta | None = None
    who: str = PERSON
    replies: list[str] = field(default_factory=list)

    @property
    def mailed_from(self) -> str:
        """Who else writes by mail; empty where nobody does."""
        return "" if self.who in (PERSON, OFFICE, COMMAND) else self.who.removesuffix(">")

    @property
    def button(self) -> re.Match[str] | None:
        """The label, and words of the message it belongs to."""
        return BUTTON.fullmatch(self.said)

    @property
    def sent(self) -> re.Match[str] | None:
        """What is no words, and the words below it."""
        return SENT.fullmatch(self.said)

    def parts(self) -> list[list[str]]:
        """The reply, then what others are told: lines without empty ones at the end."""
        told: list[list[str]] = [[]]
        for line in self.replies:
            if PART.fullmatch(line):
                told.append([])
            told[-1].append(line)
        return ["\n".join(part).strip("\n").splitlines() for part in told]


@dataclass
class Transcript:
    name: str
    now: datetime
    style: str
    by_command: bool
    steps: list[Step]

    @property
    def with_office(self) -> bool:
        return any(step.who != PERSON for step in self.steps)

    @property
    def contents(self) -> set[str]:
        """What is sent in it that is no words: not every channel has all of that."""
        return {step.sent[1] for step in self.steps if step.sent}


def read(path: Path) -> Transcript:
    settings = {"now": START, "style": "chat", "also": ""}
    steps: list[Step] = []
    pause: timedelta | None = None
    before = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        said = SAID.fullmatch(line)
        if later := LATER.fullmatch(line):
            pause = timedelta(**{later[2]: int(later[1])})
        elif line.startswith("# ") and not steps:
            settings |= dict([match.groups()] if (match := SETTING.fullmatch(line)) else [])
        elif said and said["who"] == before == PERSON and settings["style"] == "mail":
            steps[-1].said += f"\n{said['words'] or ''}"
        elif said:
            steps.append(Step(said["words"] or "", pause, said["who"]))
            pause = None
        elif steps:
            steps[-1].replies.append(line)
        before = said["who"] if said else ""
    now = datetime.fromisoformat(settings["now"])
    return Transcript(path.stem, now, settings["style"], settings["also"] == "lssc chat", steps)


def fits(expected: list[str], told: list[str]) -> bool:
    """Whether the reply is the expected one, line by line."""
    return len(expected) == len(told) and all(_fits(one, other) for one, other in zip(expected, told, strict=True))


def _fits(expected: str, told: str) -> bool:
    if expected == "...":
        return bool(told)
    pattern = re.sub(r"(?:\\\?){5,}", "[A-Z0-9]+", re.escape(expected.removesuffix(" ...")))
    return re.fullmatch(pattern + ("(?: .*)?" if expected.endswith(" ...") else ""), told) is not None
