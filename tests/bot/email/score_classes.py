"""Scores the kinds of mail on a folder of labelled mails: `python -m tests.bot.email.score_classes FOLDER`.

The folder holds classes.jsonl: a line for each mail with "eml" (its path), "label" (human, auto, bounce, complaint, list)
and for bounces "codes", one for each recipient: {"status", "reason", "hard"}, and perhaps "recipient".
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.channels.email.reading.bounces import Bounce, bounce
from bot.channels.email.reading.kinds import Kind, Ours, kind
from bot.channels.email.reading.mime import read

OURS = Ours(frozenset({"bot@lssc.test"}), "lssc.test", "bounce", frozenset())
LABELS = ("human", "auto", "bounce", "complaint", "list", "own")


@dataclass(frozen=True)
class Case:
    """A labelled mail and what was read of it."""

    name: str
    label: str
    codes: list[dict[str, Any]]
    text: str
    found: Kind
    bounce: Bounce | None


def cases(folder: Path) -> Iterator[Case]:
    """The labelled mails of the folder; those with other labels are only read."""
    for line in (folder / "classes.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        raw = (folder / case["eml"]).read_bytes()
        mail = read(raw)
        text = raw.decode("latin-1").lower()
        yield Case(case["name"], case["label"], case.get("codes", []), text, kind(mail, OURS), bounce(mail))


def score(folder: Path) -> list[str]:
    """The lines to print: the figures, then each miss."""
    every = [case for case in cases(folder) if case.label in LABELS]
    bounces = [case for case in every if case.label == "bounce"]
    told = [case for case in bounces if case.bounce is not None]
    graded = [case for case in told if case.codes]
    humans = [case for case in every if case.label == "human"]
    return [
        _share("bounces recognised", [case.found == "bounce" for case in bounces]),
        _share("people's mail kept", [case.found == "human" for case in humans]),
        _share("recipient found", [_names_somebody(case) for case in told]),
        _share("hard or soft right", [_right(case) for case in graded]),
        _share("kinds right", [case.found == case.label for case in every]),
        *_confusions(every),
        *[f"  no recipient: {case.name}" for case in told if not _names_somebody(case)],
        *[_miss(case) for case in graded if not _right(case)],
    ]


def _share(what: str, hits: list[bool]) -> str:
    share = f"{100 * sum(hits) / len(hits):.1f} %" if hits else "none"
    return f"{what:20} {sum(hits)} of {len(hits)}  {share}"


def _confusions(every: list[Case]) -> list[str]:
    wrong = Counter((case.label, case.found) for case in every if case.found != case.label)
    names = [f"  {case.label} read as {case.found}: {case.name}" for case in every if case.found != case.label]
    return [f"  {label} as {found}: {count}" for (label, found), count in wrong.items()] + names


def _names_somebody(case: Case) -> bool:
    """The expected recipient where the label has one; else an address that stands in the mail."""
    named = case.bounce.recipient.lower() if case.bounce is not None else ""
    expected = [code["recipient"].lower() for code in case.codes if code.get("recipient")]
    return (
        named in expected
        if expected
        else bool(named) and named.strip('"') in case.text.replace("=\r\n", "").replace("=\n", "")
    )


def _right(case: Case) -> bool:
    """By the first recipient, whom a report names first."""
    return case.bounce is not None and case.bounce.hard == case.codes[0]["hard"]


def _miss(case: Case) -> str:
    code = case.codes[0]
    return f"  expected {'hard' if code['hard'] else 'soft'} ({code.get('status')} {code.get('reason')}): {case.name} {case.bounce}"


if __name__ == "__main__":
    print("\n".join(score(Path(sys.argv[1]))))
