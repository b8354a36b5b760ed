"""What came of a simulation, beside its targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.simulation.cast import Habit
from tests.simulation.years import Years

EARLY_ENOUGH = 90  # days before the end: whatever is handed in later need not be decided
NEVER = 9999  # days, where nothing was decided
DECIDED, MEDIAN, NINETY_FIVE, BUSIEST = 99.0, 45.0, 90.0, 2.0  # percent, days, days, times


@dataclass(frozen=True)
class Figure:
    """Something measured; `at_most` False for what is to reach its target."""

    name: str
    value: float
    target: float
    at_most: bool = True

    @property
    def met(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target


def figures(years: Years) -> list[Figure]:
    """Days are counted until the candidate knows the outcome."""
    early = [each for each in years.decided.values() if each.begun <= years.plan.days - EARLY_ENOUGH]
    days = sorted(each.days for each in early if each.days is not None)
    share = 100 * len(days) / max(len(early), 1)
    days = days or [NEVER]
    found = [
        Figure(f"decided, percent of {len(early)}", round(share, 2), DECIDED, at_most=False),
        Figure("days to the decision, median", median(days), MEDIAN),
        Figure("days to the decision, 95th percentile", days[len(days) * 95 // 100], NINETY_FIVE),
        Figure("evaluators asked beyond their limit", years.beyond_limit, 0),
    ]
    return [*found, *(Figure(f"busiest to median, {name}", load, BUSIEST) for name, load in loads(years))]


def loads(years: Years) -> list[tuple[str, float]]:
    """By set, what the busiest of its evaluators assessed, in all sets, to the median of those who take offers."""
    found = []
    for group in years.house.competencies.sets:
        there = [each for each in years.evaluators.values() if group.id in each.sets]
        takes = [years.load[each.person_id] for each in there if each.habit in (Habit.RELIABLE, Habit.LATE)]
        usual = median(takes) if takes else 0
        found.append((group.name, round(max(takes, default=0) / max(usual, 1), 2)))
    return found


def table(found: Sequence[Figure]) -> str:
    """One line for each, with its target and whether it is met."""
    lines = [f"{'':54} {'figure':>8}   {'target':>9}"]
    for each in found:
        target = f"{'<=' if each.at_most else '>='} {each.target:g}"
        lines.append(f"{each.name:54} {each.value:8g}   {target:>9}   {'met' if each.met else 'MISSED'}")
    return "\n".join(lines)


def besides(years: Years) -> str:
    """What explains the figures."""
    told = ", ".join(f"{number} to {habit}" for habit, number in sorted(years.asked.items()))
    waiting = [each for each in years.decided.values() if each.days is None]
    return f"{len(years.decided)} reviews, {len(waiting)} still open; offers: {told}; {years.messages} messages"
