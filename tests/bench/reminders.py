"""`python -m tests.bench.reminders [PEOPLE]`: reminders for a million candidates, on SQLite and on PostgreSQL."""

import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench import candidates, planning, sending, tick
from tests.bench.candidates import Place
from tests.bench.measure import Finding, table
from tests.handlers.conftest import furnished

MILLION, FEW = 1_000_000, 10_000
NOW = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)
# What is due then is not due in a round of planning.
TICK, LATER = NOW + timedelta(days=10), NOW + timedelta(days=20)
MOST_MORE = 10  # MB


def measured(people: int = MILLION) -> list[Finding]:
    """Planning, sending and memory, on each database that is installed."""
    found: list[Finding] = []
    with tempfile.TemporaryDirectory() as folder, candidates.places(Path(folder)) as places:
        for place in places:
            candidates.fill(place, 1, FEW)
            few = _memory(place)
            candidates.fill(place, FEW + 1, people)
            with place.opened() as database:
                house = furnished(database)
                found += [*sending.measured(place, house, LATER), *planning.measured(place, house, NOW)]
            more = f"{place.kind}: MB more for a tick of {people:,} people than of {FEW:,}"
            found.append(Finding(more, _memory(place) - few, MOST_MORE))
    return found


def _memory(place: Place) -> float:
    """The most that a process takes for a tick, in MB."""
    command = [sys.executable, "-m", tick.__name__, place.url, TICK.isoformat()]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    findings = measured(*map(int, sys.argv[1:]))
    print(table(findings))
    sys.exit(0 if all(one.met for one in findings) else 1)
