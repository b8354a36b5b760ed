"""Interleaved rounds of rival variants, and the medians of their ratios."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

ROUNDS = 15


@dataclass(frozen=True)
class Finding:
    """A measured ratio beside its limit; without a limit it is only told."""

    what: str
    value: float
    limit: float | None = None

    @property
    def met(self) -> bool:
        return self.limit is None or self.value <= self.limit

    def row(self) -> str:
        verdict = "" if self.limit is None else "met" if self.met else "MISSED"
        return f"| {self.what} | {self.value:.2f} | {'' if self.limit is None else self.limit:} | {verdict} |"


def table(findings: Iterable[Finding]) -> str:
    """The findings as a table of Markdown."""
    return "\n".join(
        ["| measured | ratio | at most | |", "| --- | --- | --- | --- |", *(one.row() for one in findings)]
    )


@dataclass(frozen=True)
class Cost:
    """Seconds for one unit of work: by the clock, and of this process's CPU."""

    wall: float
    cpu: float


def interleaved(variants: Mapping[str, Callable[[int], int]], rounds: int = ROUNDS) -> dict[str, list[Cost]]:
    """The cost per unit of each variant in each round; a variant is given the round and returns its units of work."""
    costs: dict[str, list[Cost]] = {name: [] for name in variants}
    for number in range(-1, rounds):  # the first round warms up and does not count
        for name, run in variants.items():
            wall, cpu = time.perf_counter(), time.process_time()
            units = run(number)
            spent = Cost((time.perf_counter() - wall) / units, (time.process_time() - cpu) / units)
            if number >= 0:
                costs[name].append(spent)
    return costs


def ratio(costs: Mapping[str, list[Cost]], of: str, to: str, kind: str) -> float:
    """The median over the rounds of one variant's cost to another's; `kind` is wall or cpu."""
    pairs = zip(costs[of], costs[to], strict=True)
    return statistics.median(getattr(one, kind) / getattr(other, kind) for one, other in pairs)
