"""The weekly report of the office, as it is told: what happened, what waits and what is ahead."""

from dataclasses import dataclass
from datetime import date

from notifications.notices import Notice


@dataclass(frozen=True)
class Count:
    """How often something happened in a week, and in the one before; `before` is None where nothing is known of it."""

    label: str
    now: int
    before: int | None


@dataclass(frozen=True)
class Waiting:
    """Items of one kind at the desk: how many, and the oldest of them with its day."""

    title: str
    count: int
    since: date
    oldest: int


@dataclass(frozen=True)
class Overdue:
    """An item whose person was told to expect an answer before now."""

    title: str
    item: int
    since: date


@dataclass(frozen=True)
class Ahead:
    """What has its day in the next weeks, or had it before (`past` of the `count`); `first` is the nearest day."""

    label: str
    count: int
    past: int
    first: date


@dataclass(frozen=True)
class WeeklyReport(Notice):
    """To the office: the week from `first` to `last`, and how things stand at `as_of`.

    `open` is how many items wait at the desk, `open_before` how many did a week earlier (None: nothing is known),
    `put_off` how many of them are put off. `horizon` is the last day of `ahead`. `unanswered` are the questions that
    the documents did not answer, in so many `groups`.
    """

    first: date
    last: date
    as_of: str
    open: int
    open_before: int | None
    put_off: int
    overdue: tuple[Overdue, ...]
    waiting: tuple[Waiting, ...]
    horizon: date
    ahead: tuple[Ahead, ...]
    alone: tuple[Count, ...]
    happened: tuple[Count, ...]
    unanswered: Count
    groups: int


@dataclass(frozen=True)
class WeeklyReportInShort(Notice):
    """The same where others may read: numbers only."""

    first: date
    last: date
    open: int
    overdue: int
    ahead: int
