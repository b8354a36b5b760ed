"""The panel that reads one submission, as a pure state machine: who was asked, who reads, and what it comes to.

Every change of a review is an `Event`; `after` plays one, and refuses (None) what cannot happen now. Played from the
first event on, the events of the audit log give the same panel again. Sources: briefing, appendix C 4 and 5.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from flows.program.reviews import Assessment, ReviewOutcome, outcome


class Seat(StrEnum):
    """How somebody who was asked stands; only the first three hold a seat."""

    ASKED = "asked"
    READING = "reading"
    ASSESSED = "assessed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RELEASED = "released"


class Verb(StrEnum):
    """What can happen to a panel."""

    ASK = "ask"
    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    RELEASE = "release"
    ASSESS = "assess"
    REOPEN = "reopen"
    ALLOW_THIRD = "allow a third reader"
    CONCLUDE = "conclude"
    CLOSE = "close"


HOLDING = (Seat.ASKED, Seat.READING, Seat.ASSESSED)
# From which seats to which each verb leads; what a verb does to the panel as a whole stands in `after`.
MOVES = {
    Verb.ACCEPT: ((Seat.ASKED,), Seat.READING),
    Verb.DECLINE: ((Seat.ASKED,), Seat.DECLINED),
    Verb.LAPSE: ((Seat.ASKED,), Seat.LAPSED),
    Verb.RELEASE: (HOLDING, Seat.RELEASED),
    Verb.ASSESS: ((Seat.READING,), Seat.ASSESSED),
    Verb.REOPEN: ((Seat.ASSESSED,), Seat.READING),
}


@dataclass(frozen=True)
class Event:
    """Something that happened; `evaluator` (a person's id) and `word` only where they belong to it."""

    verb: Verb
    evaluator: int = 0
    word: Assessment | None = None


@dataclass(frozen=True)
class Reader:
    """One of those who were asked; `third`: as the third reader, after the first two differed."""

    evaluator: int
    seat: Seat = Seat.ASKED
    word: Assessment | None = None
    third: bool = False


@dataclass(frozen=True)
class Panel:
    """Everybody who was asked, in that order; `needed` is how many read at first (the rules' `evaluators`).

    `allowed`: the committee let a third reader be asked. `over` is how it ended: an outcome, "closed", or nothing yet.
    """

    needed: int = 2
    readers: tuple[Reader, ...] = ()
    allowed: bool = False
    over: str = ""

    @property
    def outcome(self) -> ReviewOutcome:
        """What the assessments come to as they stand, whether concluded or not."""
        first, second = ([*self._words(third=False), None, None])[:2]
        return outcome(first, second, next(iter(self._words(third=True)), None))

    @property
    def open_seats(self) -> int:
        """How many more are to be asked now."""
        if self.over:
            return 0
        third = self.outcome is ReviewOutcome.THIRD_READER
        if third and not self.allowed:
            return 0
        held = sum(each.seat in HOLDING and each.third == third for each in self.readers)
        return (1 if third else self.needed) - held

    def reader(self, evaluator: int) -> Reader | None:
        """That one's place in the panel; the newest, for whoever was asked again."""
        return next((each for each in reversed(self.readers) if each.evaluator == evaluator), None)

    def _words(self, *, third: bool) -> list[Assessment | None]:
        return [each.word for each in self.readers if each.seat is Seat.ASSESSED and each.third == third]


def after(panel: Panel, event: Event) -> Panel | None:
    """The panel after an event; None when that cannot happen now, and nothing changes."""
    if panel.over:
        return None
    if event.verb is Verb.CLOSE:
        return replace(panel, over="closed", readers=tuple(_let_go(each) for each in panel.readers))
    if event.verb is Verb.ALLOW_THIRD:
        differ = panel.outcome is ReviewOutcome.THIRD_READER
        return replace(panel, allowed=True) if differ and not panel.allowed else None
    if event.verb is Verb.CONCLUDE:
        decided = panel.outcome in (ReviewOutcome.COMPLETE, ReviewOutcome.NOT_MET)
        rest = tuple(_let_go(each) for each in panel.readers)
        return replace(panel, over=panel.outcome.value, readers=rest) if decided else None
    if event.verb is Verb.ASK:
        return _asked(panel, event.evaluator)
    return _moved(panel, event)


def played(events: Iterable[Event], needed: int) -> Panel:
    """The panel that these events lead to; ValueError for a history that cannot have been."""
    panel = Panel(needed)
    for event in events:
        following = after(panel, event)
        if following is None:
            raise ValueError(f"{event.verb} cannot follow here")
        panel = following
    return panel


def _asked(panel: Panel, evaluator: int) -> Panel | None:
    """Nobody is asked twice for one submission."""
    if panel.open_seats < 1 or panel.reader(evaluator) is not None:
        return None
    third = panel.outcome is ReviewOutcome.THIRD_READER
    return replace(panel, readers=(*panel.readers, Reader(evaluator, third=third)))


def _moved(panel: Panel, event: Event) -> Panel | None:
    before, to = MOVES[event.verb]
    reader = panel.reader(event.evaluator)
    if reader is None or reader.seat not in before or (event.verb is Verb.ASSESS) != (event.word is not None):
        return None
    if event.verb is Verb.REOPEN and not reader.third and any(each.third for each in panel.readers):
        return None  # the third reader was asked because of it
    moved = replace(reader, seat=to, word=event.word)
    changed = replace(panel, readers=tuple(moved if each is reader else each for each in panel.readers))
    third = any(each.third and each.seat in HOLDING for each in changed.readers)
    allowed = panel.allowed and (third or changed.outcome is not ReviewOutcome.WAITING)
    return replace(changed, allowed=allowed)


def _let_go(reader: Reader) -> Reader:
    return replace(reader, seat=Seat.RELEASED) if reader.seat in (Seat.ASKED, Seat.READING) else reader
