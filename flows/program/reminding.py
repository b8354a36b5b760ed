"""Reminders as rules: which step of a rule is due for which anchor day, for every one of them at once.

ValueError
└── from `step` and `rule`, for a rules file that says what cannot be read

Source: product specification, "Reminders"; architecture, "Reminders".
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from flows.program.years import months_after

T = TypeVar("T", date, datetime)

SPELLED = re.compile(
    r"(?:(?P<many>\d{1,3}) (?P<unit>month|week|day|hour)s? (?P<side>before|after)|the day(?P<next> after)?)"
)
LONGEST_MONTH = 31
DRIFT = 3  # days


@dataclass(frozen=True)
class Step:
    """When a reminder is due, seen from its anchor: so many calendar months and days, or hours, after or before it."""

    words: str
    months: int = 0
    days: int = 0
    hours: int = 0

    def day(self, anchor: date) -> date:
        """The day of the step; from 31 May one month before is 30 April."""
        return months_after(anchor, self.months) + timedelta(days=self.days)

    def instant(self, anchor: datetime) -> datetime:
        """The instant of a step that is told in days or hours."""
        return anchor + timedelta(days=self.days, hours=self.hours)


@dataclass(frozen=True)
class Rule:
    """One kind of reminder; its steps are in the order of time.

    `audience` names whom it is for and what it is anchored at: who is no longer among them is not reminded. `kind` is
    what somebody stops it by, `essential` says why it cannot be stopped. `subject` heads the mail, `last_subject` that
    of the last step, where it is another. `channel`: email or chat, for somebody who wishes none. `weekdays`: for
    volunteers, who are not written to on weekends. `urgent`: it does not wait for the next morning to come together
    with others. `desk`: after the last step a person of the office is told. `moment`: anchored at an instant.
    """

    name: str
    audience: str
    steps: tuple[Step, ...]
    kind: str
    subject: str
    essential: str = ""
    weekdays: bool = False
    urgent: bool = False
    moment: bool = False
    desk: bool = False
    last_subject: str = ""
    channel: str = ""

    def is_last(self, step: int) -> bool:
        return step == len(self.steps) - 1

    def subject_of(self, step: int) -> str:
        return self.last_subject if self.last_subject and self.is_last(step) else self.subject


def step(words: str) -> Step:
    """`12 months before`, `2 weeks before`, `the day`, `the day after`, `1 hour before`. Raises ValueError."""
    found = SPELLED.fullmatch(words)
    if found is None:
        raise ValueError(f"no step of a reminder: {words!r}; write it such as '3 days before' or 'the day after'")
    if not found["many"]:
        return Step(words, days=1 if found["next"] else 0)
    many = int(found["many"]) * (-1 if found["side"] == "before" else 1)
    unit = found["unit"]
    if unit == "month":
        return Step(words, months=many)
    return Step(words, hours=many) if unit == "hour" else Step(words, days=many * (7 if unit == "week" else 1))


def rule(name: str, told: Mapping[str, Any]) -> Rule:
    """A rule as its table in the rules file tells it. Raises ValueError, which names the rule."""
    fields = dict(told)
    words = fields.pop("steps", None)
    if not isinstance(words, list) or not words:
        raise ValueError(f"reminder {name!r} has no steps")
    try:
        steps = tuple(step(str(each)) for each in words)
        found = Rule(name=name, steps=steps, **fields)
    except (TypeError, ValueError) as error:
        raise ValueError(f"reminder {name!r}: {error}") from None
    for field in dataclasses.fields(found):
        if field.type in (str, bool) and type(getattr(found, field.name)) is not field.type:
            wanted = "words" if field.type is str else "true or false"
            raise ValueError(f"reminder {name!r}: {field.name} is to be {wanted}")
    if found.channel not in ("", "email", "chat"):
        raise ValueError(f"reminder {name!r}: channel is to be email or chat")
    moments = _in_order(found)
    if moments != sorted(set(moments)):
        raise ValueError(f"the steps of reminder {name!r} are not in the order of time")
    if any(each.months if found.moment else each.hours for each in steps):
        raise ValueError(f"reminder {name!r} tells months of a moment, or hours of a day")
    return found


def _in_order(of: Rule) -> list[timedelta]:
    return [timedelta(days=each.months * LONGEST_MONTH + each.days, hours=each.hours) for each in of.steps]


def due(of: Rule, first: date, last: date) -> Iterator[tuple[date, int]]:
    """Each anchor day whose newest step came due between these days, both included, with the step.

    So after a pause only the newest step of each is there, and none of which a newer one came due before the pause.
    """
    near = {anchor for each in of.steps for anchor in _near(each, first, last)}
    for anchor in sorted(near):
        newest = _newest([each.day(anchor) for each in of.steps], last)
        if newest is not None and of.steps[newest].day(anchor) >= first:
            yield anchor, newest


def _near(of: Step, first: date, last: date) -> Iterator[date]:
    """The anchor days whose step may fall between these days; months of several lengths shift it by three at most."""
    begin, end = (
        months_after(_later(each, timedelta()), -of.months) - timedelta(days=of.days) for each in (first, last)
    )
    for number in range(-DRIFT, (end - begin).days + DRIFT + 1):
        yield begin + timedelta(days=number)


def due_at(of: Rule, anchors: Iterable[datetime], first: datetime, last: datetime) -> Iterator[tuple[datetime, int]]:
    """The same for anchors that are instants: those whose newest step came due after `first`, up to `last`."""
    for anchor in anchors:
        newest = _newest([each.instant(anchor) for each in of.steps], last)
        if newest is not None and of.steps[newest].instant(anchor) > first:
            yield anchor, newest


def _newest(moments: Sequence[T], last: T) -> int | None:
    """The number of the last of these that is not after `last`."""
    passed = [number for number, each in enumerate(moments) if each <= last]
    return passed[-1] if passed else None


def _later(day: date, by: timedelta) -> date:
    """That day, kept within what the calendar has."""
    return date.fromordinal(min(max(day.toordinal() + by.days, 400), date.max.toordinal() - 400))
