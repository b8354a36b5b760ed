"""Measures the answers on labelled messages: how many are right, offered, wrong, or rightly refused."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from faq.fit import Labelled
from faq.policy import Answer, Knowledge, Reply

Outcome = Literal["right", "offered", "wrong", "unmet", "half", "answered", "refused", "met"]

Z = 1.959964


@dataclass(frozen=True)
class Share:
    """How many of how many, with the 95 % Wilson interval."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 of none is 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The lower and upper end of Wilson's interval."""
        if not self.of:
            return 0.0, 1.0
        centre = (self.share + Z * Z / (2 * self.of)) / (1 + Z * Z / self.of)
        half = Z * math.sqrt(self.share * (1 - self.share) / self.of + Z * Z / (4 * self.of**2)) / (1 + Z * Z / self.of)
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True)
class Line:
    """One line of the report: the share of a kind's messages with an outcome."""

    kind: str
    measure: str
    share: Share

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        low, high = self.share.interval
        return {
            "kind": self.kind,
            "measure": self.measure,
            "share": round(self.share.share, 4),
            "hits": self.share.hits,
            "n": self.share.of,
            "low": round(low, 4),
            "high": round(high, 4),
        }


@dataclass(frozen=True)
class Report:
    """The figures of one labelled set."""

    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {"figures": [line.as_dict() for line in self.lines]}

    def table(self) -> str:
        """The figures for reading."""
        rows = [f"{'kind':<14}{'measure':<26}{'share':>7}{'n':>6}   95 % interval"]
        for line in self.lines:
            low, high = line.share.interval
            rows.append(
                f"{line.kind:<14}{line.measure:<26}{line.share.share:>7.1%}{line.share.of:>6}   {low:.1%} to {high:.1%}"
            )
        return "\n".join(rows)


def outcome(row: Labelled, reply: Reply) -> Outcome:
    """What became of one message. Of a double question `right` means that both facts were told."""
    if row.kind == "smalltalk":
        return "met" if reply.kind == "smalltalk" else "answered" if reply.kind in ("answer", "two") else "unmet"
    told = reply.answers if reply.kind in ("answer", "two") else ()
    if not row.patterns:
        return "answered" if told else "refused"
    holds = [_holds(pattern, told) for pattern in row.patterns]
    if all(holds):
        return "right"
    if any(holds):
        return "half"
    if told:
        return "wrong"
    return "offered" if any(_holds(pattern, reply.suggestions) for pattern in row.patterns) else "unmet"


def _holds(pattern: str, answers: Sequence[Answer]) -> bool:
    return any(re.search(pattern, answer.text, re.IGNORECASE) for answer in answers)


# kind of the rows -> the outcomes reported, each with its name.
SINGLE = (
    ("right at once", ("right",)),
    ("right or offered", ("right", "offered")),
    ("wrong", ("wrong",)),
    ("not met", ("unmet",)),
)
DOUBLE = (("both facts", ("right",)), ("at least one fact", ("right", "half")), ("wrong", ("wrong",)))
MEASURES: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]] = {
    "multi": DOUBLE,
    "oos": (("answered", ("answered",)),),
    "near_oos": (("answered", ("answered",)),),
    "smalltalk": (("met", ("met",)), ("answered as a question", ("answered",))),
}


def report(knowledge: Knowledge, rows: Sequence[Labelled]) -> Report:
    """The figures by kind, single questions first together, then each kind alone."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        found = outcome(row, knowledge.think(row.query))
        for kind in (row.kind,) if row.kind in MEASURES else ("single", row.kind):
            counts.setdefault(kind, Counter())[found] += 1
    order = sorted(counts, key=lambda kind: (kind != "single", kind in MEASURES, kind))
    return Report(tuple(line for kind in order for line in _lines(kind, counts[kind])))


def _lines(kind: str, counts: Counter[str]) -> list[Line]:
    total = sum(counts.values())
    measures = MEASURES.get(kind, SINGLE)
    return [Line(kind, name, Share(sum(counts[each] for each in outcomes), total)) for name, outcomes in measures]
