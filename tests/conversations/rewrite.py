"""`python -m tests.conversations.rewrite FILE.txt...`: writes what the assistant says now, to be read before it is kept."""

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot import rulebook
from faq.knowledge import Knowledge
from storage.database import prepared
from tests.conversations.medium import Straight, Tray
from tests.conversations.playing import Play, usual
from tests.conversations.transcripts import LATER, PERSON, SAID, Step, fits, read

CHANCE = (
    (re.compile(r"\b(LSSC|SET)-(20\d\d)-[A-Z2-9]{5}\b"), r"\1-\2-?????"),
    (re.compile(r"\bF-[A-Z0-9]{6}\b"), "F-??????"),
    (re.compile(r"\bR-[A-Z2-9]{5}\b"), "R-?????"),
    (re.compile(r"^.*\(terminal ann(?:, .*)?\)$"), "..."),  # the address is another one in each channel
    (re.compile(r"(within 3 days: )\d{6}"), r"\1..."),
    (re.compile(r" \S*(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}\b.*"), " ..."),
)


@dataclass
class Rewriting(Play):
    """Goes on whatever is said; `replies` holds those to each step."""

    replies: list[list[str]] = field(default_factory=list)

    async def sit(self, steps: list[Step]) -> None:
        app = self.opened()
        async with self.medium.listening(app):
            for step in steps:
                self.replies.append(_kept(step, await self.said(app, step)))
        await app.close()


def _kept(step: Step, told: list[list[str]]) -> list[str]:
    """What stands in the file where it still fits, else what was said."""
    if len(step.parts()) == len(told) and all(map(fits, step.parts(), told)):
        return step.replies
    return [_masked(line) for part in told for line in part]


def _masked(line: str) -> str:
    for pattern, mask in CHANCE:
        line = pattern.sub(mask, line)
    return line


def _lines(path: Path, style: str, replies: Iterator[list[str]]) -> Iterator[str]:
    """The file with its own head, words and pauses, and these replies."""
    lines = path.read_text(encoding="utf-8").splitlines()
    speakers = [said["who"] if (said := SAID.fullmatch(line)) else "" for line in [*lines, ""]]
    talking = False
    for number, line in enumerate(lines):
        who = speakers[number]
        if who or LATER.fullmatch(line) or (line.startswith("# ") and not talking):
            yield line
        if who:
            talking = True
            if (style, who, speakers[number + 1]) != ("mail", PERSON, PERSON):
                yield from next(replies)


def rewrite(path: Path, knowledge: Knowledge) -> None:
    transcript = read(path)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/lssc.db"
        prepared(url, "rewriting", upgrade=True).close()
        mail = Tray("email")
        if transcript.style == "mail":
            medium, own = Straight(mail, "ann@library.org", "mail"), "ann@library.org"
        else:
            medium, own = Straight(Tray("terminal"), "ann", "chat"), ""
        play = Rewriting(transcript, url, knowledge, medium, mail, own)
        asyncio.run(play.run())
    path.write_text("\n".join(_lines(path, transcript.style, iter(play.replies))).rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    base = rulebook.knowledge(usual(), rulebook.read(usual()), read(Path(sys.argv[1])).now, None)
    for name in sys.argv[1:]:
        rewrite(Path(name), base)
